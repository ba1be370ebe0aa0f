import { Suspense, useState } from 'react';
import { city, jurisdictions } from '../../client/city.ts';
import type { ClaimDraft } from '../../client/claim-store.ts';
import { useKept } from '../../client/kept-resource.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Field, inputClass } from '../../ui/field.tsx';
import { later } from '../../ui/later.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { askPositionOnce } from './ask-position.ts';
import styles from './claim-form.module.css';

const PointPicker = later(async () => (await import('../../map/point-picker.tsx')).PointPicker);
const CITY_VIEW = { lng: 118.11, lat: 24.52, zoom: 11 };

/** Where it happened: in words, by the phone's position when tapped, or by a pin. */
export function ClaimWhere({
  draft,
  onChange,
}: {
  draft: ClaimDraft;
  onChange: (change: Partial<ClaimDraft>) => void;
}) {
  const texts = useTexts({ zh, en });
  const m = texts.where;
  const [mapShown, setMapShown] = useState(false);
  const [locating, setLocating] = useState<'no' | 'yes' | 'failed'>('no');
  const ground = useKept(jurisdictions);
  const cityData = useKept(city);

  async function useMine(): Promise<void> {
    setLocating('yes');
    const point = await askPositionOnce();
    setLocating(point ? 'no' : 'failed');
    if (point) onChange({ point });
  }

  return (
    <section className={styles.part} aria-labelledby="claim-where">
      <h2 id="claim-where">{m.heading}</h2>
      <Field label={m.label} hint={m.hint}>
        {(control) => (
          <input
            {...control}
            className={inputClass}
            maxLength={200}
            value={draft.place}
            onChange={({ target }) => onChange({ place: target.value })}
          />
        )}
      </Field>
      <div className={styles.pair}>
        <Button icon="locate" disabled={locating === 'yes'} onClick={() => void useMine()}>
          {locating === 'yes' ? m.locating : m.here}
        </Button>
        <Button icon="pin" aria-expanded={mapShown} onClick={() => setMapShown(!mapShown)}>
          {mapShown ? m.hidePin : m.pin}
        </Button>
      </div>
      {locating === 'failed' ? (
        <p role="alert" className={styles.warning}>
          {m.failed}
        </p>
      ) : (
        <p className={styles.quiet}>{m.hereHint}</p>
      )}
      {draft.point && (
        <p className={styles.itemHead}>
          <strong>
            {m.pinned} ({draft.point.lat.toFixed(5)}, {draft.point.lng.toFixed(5)})
          </strong>
          <Button variant="quiet" onClick={() => onChange({ point: null })}>
            {m.unpin}
          </Button>
        </p>
      )}
      {mapShown && (
        <Suspense fallback={<Skeleton rows={4} label={texts.draft.loading} />}>
          <PointPicker
            point={draft.point}
            precisionM={null}
            around={CITY_VIEW}
            onMove={({ lng, lat }) => onChange({ point: { lng: round(lng), lat: round(lat) } })}
            land={ground.status === 'ready' ? ground.data : null}
            baseMap={cityData.status === 'ready' ? cityData.data.baseMap : null}
            label={m.map}
            pinLabel={m.pinLabel}
          />
        </Suspense>
      )}
    </section>
  );
}

/** A tenth of a metre is enough. */
function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
