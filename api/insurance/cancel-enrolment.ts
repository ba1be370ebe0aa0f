import { and, eq } from 'drizzle-orm';
import { cancelDays } from '#domain/insurance/cancel-days.ts';
import { type Days, splitAt } from '#domain/insurance/day-ranges.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { covers, enrolments, payments } from '../../db/tables/enrolments.ts';
import { Problem } from '../http/problem.ts';
import { type AuditEntry, writeAudit } from '../platform/audit.ts';
import { dayRangeText, readDayRange } from './day-range-sql.ts';
import { getTerms } from './find-terms.ts';
import { type EnrolmentRow, lockEnrolment } from './lock-enrolment.ts';
import { openRefund, refundableFen } from './refunds.ts';

export type Cancelled = { refundId: string | null };

/**
 * Cancels every covered day from `from` on and owes the own share back; what is only held is given up as a whole. Asked
 * twice, it is done once. Only for what the person paid themselves. Throws `enrolment_not_found`, `paid_by_employer`,
 * `cancel_too_late` and `nothing_to_cancel`. The caller sends the refund (`sendRefund`).
 */
export async function cancelEnrolment(
  db: Database,
  { enrolmentId, userId, from }: { enrolmentId: string; userId: string; from: string },
  nowMs: number,
): Promise<Cancelled> {
  return db.transaction(async (tx) => {
    const locked = await lockEnrolment(tx, enrolmentId);
    if (!locked || locked.userId !== userId) throw notFound();
    const { enrolment } = locked;
    if (enrolment.payer === 'employer') {
      throw new Problem('paid_by_employer', 'Your employer has paid for these days; ask there. Nothing was changed.');
    }
    if (enrolment.state === 'held') {
      await giveUpHold(tx, enrolment, userId, nowMs);
      return { refundId: null };
    }
    const { refundId, audit } = await cancelInsured(tx, { enrolment, from, actorId: userId, nowMs });
    if (audit) await writeAudit(tx, audit);
    return { refundId };
  });
}

export function notFound(): Problem {
  return new Problem('enrolment_not_found', 'You have no such enrolment.');
}

async function giveUpHold(tx: Transaction, { id }: EnrolmentRow, actorId: string, nowMs: number): Promise<void> {
  await tx.delete(covers).where(eq(covers.enrolmentId, id));
  await tx.update(enrolments).set({ state: 'cancelled', heldUntil: null }).where(eq(enrolments.id, id));
  await writeAudit(tx, {
    actorId,
    action: 'enrolment.cancel',
    subject: { kind: 'enrolment', id },
    before: { state: 'held' },
    after: { state: 'cancelled' },
    atMs: nowMs,
  });
}

type CancelInsured = { enrolment: EnrolmentRow; from: string; actorId: string; nowMs: number };

/**
 * The same for days that are insured, inside a transaction that has locked the person's row. The caller writes `audit`,
 * as the last thing; null: it was done before.
 */
export async function cancelInsured(
  tx: Transaction,
  { enrolment, from, actorId, nowMs }: CancelInsured,
): Promise<Cancelled & { audit: AuditEntry | null }> {
  const { id, termsVersion } = enrolment;
  const rows = await tx
    .select()
    .from(covers)
    .where(and(eq(covers.enrolmentId, id), eq(covers.isInsured, true)));
  const payment = await findRefundable(tx, id);
  const terms = await getTerms(tx, termsVersion);
  const decision = cancelDays({
    covers: rows.map((row) => ({ id: row.id, days: readDayRange(row.days), ownFenPerDay: row.ownFenPerDay })),
    from,
    today: shanghaiDay(nowMs),
    cancelAheadDays: terms.cancelAheadDays.value,
    refundableFen: payment?.refundableFen ?? 0,
  });
  if (!decision.ok) {
    const { fault } = decision;
    if (fault.code === 'too_late') {
      throw new Problem(
        'cancel_too_late',
        `${from} cannot be cancelled any more. The first day that can is ${fault.earliest}. Nothing was changed.`,
      );
    }
    if (wereBought(enrolment.boughtDays, from)) return { refundId: null, audit: null }; // cancelled before
    throw new Problem('nothing_to_cancel', `No day from ${from} on is covered by this enrolment.`);
  }
  for (const { id: coverId, left } of decision.changes) {
    if (left)
      await tx
        .update(covers)
        .set({ days: dayRangeText(left) })
        .where(eq(covers.id, coverId));
    else await tx.delete(covers).where(eq(covers.id, coverId));
  }
  if (decision.isEmptied) await tx.update(enrolments).set({ state: 'cancelled' }).where(eq(enrolments.id, id));
  const { cancelledDays: days, refundFen: amountFen } = decision;
  const refundId =
    payment && amountFen > 0
      ? await openRefund(tx, { paymentId: payment.id, enrolmentId: id, amountFen, days }, nowMs)
      : null;
  const audit = {
    actorId,
    action: 'enrolment.cancel',
    subject: { kind: 'enrolment', id },
    before: { days: rows.map((row) => readDayRange(row.days)) },
    after: { from, cancelledDays: days, refundFen: amountFen, refundId },
    atMs: nowMs,
  };
  return { refundId, audit };
}

/** The payment of an enrolment from which most can still go back: one that came too late has gone back already. */
async function findRefundable(tx: Transaction, enrolmentId: string) {
  const paid = await tx
    .select({ id: payments.id, amountFen: payments.amountFen })
    .from(payments)
    .where(and(eq(payments.enrolmentId, enrolmentId), eq(payments.state, 'paid')));
  const left = [];
  for (const payment of paid) left.push({ id: payment.id, refundableFen: await refundableFen(tx, payment) });
  return left.sort((a, b) => b.refundableFen - a.refundableFen).at(0);
}

function wereBought(bought: readonly Days[] | null, from: string): boolean {
  return (bought ?? []).some((range) => splitAt(range, from).after !== null);
}
