import type { SiteProperties } from '#domain/places/site.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import type { OpeningHours } from '#domain/time/opening-rules.ts';
import { FactLine } from './fact-line.tsx';
import styles from './place-sheet.module.css';
import { hoursGroups, seasonWords, weekLines } from './week-hours.ts';
import { useDetails } from './use-details.ts';

/** Today's hours in view, the week behind a tap; one table for each set of hours the services have. */
export function PlaceHours({
  site,
  nowMs,
  calendar,
}: {
  site: SiteProperties;
  nowMs: number;
  calendar: HolidayLookup;
}) {
  const m = useDetails();
  const groups = hoursGroups(site);
  return (
    <section aria-label={m.place.hoursHeading} className={styles.section}>
      <h3>{m.place.hoursHeading}</h3>
      {groups.map(({ services, text, season, hours }) => (
        <div key={services.join()} className={styles.hours}>
          {groups.length > 1 && (
            <p className={styles.quiet}>{services.map((service) => m.services[service]).join(m.place.listComma)}</p>
          )}
          {season && <p>{m.place.seasonal(seasonWords(season, m))}</p>}
          {hours ? (
            <Week hours={hours} nowMs={nowMs} calendar={calendar} />
          ) : (
            <p>{text === null ? m.place.hoursNotKnown : m.place.hoursUnread(text)}</p>
          )}
        </div>
      ))}
      <FactLine site={site} fact="hours" nowMs={nowMs} />
    </section>
  );
}

function Week({ hours, nowMs, calendar }: { hours: OpeningHours; nowMs: number; calendar: HolidayLookup }) {
  const m = useDetails();
  const [today, ...later] = weekLines(hours, nowMs, calendar, m);
  return (
    <details className={styles.week}>
      <summary>
        <span className={styles.today}>
          {today!.label} <strong>{today!.words}</strong>
        </span>
        <span className={styles.quiet}>{m.place.week}</span>
      </summary>
      <table>
        <tbody>
          {later.map(({ day, label, words }) => (
            <tr key={day}>
              <th scope="row">{label}</th>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
