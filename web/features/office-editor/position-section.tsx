import { Suspense } from 'react';
import { distanceM } from '#domain/geo/geodesic.ts';
import type { Point } from '#domain/geo/point.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { later } from '../../ui/later.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { FormPart } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { PointAdvice } from './point-advice.tsx';
import styles from './site-editor.module.css';
import { roundPoint, writeCoordinates } from './typed-coordinates.ts';
import { TypedCoordinatesField } from './typed-coordinates-field.tsx';
import { useEditorTexts } from './use-editor-texts.ts';
import { metresWords } from './words.ts';

const PointPicker = later(async () => (await import('../../map/point-picker.tsx')).PointPicker);

/** For a pin set by hand until somebody says better: the width of a house. */
const FIRST_PRECISION_M = 20;
const CITY_VIEW = { lng: 118.11, lat: 24.52, zoom: 11 };
const STREET_ZOOM = 14;

/** Where it is: a pin, how exact it is, and what the city's outlines say of it. */
export function PositionSection({ siteId, ...form }: FormPart & { siteId: string | null }) {
  const t = useEditorTexts();
  const { document, stored, onChange, problemAt, changedAt, ground } = form;
  const { point, precisionM, original } = document;
  const storedPoint = stored?.point ?? null;
  const movedM = point && storedPoint ? distanceM(point, storedPoint) : 0;

  function place(next: Point, change: Partial<typeof document> = {}): void {
    onChange({ point: roundPoint(next), precisionM: precisionM ?? FIRST_PRECISION_M, ...change });
  }

  return (
    <FormSection name="position" title={t.sections.position}>
      <Suspense fallback={<Skeleton rows={4} label={t.loading} />}>
        <PointPicker
          point={point}
          precisionM={precisionM}
          around={lookAround()}
          onMove={place}
          land={ground.jurisdictions}
          baseMap={ground.city?.baseMap ?? null}
          label={t.position.map}
          pinLabel={t.position.pin}
        />
      </Suspense>
      {point ? (
        <>
          <p className={styles.inline}>
            <span className={styles.figures}>{t.position.now(writeCoordinates(point, 'WGS84'))}</span>
            {movedM >= 0.5 && <strong>{t.position.moved(metresWords(movedM, t))}</strong>}
            {storedPoint && movedM >= 0.5 && (
              <Button
                onClick={() =>
                  onChange({ point: storedPoint, precisionM: stored!.precisionM, original: stored!.original })
                }
              >
                {t.position.undo}
              </Button>
            )}
          </p>
          <PointAdvice {...form} point={point} siteId={siteId} />
          <div className={styles.pair}>
            <TextField
              label={t.fields.precisionM}
              hint={t.position.precisionHint}
              type="number"
              inputMode="numeric"
              value={precisionM === null ? '' : String(precisionM)}
              error={problemAt('precisionM')}
              changed={changedAt('precisionM')}
              onChange={(text) => onChange({ precisionM: text === '' ? null : Number(text) })}
            />
            <div className={styles.end}>
              <Button icon="close" onClick={() => onChange({ point: null, precisionM: null, original: null })}>
                {t.position.remove}
              </Button>
            </div>
          </div>
        </>
      ) : (
        <p className={styles.inline}>
          <span>{t.position.none}</span>
          {storedPoint && (
            <Button
              onClick={() =>
                onChange({ point: storedPoint, precisionM: stored!.precisionM, original: stored!.original })
              }
            >
              {t.position.undo}
            </Button>
          )}
        </p>
      )}
      <TypedCoordinatesField onUse={(typed) => place(typed.point, { original: typed.original })} />
      {original && (
        <p className={styles.quiet}>
          {t.position.original(`${original.lng}, ${original.lat}`, t.position.crsShort[original.crs])}
        </p>
      )}
    </FormSection>
  );

  /** Somewhere in the street, as far as the places tell. */
  function lookAround(): Point & { zoom: number } {
    const inStreet = ground.features.find(
      ({ geometry, properties }) => geometry && properties.street === document.streetCode && document.streetCode,
    );
    if (!inStreet?.geometry) return CITY_VIEW;
    const [lng, lat] = inStreet.geometry.coordinates;
    return { lng, lat, zoom: STREET_ZOOM };
  }
}
