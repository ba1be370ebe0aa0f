/** People who insure themselves, for tests, and a payment provider that does as it is told. */
import { randomUUID } from 'node:crypto';
import { checkDigitOf } from '#domain/accounts/citizen-id.ts';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { EnrolmentView, SubmitEnrolment } from '#domain/insurance/enrolment-contract.ts';
import {
  type PaymentNotice,
  PaymentProblem,
  type PaymentProvider,
} from '../../api/platform/payments/payment-provider.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { makeActor } from './actors.ts';
import type { TestApp } from './factories.ts';

let made = 0;

/** A citizen ID number that no other test uses, of somebody born on this day. */
export function nextIdNumber(birthDay = '1990-03-07'): string {
  const digits = `350203${birthDay.replaceAll('-', '')}${String(++made % 1000).padStart(3, '0')}`;
  return digits + checkDigitOf(digits);
}

export type Rider = { actor: Actor; personId: string; name: string; idNumber: string; phone: string };

/** An account of somebody who has signed in by phone once. */
export async function addRider(db: Database, { birthDay = '1990-03-07' } = {}): Promise<Rider> {
  const personId = `rider-${randomUUID()}`;
  const phone = `137${String(++made).padStart(8, '0')}`;
  const email = `${personId}@phone.invalid`;
  await db.insert(users).values({ id: personId, name: '骑手', email, phoneNumber: phone, phoneNumberVerified: true });
  const idNumber = nextIdNumber(birthDay);
  return { actor: makeActor(personId, { role: 'rider' }), personId, name: '陈小路', idNumber, phone };
}

export const TERMS_VERSION = '2026-11';

/** What a rider's phone sends for these days. */
export function enrolmentOf(rider: Rider, days: string[], changes: Partial<SubmitEnrolment> = {}): SubmitEnrolment {
  return {
    id: randomUUID(),
    days,
    termsVersion: TERMS_VERSION,
    name: rider.name,
    idNumber: rider.idNumber,
    consent: { identityWording: currentWording('identity').version, terms: true },
    channel: 'me',
    ...changes,
  };
}

/** Holds days through the API. Throws with the answer when they are not. */
export async function hold(app: TestApp, rider: Rider, days: string[]): Promise<EnrolmentView> {
  return read(await app.as(rider.actor, 'POST', '/api/enrolments', enrolmentOf(rider, days)), 201);
}

/** The same, and pays for them in the simulation. */
export async function buy(app: TestApp, rider: Rider, days: string[]): Promise<EnrolmentView> {
  const { payment } = await hold(app, rider, days);
  return read(await app.as(rider.actor, 'POST', `/api/payments/${payment!.id}/simulate`), 200);
}

export async function read<T>(response: Response, status: number): Promise<T> {
  const text = await response.text();
  if (response.status !== status) throw new Error(`Expected ${status}, got ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

export type ScriptedProvider = PaymentProvider & {
  /** What it says of each order; open unless it is in here. */
  orders: Map<string, Awaited<ReturnType<PaymentProvider['query']>>>;
  refunds: Map<string, { amountFen: number; state: 'open' | 'paid' | 'failed' }>;
  closed: Set<string>;
  /** While set, every call fails so. */
  failure: PaymentProblem | null;
  /** What the next refunds become at once. */
  refundState: 'open' | 'paid' | 'failed';
};

/** A provider under WeChat's name that keeps its orders in memory. A callback is genuine when it says so. */
export function scriptedProvider(): ScriptedProvider {
  const reach = async () => {
    if (provider.failure) throw provider.failure;
  };
  const provider: ScriptedProvider = {
    name: 'wechat',
    orders: new Map(),
    refunds: new Map(),
    closed: new Set(),
    failure: null,
    refundState: 'paid',
    async create({ tradeNo }) {
      await reach();
      return { payUrl: `https://pay.example/${tradeNo}`, codeUrl: null };
    },
    async query(tradeNo) {
      await reach();
      return provider.orders.get(tradeNo) ?? { state: provider.closed.has(tradeNo) ? 'closed' : 'open' };
    },
    async close(tradeNo) {
      await reach();
      provider.closed.add(tradeNo);
    },
    async refund({ refundNo, amountFen }) {
      await reach();
      const known = provider.refunds.get(refundNo) ?? { amountFen, state: provider.refundState };
      provider.refunds.set(refundNo, known);
      return { state: known.state, providerRef: `refund-${refundNo}` };
    },
    async queryRefund(refundNo) {
      await reach();
      return { state: provider.refunds.get(refundNo)?.state ?? 'open', providerRef: `refund-${refundNo}` };
    },
    async readNotice(headers, body) {
      await reach();
      if (headers.get('x-test-signature') !== 'genuine') throw new PaymentProblem('not_genuine', 'no signature');
      const { paidAt, ...notice } = JSON.parse(body) as PaymentNotice;
      return { ...notice, paidAt: new Date(paidAt) };
    },
  };
  return provider;
}

/** Sends a callback as the provider does. */
export function notify(app: TestApp, notice: Record<string, unknown>, signature = 'genuine'): Promise<Response> {
  return app.post('/api/payments/wechat/notice', notice, { 'x-test-signature': signature });
}
