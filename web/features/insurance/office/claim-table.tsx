import type { ClaimRow } from '#domain/insurance/claim-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { insuranceOfficePaths } from '../../../client/insurance-office-paths.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { useMessages } from '../../../client/messages.ts';
import { yuanOf } from '../../../client/money.ts';
import { useTexts } from '../../../client/texts.ts';
import { Badge } from '../../../ui/badge.tsx';
import { classes } from '../../../ui/classes.ts';
import { goInApp } from '../../../ui/location.ts';
import table from '../../../ui/table.module.css';
import { useMinute } from '../../places/use-minute.ts';
import { dayWords, momentWords } from '../day-words.ts';

/** Claims as rows that the keyboard can stand on; each leads to its claim. */
export function ClaimTable({ rows, caption }: { rows: readonly ClaimRow[]; caption: string }) {
  const { queue: m } = useTexts({ zh, en });
  const { columns } = m;
  return (
    <div className={table.scroll}>
      <table className={classes(table.table, table.cards)}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.number}</th>
            <th scope="col">{columns.state}</th>
            <th scope="col">{columns.due}</th>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.happened}</th>
            <th scope="col">{columns.office}</th>
            <th scope="col" className={table.number}>
              {columns.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ClaimTableRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ClaimTableRow({ row }: { row: ClaimRow }) {
  const { queue: m, states, holders } = useTexts({ zh, en });
  const { time } = useMessages().places;
  const nowMs = useMinute();
  const today = shanghaiDay(nowMs);
  const amount = latestAmount(row);
  const { dueAt, waitsFor } = row;
  const isLate = dueAt !== null && Date.parse(dueAt) < nowMs;
  return (
    <tr data-row="">
      <th scope="row" className={table.tight}>
        <a href={insuranceOfficePaths.claim(row.id)} data-open="" className={table.link} onClick={goInApp}>
          {row.number}
        </a>
      </th>
      <td>
        {states[row.state]} {!row.covered && <Badge tone="warning">{m.notCovered}</Badge>}
      </td>
      <td data-label={m.columns.due} className={table.tight}>
        {dueAt === null ? '–' : m.due(dayWords(shanghaiDay(Date.parse(dueAt)), today, time))}{' '}
        {isLate && <Badge tone="warning">{m.overdueBadge}</Badge>}
        {waitsFor && <span className="visually-hidden">{holders[waitsFor]}</span>}
      </td>
      <td data-label={m.columns.name}>{row.name ?? '–'}</td>
      <td data-label={m.columns.happened} className={table.tight}>
        {momentWords(Date.parse(row.happenedAt), today, time)}
      </td>
      <td data-label={m.columns.office}>{row.receivingSite?.name ?? m.noOffice}</td>
      <td data-label={m.columns.amount} className={classes(table.number, table.tight)}>
        {m.amounts[amount.kind]} {yuanOf(amount.fen)}
      </td>
    </tr>
  );
}

/** The amount that counts by now. */
function latestAmount({ claimedFen, assessedFen, approvedFen, paidFen }: ClaimRow): {
  kind: 'claimed' | 'assessed' | 'approved' | 'paid';
  fen: number;
} {
  if (paidFen !== null) return { kind: 'paid', fen: paidFen };
  if (approvedFen !== null) return { kind: 'approved', fen: approvedFen };
  return assessedFen === null ? { kind: 'claimed', fen: claimedFen } : { kind: 'assessed', fen: assessedFen };
}
