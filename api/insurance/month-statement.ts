import { sql } from 'drizzle-orm';
import { PAYERS, type Payer } from '#domain/insurance/enrolment.ts';
import type { DayClosing, LedgerAccount } from '#domain/insurance/ledger.ts';
import type { CoveredSum, MonthStatement } from '#domain/insurance/ledger-contract.ts';
import { addDays, dayNumber, daysInMonth, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { ofInsurers } from './ledger-scope.ts';

type PostedSum = { ownFen: number; subsidyFen: number; totalFen: number };

/** The covered days of one day, payer and employer. */
export type CoveredRow = CoveredSum & { day: string; payer: Payer; employerId: string | null };

/**
 * A month `YYYY-MM` day by day, with every figure told three times: from the covers, from the closes and from the ledger.
 * `insurerIds`: only what concerns these; null: everything.
 */
export async function getMonthStatement(
  db: Database,
  { month, insurerIds, nowMs }: { month: string; insurerIds: readonly string[] | null; nowMs: number },
): Promise<MonthStatement> {
  const first = `${month}-01`;
  const end = addDays(first, daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5))));
  const { covered, closes, posted, start, names } = await db.transaction(
    async (tx) => {
      const found = await sumCoveredDays(tx, { first, end, insurerIds });
      return {
        covered: found,
        closes: await sumCloses(tx, { first, end, insurerIds }),
        posted: await sumPostings(tx, { first, end, insurerIds }),
        start: await firstClose(tx, insurerIds),
        names: await namesOf(tx, new Set(found.flatMap(({ employerId }) => employerId ?? []))),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' }, // a close in between would look like a difference
  );

  const today = shanghaiDay(nowMs);
  const closedDays = new Set([...closes.keys()].map((key) => key.slice(0, 10)));
  const coveredDays = new Set(covered.map(({ day }) => day));
  const closingOf = (day: string): DayClosing => {
    if (closedDays.has(day)) return 'closed';
    if (day >= today) return 'open';
    return (start !== null && day >= start) || coveredDays.has(day) ? 'not_closed' : 'before_start';
  };
  const byDay = new Map<string, CoveredSum>();
  for (const row of covered) {
    const key = keyOf(row.day, row.payer);
    byDay.set(key, addCovered(byDay.get(key) ?? NOTHING, row));
  }
  const allDays = Array.from({ length: dayNumber(end) - dayNumber(first) }, (_, i) => addDays(first, i));
  const days = allDays.flatMap((day) =>
    PAYERS.map((payer) => {
      const key = keyOf(day, payer);
      const closing = closingOf(day);
      const covers = byDay.get(key) ?? NOTHING;
      const closed = closes.get(key) ?? (closing === 'closed' ? NOTHING : null);
      const ledger = posted.get(key) ?? null;
      const agrees =
        closing === 'closed'
          ? isSame(covers, closed) && covers.coveredDays === closed!.coveredDays && isSame(covers, ledger)
          : null;
      return { day, payer, closing, covers, closed, ledger, agrees };
    }),
  );
  const over = days.filter(({ closing }) => closing === 'closed');
  return {
    month,
    insurerIds: insurerIds === null ? null : [...insurerIds],
    asOf: new Date(nowMs).toISOString(),
    rows: covered.map((row) => ({
      ...row,
      employerName: row.employerId === null ? null : (names.get(row.employerId) ?? null),
      closing: closingOf(row.day),
    })),
    days,
    totals: {
      wholeMonth: days.reduce((sum, { covers }) => addCovered(sum, covers), NOTHING),
      closedDays: {
        covers: over.reduce((sum, { covers }) => addCovered(sum, covers), NOTHING),
        closed: over.reduce((sum, { closed }) => addCovered(sum, closed ?? NOTHING), NOTHING),
        ledger: over.reduce((sum, { ledger }) => addPosted(sum, ledger ?? NO_POSTING), NO_POSTING),
      },
      daysClosed: closedDays.size,
      daysNotClosed: allDays.filter((day) => closingOf(day) === 'not_closed').length,
      agrees: over.every(({ agrees }) => agrees === true),
    },
  };
}

type Span = { first: string; end: string; insurerIds: readonly string[] | null };

/**
 * Covered days from `first` to before `end`, per day, payer and employer, without a row per person and day: covers of
 * one shape are counted once, each shape adds at its first day and takes away after its last (a difference array), and
 * the running sum over the days is what was covered.
 */
export async function sumCoveredDays(db: Database, { first, end, insurerIds }: Span): Promise<CoveredRow[]> {
  type Row = { day: string; employer_id: string | null } & Record<'covered_days' | 'own_fen' | 'subsidy_fen', string>;
  const rows = await db.execute<Row>(sql`
    with shapes as materialized (
      select employer_id, days, count(*) as covered_days, sum(own_fen_per_day) as own_fen,
        sum(subsidy_fen_per_day) as subsidy_fen
      from covers
      where is_insured and days && daterange(${first}, ${end}) and ${ofInsurers(sql`insurer_id`, insurerIds)}
      group by employer_id, days
    ), edges as (
      select employer_id, greatest(lower(days), ${first}::date) as day, covered_days, own_fen, subsidy_fen from shapes
      union all
      select employer_id, upper(days), -covered_days, -own_fen, -subsidy_fen from shapes where upper(days) < ${end}::date
      union all
      select employer_id, day::date, 0, 0, 0
      from (select distinct employer_id from shapes) as employers
      cross join generate_series(${first}::date, ${end}::date - 1, interval '1 day') as day
    ), steps as (
      select employer_id, day, sum(covered_days) as covered_days, sum(own_fen) as own_fen, sum(subsidy_fen) as subsidy_fen
      from edges
      group by employer_id, day
    ), sums as (
      select employer_id, day, sum(covered_days) over running as covered_days, sum(own_fen) over running as own_fen,
        sum(subsidy_fen) over running as subsidy_fen
      from steps
      window running as (partition by employer_id order by day)
    )
    select day::text, employer_id, covered_days, own_fen, subsidy_fen from sums
    where covered_days > 0
    order by day, employer_id nulls first`);
  return rows.map((row) => {
    const [ownFen, subsidyFen] = [Number(row.own_fen), Number(row.subsidy_fen)];
    return {
      day: row.day,
      payer: row.employer_id === null ? 'self' : 'employer',
      employerId: row.employer_id,
      coveredDays: Number(row.covered_days),
      ownFen,
      subsidyFen,
      totalFen: ownFen + subsidyFen,
    };
  });
}

async function sumCloses(db: Database, { first, end, insurerIds }: Span): Promise<Map<string, CoveredSum>> {
  type Row = Record<'day' | 'payer' | 'covered_days' | 'own_fen' | 'subsidy_fen', string>;
  const rows = await db.execute<Row>(sql`
    select day::text, payer, sum(covered_days) as covered_days, sum(own_fen) as own_fen, sum(subsidy_fen) as subsidy_fen
    from day_closes
    where day >= ${first} and day < ${end} and ${ofInsurers(sql`insurer_id`, insurerIds)}
    group by day, payer`);
  return new Map(
    rows.map((row) => {
      const [ownFen, subsidyFen] = [Number(row.own_fen), Number(row.subsidy_fen)];
      const sum = { coveredDays: Number(row.covered_days), ownFen, subsidyFen, totalFen: ownFen + subsidyFen };
      return [`${row.day} ${row.payer}`, sum];
    }),
  );
}

async function sumPostings(db: Database, { first, end, insurerIds }: Span): Promise<Map<string, PostedSum>> {
  type Row = Record<'day' | 'payer' | 'own_fen' | 'subsidy_fen' | 'premium_fen', string>;
  const rows = await db.execute<Row>(sql`
    select p.day::text, split_part(p.key, ':', 3) as payer, ${sumOf('unearned_own_share')} as own_fen,
      ${sumOf('treasury_subsidy_due')} as subsidy_fen, -${sumOf('insurer_premium')} as premium_fen
    from ledger_postings p left join ledger_entries e on e.posting_id = p.id
    where p.kind = 'day_closed' and p.day >= ${first} and p.day < ${end}
      and ${ofInsurers(sql`split_part(p.key, ':', 4)`, insurerIds)}
    group by p.day, split_part(p.key, ':', 3)`);
  return new Map(
    rows.map((row) => {
      const sum = {
        ownFen: Number(row.own_fen),
        subsidyFen: Number(row.subsidy_fen),
        totalFen: Number(row.premium_fen),
      };
      return [`${row.day} ${row.payer}`, sum];
    }),
  );
}

const sumOf = (account: LedgerAccount) => sql`coalesce(sum(e.amount_fen) filter (where e.account = ${account}), 0)`;

async function firstClose(db: Database, insurerIds: readonly string[] | null): Promise<string | null> {
  const [row] = await db.execute<{ day: string | null }>(sql`
    select min(day)::text as day from day_closes where ${ofInsurers(sql`insurer_id`, insurerIds)}`);
  return row!.day;
}

async function namesOf(db: Database, ids: ReadonlySet<string>): Promise<Map<string, string>> {
  if (ids.size === 0) return new Map();
  const rows = await db.execute<{ id: string; name: string }>(sql`
    select id, name from organisations where ${ofInsurers(sql`id`, [...ids])}`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const NOTHING: CoveredSum = { coveredDays: 0, ownFen: 0, subsidyFen: 0, totalFen: 0 };
const NO_POSTING: PostedSum = { ownFen: 0, subsidyFen: 0, totalFen: 0 };
const keyOf = (day: string, payer: Payer) => `${day} ${payer}`;

function isSame(a: PostedSum, b: PostedSum | null): boolean {
  return b !== null && a.ownFen === b.ownFen && a.subsidyFen === b.subsidyFen && a.totalFen === b.totalFen;
}

function addPosted(a: PostedSum, b: PostedSum): PostedSum {
  return { ownFen: a.ownFen + b.ownFen, subsidyFen: a.subsidyFen + b.subsidyFen, totalFen: a.totalFen + b.totalFen };
}

function addCovered(a: CoveredSum, b: CoveredSum): CoveredSum {
  return { coveredDays: a.coveredDays + b.coveredDays, ...addPosted(a, b) };
}
