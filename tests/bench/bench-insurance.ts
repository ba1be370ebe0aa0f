import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { addDays, instantOf } from '#domain/time/shanghai.ts';
import { closeDay } from '../../api/insurance/close-days.ts';
import { getMonthStatement } from '../../api/insurance/month-statement.ts';
import { type Connection, connectDatabase, migrate } from '../../db/connect.ts';
import { seedBase } from '../../seed/reference/load.ts';
import { openCluster } from './postgres-cluster.ts';
import { median, type Measure, type Section } from './report.ts';

const MONTH = '2026-11';
const FIRST = '2026-11-01';
const DAYS = 30;
const PEOPLE = [50_000, 500_000];
const EMPLOYERS = 200;
const ROUNDS = 7;
const NOON_MIN = 12 * 60;

/** The day's close and the month's statement against one plain count over the same rows, in turn in the same run. */
export async function benchInsurance(): Promise<Section> {
  const title = 'Covered days: the close of a day and the statement of a month';
  const cluster = await openCluster();
  if (!cluster) {
    const skipped = 'no PostgreSQL: set TEST_DATABASE_URL or install postgresql-15 and postgresql-15-postgis-3.';
    return { title, measures: [], skipped };
  }
  const admin = postgres(cluster.url, { max: 1, onnotice: () => {} });
  const measures: Measure[] = [];
  const notes: string[] = [];
  const statements: number[] = [];
  try {
    for (const people of PEOPLE) {
      const name = `luyi_bench_insurance_${process.pid}_${people}`;
      const url = new URL(cluster.url);
      url.pathname = `/${name}`;
      await admin`create database ${admin(name)}`;
      const connection = await connectDatabase({ url: url.href, dataDir: '', poolSize: 2 });
      try {
        await migrate(connection);
        await seedBase(connection.db);
        const rows = await loadCovers(connection, people);
        notes.push(`${label(people)}: ${rows.toLocaleString('en-US')} rows of covers. ${await planOf(connection)}`);
        const timed = await measure(connection);
        statements.push(timed.statementMs);
        measures.push(...measuresOf(people, timed));
      } finally {
        await connection.close();
        await admin`drop database if exists ${admin(name)} with (force)`;
      }
    }
  } finally {
    await admin.end();
    await cluster.close();
  }
  const [small, large] = statements as [number, number];
  measures.push({ name: 'ten times the people: the statement takes', value: large / small, unit: '× as long' });
  notes.push(
    'Half of the people have the month as one range, three in ten as weeks, two in ten day by day; half are insured by one of 200 employers.',
  );
  return { title, measures, notes };
}

const label = (people: number) => `${people.toLocaleString('en-US')} people × ${DAYS} days`;

/** Past the API, and without the constraint that no measured statement reads: building it would take most of the time. */
async function loadCovers({ openClient }: Connection, people: number): Promise<number> {
  const client = openClient();
  try {
    await client`set session_replication_role = replica`;
    await client`alter table covers drop constraint covers_no_day_twice`;
    await client`insert into organisations (id, kind, name, source)
      select 'employer-' || n, 'platform', '平台 ' || n, 'bench' from generate_series(0, ${EMPLOYERS - 1}::int) n`;
    const { count } = await client`
      insert into covers (enrolment_id, insured_person_id, insurer_id, payer, employer_id, days, is_insured,
        own_fen_per_day, subsidy_fen_per_day)
      select gen_random_uuid(), person::text, 'yilubao-insurer',
        case when person % 2 = 0 then 'employer' else 'self' end,
        case when person % 2 = 0 then 'employer-' || person / 2 % ${EMPLOYERS}::int end,
        daterange(day, least(day + length, ${FIRST}::date + ${DAYS}::int)), true, 40, 40
      from generate_series(1, ${people}::int) person
      cross join lateral (
        select case when person % 10 < 5 then 30 when person % 10 < 8 then 7 else 1 end as length) lengths
      cross join lateral (
        select ${FIRST}::date + start as day from generate_series(0, ${DAYS - 1}::int, length) start) starts`;
    await client`create index covers_by_enrolment_again on covers (enrolment_id)`;
    await client`vacuum analyze covers`;
    return count;
  } finally {
    await client.end();
  }
}

type Timed = { plainMs: number; closeMs: number; statementMs: number };

async function measure({ db }: Connection): Promise<Timed> {
  const plain: number[] = [];
  const closes: number[] = [];
  const statements: number[] = [];
  const end = addDays(FIRST, DAYS);
  for (let round = 0; round <= ROUNDS; round++) {
    const day = addDays(FIRST, round);
    const times = [
      await timeOf(() =>
        db.execute(sql`select count(*), sum(own_fen_per_day * (upper(days) - lower(days))) from covers`),
      ),
      await timeOf(() => closeDay(db, day, instantOf(end, NOON_MIN))),
      await timeOf(async () => {
        const { totals } = await getMonthStatement(db, {
          month: MONTH,
          insurerIds: null,
          nowMs: instantOf(end, NOON_MIN),
        });
        if (!totals.agrees) throw new Error('The statement does not agree with itself.');
      }),
    ];
    if (round === 0) continue; // warms caches and connections
    [plain, closes, statements].forEach((list, i) => list.push(times[i]!));
  }
  return { plainMs: median(plain), closeMs: median(closes), statementMs: median(statements) };
}

async function timeOf(work: () => PromiseLike<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function planOf({ db }: Connection): Promise<string> {
  const rows = await db.execute<{ 'QUERY PLAN': string }>(sql`
    explain select employer_id, days, count(*) from covers
    where is_insured and days && daterange('2026-11-01', '2026-12-01') group by employer_id, days`);
  const text = rows.map((row) => row['QUERY PLAN']).join('\n');
  const scan = /(Parallel )?(Seq Scan|Bitmap Heap Scan|Index Scan)/.exec(text)?.[0] ?? 'another way';
  return `The statement reads them by ${scan}, and every row once.`;
}

function measuresOf(people: number, { plainMs, closeMs, statementMs }: Timed): Measure[] {
  const name = label(people);
  const goals: Measure['goals'] = [
    { kind: 'floor', atMost: 5 },
    { kind: 'aim', atMost: 3 },
  ];
  return [
    { name: `${name}: plain count(*), sum(…)`, value: plainMs, unit: 'ms' },
    { name: `${name}: close of a day`, value: closeMs, unit: 'ms' },
    { name: `${name}: statement of the month`, value: statementMs, unit: 'ms' },
    { name: `${name}: close / plain`, value: closeMs / plainMs, unit: '×', goals },
    { name: `${name}: statement / plain`, value: statementMs / plainMs, unit: '×', goals },
  ];
}
