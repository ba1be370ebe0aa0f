import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#domain/accounts/roles.ts';
import { postingEntries } from '#domain/insurance/ledger.ts';
import { LedgerBalances, MonthStatement, PostingPage } from '#domain/insurance/ledger-contract.ts';
import { addDays, instantOf } from '#domain/time/shanghai.ts';
import { closeOverDays } from '../../api/insurance/close-days.ts';
import { postLedger } from '../../api/insurance/post-ledger.ts';
import type { Connection } from '../../db/connect.ts';
import { ledgerEntries, ledgerPostings, settlements } from '../../db/tables/ledger.ts';
import { addCovers, addInsuranceBase, INSURER, OTHER_INSURER } from '../support/covers.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { createTestApp, makeActor, NOON, type TestApp } from '../support/factories.ts';
import { seededRandom } from '../support/random.ts';

const TODAY = '2026-03-10';
const administrator = makeActor('administrator');
const supervisor = makeActor('supervisor');
const insurer = makeActor('insurer', INSURER);
const otherInsurer = makeActor('insurer', OTHER_INSURER);
const rider = makeActor('rider');
const officer = makeActor('officer', '350203011');

const balanceOf = ({ accounts }: LedgerBalances, wanted: string) =>
  accounts.find(({ account }) => account === wanted)?.balanceFen;
async function problemOf(response: Response): Promise<{ status: number; code: string; detail: string }> {
  return (await response.json()) as { status: number; code: string; detail: string };
}

describe.each(testEngines())('the ledger on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  afterAll(async () => {
    await app?.close();
    await connection.close();
  });
  beforeEach(async () => {
    await app?.close();
    await emptyTestDatabase(connection);
    app = await createTestApp(connection);
    await addInsuranceBase(connection.db, ['employer-a']);
  });

  const get = (actor: Actor, path: string) => app.as(actor, 'GET', `/api/office/ledger/${path}`);
  const settle = (settlement: unknown, actor = administrator) =>
    app.as(actor, 'POST', '/api/office/ledger/settlements', settlement);
  async function balances(actor = administrator): Promise<LedgerBalances> {
    const response = await get(actor, 'balances');
    expect(response.headers.get('cache-control')).toContain('no-store');
    return LedgerBalances.parse(await response.json());
  }
  /** Two people and a third by an employer, covered on the three days before today. */
  async function closeThreeDays(): Promise<void> {
    const [from, until] = [addDays(TODAY, -3), TODAY];
    await addCovers(connection.db, [
      { from, until },
      { from, until, insurerId: OTHER_INSURER },
      { from, until, employerId: 'employer-a' },
    ]);
    await closeOverDays(connection.db, NOON);
  }

  it('asks who somebody is, and refuses who has no business there', async () => {
    for (const path of ['months/2026-03', 'balances', 'postings']) {
      expect((await app.request(`/api/office/ledger/${path}`)).status).toBe(401);
      for (const actor of [rider, officer]) expect((await get(actor, path)).status).toBe(403);
      for (const actor of [administrator, supervisor, insurer]) expect((await get(actor, path)).status).toBe(200);
    }
    for (const actor of [rider, officer, supervisor, insurer]) {
      const body = { id: randomUUID(), kind: 'subsidy_received', amountFen: 1, day: TODAY, reference: 'r' };
      expect((await settle(body, actor)).status).toBe(403);
    }
    expect(await connection.db.select().from(settlements)).toEqual([]);
  });

  it('says what is wrong with what it is sent, and stores nothing', async () => {
    for (const path of ['months/2026-13', 'months/26-03', 'months/2026-03.pdf', 'months/2026-03?lang=fr']) {
      expect((await get(administrator, path)).status).toBe(400);
    }
    for (const query of ['cursor=x', 'limit=0', 'limit=201', 'account=purse', 'kind=gift', 'from=2026-02-30']) {
      expect((await get(administrator, `postings?${query}`)).status).toBe(400);
    }
    const good = { id: randomUUID(), kind: 'subsidy_received', amountFen: 1, day: TODAY, reference: 'r' };
    const { reference: _, ...without } = good;
    for (const bad of [
      { ...good, amountFen: 0 },
      { ...good, amountFen: 1.5 },
      { ...good, amountFen: '1' },
      { ...good, kind: 'day_closed' },
      { ...good, insurerId: INSURER },
      { ...good, id: 'x' },
      { ...good, day: '2026-02-30' },
      { ...good, reference: ' ' },
      { ...good, more: 1 },
      without,
      [],
      '{',
    ]) {
      expect((await settle(bad)).status, JSON.stringify(bad)).toBe(400);
    }
    expect(await connection.db.select().from(settlements)).toEqual([]);
  });

  it('settles what is due with the treasury and with each insurer, once, and never more', async () => {
    await closeThreeDays();
    const due = await balances();
    expect(due).toMatchObject({ sumFen: 0, isWhole: true });
    expect(balanceOf(due, 'treasury_subsidy_due')).toBe(360);
    expect(balanceOf(due, 'insurer_premium')).toBe(-720);

    const subsidy = { id: randomUUID(), kind: 'subsidy_received', amountFen: 300, day: TODAY, reference: '财库 7' };
    for (let times = 0; times < 2; times++) {
      const response = await settle(subsidy);
      expect(response.status).toBe(201);
      expect(await response.json()).toEqual({ id: subsidy.id, stillDueFen: 60 });
    }
    expect(await problemOf(await settle({ ...subsidy, amountFen: 60 }))).toMatchObject({ code: 'id_taken' });
    const more = await problemOf(await settle({ ...subsidy, id: randomUUID(), amountFen: 61 }));
    expect(more).toMatchObject({ status: 422, code: 'more_than_due' });
    expect(more.detail).toContain('60 fen');
    const early = await settle({ ...subsidy, id: randomUUID(), amountFen: 1, day: addDays(TODAY, 1) });
    expect(await problemOf(early)).toMatchObject({ code: 'day_to_come' });

    const premium = { ...subsidy, id: randomUUID(), kind: 'premium_transferred', insurerId: OTHER_INSURER };
    expect(await problemOf(await settle({ ...premium, amountFen: 241 }))).toMatchObject({ code: 'more_than_due' });
    expect(await problemOf(await settle({ ...premium, insurerId: 'employer-a' }))).toMatchObject({
      code: 'no_such_reference',
    });
    expect((await settle({ ...premium, amountFen: 240 })).status).toBe(201);

    const after = await balances();
    expect(after.sumFen).toBe(0);
    expect(balanceOf(after, 'bank')).toBe(60);
    expect(balanceOf(after, 'insurer_premium')).toBe(-480);
    expect(balanceOf(await balances(otherInsurer), 'insurer_premium')).toBe(0);
    expect(balanceOf(await balances(insurer), 'insurer_premium')).toBe(-480);
    expect(balanceOf(await balances(insurer), 'bank')).toBeUndefined();
  });

  it('lets one of two settlements at once take what is due', async () => {
    await closeThreeDays();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        settle({ id: randomUUID(), kind: 'subsidy_received', amountFen: 360, day: TODAY, reference: 'r' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
  });

  it('shows the postings behind a balance, page by page, and to an insurer its own', async () => {
    await closeThreeDays();
    const pages: PostingPage['rows'] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = `postings?account=insurer_premium&limit=4${cursor && `&cursor=${cursor}`}`;
      const page = PostingPage.parse(await (await get(administrator, query)).json());
      expect(page.rows.length).toBeLessThanOrEqual(4);
      pages.push(...page.rows);
      cursor = page.nextCursor;
    }
    // Three days of two insurers; the payer without covers has postings without entries.
    expect(pages).toHaveLength(9);
    const sum = pages.flatMap(({ entries }) => entries).filter(({ account }) => account === 'insurer_premium');
    expect(sum.reduce((total, { amountFen }) => total + amountFen, 0)).toBe(-720);
    const own = PostingPage.parse(await (await get(otherInsurer, 'postings')).json()).rows;
    expect(new Set(own.map(({ about }) => about.insurerId))).toEqual(new Set([OTHER_INSURER]));
    expect(own.flatMap(({ entries }) => entries).map(({ account }) => account)).toEqual([
      'insurer_premium',
      'insurer_premium',
      'insurer_premium',
    ]);
    expect(own.find(({ about }) => about.payer === 'self')!.about.coveredDays).toBe(1);
    expect(own.find(({ about }) => about.payer === 'employer')!.about.coveredDays).toBe(0);
    const one = PostingPage.parse(
      await (await get(administrator, `postings?kind=day_closed&from=${TODAY}&to=${TODAY}`)).json(),
    );
    expect(one).toEqual({ rows: [], nextCursor: null });
  });

  it('gives a month as figures, as CSV and as a workbook, and no name runs as a formula', async () => {
    await connection.db.execute(sql`update organisations set name = '=1+1' where id = 'employer-a'`);
    await closeThreeDays();
    const statement = MonthStatement.parse(await (await get(administrator, 'months/2026-03')).json());
    expect(statement.totals).toMatchObject({
      agrees: true,
      daysClosed: 3,
      wholeMonth: { coveredDays: 9, totalFen: 720 },
    });
    const own = MonthStatement.parse(await (await get(insurer, 'months/2026-03')).json());
    expect(own).toMatchObject({ insurerIds: [INSURER], totals: { wholeMonth: { coveredDays: 6 }, agrees: true } });
    const csv = await get(administrator, 'months/2026-03.csv');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="luyi-2026-03.csv"');
    const text = await csv.text();
    expect(text.split('\r\n').slice(0, 3)).toEqual([
      '日期,缴费方,用人单位,参保人日,个人承担（元）,财政补贴（元）,合计（元）,结账,三方核对',
      '2026-03-07,本人,,2,0.8,0.8,1.6,已结账,一致',
      "2026-03-07,用人单位,'=1+1,1,0.4,0.4,0.8,已结账,一致",
    ]);
    expect(text.trim().split('\r\n').at(-1)).toBe('合计,,,9,3.6,3.6,7.2,未到期,一致');
    const xlsx = await get(supervisor, 'months/2026-03.xlsx?lang=en');
    const bytes = Buffer.from(await xlsx.arrayBuffer());
    const { header, rows } = await readWorkbook(bytes);
    expect(header).toContain('Own share (CNY)');
    expect(rows).toHaveLength(7);
  });

  it('always balances, whatever is done in whatever order', async () => {
    const random = seededRandom(12);
    const { db } = connection;
    let today = TODAY;
    const step: (() => Promise<unknown>)[] = [
      async () => {
        const days = 1 + Math.floor(random() * 5);
        const from = addDays(today, 1);
        await addCovers(db, [{ from, until: addDays(from, days), employerId: random() < 0.5 ? 'employer-a' : null }]);
        await post('own_share_paid', days * 40);
      },
      async () => {
        today = addDays(today, 1);
        app.clock.nowMs = instantOf(today, 720);
        await closeOverDays(db, app.clock.nowMs);
      },
      async () => post('days_cancelled', 40),
      async () => post('refund_paid', 40),
      async () => post('claim_paid', Math.floor(random() * 1e6)),
      async () => amountOff('subsidy_received'),
      async () => amountOff('premium_transferred'),
    ];
    const post = (kind: 'own_share_paid' | 'days_cancelled' | 'refund_paid' | 'claim_paid', fen: number) =>
      db.transaction((tx) =>
        postLedger(tx, {
          kind,
          key: random() < 0.2 ? `test:${kind}` : `test:${randomUUID()}`,
          day: today,
          atMs: app.clock.nowMs,
          entries: postingEntries[kind](fen),
        }),
      );
    const amountOff = (kind: 'subsidy_received' | 'premium_transferred') =>
      settle({
        id: randomUUID(),
        kind,
        amountFen: 1 + Math.floor(random() * 500),
        day: today,
        reference: 'r',
        ...(kind === 'premium_transferred' && { insurerId: INSURER }),
      });
    for (let i = 0; i < 60; i++) {
      await step[Math.floor(random() * step.length)]!();
      const { sumFen, accounts } = await balances();
      expect(sumFen).toBe(0);
      expect(accounts.find(({ account }) => account === 'treasury_subsidy_due')!.balanceFen).toBeGreaterThanOrEqual(0);
    }
    const crooked = await db.execute(
      sql`select posting_id from ledger_entries group by posting_id having sum(amount_fen) <> 0`,
    );
    expect([...crooked]).toEqual([]);
    app.clock.nowMs = NOON;
  });

  it('refuses entries that do not balance, also past the program, and changes to what was posted', async () => {
    const { db } = connection;
    const posting = { kind: 'refund_paid' as const, key: 'test:crooked', day: TODAY, atMs: NOON };
    await expect(
      db.transaction((tx) => postLedger(tx, { ...posting, entries: [{ account: 'cash', amountFen: 1 }] })),
    ).rejects.toThrow(RangeError);
    await expect(
      db.transaction(async (tx) => {
        const [row] = await tx
          .insert(ledgerPostings)
          .values({ kind: posting.kind, key: posting.key, day: TODAY, at: new Date(NOON) })
          .returning();
        await tx.insert(ledgerEntries).values({ postingId: row!.id, account: 'cash', amountFen: 1 });
      }),
    ).rejects.toThrow();
    await closeThreeDays();
    await expect(db.execute(sql`update ledger_entries set amount_fen = amount_fen * 2`)).rejects.toThrow();
    await expect(db.execute(sql`delete from day_closes`)).rejects.toThrow();
    expect((await balances()).sumFen).toBe(0);
  });
});

async function readWorkbook(bytes: Buffer): Promise<{ header: string[]; rows: unknown[] }> {
  const { unzipSync, strFromU8 } = await import('fflate');
  const sheet = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml']!);
  const shared = strFromU8(unzipSync(bytes)['xl/sharedStrings.xml'] ?? new Uint8Array());
  expect(sheet).not.toContain('<f>');
  const rows = sheet.match(/<row /g) ?? [];
  return {
    header: [...`${shared}${sheet}`.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map((match) => match[1]!),
    rows: rows.slice(1),
  };
}
