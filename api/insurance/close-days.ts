import { sql } from 'drizzle-orm';
import type { Payer } from '#domain/insurance/enrolment.ts';
import { postingEntries } from '#domain/insurance/ledger.ts';
import { addDays, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { writeAudit } from '../platform/audit.ts';
import { lockLedger } from './lock-ledger.ts';
import { postLedger } from './post-ledger.ts';

export type DayClose = {
  day: string;
  payer: Payer;
  insurerId: string;
  coveredDays: number;
  ownFen: number;
  subsidyFen: number;
};

/**
 * Closes a day `YYYY-MM-DD` that is over: counts whom it covered, per payer and insurer, and posts each to the ledger in
 * the same transaction. A day without covers closes with zeros. Returns what was closed; nothing when it was closed
 * before. Throws a `RangeError` for a day that is not over.
 */
export async function closeDay(db: Database, day: string, nowMs: number): Promise<DayClose[]> {
  if (day >= shanghaiDay(nowMs)) throw new RangeError(`${day} is not over, so it cannot be closed.`);
  return db.transaction(async (tx) => {
    await lockLedger(tx); // of several processes, one closes it, and the others see that it is closed
    const closes = await insertCloses(tx, day, nowMs);
    for (const { payer, insurerId, ownFen, subsidyFen } of closes) {
      const key = dayKey(day, payer, insurerId);
      const entries = postingEntries.day_closed(ownFen, subsidyFen);
      if (!(await postLedger(tx, { kind: 'day_closed', key, day, atMs: nowMs, entries }))) {
        throw new Error(`The ledger has ${key} already, but the day was not closed.`);
      }
    }
    if (closes.length > 0) {
      const subject = { kind: 'day', id: day };
      await writeAudit(tx, { actorId: null, action: 'ledger.close_day', subject, after: closes, atMs: nowMs });
    }
    return closes;
  });
}

/** Closes every day that is over, after the last that was closed and in their order. Returns the days. */
export async function closeOverDays(db: Database, nowMs: number): Promise<string[]> {
  const today = shanghaiDay(nowMs);
  const closed: string[] = [];
  for (let day = await nextToClose(db); day !== null && day < today; day = addDays(day, 1)) {
    if ((await closeDay(db, day, nowMs)).length > 0) closed.push(day);
  }
  return closed;
}

/** The key of a posting `day_closed`: `day:2026-11-25:self:<insurer>`. */
const dayKey = (day: string, payer: Payer, insurerId: string) => `day:${day}:${payer}:${insurerId}`;

async function nextToClose(db: Database): Promise<string | null> {
  const [row] = await db.execute<{ day: string | null }>(sql`
    select coalesce(
      (select max(day) + 1 from day_closes),
      (select min(lower(days)) from covers where is_insured)
    )::text as day`);
  return row!.day;
}

/** Every insurer that covers somebody, did the day before or is the one of the terms: its days follow without a gap. */
async function insertCloses(tx: Transaction, day: string, nowMs: number): Promise<DayClose[]> {
  const rows = await tx.execute<
    Record<'payer' | 'insurer_id' | 'covered_days' | 'own_fen' | 'subsidy_fen', string>
  >(sql`
    with counted as (
      select payer, insurer_id, count(*) as covered_days, sum(own_fen_per_day) as own_fen,
        sum(subsidy_fen_per_day) as subsidy_fen
      from covers
      where is_insured and days @> ${day}::date
      group by payer, insurer_id
    ), insurers as (
      select insurer_id from counted
      union
      select insurer_id from day_closes where day = ${day}::date - 1
      union
      select id from organisations where id = (
        select document ->> 'insurerId' from policy_terms where valid_from <= ${day}::date
        order by valid_from desc, created_at desc limit 1)
    )
    insert into day_closes (day, payer, insurer_id, covered_days, own_fen, subsidy_fen, closed_at)
    select ${day}::date, payer, insurer_id, coalesce(covered_days, 0), coalesce(own_fen, 0), coalesce(subsidy_fen, 0),
      ${new Date(nowMs).toISOString()}::timestamptz
    from insurers
    cross join (values ('self'), ('employer')) as payers (payer)
    left join counted using (payer, insurer_id)
    where not exists (select from day_closes where day = ${day}::date)
    order by payer, insurer_id
    returning payer, insurer_id, covered_days, own_fen, subsidy_fen`);
  return rows.map((row) => ({
    day,
    payer: row.payer as Payer,
    insurerId: row.insurer_id,
    coveredDays: Number(row.covered_days),
    ownFen: Number(row.own_fen),
    subsidyFen: Number(row.subsidy_fen),
  }));
}
