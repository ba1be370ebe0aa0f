import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EnrolmentView, MyCover } from '#domain/insurance/enrolment-contract.ts';
import { keepPayments } from '../../api/insurance/keep-payments.ts';
import { refundNoOf } from '../../api/insurance/refunds.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import { PaymentProblem, type PaymentProviders } from '../../api/platform/payments/payment-provider.ts';
import { simulatedPayments } from '../../api/platform/payments/simulated-payments.ts';
import type { Connection } from '../../db/connect.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { payments, refunds } from '../../db/tables/enrolments.ts';
import { emptyTestDatabase, openTestDatabase } from '../support/database.ts';
import {
  addRider,
  hold,
  notify,
  read,
  type Rider,
  type ScriptedProvider,
  scriptedProvider,
} from '../support/enrolments.ts';
import { createTestApp, NOON, type TestApp } from '../support/factories.ts';
import { expectBooksToAgree } from '../support/ledger-checks.ts';

const MINUTE_MS = 60_000;
let connection: Connection;
let app: TestApp;
let rider: Rider;
let provider: ScriptedProvider;
let providers: PaymentProviders;

beforeAll(async () => {
  connection = await openTestDatabase();
});
beforeEach(async () => {
  await emptyTestDatabase(connection);
  provider = scriptedProvider();
  providers = { current: provider, all: [simulatedPayments, provider] };
  app = await createTestApp(connection, { payments: providers });
  rider = await addRider(connection.db);
  return async () => {
    await expectBooksToAgree(connection);
    expect((await verifyAudit(connection.db)).fault).toBeNull();
    await app.close();
  };
});
afterAll(() => connection.close());

const keep = () =>
  keepPayments({ connection, payments: providers, clock: () => app.clock.nowMs, log: (line) => app.log.push(line) });
const tradeNoOf = ({ payment }: EnrolmentView) => payment!.id.replaceAll('-', '');
const paid = (enrolment: EnrolmentView, changes: object = {}) => ({
  kind: 'payment',
  tradeNo: tradeNoOf(enrolment),
  providerRef: `ref-${tradeNoOf(enrolment)}`,
  state: 'paid',
  amountFen: enrolment.payment!.amountFen,
  paidAt: new Date(app.clock.nowMs).toISOString(),
  ...changes,
});
const view = async ({ id }: EnrolmentView) =>
  read<EnrolmentView>(await app.as(rider.actor, 'GET', `/api/enrolments/${id}`), 200);
const cancel = (id: string, from: string) => app.as(rider.actor, 'POST', `/api/enrolments/${id}/cancel`, { from });
const retry = (id: string) => app.as(rider.actor, 'POST', `/api/enrolments/${id}/payment`);
const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];
const states = async () => (await connection.db.select().from(payments)).map(({ state }) => state);
const deeds = async () => (await connection.db.select().from(auditRecords)).map(({ action }) => action);

describe('a callback', () => {
  it('insures once, however often and at once it is told', async () => {
    const held = await hold(app, rider, ['2026-03-11', '2026-03-12']);
    expect(held.payment).toMatchObject({ provider: 'wechat', payUrl: `https://pay.example/${tradeNoOf(held)}` });
    const answers = await Promise.all(Array.from({ length: 10 }, () => notify(app, paid(held))));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 204));
    expect(await view(held)).toMatchObject({ state: 'insured', payment: { state: 'paid' } });
    expect(await connection.sql`select kind from ledger_postings`).toEqual([{ kind: 'own_share_paid' }]);
    expect(await deeds()).toEqual(['enrolment.submit', 'enrolment.insure']);
    expect(app.log).toEqual([]);
  });

  it('that is not genuine changes nothing', async () => {
    const held = await hold(app, rider, ['2026-03-11']);
    expect(await codeOf(await notify(app, paid(held), 'forged'))).toEqual([401, 'notice_not_genuine']);
    expect(await view(held)).toMatchObject({ state: 'held' });
    expect(app.log).toEqual([expect.stringContaining('not_genuine')]);
  });

  it('of another amount insures nothing, and is written down for a person, once', async () => {
    const held = await hold(app, rider, ['2026-03-11']);
    for (const _ of [1, 2]) {
      expect(await codeOf(await notify(app, paid(held, { amountFen: 1 })))).toEqual([409, 'payment_amount_differs']);
    }
    expect(await view(held)).toMatchObject({ state: 'held', payment: { state: 'failed' } });
    expect(await deeds()).toEqual(['enrolment.submit', 'payment.differ']);
    expect(app.log[0]).toContain('somebody has to look at it');
    // Another try has a number of its own.
    const again = await read<EnrolmentView>(await retry(held.id), 200);
    expect(again.payment).toMatchObject({ state: 'open', amountFen: 40 });
    expect(again.payment!.id).not.toBe(held.payment!.id);
    expect((await notify(app, paid(again))).status).toBe(204);
    expect(await view(held)).toMatchObject({ state: 'insured' });
  });

  it.each([
    ['of a number that is not ours', { tradeNo: 'f'.repeat(32) }],
    ['of a refund that we did not ask for', { kind: 'refund', refundNo: 'f'.repeat(32) }],
    ['of a refund number that is none', { kind: 'refund', refundNo: '1; drop table refunds' }],
  ])('%s is refused and said in the log', async (_, changes) => {
    const held = await hold(app, rider, ['2026-03-11']);
    expect((await notify(app, paid(held, changes))).status).toBe(409);
    expect(app.log).toEqual([expect.stringContaining('somebody has to look at it')]);
    expect(await view(held)).toMatchObject({ state: 'held' });
  });

  it('comes nowhere when nobody pays by WeChat here', async () => {
    await app.close();
    app = await createTestApp(connection);
    expect(await codeOf(await notify(app, {}))).toEqual([401, 'notice_not_genuine']);
  });
});

describe('a payment after its hold was over', () => {
  it('takes the days again while they are free', async () => {
    const held = await hold(app, rider, ['2026-03-11', '2026-03-13']);
    app.clock.nowMs += 16 * MINUTE_MS;
    await hold(app, rider, ['2026-03-12']); // which releases what is over
    expect((await notify(app, paid(held))).status).toBe(204);
    expect(await view(held)).toMatchObject({ state: 'insured', coveredDays: 2, refunds: [] });
  });

  it('goes back in full when one of the days is taken', async () => {
    const held = await hold(app, rider, ['2026-03-11', '2026-03-12']);
    app.clock.nowMs += 16 * MINUTE_MS;
    await hold(app, rider, ['2026-03-12']);
    await Promise.all([notify(app, paid(held)), notify(app, paid(held))]);
    expect(await view(held)).toMatchObject({
      state: 'expired',
      coveredDays: 0,
      refunds: [{ state: 'paid', amountFen: 80, days: 2 }],
    });
    expect([...provider.refunds.values()]).toEqual([{ amountFen: 80, state: 'paid' }]);
  });

  it('goes back when its first day has begun meanwhile, even if the hold was not released yet', async () => {
    app.clock.nowMs = NOON + 11.9 * 60 * MINUTE_MS; // 23:54
    const held = await hold(app, rider, ['2026-03-11']);
    app.clock.nowMs += 8 * MINUTE_MS;
    await notify(app, paid(held));
    expect(await view(held)).toMatchObject({ state: 'expired', refunds: [{ amountFen: 40 }] });
    await hold(app, rider, ['2026-03-12']);
  });

  it('that was made in time is good, although the callback came after midnight', async () => {
    app.clock.nowMs = NOON + 11.9 * 60 * MINUTE_MS;
    const held = await hold(app, rider, ['2026-03-11']);
    const notice = paid(held);
    app.clock.nowMs += 30 * MINUTE_MS;
    await keep();
    expect(await view(held)).toMatchObject({ state: 'expired' });
    await notify(app, notice);
    expect(await view(held)).toMatchObject({ state: 'insured', coveredDays: 1 });
  });

  it('of a hold that was given up goes back', async () => {
    const held = await hold(app, rider, ['2026-03-11']);
    await cancel(held.id, '2026-03-11');
    await notify(app, paid(held));
    expect(await view(held)).toMatchObject({ state: 'cancelled', refunds: [{ amountFen: 40 }] });
  });
});

describe('a provider that does not answer', () => {
  it('leaves the days held, and the payment can be tried again', async () => {
    provider.failure = new PaymentProblem('unreachable', 'no answer');
    const held = await hold(app, rider, ['2026-03-11']);
    expect(held).toMatchObject({ state: 'held', payment: { state: 'open', payUrl: null } });
    expect(await codeOf(await retry(held.id))).toEqual([503, 'payment_unreachable']);
    provider.failure = null;
    expect(await read(await retry(held.id), 200)).toMatchObject({ payment: { payUrl: expect.any(String) } });
    expect(app.log).toHaveLength(2);
  });

  it('gets refunds again from housekeeping until it answers', async () => {
    const held = await hold(app, rider, ['2026-03-11', '2026-03-12']);
    await notify(app, paid(held));
    provider.failure = new PaymentProblem('unreachable', 'no answer');
    const cancelled = await read<EnrolmentView>(await cancel(held.id, '2026-03-12'), 200);
    expect(cancelled).toMatchObject({ coveredDays: 1, refunds: [{ state: 'open', amountFen: 40 }] });
    await keep();
    expect(await view(held)).toMatchObject({ refunds: [{ state: 'open' }] });
    provider.failure = null;
    await keep();
    await keep();
    expect(await view(held)).toMatchObject({ refunds: [{ state: 'paid' }] });
    expect([...provider.refunds.values()]).toEqual([{ amountFen: 40, state: 'paid' }]);
  });

  it('and refuses a refund leaves it for a person', async () => {
    const held = await hold(app, rider, ['2026-03-11']);
    await notify(app, paid(held));
    provider.failure = new PaymentProblem('refused', 'account closed');
    await cancel(held.id, '2026-03-11');
    expect(await view(held)).toMatchObject({ state: 'cancelled', refunds: [{ state: 'failed' }] });
    expect(await deeds()).toContain('refund.fail');
    provider.failure = null;
    await keep();
    expect(provider.refunds.size).toBe(0);
  });
});

describe('a refund that takes its time', () => {
  it('is paid by its callback, once', async () => {
    provider.refundState = 'open';
    const held = await hold(app, rider, ['2026-03-11']);
    await notify(app, paid(held));
    await cancel(held.id, '2026-03-11');
    const [refund] = await connection.db.select().from(refunds);
    const notice = { ...paid(held), kind: 'refund', refundNo: refundNoOf(refund!.id), providerRef: 'r' };
    expect((await notify(app, { ...notice, amountFen: 39 })).status).toBe(409);
    const answers = await Promise.all(Array.from({ length: 5 }, () => notify(app, notice)));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
    expect(await view(held)).toMatchObject({ refunds: [{ state: 'paid' }] });
    expect((await deeds()).filter((action) => action === 'refund.pay')).toHaveLength(1);
  });

  it('is asked about by housekeeping', async () => {
    provider.refundState = 'open';
    const held = await hold(app, rider, ['2026-03-11']);
    await notify(app, paid(held));
    await cancel(held.id, '2026-03-11');
    await keep();
    expect(await view(held)).toMatchObject({ refunds: [{ state: 'open' }] });
    for (const refund of provider.refunds.values()) refund.state = 'paid';
    await keep();
    expect(await view(held)).toMatchObject({ refunds: [{ state: 'paid' }] });
  });
});

describe('housekeeping', () => {
  it('insures a payment whose callback was lost', async () => {
    const held = await hold(app, rider, ['2026-03-11']);
    const { providerRef, amountFen } = paid(held);
    provider.orders.set(tradeNoOf(held), { state: 'paid', providerRef, amountFen, paidAt: new Date(app.clock.nowMs) });
    app.clock.nowMs += 15 * MINUTE_MS;
    await keep();
    expect(await view(held)).toMatchObject({ state: 'insured' });
    expect((await notify(app, paid(held))).status).toBe(204);
  });

  it('closes what was not paid and frees its days, and asks again later when it cannot', async () => {
    const held = await hold(app, rider, ['2026-03-11']);
    app.clock.nowMs += 15 * MINUTE_MS;
    provider.failure = new PaymentProblem('unreachable', 'no answer');
    await keep();
    expect([await view(held).then(({ state }) => state), await states()]).toEqual(['expired', ['open']]);
    provider.failure = null;
    await keep();
    expect([await states(), [...provider.closed]]).toEqual([['expired'], [tradeNoOf(held)]]);
    expect(await deeds()).toEqual(['enrolment.submit', 'enrolment.expire']);
  });
});

describe('a real payment', () => {
  it('is not simulated', async () => {
    const held = await hold(app, rider, ['2026-03-11']);
    const simulated = await app.as(rider.actor, 'POST', `/api/payments/${held.payment!.id}/simulate`);
    expect(await codeOf(simulated)).toEqual([409, 'payment_not_simulated']);
    expect(await read<MyCover>(await app.as(rider.actor, 'GET', '/api/me/cover'), 200)).toMatchObject({
      enrolments: [{ state: 'held' }],
    });
  });
});
