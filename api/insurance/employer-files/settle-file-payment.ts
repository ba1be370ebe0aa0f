import { and, eq, inArray, sql } from 'drizzle-orm';
import { postingEntries } from '#domain/insurance/ledger.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Transaction } from '../../../db/connect.ts';
import { employerFiles } from '../../../db/tables/employer-files.ts';
import { covers, enrolments, payments, policyTerms } from '../../../db/tables/enrolments.ts';
import { writeAudit } from '../../platform/audit.ts';
import { postLedger } from '../post-ledger.ts';
import { openRefund } from '../refunds.ts';
import type { PaidNotice, Settlement } from '../settle-payment.ts';
import type { FileRow } from './hold-employer-file.ts';
import { lockPeopleOf } from './release-employer-file.ts';

/**
 * What a provider says about the payment for an employer's file, told any number of times: all its days are insured in
 * this one transaction, or, when it came too late for one of them, all of the money goes back.
 */
export async function settleFilePayment(
  tx: Transaction,
  { paymentId, fileId }: { paymentId: string; fileId: string },
  notice: PaidNotice,
  nowMs: number,
): Promise<Settlement> {
  const [file] = await tx.select().from(employerFiles).where(eq(employerFiles.id, fileId)).for('update');
  const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId));
  const { state, amountFen } = payment!;
  if (state === 'paid') return { outcome: 'already' };
  const about = { actorId: null, subject: { kind: 'employer_file', id: fileId }, atMs: nowMs };
  const { providerRef, paidAt } = notice;
  if (notice.amountFen !== amountFen) {
    if (state === 'failed') return { outcome: 'amount_differs', isNews: false };
    await tx.update(payments).set({ state: 'failed', providerRef }).where(eq(payments.id, paymentId));
    await writeAudit(tx, {
      ...about,
      action: 'payment.differ',
      before: { state, amountFen },
      after: { paymentId, state: 'failed', amountFen: notice.amountFen, providerRef },
    });
    return { outcome: 'amount_differs', isNews: true };
  }
  await tx.update(payments).set({ state: 'paid', providerRef, paidAt }).where(eq(payments.id, paymentId));
  await postLedger(tx, {
    kind: 'own_share_paid',
    key: `payment:${paymentId}`,
    day: shanghaiDay(paidAt.getTime()),
    atMs: nowMs,
    entries: postingEntries.own_share_paid(amountFen),
  });
  if (await insureFile(tx, file!, paidAt, nowMs)) {
    await writeAudit(tx, {
      ...about,
      action: 'employer_file.insure',
      before: { state: file!.state },
      after: { state: 'insured', paymentId, amountFen, providerRef, rows: file!.goodRows },
    });
    return { outcome: 'insured' };
  }
  const days = file!.coveredDays;
  const refundId = await openRefund(tx, { paymentId, employerFileId: fileId, amountFen, days }, nowMs);
  await tx.update(employerFiles).set({ problem: 'paid_too_late' }).where(eq(employerFiles.id, fileId));
  await writeAudit(tx, {
    ...about,
    action: 'payment.late',
    before: { state: file!.state },
    after: { paymentId, amountFen, providerRef, refundId },
  });
  return { outcome: 'refunded', refundId };
}

/** False, and nothing is changed: one of the days is not held any more, or cannot be bought any more. */
async function insureFile(tx: Transaction, file: FileRow, paidAt: Date, nowMs: number): Promise<boolean> {
  if (file.state !== 'held') return false;
  await lockPeopleOf(tx, file.id);
  const isOfFile = and(eq(enrolments.employerFileId, file.id), eq(enrolments.state, 'held'));
  const paidOn = shanghaiDay(paidAt.getTime());
  const [held] = await tx
    .select({
      rows: sql`count(distinct ${enrolments.id})`.mapWith(Number),
      /** How many days lie between the payment and the first day, at least, less what the terms ask for. */
      spare: sql`min(lower(${covers.days}) - ${paidOn}::date
        - (${policyTerms.document} -> 'startsAfterDays' ->> 'value')::int)`.mapWith(Number),
    })
    .from(enrolments)
    .innerJoin(covers, eq(covers.enrolmentId, enrolments.id))
    .innerJoin(policyTerms, eq(policyTerms.version, enrolments.termsVersion))
    .where(isOfFile);
  if (held!.rows !== file.goodRows || held!.spare < 0) return false;
  await tx
    .update(covers)
    .set({ isInsured: true })
    .where(inArray(covers.enrolmentId, tx.select({ id: enrolments.id }).from(enrolments).where(isOfFile)));
  const insuredAt = new Date(nowMs);
  await tx.update(enrolments).set({ state: 'insured', insuredAt, heldUntil: null }).where(isOfFile);
  await tx
    .update(employerFiles)
    .set({ state: 'insured', insuredAt, heldUntil: null, problem: null })
    .where(eq(employerFiles.id, file.id));
  return true;
}
