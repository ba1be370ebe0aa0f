import { randomUUID } from 'node:crypto';
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { postingEntries } from '#domain/insurance/ledger.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Transaction } from '../../db/connect.ts';
import { payments, refunds } from '../../db/tables/enrolments.ts';
import { writeAudit } from '../platform/audit.ts';
import { PaymentProblem, type PaymentProviders, providerNamed } from '../platform/payments/payment-provider.ts';
import type { InsuranceDependencies } from './dependencies.ts';
import { lockEnrolment } from './lock-enrolment.ts';
import { postLedger } from './post-ledger.ts';

/** What of a payment has not gone back, and is not on its way back. */
export async function refundableFen(tx: Transaction, payment: { id: string; amountFen: number }): Promise<number> {
  const [sum] = await tx
    .select({ fen: sql<string>`coalesce(sum(${refunds.amountFen}), 0)`.mapWith(Number) })
    .from(refunds)
    .where(eq(refunds.paymentId, payment.id));
  return payment.amountFen - sum!.fen;
}

type NewRefund = { paymentId: string; enrolmentId: string; amountFen: number; days: number };

/**
 * Owes somebody a refund, in the ledger too. The person's row is locked already. The money is sent by `sendRefund` after
 * the transaction. Returns the refund's id.
 */
export async function openRefund(
  tx: Transaction,
  { paymentId, enrolmentId, amountFen, days }: NewRefund,
  nowMs: number,
): Promise<string> {
  const id = randomUUID();
  await tx
    .insert(refunds)
    .values({ id, paymentId, enrolmentId, state: 'open', amountFen, days, createdAt: new Date(nowMs) });
  await postLedger(tx, {
    kind: 'days_cancelled',
    key: `cancelled:${id}`,
    day: shanghaiDay(nowMs),
    atMs: nowMs,
    entries: postingEntries.days_cancelled(amountFen),
    enrolmentId,
  });
  return id;
}

export type RefundResult = { state: 'paid' | 'failed'; providerRef?: string | undefined; amountFen?: number };

/**
 * What the provider says has become of a refund, told any number of times. `settled` is false when it was known before.
 * A refund of another amount than was asked for is left for a person to look at.
 */
export async function settleRefund(
  tx: Transaction,
  refundId: string,
  result: RefundResult,
  nowMs: number,
): Promise<'settled' | 'already' | 'unknown' | 'amount_differs'> {
  const [found] = await tx.select({ enrolmentId: refunds.enrolmentId }).from(refunds).where(eq(refunds.id, refundId));
  if (!found) return 'unknown';
  await lockEnrolment(tx, found.enrolmentId);
  const [refund] = await tx.select().from(refunds).where(eq(refunds.id, refundId));
  const { state, amountFen, enrolmentId } = refund!;
  // A person may have put right what failed: money that did go back counts, whatever was thought before.
  if (state === 'paid' || (state === 'failed' && result.state === 'failed')) return 'already';
  if (result.amountFen !== undefined && result.amountFen !== amountFen) return 'amount_differs';
  const isPaid = result.state === 'paid';
  await tx
    .update(refunds)
    .set({
      state: result.state,
      ...(result.providerRef !== undefined && { providerRef: result.providerRef }),
      ...(isPaid && { paidAt: new Date(nowMs) }),
    })
    .where(eq(refunds.id, refundId));
  if (isPaid) {
    await postLedger(tx, {
      kind: 'refund_paid',
      key: `refund:${refundId}`,
      day: shanghaiDay(nowMs),
      atMs: nowMs,
      entries: postingEntries.refund_paid(amountFen),
      enrolmentId,
    });
  }
  await writeAudit(tx, {
    actorId: null,
    action: isPaid ? 'refund.pay' : 'refund.fail',
    subject: { kind: 'enrolment', id: enrolmentId },
    before: { state },
    after: { refundId, state: result.state, amountFen, providerRef: result.providerRef ?? null },
    atMs: nowMs,
  });
  return 'settled';
}

type Sending = Pick<InsuranceDependencies, 'connection' | 'clock' | 'log'> & { payments: PaymentProviders };

/**
 * Asks the provider to send a refund, or what became of it. Never throws for what a provider does: an open refund is
 * tried again by housekeeping, a refused one is left for a person and said in the log.
 */
export async function sendRefund(
  { connection, payments: providers, clock, log }: Sending,
  refundId: string,
): Promise<void> {
  const { db } = connection;
  const [row] = await db
    .select({ refund: refunds, payment: payments })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(and(eq(refunds.id, refundId), ne(refunds.state, 'paid')));
  if (!row) return;
  const { refund, payment } = row;
  const refundNo = refundNoOf(refundId);
  try {
    const provider = providerNamed(providers, payment.provider);
    const answer =
      refund.providerRef === null
        ? await provider.refund({
            tradeNo: payment.tradeNo,
            refundNo,
            amountFen: refund.amountFen,
            totalFen: payment.amountFen,
            reason: '取消未生效的参保日 / days to come were cancelled',
          })
        : await provider.queryRefund(refundNo);
    const { state, providerRef } = answer;
    if (state === 'open') {
      await db
        .update(refunds)
        .set({ providerRef: providerRef ?? refund.providerRef })
        .where(and(eq(refunds.id, refundId), eq(refunds.state, 'open')));
      return;
    }
    await db.transaction((tx) => settleRefund(tx, refundId, { state, providerRef }, clock()));
    if (state === 'failed') log(`Refund ${refundId} failed at the provider: somebody has to look at it.`);
  } catch (error) {
    if (!(error instanceof PaymentProblem)) throw error;
    log(`Refund ${refundId} could not be sent (${error.kind}): ${error.message}`);
    if (error.kind === 'refused')
      await db.transaction((tx) => settleRefund(tx, refundId, { state: 'failed' }, clock()));
  }
}

/** A refund's number at the provider is its id without dashes. */
export function refundNoOf(refundId: string): string {
  return refundId.replaceAll('-', '');
}

/** The id behind a number of `refundNoOf`; null when it cannot be one. */
export function refundIdOf(refundNo: string): string | null {
  const match = /^([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})$/.exec(refundNo);
  return match ? match.slice(1).join('-') : null;
}

/** Refunds that are on their way, the oldest first. */
export async function openRefundIds(
  tx: Transaction | InsuranceDependencies['connection']['db'],
  most: number,
): Promise<string[]> {
  const rows = await tx
    .select({ id: refunds.id })
    .from(refunds)
    .where(inArray(refunds.state, ['open']))
    .orderBy(refunds.createdAt)
    .limit(most);
  return rows.map(({ id }) => id);
}
