import { and, asc, eq, isNotNull, lte } from 'drizzle-orm';
import { enrolments, payments } from '../../db/tables/enrolments.ts';
import { PaymentProblem, providerNamed } from '../platform/payments/payment-provider.ts';
import type { InsuranceDependencies } from './dependencies.ts';
import { lockEnrolment } from './lock-enrolment.ts';
import { openRefundIds, sendRefund } from './refunds.ts';
import { auditReleased, releaseExpiredHolds } from './release-holds.ts';
import { settleAndRefund } from './take-notice.ts';

type Keeping = Pick<InsuranceDependencies, 'connection' | 'payments' | 'clock' | 'log'>;

/** At most so many of each in one turn; the rest has its turn a few minutes later. */
const AT_ONCE = 500;

/**
 * What nobody waits for: asks the provider about payments whose time is over (a callback may have been lost), closes
 * those that were not paid, frees days that were held for them, and sends refunds again that could not be sent.
 */
export async function keepPayments(deps: Keeping): Promise<void> {
  await settleOverdue(deps);
  await releaseHolds(deps);
  for (const refundId of await openRefundIds(deps.connection.db, AT_ONCE)) await sendRefund(deps, refundId);
}

async function settleOverdue(deps: Keeping): Promise<void> {
  const { connection, clock, log } = deps;
  const overdue = await connection.db
    .select()
    .from(payments)
    .where(and(eq(payments.state, 'open'), isNotNull(payments.enrolmentId), lte(payments.expiresAt, new Date(clock()))))
    .orderBy(asc(payments.expiresAt))
    .limit(AT_ONCE);
  for (const { id, tradeNo, provider: name } of overdue) {
    try {
      const provider = providerNamed(deps.payments, name);
      const { state, providerRef, paidAt, amountFen } = await provider.query(tradeNo);
      if (state === 'paid') {
        const notice = { providerRef: providerRef!, paidAt: paidAt!, amountFen: amountFen! };
        const { outcome } = await settleAndRefund(deps, tradeNo, notice);
        if (outcome === 'amount_differs') log(`Payment ${tradeNo} is of another amount: somebody has to look at it.`);
        continue;
      }
      if (state === 'open') await provider.close(tradeNo);
      await connection.db
        .update(payments)
        .set({ state: 'expired' })
        .where(and(eq(payments.id, id), eq(payments.state, 'open')));
    } catch (error) {
      if (!(error instanceof PaymentProblem)) throw error;
      log(`Payment ${tradeNo} could not be asked about (${error.kind}): ${error.message}`);
    }
  }
}

async function releaseHolds({ connection, clock }: Keeping): Promise<void> {
  const { db } = connection;
  const nowMs = clock();
  const over = await db
    .select({ id: enrolments.id })
    .from(enrolments)
    .where(and(eq(enrolments.state, 'held'), lte(enrolments.heldUntil, new Date(nowMs))))
    .orderBy(asc(enrolments.heldUntil))
    .limit(AT_ONCE);
  for (const { id } of over) {
    await db.transaction(async (tx) => {
      const { enrolment } = (await lockEnrolment(tx, id))!;
      await auditReleased(tx, await releaseExpiredHolds(tx, enrolment.insuredPersonId, nowMs), nowMs);
    });
  }
}
