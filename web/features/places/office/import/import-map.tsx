import type { FeatureCollection, Point } from 'geojson';
import { useMemo } from 'react';
import type { ImportView, RowFate } from '#domain/places/import-contract.ts';
import { city, jurisdictions } from '../../../../client/city.ts';
import { importApiPaths } from '../../../../client/imports.ts';
import { useKept } from '../../../../client/kept-resource.ts';
import { useAsked } from '../../../../client/use-asked.ts';
import { MarkedPoints } from '../../../../map/marked-points.tsx';
import { WhenAsked } from '../when-asked.tsx';
import { FATE_MARKS } from './fate-marks.ts';
import styles from './import.module.css';
import { useImportTexts } from './use-import-texts.ts';

type Points = FeatureCollection<Point, { row: number; fate: RowFate }>;

/** Where the rows lie: what is in the sea or all on one spot is seen at a glance. */
export function ImportMap({ view }: { view: ImportView }) {
  const m = useImportTexts();
  // Fates change when rows are decided; the question is asked again then.
  const version = encodeURIComponent(JSON.stringify([view.state, view.counts]));
  const asked = useAsked<Points>(`${importApiPaths.points(view.id)}?v=${version}`);
  return (
    <section className={styles.card} aria-labelledby="import-map">
      <h2 id="import-map">{m.map.heading}</h2>
      <WhenAsked asked={asked}>
        {(points) =>
          points.features.length === 0 ? <p className={styles.quiet}>{m.map.none}</p> : <Marked points={points} />
        }
      </WhenAsked>
    </section>
  );
}

function Marked({ points }: { points: Points }) {
  const m = useImportTexts();
  const known = useKept(city);
  const lands = useKept(jurisdictions);
  const marked = useMemo(
    () =>
      points.features.map(({ geometry, properties: { row, fate } }) => {
        const [lng, lat] = geometry.coordinates as [number, number];
        return { point: { lng, lat }, ...FATE_MARKS[fate], label: m.map.point(row, m.fates[fate]) };
      }),
    [points, m],
  );
  return (
    <div className={styles.map}>
      <MarkedPoints
        points={marked}
        land={lands.status === 'ready' ? lands.data : null}
        baseMap={known.status === 'ready' ? known.data.baseMap : null}
        label={m.map.label}
      />
    </div>
  );
}
