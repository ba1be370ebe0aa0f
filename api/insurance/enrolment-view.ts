import { asc, eq, inArray, sql } from 'drizzle-orm';
import { cancelFromDay } from '#domain/insurance/cancel-days.ts';
import { countDays, daysOf, rangesOf } from '#domain/insurance/day-ranges.ts';
import type { EnrolmentView, PaymentView } from '#domain/insurance/enrolment-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { covers, enrolments, payments, policyTerms, refunds } from '../../db/tables/enrolments.ts';
import { organisations } from '../../db/tables/places.ts';
import { readDayRange } from './day-range-sql.ts';

type PaymentRow = typeof payments.$inferSelect;
export type PayLinks = Pick<PaymentView, 'payUrl' | 'codeUrl'>;

const NO_LINKS: PayLinks = { payUrl: null, codeUrl: null };

/** Enrolments as their person sees them, in the order of `ids`. `links`: how to pay, for those just asked of a provider. */
export async function viewEnrolments(
  db: Database,
  ids: readonly string[],
  nowMs: number,
  links: ReadonlyMap<string, PayLinks> = new Map(),
): Promise<EnrolmentView[]> {
  if (ids.length === 0) return [];
  const wanted = [...ids];
  const cancelAheadDays = sql<number>`(${policyTerms.document} -> 'cancelAheadDays' ->> 'value')::int`;
  const rows = await db
    .select({ enrolment: enrolments, employerName: organisations.name, cancelAheadDays })
    .from(enrolments)
    .innerJoin(policyTerms, eq(policyTerms.version, enrolments.termsVersion))
    .leftJoin(organisations, eq(organisations.id, enrolments.employerId))
    .where(inArray(enrolments.id, wanted));
  const coverRows = await db.select().from(covers).where(inArray(covers.enrolmentId, wanted));
  const paymentRows = await db
    .select()
    .from(payments)
    .where(inArray(payments.enrolmentId, wanted))
    .orderBy(asc(payments.createdAt));
  const refundRows = await db
    .select()
    .from(refunds)
    .where(inArray(refunds.enrolmentId, wanted))
    .orderBy(asc(refunds.createdAt));
  const today = shanghaiDay(nowMs);

  const views = new Map<string, EnrolmentView>();
  for (const { enrolment, employerName, ...terms } of rows) {
    const { id, heldUntil } = enrolment;
    // A hold that is over is released by the next writer; readers see it released already.
    const isOver = enrolment.state === 'held' && heldUntil!.getTime() <= nowMs;
    const state = isOver ? 'expired' : enrolment.state;
    const own = isOver ? [] : coverRows.filter(({ enrolmentId }) => enrolmentId === id);
    const days = rangesOf(daysOf(own.map((cover) => readDayRange(cover.days))));
    const canCancel = state === 'insured' && enrolment.payer === 'self';
    const payment = paymentRows.findLast(({ enrolmentId }) => enrolmentId === id);
    const back = refundRows.filter(({ enrolmentId }) => enrolmentId === id);
    views.set(id, {
      id,
      state,
      payer: enrolment.payer,
      employerName,
      days,
      coveredDays: countDays(days),
      ownFen: enrolment.ownFen,
      subsidyFen: enrolment.subsidyFen,
      termsVersion: enrolment.termsVersion,
      certificateCode: enrolment.certificateCode,
      siteId: enrolment.siteId,
      createdAt: enrolment.createdAt.toISOString(),
      insuredAt: enrolment.insuredAt?.toISOString() ?? null,
      heldUntil: isOver ? null : (heldUntil?.toISOString() ?? null),
      payment: payment ? viewPayment(payment, nowMs, links.get(id) ?? NO_LINKS) : null,
      refunds: back.map((refund) => ({
        id: refund.id,
        state: refund.state,
        amountFen: refund.amountFen,
        days: refund.days,
        createdAt: refund.createdAt.toISOString(),
      })),
      cancelFrom: canCancel ? cancelFromDay(days, terms.cancelAheadDays, today) : null,
    });
  }
  return ids.flatMap((id) => views.get(id) ?? []);
}

function viewPayment(
  { id, provider, state, amountFen, expiresAt }: PaymentRow,
  nowMs: number,
  links: PayLinks,
): PaymentView {
  const isOver = state === 'open' && expiresAt.getTime() <= nowMs;
  return { id, provider, state: isOver ? 'expired' : state, amountFen, expiresAt: expiresAt.toISOString(), ...links };
}
