import { VERIFIED_FACTS } from '#domain/places/catalogue.ts';
import type { ReportKind } from '#domain/places/catalogue.ts';
import { isRough, type SiteProperties } from '#domain/places/site.ts';
import styles from './place-sheet.module.css';
import { agoWords, dayWords, distanceWords } from './words.ts';
import { useDetails } from './use-details.ts';

/** How sure everything on the card is: each fact's own check, what riders say, how exact the point is, the source. */
export function PlaceEvidence({ site, nowMs }: { site: SiteProperties; nowMs: number }) {
  const m = useDetails();
  const reported = Object.entries(site.reported ?? {}) as [ReportKind, { count: number; last: string }][];
  return (
    <section aria-label={m.place.verified} className={styles.section}>
      <h3>{m.place.verified}</h3>
      <dl className={styles.facts}>
        {VERIFIED_FACTS.map((fact) => {
          const { status, date, source } = site.verification[fact];
          return (
            <div key={fact}>
              <dt>{m.facts[fact]}</dt>
              <dd>
                <span className={status === 'disputed' ? styles.warning : undefined}>{m.verification[status]}</span>
                {date && <span>{dayWords(date, nowMs, m)}</span>}
                {source && <span className={styles.quiet}>{m.place.by(source)}</span>}
              </dd>
            </div>
          );
        })}
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
