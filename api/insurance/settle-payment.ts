import { and, eq } from 'drizzle-orm';
import type { Days } from '#domain/insurance/day-ranges.ts';
import { countDays } from '#domain/insurance/day-ranges.ts';
import { postingEntries } from '#domain/insurance/ledger.ts';
import { addDays, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Transaction } from '../../db/connect.ts';
import { covers, enrolments, payments } from '../../db/tables/enrolments.ts';
import { writeAudit } from '../platform/audit.ts';
import type { PaymentNotice } from '../platform/payments/payment-provider.ts';
import { dayRangeText } from './day-range-sql.ts';
import { getTerms } from './find-terms.ts';
import { type EnrolmentRow, lockEnrolment } from './lock-enrolment.ts';
import { postLedger } from './post-ledger.ts';
import { openRefund } from './refunds.ts';
import { insertCovers, takenDays } from './submit-enrolment.ts';

export type PaidNotice = Pick<Extract<PaymentNotice, { kind: 'payment' }>, 'providerRef' | 'amountFen' | 'paidAt'>;

export type Settlement =
  /** The days are insured from now on. */
  | { outcome: 'insured' }
  /** It came too late for its days: all of it goes back. The caller sends the refund (`sendRefund`). */
  | { outcome: 'refunded'; refundId: string }
  /** Told before; nothing was changed. */
  | { outcome: 'already' }
  /** Not what was asked for: nothing was insured, and a person has to look at it. `isNews` the first time. */
  | { outcome: 'amount_differs'; isNews: boolean }
  /** There is no such payment, or it is for an employer's file. */
  | { outcome: 'unknown' };

/**
 * What a provider says about a payment that was made, told any number of times: the days are insured, the ledger has it,
 * once. A payment after the hold was over takes its days again if they are still free and still for sale, and goes back
 * in full otherwise.
 */
export async function settlePayment(
  tx: Transaction,
  tradeNo: string,
  notice: PaidNotice,
  nowMs: number,
): Promise<Settlement> {
  const [found] = await tx.select().from(payments).where(eq(payments.tradeNo, tradeNo));
  if (!found?.enrolmentId) return { outcome: 'unknown' };
  const { enrolment } = (await lockEnrolment(tx, found.enrolmentId))!;
  const [payment] = await tx.select().from(payments).where(eq(payments.id, found.id));
  const { id: paymentId, state, amountFen, enrolmentId } = payment!;
  if (state === 'paid') return { outcome: 'already' };
  const about = { actorId: null, subject: { kind: 'enrolment', id: enrolment.id }, atMs: nowMs };
  if (notice.amountFen !== amountFen) {
    if (state === 'failed') return { outcome: 'amount_differs', isNews: false };
    await tx
      .update(payments)
      .set({ state: 'failed', providerRef: notice.providerRef })
      .where(eq(payments.id, paymentId));
    await writeAudit(tx, {
      ...about,
      action: 'payment.differ',
      before: { state, amountFen },
      after: { paymentId, state: 'failed', amountFen: notice.amountFen, providerRef: notice.providerRef },
    });
    return { outcome: 'amount_differs', isNews: true };
  }
  await tx
    .update(payments)
    .set({ state: 'paid', providerRef: notice.providerRef, paidAt: notice.paidAt })
    .where(eq(payments.id, paymentId));
  await postLedger(tx, {
    kind: 'own_share_paid',
    key: `payment:${paymentId}`,
    day: shanghaiDay(notice.paidAt.getTime()),
    atMs: nowMs,
    entries: postingEntries.own_share_paid(amountFen),
    enrolmentId: enrolmentId!,
  });
  const isInsured = await takeDays(tx, enrolment, notice.paidAt, nowMs);
  const days = enrolment.boughtDays ?? [];
  const refundId = isInsured
    ? null
    : await openRefund(tx, { paymentId, enrolmentId: enrolment.id, amountFen, days: countDays(days) }, nowMs);
  await writeAudit(tx, {
    ...about,
    action: isInsured ? 'enrolment.insure' : 'payment.late',
    before: { state: enrolment.state },
    after: {
      paymentId,
      amountFen,
      providerRef: notice.providerRef,
      ...(isInsured ? { state: 'insured' } : { refundId }),
    },
  });
  return refundId === null ? { outcome: 'insured' } : { outcome: 'refunded', refundId };
}

/** Insures what was bought, if it can still be had at the moment of payment. */
async function takeDays(tx: Transaction, enrolment: EnrolmentRow, paidAt: Date, nowMs: number): Promise<boolean> {
  const { id, state, boughtDays } = enrolment;
  if ((state !== 'held' && state !== 'expired') || !boughtDays || boughtDays.length === 0) return false;
  const terms = await getTerms(tx, enrolment.termsVersion);
  const earliest = addDays(shanghaiDay(paidAt.getTime()), terms.startsAfterDays.value);
  const isForSale = boughtDays[0]!.from >= earliest;
  if (state === 'held' && isForSale) {
    await tx.update(covers).set({ isInsured: true }).where(eq(covers.enrolmentId, id));
  } else if (state === 'expired' && isForSale && (await areFree(tx, enrolment, boughtDays))) {
    await insertCovers(
      tx,
      boughtDays.map((days) => ({
        enrolmentId: id,
        insuredPersonId: enrolment.insuredPersonId,
        insurerId: enrolment.insurerId,
        payer: enrolment.payer,
        isInsured: true,
        days: dayRangeText(days),
        ownFenPerDay: terms.ownShareFenPerDay.value,
        subsidyFenPerDay: terms.subsidyFenPerDay.value,
      })),
    );
  } else {
    if (state === 'held') {
      await tx.delete(covers).where(eq(covers.enrolmentId, id));
      await tx.update(enrolments).set({ state: 'expired', heldUntil: null }).where(eq(enrolments.id, id));
    }
    return false;
  }
  await tx
    .update(enrolments)
    .set({ state: 'insured', insuredAt: new Date(nowMs), heldUntil: null })
    .where(and(eq(enrolments.id, id)));
  return true;
}

async function areFree(tx: Transaction, { insuredPersonId }: EnrolmentRow, days: readonly Days[]): Promise<boolean> {
  return (await takenDays(tx, insuredPersonId, days)).length === 0;
}
