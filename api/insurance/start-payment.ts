import { and, desc, eq } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { enrolments, insuredPersons, payments } from '../../db/tables/enrolments.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import { PaymentProblem, providerNamed } from '../platform/payments/payment-provider.ts';
import { notFound } from './cancel-enrolment.ts';
import type { InsuranceDependencies } from './dependencies.ts';
import type { PayLinks } from './enrolment-view.ts';
import { lockEnrolment } from './lock-enrolment.ts';
import { newPayment } from './submit-enrolment.ts';

export type Payer = { payerIp?: string; inWeChat?: boolean };

type Paying = Pick<InsuranceDependencies, 'connection' | 'payments' | 'clock' | 'log'>;

/**
 * Asks the provider how an enrolment that is held can be paid. Null: there is nothing to pay any more. Throws
 * `payment_unreachable`; the days stay held, and it can be tried again.
 */
export async function startPayment(
  { connection, payments: providers, clock, log }: Paying,
  enrolmentId: string,
  payer: Payer,
): Promise<PayLinks | null> {
  const [row] = await connection.db
    .select({ payment: payments, heldUntil: enrolments.heldUntil })
    .from(payments)
    .innerJoin(enrolments, eq(enrolments.id, payments.enrolmentId))
    .where(and(eq(payments.enrolmentId, enrolmentId), eq(payments.state, 'open'), eq(enrolments.state, 'held')))
    .orderBy(desc(payments.createdAt))
    .limit(1);
  if (!row || row.payment.expiresAt.getTime() <= clock()) return null;
  const { provider, tradeNo, amountFen, expiresAt } = row.payment;
  try {
    return await providerNamed(providers, provider).create({
      tradeNo,
      amountFen,
      description: '益鹭保 参保',
      expiresAt,
      ...payer,
    });
  } catch (error) {
    if (!(error instanceof PaymentProblem)) throw error;
    log(`Payment ${tradeNo} could not be started (${error.kind}): ${error.message}`);
    throw new Problem(
      'payment_unreachable',
      'The payment could not be started. Your days are kept for you for a few minutes: try again.',
    );
  }
}

/**
 * Readies an enrolment for another try: the open payment if there is one, or a new one after one that failed. Throws
 * `enrolment_not_found`, `hold_expired` and `enrolment_state`.
 */
export async function retryPayment(
  db: Database,
  { enrolmentId, userId, providers }: { enrolmentId: string; userId: string; providers: Paying['payments'] },
  nowMs: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const locked = await lockEnrolment(tx, enrolmentId);
    if (!locked || locked.userId !== userId) throw notFound();
    const { state, heldUntil, ownFen, payer } = locked.enrolment;
    const isOver = state === 'expired' || (state === 'held' && heldUntil!.getTime() <= nowMs);
    if (isOver) {
      throw new Problem('hold_expired', 'The days were kept for 15 minutes and are free again. Choose them anew.');
    }
    if (state !== 'held' || payer !== 'self') {
      throw new Problem('enrolment_state', 'There is nothing to pay for this enrolment.');
    }
    const [open] = await tx
      .select({ id: payments.id })
      .from(payments)
      .where(and(eq(payments.enrolmentId, enrolmentId), eq(payments.state, 'open')));
    if (open) return;
    const payment = newPayment(enrolmentId, providers.current.name, ownFen, { nowMs, expiresAt: heldUntil! });
    await tx.insert(payments).values(payment);
    await writeAudit(tx, {
      actorId: userId,
      action: 'payment.retry',
      subject: { kind: 'enrolment', id: enrolmentId },
      after: { paymentId: payment.id },
      atMs: nowMs,
    });
  });
}

/** The payment of an enrolment of this account. Throws `payment_not_found`. */
export async function getOwnPayment(db: Database, paymentId: string, userId: string) {
  const [row] = await db
    .select({ payment: payments })
    .from(payments)
    .innerJoin(enrolments, eq(enrolments.id, payments.enrolmentId))
    .innerJoin(insuredPersons, eq(insuredPersons.id, enrolments.insuredPersonId))
    .where(and(eq(payments.id, paymentId), eq(insuredPersons.userId, userId)));
  if (!row) throw new Problem('payment_not_found', 'You have no such payment.');
  return row.payment;
}
