import { useCallback, useMemo, useState } from 'react';
import type { SiteFeature } from '#domain/places/site.ts';
import { streetPosters as en } from '../client/messages/en/street-posters.ts';
import { streetPosters as zh } from '../client/messages/zh/street-posters.ts';
import { officePaths } from '../client/office-paths.ts';
import { useTexts } from '../client/texts.ts';
import { NoDataYet } from '../features/places/data-status.tsx';
import { AreaSelect } from '../features/places/office/area-select.tsx';
import { type Places, usePlaces } from '../features/places/use-places.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { laterIcons } from '../ui/later-icons.ts';
import { navigate, useSearch } from '../ui/location.ts';
import { OfficeLayout } from './office-layout.tsx';
import styles from './office-posters-page.module.css';
import { PosterSheet } from './poster-sheet.tsx';

const BY_NAME = new Intl.Collator('zh-CN', { numeric: true });

/** `/office/posters?street=…`: the posters of all places of a street in one print run. */
export function OfficePostersPage() {
  const m = useTexts({ zh, en });
  const street = new URLSearchParams(useSearch()).get('street') ?? '';
  const places = usePlaces();
  return (
    <OfficeLayout title={m.title} action="site.view" print="sheets">
      {() => (
        <>
          <div className={styles.choice}>
            <Field label={m.street}>
              {(control) => (
                <AreaSelect
                  control={control}
                  value={street}
                  none={m.choose}
                  onChange={(code) => navigate(officePaths.posters(code), { replace: true })}
                />
              )}
            </Field>
          </div>
          {places.status === 'ready' ? (
            street && <Posters key={street} street={street} places={places} />
          ) : (
            <NoDataYet places={places} />
          )}
        </>
      )}
    </OfficeLayout>
  );
}

function Posters({ street, places }: { street: string; places: Extract<Places, { status: 'ready' }> }) {
  const m = useTexts({ zh, en });
  const [codes, setCodes] = useState<ReadonlyMap<string, boolean>>(new Map());
  const features = useMemo(
    () =>
      places.features
        .filter(({ properties }) => properties.street === street)
        .toSorted((a, b) => BY_NAME.compare(a.properties.name, b.properties.name)),
    [places.features, street],
  );
  const onQr = useCallback((id: string, loaded: boolean) => setCodes((known) => new Map(known).set(id, loaded)), []);

  if (features.length === 0) return <p className={styles.empty}>{m.empty}</p>;
  const missing = features.filter(({ id }) => codes.get(id) === false).length;
  const preparing = codes.size < features.length;
  return (
    <>
      <div className={styles.tools}>
        <p>{m.lead(features.length)}</p>
        <p className={styles.quiet}>{m.hint}</p>
        {/* Printed too early, codes would be missing from the paper. */}
        <Button
          variant="primary"
          icon={laterIcons.printer}
          disabled={preparing || missing > 0}
          onClick={() => window.print()}
        >
          {preparing ? m.preparing(codes.size, features.length) : m.print(features.length - missing)}
        </Button>
        {missing > 0 && <p role="alert">{m.missing(missing)}</p>}
      </div>
      <ul className={styles.posters}>
        {features.map((feature) => (
          <Sheet key={feature.id} feature={feature} places={places} onQr={onQr} />
        ))}
      </ul>
    </>
  );
}

function Sheet({
  feature,
  places,
  onQr,
}: {
  feature: SiteFeature;
  places: Extract<Places, { status: 'ready' }>;
  onQr: (id: string, loaded: boolean) => void;
}) {
  return (
    <li className={styles.sheet}>
      <PosterSheet feature={feature} calendar={places.calendar} onQr={(loaded) => onQr(feature.id, loaded)} />
    </li>
  );
}
