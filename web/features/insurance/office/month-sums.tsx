import type { MonthStatement } from '#domain/insurance/ledger-contract.ts';
import { officeLedger as en } from '../../../client/messages/en/office-ledger.ts';
import { officeLedger as zh } from '../../../client/messages/zh/office-ledger.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { Icon } from '../../../ui/icon.tsx';
import { classes } from '../../../ui/classes.ts';
import table from '../../../ui/table.module.css';
import styles from './desk.module.css';

const SOURCES = ['covers', 'closed', 'ledger'] as const;

/** The same sums three times told, and whether they are the same. */
export function MonthSums({ totals }: { totals: MonthStatement['totals'] }) {
  const { sums: m } = useTexts({ zh, en });
  const { closedDays, wholeMonth, daysClosed, daysNotClosed } = totals;
  return (
    <section className={styles.card} aria-labelledby="month-sums">
      <h2 id="month-sums">{m.heading}</h2>
      {daysClosed === 0 ? (
        <p className={styles.quiet}>{m.noneClosed}</p>
      ) : (
        <>
          <p className={styles.notice} data-tone={totals.agrees ? 'good' : 'warning'}>
            <span className={styles.row}>
              <Icon name={totals.agrees ? 'check' : 'warning'} />
              <strong>{totals.agrees ? m.agrees : m.differs(yuanOf(spread(closedDays)))}</strong>
            </span>
          </p>
          <div className={table.scroll}>
            <table className={classes(table.table, table.cards)}>
              <thead>
                <tr>
                  <th scope="col">{m.from}</th>
                  {[m.days, m.own, m.subsidy, m.total].map((label) => (
                    <th key={label} scope="col" className={table.number}>
                      {label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {SOURCES.map((source) => {
                  const sum = closedDays[source];
                  return (
                    <tr key={source}>
                      <th scope="row">{m[source]}</th>
                      <td data-label={m.days} className={table.number}>
                        {'coveredDays' in sum ? sum.coveredDays : '–'}
                      </td>
                      <td data-label={m.own} className={table.number}>
                        {yuanOf(sum.ownFen)}
                      </td>
                      <td data-label={m.subsidy} className={table.number}>
                        {yuanOf(sum.subsidyFen)}
                      </td>
                      <td data-label={m.total} className={table.number}>
                        {yuanOf(sum.totalFen)}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </>
      )}
      <p className={styles.quiet}>
        {m.closedDays(daysClosed, daysNotClosed)}
        <br />
        {m.whole(String(wholeMonth.coveredDays), yuanOf(wholeMonth.ownFen), yuanOf(wholeMonth.subsidyFen))}
      </p>
    </section>
  );
}

/** By how much the largest and the smallest total differ, in fen. */
export function spread(sums: Record<(typeof SOURCES)[number], { totalFen: number } | null>): number {
  const totals = SOURCES.flatMap((source) => sums[source]?.totalFen ?? []);
  return totals.length > 1 ? Math.max(...totals) - Math.min(...totals) : 0;
}
