import { useState } from 'react';
import type { MonthStatement } from '#domain/insurance/ledger-contract.ts';
import { officeLedger as en } from '../../../client/messages/en/office-ledger.ts';
import { officeLedger as zh } from '../../../client/messages/zh/office-ledger.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { classes } from '../../../ui/classes.ts';
import table from '../../../ui/table.module.css';
import styles from './desk.module.css';

const FIRST = 20;

type Sum = { name: string; coveredDays: number; ownFen: number; subsidyFen: number };

/** The month by employer, the largest first; nothing where no employer insured anybody. */
export function MonthEmployers({ rows }: { rows: MonthStatement['rows'] }) {
  const { employers: m, sums } = useTexts({ zh, en });
  const [shown, setShown] = useState(FIRST);
  const employers = sumByEmployer(rows);
  if (employers.length === 0) return null;
  const hidden = employers.length - shown;
  return (
    <section className={styles.card} aria-labelledby="month-employers">
      <h2 id="month-employers">{m.heading}</h2>
      <div className={table.scroll}>
        <table className={classes(table.table, table.cards)}>
          <thead>
            <tr>
              <th scope="col">{m.name}</th>
              {[sums.days, sums.own, sums.subsidy].map((label) => (
                <th key={label} scope="col" className={table.number}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {employers.slice(0, shown).map((sum) => (
              <tr key={sum.name}>
                <th scope="row">{sum.name}</th>
                <td data-label={sums.days} className={table.number}>
                  {sum.coveredDays}
                </td>
                <td data-label={sums.own} className={table.number}>
                  {yuanOf(sum.ownFen)}
                </td>
                <td data-label={sums.subsidy} className={table.number}>
                  {yuanOf(sum.subsidyFen)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <div>
          <Button variant="quiet" onClick={() => setShown(shown + FIRST)}>
            {m.more(Math.min(FIRST, hidden))}
          </Button>
        </div>
      )}
    </section>
  );
}

function sumByEmployer(rows: MonthStatement['rows']): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { employerId, employerName, coveredDays, ownFen, subsidyFen } of rows) {
    if (employerId === null) continue;
    const sum = sums.get(employerId) ?? { name: employerName ?? employerId, coveredDays: 0, ownFen: 0, subsidyFen: 0 };
    sum.coveredDays += coveredDays;
    sum.ownFen += ownFen;
    sum.subsidyFen += subsidyFen;
    sums.set(employerId, sum);
  }
  return [...sums.values()].sort((a, b) => b.coveredDays - a.coveredDays);
}
