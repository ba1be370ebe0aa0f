import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { daysOf } from '#domain/insurance/day-ranges.ts';
import type { EnrolmentView } from '#domain/insurance/enrolment-contract.ts';
import { addDays } from '#domain/time/shanghai.ts';
import { readDayRange } from '../../api/insurance/day-range-sql.ts';
import { keepPayments } from '../../api/insurance/keep-payments.ts';
import { refundNoOf } from '../../api/insurance/refunds.ts';
import { postLedger } from '../../api/insurance/post-ledger.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import { PaymentProblem } from '../../api/platform/payments/payment-provider.ts';
import type { Connection } from '../../db/connect.ts';
import { covers, payments, policyTerms, refunds } from '../../db/tables/enrolments.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import {
  addRider,
  enrolmentOf,
  hold,
  notify,
  type Rider,
  type ScriptedProvider,
  scriptedProvider,
} from '../support/enrolments.ts';
import { createTestApp, NOON, type TestApp } from '../support/factories.ts';
import { expectBooksToAgree } from '../support/ledger-checks.ts';
import { seededRandom } from '../support/random.ts';

const CLIENTS = 20;
const STEPS = 120;
const FIRST = '2026-03-11';
const upTo = (most: number) => Array.from({ length: most }, (_, n) => n);

describe.each(testEngines())('enrolments on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  let provider: ScriptedProvider;
  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  beforeEach(async () => {
    await emptyTestDatabase(connection);
    provider = scriptedProvider();
    app = await createTestApp(connection, { payments: { current: provider, all: [provider] } });
    return () => app.close();
  });
  afterAll(() => connection.close());

  const paid = ({ payment }: EnrolmentView, atMs = app.clock.nowMs) => ({
    kind: 'payment',
    tradeNo: payment!.id.replaceAll('-', ''),
    providerRef: `ref-${payment!.id}`,
    state: 'paid',
    amountFen: payment!.amountFen,
    paidAt: new Date(atMs).toISOString(),
  });

  it(`lets one of ${CLIENTS} who want overlapping days of one person have each day`, async () => {
    const rider = await addRider(connection.db);
    const wanted = upTo(CLIENTS).map((n) => upTo(5).map((k) => addDays(FIRST, (n * 3 + k) % 21)));
    const answers = await Promise.all(
      wanted.map((days) => app.as(rider.actor, 'POST', '/api/enrolments', enrolmentOf(rider, days))),
    );
    const held: string[] = [];
    for (const [n, answer] of answers.entries()) {
      const body = (await answer.json()) as { code?: string };
      if (answer.status === 201) held.push(...wanted[n]!);
      else expect([answer.status, body.code]).toEqual([409, 'days_taken']);
    }
    expect(held.length).toBeGreaterThanOrEqual(5);
    expect(new Set(held).size).toBe(held.length);
    const rows = await connection.db.select({ days: covers.days }).from(covers);
    expect(daysOf(rows.map(({ days }) => readDayRange(days))).sort()).toEqual(held.sort());
    await expectBooksToAgree(connection);
    expect((await verifyAudit(connection.db)).fault).toBeNull();
  });

  it('lets exactly one have a day that all want at once, and stores the same enrolment once', async () => {
    const rider = await addRider(connection.db);
    const rivals = await Promise.all(
      upTo(CLIENTS).map(() => app.as(rider.actor, 'POST', '/api/enrolments', enrolmentOf(rider, [FIRST]))),
    );
    expect(rivals.filter(({ status }) => status === 201)).toHaveLength(1);
    const other = await addRider(connection.db);
    const body = enrolmentOf(other, [FIRST]);
    const echoes = await Promise.all(upTo(CLIENTS).map(() => app.as(other.actor, 'POST', '/api/enrolments', body)));
    expect(echoes.map(({ status }) => status).sort()).toEqual([...upTo(CLIENTS - 1).map(() => 200), 201]);
    expect(await connection.db.select().from(covers)).toHaveLength(2);
  });

  it('lets one of several accounts have an ID number', async () => {
    const first = await addRider(connection.db);
    const rivals = [first];
    for (const _ of upTo(5)) rivals.push({ ...(await addRider(connection.db)), idNumber: first.idNumber });
    const answers = await Promise.all(
      rivals.map((rival) => app.as(rival.actor, 'POST', '/api/enrolments', enrolmentOf(rival, [FIRST]))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('excludes a day in two rows of a person, whoever writes them', async () => {
    const rider = await addRider(connection.db);
    const { id } = await hold(app, rider, [FIRST, addDays(FIRST, 1)]);
    const [row] = await connection.db.select().from(covers);
    const writers = upTo(CLIENTS).map((n) =>
      connection.db.insert(covers).values({ ...row!, id: randomUUID(), days: `[2026-04-0${1 + (n % 3)},2026-04-05)` }),
    );
    const results = await Promise.allSettled(writers);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = results.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as { cause: { code: string } }).cause.code] : [],
    );
    expect(new Set(codes)).toEqual(new Set(['23P01']));
    const same = connection.sql`insert into covers select gen_random_uuid(), ${id}, insured_person_id, insurer_id, payer,
      daterange('2026-03-12', '2026-03-13'), true, 40, 40 from covers limit 1`;
    await expect(same).rejects.toMatchObject({ code: '23P01' });
  });

  it('refuses a posting that does not balance, and posts the same thing once', async () => {
    const post = (key: string, amountFen: number) =>
      connection.db.transaction((tx) =>
        postLedger(tx, {
          kind: 'own_share_paid',
          key,
          day: FIRST,
          atMs: NOON,
          entries: [
            { account: 'cash', amountFen },
            { account: 'unearned_own_share', amountFen: -40 },
          ],
        }),
      );
    await expect(post('a', 41)).rejects.toThrow(RangeError);
    await expect(post('a', 0.5)).rejects.toThrow(RangeError);
    const posted = await Promise.all(upTo(10).map(() => post('a', 40)));
    expect(posted.filter(Boolean)).toHaveLength(1);
    const loose = connection.sql`insert into ledger_entries (posting_id, account, amount_fen)
      select id, 'cash', 1 from ledger_postings`;
    await expect(loose).rejects.toMatchObject({ code: '23514' });
    await expect(connection.sql`update ledger_entries set amount_fen = 1`).rejects.toThrow();
    await expect(connection.sql`delete from policy_terms`).rejects.toThrow();
    expect(await connection.db.select().from(policyTerms)).toHaveLength(1);
  });

  it('cancels once when it is asked several times at once', async () => {
    const rider = await addRider(connection.db);
    const held = await hold(app, rider, [FIRST, addDays(FIRST, 1), addDays(FIRST, 2)]);
    await notify(app, paid(held));
    const from = { from: addDays(FIRST, 1) };
    const answers = await Promise.all(
      upTo(8).map(() => app.as(rider.actor, 'POST', `/api/enrolments/${held.id}/cancel`, from)),
    );
    expect(answers.map(({ status }) => status)).toEqual(upTo(8).map(() => 200));
    expect(await connection.db.select({ fen: refunds.amountFen }).from(refunds)).toEqual([{ fen: 80 }]);
    await expectBooksToAgree(connection);
  });

  it('keeps books that agree with the covered days through any sequence of deeds', { timeout: 120_000 }, async () => {
    const random = seededRandom(41);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
    const riders: Rider[] = [];
    for (const _ of upTo(3)) riders.push(await addRider(connection.db));
    const made: { rider: Rider; view: EnrolmentView; at: number }[] = [];
    const keep = () =>
      keepPayments({
        connection,
        payments: { current: provider, all: [provider] },
        clock: () => app.clock.nowMs,
        log: () => {},
      });

    const deeds: Record<string, () => Promise<unknown>> = {
      async submit() {
        const rider = pick(riders);
        const first = Math.floor(random() * 12);
        const today = addDays('2026-03-10', Math.floor((app.clock.nowMs - NOON) / 86_400_000));
        const days = upTo(1 + Math.floor(random() * 5)).map((n) =>
          addDays(today, first + n * (1 + Math.floor(random() * 2))),
        );
        const answer = await app.as(rider.actor, 'POST', '/api/enrolments', enrolmentOf(rider, days));
        expect([201, 409, 422, 429]).toContain(answer.status);
        if (answer.status === 201)
          made.push({ rider, view: (await answer.json()) as EnrolmentView, at: app.clock.nowMs });
      },
      async pay() {
        if (made.length > 0) await notify(app, paid(pick(made).view));
      },
      async payNewest() {
        if (made.length > 0) await notify(app, paid(made.at(-1)!.view));
      },
      async payWrongly() {
        if (made.length > 0) await notify(app, { ...paid(pick(made).view), amountFen: 7 });
      },
      async cancel() {
        if (made.length === 0) return;
        const { rider, view } = pick(made);
        const from = pick(view.days)?.from;
        const answer = await app.as(rider.actor, 'POST', `/api/enrolments/${view.id}/cancel`, { from });
        expect([200, 409, 422]).toContain(answer.status);
      },
      async wait() {
        app.clock.nowMs += pick([60_000, 16 * 60_000, 5 * 3_600_000]);
      },
      async fail() {
        provider.failure = pick([
          null,
          null,
          new PaymentProblem('unreachable', 'x'),
          new PaymentProblem('refused', 'x'),
        ]);
        provider.refundState = pick(['open', 'paid', 'failed', 'paid']);
      },
      async refundTold() {
        const [row] = await connection.db.select().from(refunds).limit(1);
        if (!row) return;
        const [payment] = await connection.db.select().from(payments);
        await notify(app, {
          kind: 'refund',
          tradeNo: payment!.tradeNo,
          refundNo: refundNoOf(row.id),
          providerRef: 'r',
          state: pick(['paid', 'failed']),
          amountFen: row.amountFen,
          paidAt: new Date(app.clock.nowMs).toISOString(),
        });
      },
      keep,
    };
    for (const _ of upTo(STEPS)) {
      await deeds[pick(['submit', 'submit', 'payNewest', 'payNewest', ...Object.keys(deeds)])]!();
      await expectBooksToAgree(connection);
    }
    provider.failure = null;
    await keep();
    await expectBooksToAgree(connection);
    expect((await verifyAudit(connection.db)).fault).toBeNull();
    const kinds = await connection.sql`select distinct kind from ledger_postings order by kind`;
    expect(kinds.map(({ kind }) => kind as string)).toEqual(['days_cancelled', 'own_share_paid', 'refund_paid']);
  });
});
