import { useState } from 'react';
import type { MonthStatement } from '#domain/insurance/ledger-contract.ts';
import { officeLedger as en } from '../../../client/messages/en/office-ledger.ts';
import { officeLedger as zh } from '../../../client/messages/zh/office-ledger.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { Badge } from '../../../ui/badge.tsx';
import { classes } from '../../../ui/classes.ts';
import { CheckField } from '../../../ui/field.tsx';
import { goInApp } from '../../../ui/location.ts';
import table from '../../../ui/table.module.css';
import styles from './desk.module.css';
import { spread } from './month-sums.tsx';

/** Each day and payer; a day leads to what was posted for it. */
export function MonthDays({
  days,
  linkOf,
}: {
  days: MonthStatement['days'];
  /** The address of a day's postings. */
  linkOf: (day: string) => string;
}) {
  const { days: m, sums, payers, closings } = useTexts({ zh, en });
  const [all, setAll] = useState(false);
  const hasSomebody = days.filter(({ covers, closed }) => covers.coveredDays > 0 || (closed?.coveredDays ?? 0) > 0);
  const shown = all ? days : hasSomebody;
  return (
    <section className={styles.card} aria-labelledby="month-days">
      <h2 id="month-days">{m.heading}</h2>
      {shown.length === 0 ? (
        <p className={styles.quiet}>{m.empty}</p>
      ) : (
        <div className={table.scroll}>
          <table className={classes(table.table, table.cards)}>
            <caption>{m.caption}</caption>
            <thead>
              <tr>
                <th scope="col">{m.day}</th>
                <th scope="col">{m.payer}</th>
                <th scope="col">{m.closing}</th>
                <th scope="col" className={table.number}>
                  {sums.days}
                </th>
                <th scope="col" className={table.number}>
                  {sums.own}
                </th>
                <th scope="col" className={table.number}>
                  {sums.subsidy}
                </th>
                <th scope="col" className={table.number}>
                  {sums.total}
                </th>
                <th scope="col">{m.check}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={`${row.day} ${row.payer}`} data-row="">
                  <th scope="row" className={table.tight}>
                    <a
                      href={linkOf(row.day)}
                      data-open=""
                      className={table.link}
                      aria-label={m.postings(row.day)}
                      onClick={goInApp}
                    >
                      {row.day}
                    </a>
                  </th>
                  <td>{payers[row.payer]}</td>
                  <td>{closings[row.closing]}</td>
                  <td data-label={sums.days} className={table.number}>
                    {row.covers.coveredDays}
                  </td>
                  <td data-label={sums.own} className={table.number}>
                    {yuanOf(row.covers.ownFen)}
                  </td>
                  <td data-label={sums.subsidy} className={table.number}>
                    {yuanOf(row.covers.subsidyFen)}
                  </td>
                  <td data-label={sums.total} className={table.number}>
                    {yuanOf(row.covers.totalFen)}
                  </td>
                  <td>
                    <Check row={row} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <CheckField label={m.showEmpty} checked={all} onChange={setAll} />
    </section>
  );
}

function Check({ row }: { row: MonthStatement['days'][number] }) {
  const { days: m } = useTexts({ zh, en });
  if (row.agrees === null) return <span className={styles.quiet}>{m.unknown}</span>;
  if (row.agrees) return <Badge tone="good">{m.agrees}</Badge>;
  const fen = spread(row);
  return (
    <Badge tone="warning" icon="warning">
      {fen ? m.differs(yuanOf(fen)) : m.differsDays(Math.abs(row.covers.coveredDays - (row.closed?.coveredDays ?? 0)))}
    </Badge>
  );
}
