import type { SampleRow } from '#domain/insurance/review-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { insuranceOfficePaths } from '../../../client/insurance-office-paths.ts';
import { officeFairness as en } from '../../../client/messages/en/office-fairness.ts';
import { officeFairness as zh } from '../../../client/messages/zh/office-fairness.ts';
import { useMessages } from '../../../client/messages.ts';
import { useTexts } from '../../../client/texts.ts';
import { classes } from '../../../ui/classes.ts';
import { goInApp } from '../../../ui/location.ts';
import table from '../../../ui/table.module.css';
import { useMinute } from '../../places/use-minute.ts';
import { momentWords } from '../day-words.ts';
import styles from './desk.module.css';

/** Every sample and how far it is; each leads to its claims. */
export function SampleList({ samples }: { samples: readonly SampleRow[] }) {
  const { samples: m } = useTexts({ zh, en });
  const { time } = useMessages().places;
  const today = shanghaiDay(useMinute());
  if (samples.length === 0) return <p className={styles.quiet}>{m.empty}</p>;
  return (
    <div className={table.scroll}>
      <table className={classes(table.table, table.cards)}>
        <caption>{m.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{m.seed}</th>
            <th scope="col">{m.when}</th>
            <th scope="col">{m.period}</th>
            {[m.frame, m.count, m.reviewed, m.differs].map((label) => (
              <th key={label} scope="col" className={table.number}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.map((sample) => (
            <tr key={sample.id} data-row="">
              <th scope="row">
                <a
                  href={insuranceOfficePaths.sample(sample.id)}
                  data-open=""
                  className={table.link}
                  aria-label={m.open(sample.seed)}
                  onClick={goInApp}
                >
                  {sample.seed}
                </a>
              </th>
              <td>{momentWords(Date.parse(sample.drawnAt), today, time)}</td>
              <td>
                {sample.fromDay} – {sample.toDay}
              </td>
              <td data-label={m.frame} className={table.number}>
                {sample.frameCount}
              </td>
              <td data-label={m.count} className={table.number}>
                {sample.drawn}
              </td>
              <td data-label={m.reviewed} className={table.number}>
                {sample.reviewed}
              </td>
              <td data-label={m.differs} className={table.number}>
                {sample.differs}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
