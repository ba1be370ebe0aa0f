import { inArray, sql } from 'drizzle-orm';
import { CLAIM_DUE, CLAIM_STATES, type ClaimState, DECLINE_CODES } from '#domain/insurance/claim-lifecycle.ts';
import { APPEAL_OUTCOMES, CLAIM_OUTCOMES, type Fairness } from '#domain/insurance/fairness-contract.ts';
import { addDays, instantOf } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { jurisdictions } from '../../db/tables/places.ts';

export type Period = { from: string; to: string };

const instantsOf = ({ from, to }: Period) => ({
  begin: new Date(instantOf(from, 0)).toISOString(),
  end: new Date(instantOf(addDays(to, 1), 0)).toISOString(),
});

/** What happened to claims on these days, both included: all from the timelines, nobody named. */
export async function getFairness(db: Database, period: Period): Promise<Fairness> {
  return {
    ...period,
    reported: await countReported(db, period),
    steps: await measureSteps(db, period, 'office'),
    outcomes: await countOutcomes(db, period),
    declines: await countDeclines(db, period),
    appeals: await countAppeals(db, period),
    reviews: await countReviews(db, period),
  };
}

async function countReported(db: Database, period: Period): Promise<number> {
  const { begin, end } = instantsOf(period);
  const [row] = await db.execute<{ count: string }>(
    sql`select count(*) as count from claim_events where action = 'report' and at >= ${begin} and at < ${end}`,
  );
  return Number(row!.count);
}

/** Half the claims waited no longer than the median in that state, nine of ten no longer than p90. */
export async function measureSteps(db: Database, period: Period, by: 'office' | 'city'): Promise<Fairness['steps']> {
  const { begin, end } = instantsOf(period);
  const dueDays = sql.join(
    CLAIM_STATES.map((state) => sql`when ${state} then ${CLAIM_DUE[state]?.days ?? null}::int`),
    sql` `,
  );
  const office = by === 'office' ? sql`receiving_street` : sql`null::text`;
  const rows = await db.execute<{
    office: string | null;
    state: ClaimState;
    count: string;
    overdue: string;
    median_h: number;
    p90_h: number;
  }>(sql`
    with moves as (
      select claim_id, from_state, at, lag(at) over (partition by claim_id order by version) as since
      from claim_events where from_state <> to_state
    ), waits as (
      select ${office} as office, from_state as state, at, extract(epoch from at - since) / 3600.0 as hours,
        -- the end of the day in Xiamen that is so many days later
        date_trunc('day', timezone(interval '8 hours', since))
          + make_interval(days => case from_state ${dueDays} end + 1) - interval '8 hours' as due
      from moves join claims on claims.id = claim_id
      where since is not null and at >= ${begin} and at < ${end}
    )
    select office, state, count(*) as count, count(*) filter (where timezone('UTC', at) >= due) as overdue,
      percentile_cont(0.5) within group (order by hours)::float8 as median_h,
      percentile_cont(0.9) within group (order by hours)::float8 as p90_h
    from waits group by office, state order by office nulls last, state`);
  const names = await namesOf(
    db,
    [...rows].flatMap((row) => row.office ?? []),
  );
  return [...rows]
    .map((row) => ({
      office: row.office,
      officeName: (row.office && names.get(row.office)) ?? null,
      state: row.state,
      count: Number(row.count),
      overdue: Number(row.overdue),
      medianHours: toTenths(row.median_h),
      p90Hours: toTenths(row.p90_h),
    }))
    .sort((a, b) => byOffice(a.office, b.office) || CLAIM_STATES.indexOf(a.state) - CLAIM_STATES.indexOf(b.state));
}

const byOffice = (a: string | null, b: string | null) => (a ?? '~').localeCompare(b ?? '~');
const toTenths = (hours: number) => Math.round(hours * 10) / 10;

async function namesOf(db: Database, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({ code: jurisdictions.code, name: jurisdictions.name })
    .from(jurisdictions)
    .where(inArray(jurisdictions.code, [...new Set(codes)]));
  return new Map(rows.map(({ code, name }) => [code, name]));
}

async function countOutcomes(db: Database, period: Period): Promise<Fairness['outcomes']> {
  const { begin, end } = instantsOf(period);
  const rows = await db.execute<{ outcome: string; count: string; fen: string }>(sql`
    select case action when 'decline' then 'declined' when 'withdraw' then 'withdrawn' else 'approved' end as outcome,
      count(*) as count, coalesce(sum((data ->> 'approvedFen')::bigint), 0) as fen
    from claim_events
    where (action in ('decline', 'withdraw') or (action = 'approve' and to_state = 'approved'))
      and from_state <> 'draft' and at >= ${begin} and at < ${end}
    group by 1`);
  return CLAIM_OUTCOMES.map((outcome) => {
    const row = [...rows].find((one) => one.outcome === outcome);
    return { outcome, count: Number(row?.count ?? 0), amountFen: Number(row?.fen ?? 0) };
  });
}

async function countDeclines(db: Database, period: Period): Promise<Fairness['declines']> {
  const { begin, end } = instantsOf(period);
  const rows = await db.execute<{ code: string; count: string }>(sql`
    select data ->> 'declineCode' as code, count(*) as count from claim_events
    where action = 'decline' and at >= ${begin} and at < ${end} group by 1`);
  return DECLINE_CODES.map((code) => ({ code, count: Number([...rows].find((one) => one.code === code)?.count ?? 0) }));
}

async function countAppeals(db: Database, period: Period): Promise<Fairness['appeals']> {
  const { begin, end } = instantsOf(period);
  const rows = await db.execute<{ outcome: string; count: string }>(sql`
    select case answer when 'reopen' then 'reopened' when 'uphold' then 'upheld' else 'open' end as outcome,
      count(*) as count
    from (
      select action, at, lead(action) over (partition by claim_id order by version) as answer from claim_events
    ) as steps
    where action = 'appeal' and at >= ${begin} and at < ${end} group by 1`);
  return APPEAL_OUTCOMES.map((outcome) => ({
    outcome,
    count: Number([...rows].find((one) => one.outcome === outcome)?.count ?? 0),
  }));
}

async function countReviews(db: Database, period: Period): Promise<Fairness['reviews']> {
  const { begin, end } = instantsOf(period);
  const [row] = await db.execute<{ reviewed: string; agrees: string; fen: string }>(sql`
    select count(*) as reviewed, count(*) filter (where agrees) as agrees, coalesce(sum(abs(difference_fen)), 0) as fen
    from claim_reviews where at >= ${begin} and at < ${end}`);
  const [reviewed, agrees] = [Number(row!.reviewed), Number(row!.agrees)];
  return { reviewed, agrees, differs: reviewed - agrees, differenceFen: Number(row!.fen) };
}

/** How many claims each street's office saw decided on these days. */
export async function countDecidedByOffice(db: Database, period: Period): Promise<Map<string, number>> {
  const { begin, end } = instantsOf(period);
  const rows = await db.execute<{ office: string; count: string }>(sql`
    select receiving_street as office, count(*) as count
    from claim_events join claims on claims.id = claim_id
    where (action = 'decline' or (action = 'approve' and to_state = 'approved')) and receiving_street is not null
      and at >= ${begin} and at < ${end}
    group by 1`);
  return new Map([...rows].map(({ office, count }) => [office, Number(count)]));
}
