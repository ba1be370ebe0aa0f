import { count, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, instantOf } from '#domain/time/shanghai.ts';
import { closeDay, closeOverDays } from '../../api/insurance/close-days.ts';
import { getMonthStatement, sumCoveredDays } from '../../api/insurance/month-statement.ts';
import type { Connection } from '../../db/connect.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { dayCloses, ledgerEntries, ledgerPostings } from '../../db/tables/ledger.ts';
import { addCovers, addInsuranceBase, type CoverSeed, INSURER, OTHER_INSURER } from '../support/covers.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { seededRandom } from '../support/random.ts';

const noonOf = (day: string) => instantOf(day, 12 * 60);
const EMPLOYERS = ['employer-a', 'employer-b', 'employer-c'];

type Sum = { coveredDays: number; ownFen: number; subsidyFen: number };

/** The same figures without a database: one day and one cover at a time. */
function recount(seeds: readonly CoverSeed[], first: string, end: string): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { from, until, employerId, isInsured = true, ownFen = 40, subsidyFen = 40 } of seeds) {
    if (!isInsured) continue;
    for (let day = from < first ? first : from; day < until && day < end; day = addDays(day, 1)) {
      const key = `${day} ${employerId ?? 'self'}`;
      const sum = sums.get(key) ?? { coveredDays: 0, ownFen: 0, subsidyFen: 0 };
      sums.set(key, {
        coveredDays: sum.coveredDays + 1,
        ownFen: sum.ownFen + ownFen,
        subsidyFen: sum.subsidyFen + subsidyFen,
      });
    }
  }
  return sums;
}

/** People whose days come as a month, as weeks or one by one, some reaching out of November 2026, some not paid. */
function someCovers(people: number, random: () => number): CoverSeed[] {
  return Array.from({ length: people }, (_, person) => {
    const kind = random();
    const employer = Math.floor(random() * 6);
    const whose = {
      personId: `person-${person}`,
      employerId: EMPLOYERS[employer] ?? null,
      isInsured: random() < 0.97,
      ownFen: random() < 0.1 ? 55 : 40,
    };
    const start = addDays('2026-10-25', Math.floor(random() * 12));
    if (kind < 0.5) return [{ ...whose, from: start, until: addDays(start, 30) }];
    const [length, step] = kind < 0.85 ? [7, 8] : [1, 5];
    return Array.from({ length: 4 }, (__, i) => {
      const from = addDays(start, i * step);
      return { ...whose, from, until: addDays(from, length) };
    });
  }).flat();
}

describe.each(testEngines())('closing days on %s', (engine) => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    await emptyTestDatabase(connection);
    await addInsuranceBase(connection.db, EMPLOYERS);
  });

  it('counts whom a day covered, per payer and insurer, and posts each once', async () => {
    const { db } = connection;
    await addCovers(db, [
      { from: '2026-11-01', until: '2026-11-03' },
      { from: '2026-11-02', until: '2026-11-03' },
      { from: '2026-11-02', until: '2026-11-05', employerId: 'employer-a' },
      { from: '2026-11-02', until: '2026-11-05', insurerId: OTHER_INSURER, ownFen: 55, subsidyFen: 10 },
      { from: '2026-11-02', until: '2026-11-03', isInsured: false },
    ]);
    const closes = await closeDay(db, '2026-11-02', noonOf('2026-11-03'));
    const day = '2026-11-02';
    expect(closes.sort((a, b) => (a.insurerId + a.payer < b.insurerId + b.payer ? -1 : 1))).toEqual([
      { day, payer: 'employer', insurerId: OTHER_INSURER, coveredDays: 0, ownFen: 0, subsidyFen: 0 },
      { day, payer: 'self', insurerId: OTHER_INSURER, coveredDays: 1, ownFen: 55, subsidyFen: 10 },
      { day, payer: 'employer', insurerId: INSURER, coveredDays: 1, ownFen: 40, subsidyFen: 40 },
      { day, payer: 'self', insurerId: INSURER, coveredDays: 2, ownFen: 80, subsidyFen: 80 },
    ]);
    expect(await closeDay(db, day, noonOf('2026-11-04'))).toEqual([]);
    const sums = await db
      .select({ account: ledgerEntries.account, sum: sql<number>`sum(${ledgerEntries.amountFen})`.mapWith(Number) })
      .from(ledgerEntries)
      .groupBy(ledgerEntries.account);
    expect(Object.fromEntries(sums.map(({ account, sum }) => [account, sum]))).toEqual({
      unearned_own_share: 175,
      treasury_subsidy_due: 130,
      insurer_premium: -305,
    });
  });

  it('refuses a day that is not over', async () => {
    await expect(closeDay(connection.db, '2026-11-03', noonOf('2026-11-03'))).rejects.toThrow(RangeError);
    expect(await connection.db.select().from(dayCloses)).toEqual([]);
  });

  it('closes every day that is over, in order, also those that covered nobody, whoever and how often it is asked', async () => {
    const { db } = connection;
    await addCovers(db, [
      { from: '2026-11-01', until: '2026-11-02' },
      { from: '2026-11-04', until: '2026-11-05' },
    ]);
    const turns = await Promise.all(Array.from({ length: 4 }, () => closeOverDays(db, noonOf('2026-11-06'))));
    expect(turns.flat().sort()).toEqual(['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05']);
    expect(await closeOverDays(db, noonOf('2026-11-06'))).toEqual([]);
    expect(await closeOverDays(db, noonOf('2026-11-08'))).toEqual(['2026-11-06', '2026-11-07']);
    const days = await db
      .select({ day: dayCloses.day, covered: sql<number>`sum(${dayCloses.coveredDays})`.mapWith(Number) })
      .from(dayCloses)
      .groupBy(dayCloses.day)
      .orderBy(dayCloses.day);
    expect(days.map(({ covered }) => covered)).toEqual([1, 0, 0, 1, 0, 0, 0]);
    const [postings] = await db.select({ count: count() }).from(ledgerPostings);
    expect(postings!.count).toBe(14); // seven days, two payers, one insurer
    const audited = await db
      .select({ day: auditRecords.subjectId })
      .from(auditRecords)
      .where(eq(auditRecords.action, 'ledger.close_day'))
      .orderBy(auditRecords.seq);
    expect(audited.map(({ day }) => day)).toEqual(days.map(({ day }) => day));
  });

  it('has nothing to do before anybody was covered', async () => {
    expect(await closeOverDays(connection.db, noonOf('2026-11-06'))).toEqual([]);
  });

  it('says so when covers were changed after their day was closed', async () => {
    const { db } = connection;
    await addCovers(db, [{ from: '2026-11-01', until: '2026-11-03' }]);
    await closeOverDays(db, noonOf('2026-11-02'));
    await addCovers(db, [{ from: '2026-11-01', until: '2026-11-02' }]);
    const { days, totals } = await getMonthStatement(db, {
      month: '2026-11',
      insurerIds: null,
      nowMs: noonOf('2026-11-03'),
    });
    expect(totals).toMatchObject({ agrees: false, daysClosed: 1, daysNotClosed: 1 });
    expect(days.filter(({ agrees }) => agrees === false)).toEqual([
      expect.objectContaining({
        day: '2026-11-01',
        payer: 'self',
        covers: { coveredDays: 2, ownFen: 80, subsidyFen: 80, totalFen: 160 },
        closed: { coveredDays: 1, ownFen: 40, subsidyFen: 40, totalFen: 80 },
        ledger: { ownFen: 40, subsidyFen: 40, totalFen: 80 },
      }),
    ]);
    expect(days.map(({ closing }) => closing).filter((closing) => closing === 'open')).toHaveLength(56);
  });

  it('sums a month for an insurer from its own covers, closes and postings', async () => {
    const { db } = connection;
    await addCovers(db, [
      { from: '2026-11-01', until: '2026-11-04' },
      { from: '2026-11-01', until: '2026-11-04', employerId: 'employer-b', insurerId: OTHER_INSURER, ownFen: 7 },
    ]);
    const nowMs = noonOf('2026-11-03');
    await closeOverDays(db, nowMs);
    const { rows, totals } = await getMonthStatement(db, { month: '2026-11', insurerIds: [OTHER_INSURER], nowMs });
    expect(rows).toHaveLength(3);
    expect(rows[0]).toEqual({
      day: '2026-11-01',
      payer: 'employer',
      employerId: 'employer-b',
      employerName: '平台 employer-b',
      coveredDays: 1,
      ownFen: 7,
      subsidyFen: 40,
      totalFen: 47,
      closing: 'closed',
    });
    expect(totals).toEqual({
      wholeMonth: { coveredDays: 3, ownFen: 21, subsidyFen: 120, totalFen: 141 },
      closedDays: {
        covers: { coveredDays: 2, ownFen: 14, subsidyFen: 80, totalFen: 94 },
        closed: { coveredDays: 2, ownFen: 14, subsidyFen: 80, totalFen: 94 },
        ledger: { ownFen: 14, subsidyFen: 80, totalFen: 94 },
      },
      daysClosed: 2,
      daysNotClosed: 0,
      agrees: true,
    });
    expect((await getMonthStatement(db, { month: '2026-11', insurerIds: [], nowMs })).rows).toEqual([]);
  });

  it('is, for 10,000 people, what a plain count of every day of every cover comes to', async () => {
    const { db } = connection;
    const seeds = someCovers(10_000, seededRandom(4));
    for (let i = 0; i < seeds.length; i += 5000) await addCovers(db, seeds.slice(i, i + 5000));
    const expected = recount(seeds, '2026-11-01', '2026-12-01');
    const rows = await sumCoveredDays(db, { first: '2026-11-01', end: '2026-12-01', insurerIds: null });
    const found = new Map(
      rows.map(({ day, employerId, coveredDays, ownFen, subsidyFen }) => [
        `${day} ${employerId ?? 'self'}`,
        { coveredDays, ownFen, subsidyFen },
      ]),
    );
    expect(found).toEqual(expected);

    const nowMs = noonOf('2026-12-01');
    await closeOverDays(db, nowMs);
    const { totals } = await getMonthStatement(db, { month: '2026-11', insurerIds: null, nowMs });
    const coveredDays = [...expected.values()].reduce((sum, day) => sum + day.coveredDays, 0);
    expect(totals).toMatchObject({ agrees: true, daysClosed: 30, daysNotClosed: 0, wholeMonth: { coveredDays } });
    expect(totals.closedDays.closed).toEqual(totals.wholeMonth);
  }, 120_000);
});
