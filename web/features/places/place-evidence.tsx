import type { ReportKind } from '#domain/places/catalogue.ts';
import { isRough, type SiteProperties } from '#domain/places/site.ts';
import styles from './place-sheet.module.css';
import { agoWords, distanceWords } from './words.ts';
import { useDetails } from './use-details.ts';

/** How sure the card is: how exact the point is, what riders say, the source; each fact's own check stands under the fact. */
export function PlaceEvidence({ site, nowMs }: { site: SiteProperties; nowMs: number }) {
  const m = useDetails();
  const reported = Object.entries(site.reported ?? {}) as [ReportKind, { count: number; last: string }][];
  return (
    <section aria-label={m.place.evidence} className={styles.section}>
      <h3>{m.place.evidence}</h3>
      <dl className={styles.facts}>
        <div>
          <dt>{m.place.precision}</dt>
          <dd className={isRough(site.precisionM) ? styles.warning : undefined}>
            {site.precisionM === null ? m.place.noPoint : m.place.precisionM(distanceWords(site.precisionM, m))}
          </dd>
        </div>
        {reported.length > 0 && (
          <div>
            <dt>{m.place.riderSays}</dt>
            <dd>
              {reported.map(([kind, { count, last }]) => (
                <span key={kind}>{m.place.riderSaysTimes(m.reportKinds[kind], count, agoWords(last, nowMs, m))}</span>
              ))}
            </dd>
          </div>
        )}
        {site.source && (
          <div>
            <dt>{m.place.source}</dt>
            <dd>{site.source}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
