import { parse } from 'csv-parse/sync';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { InsurerPaymentOutcome } from '#domain/insurance/ledger.ts';
import {
  InsurerPayment,
  type PaymentOutcome,
  type TakenPayments,
  type TakePayments,
} from '#domain/insurance/ledger-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { claims, insurerPayments } from '../../db/tables/claims.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';

/**
 * Moves an approved claim to paid, as whoever pays. False when its lifecycle did not let it, such as when somebody acted on it meanwhile.
 * It commits by itself, so it is never called inside a transaction.
 */
export type PayClaim = (actor: Actor, claim: { id: string; version: number }, nowMs: number) => Promise<boolean>;

/**
 * Takes what an insurer says it paid, one payment after the other: each finds its claim by number, must be what is still
 * to be paid to the fen, and moves the claim to paid. What fits nowhere is kept as a difference. The same reference again
 * changes nothing, or finishes what was broken off. Throws `invalid_request` for a file that cannot be read.
 */
export async function takeInsurerPayments(
  db: Database,
  actor: Actor,
  insurerId: string,
  input: TakePayments,
  payClaim: PayClaim,
  nowMs: number,
): Promise<TakenPayments> {
  const payments = 'csv' in input ? readPayments(input.csv) : input.payments;
  const today = shanghaiDay(nowMs);
  const early = payments.findIndex(({ paidOn }) => paidOn > today);
  if (early >= 0) {
    const path = `payments.${early}.paidOn`;
    throw refuseField('day_to_come', path, `${path}: ${payments[early]!.paidOn} is still to come. Nothing was stored.`);
  }
  const outcomes: PaymentOutcome[] = [];
  for (const payment of payments) {
    outcomes.push(await takePayment(db, actor, insurerId, payment, payClaim, nowMs));
  }
  const paid = outcomes.filter(({ outcome }) => outcome === 'paid').length;
  return { payments: outcomes, paid, differences: outcomes.length - paid };
}

type Judged = {
  outcome: PaymentOutcome['outcome'];
  isNew: boolean;
  claim: { id: string; version: number; approvedFen: number | null } | null;
};

async function takePayment(
  db: Database,
  actor: Actor,
  insurerId: string,
  payment: InsurerPayment,
  payClaim: PayClaim,
  nowMs: number,
): Promise<PaymentOutcome> {
  const judgeAgain = () => db.transaction((tx) => judge(tx, actor, insurerId, payment, nowMs));
  const first = await judgeAgain();
  let { outcome } = first;
  if (outcome === 'open') {
    // Whether it was moved or somebody was quicker: the claim now says which.
    await payClaim(actor, first.claim!, nowMs);
    ({ outcome } = await judgeAgain());
  }
  const approvedFen = first.claim?.approvedFen ?? null;
  return { ...payment, outcome, isNew: first.isNew, approvedFen, words: WORDS[outcome](payment, approvedFen) };
}

const WORDS: Record<PaymentOutcome['outcome'], (payment: InsurerPayment, approvedFen: number | null) => string> = {
  paid: () => 'The claim is paid.',
  open: () => 'The claim could not be moved to paid. Look at it, then send this payment again.',
  unknown_claim: ({ claim }) => `None of your claims has the number ${claim}.`,
  not_approved: () => 'This claim is not approved, so nothing is to be paid.',
  amount_differs: ({ paidFen }, approvedFen) =>
    `${paidFen} fen is not what is still to be paid of the approved ${approvedFen ?? 0} fen.`,
  paid_before: () => 'This claim was paid by another payment.',
  said_otherwise: () => 'This reference was sent before with another claim, amount or day. What was sent first stands.',
};

/** Finds out what a payment is to its claim, which stays locked, and writes that down. */
async function judge(
  tx: Transaction,
  actor: Actor,
  insurerId: string,
  payment: InsurerPayment,
  nowMs: number,
): Promise<Judged> {
  const { reference, claim: claimNumber, paidFen, paidOn } = payment;
  const [claim] = await tx
    .select({
      id: claims.id,
      version: claims.version,
      state: claims.state,
      approvedFen: claims.approvedFen,
      paidFen: claims.paidFen,
    })
    .from(claims)
    .where(and(eq(claims.number, claimNumber), eq(claims.insurerId, insurerId)))
    .for('update');
  const isThis = and(eq(insurerPayments.insurerId, insurerId), eq(insurerPayments.reference, reference));
  const received = { receivedBy: actor.personId, receivedAt: new Date(nowMs) };
  const made = await tx
    .insert(insurerPayments)
    .values({
      insurerId,
      reference,
      claimNumber,
      paidFen,
      paidOn,
      claimId: claim?.id ?? null,
      outcome: 'open',
      ...received,
    })
    .onConflictDoNothing()
    .returning({ reference: insurerPayments.reference });
  const isNew = made.length > 0;
  const [known] = await tx.select().from(insurerPayments).where(isThis).for('update');
  const seen = claim ? { id: claim.id, version: claim.version, approvedFen: claim.approvedFen } : null;
  if (known!.claimNumber !== claimNumber || known!.paidFen !== paidFen || known!.paidOn !== paidOn) {
    return { outcome: 'said_otherwise', isNew, claim: seen };
  }
  if (known!.outcome === 'paid') return { outcome: 'paid', isNew, claim: seen };
  const outcome = claim ? await weigh(tx, claim, payment) : 'unknown_claim';
  if (isNew || outcome !== known!.outcome) {
    await tx
      .update(insurerPayments)
      .set({ outcome, claimId: claim?.id ?? null })
      .where(isThis);
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'insurer.payment',
      subject: { kind: 'insurer_payment', id: `${insurerId}:${reference}` },
      before: isNew ? undefined : { outcome: known!.outcome },
      after: { ...payment, outcome },
      atMs: nowMs,
    });
  }
  return { outcome, isNew, claim: seen };
}

async function weigh(
  tx: Transaction,
  claim: { id: string; state: string; approvedFen: number | null; paidFen: number | null },
  { reference, paidFen }: InsurerPayment,
): Promise<InsurerPaymentOutcome> {
  const [others] = await tx
    .select({
      paidFen: sql<number>`coalesce(sum(paid_fen) filter (where outcome = 'paid'), 0)`.mapWith(Number),
      open: sql<number>`count(*) filter (where outcome = 'open')`.mapWith(Number),
    })
    .from(insurerPayments)
    .where(and(eq(insurerPayments.claimId, claim.id), ne(insurerPayments.reference, reference)));
  const told = others!.paidFen + paidFen;
  // Paid already, be it by this very payment before it was broken off, or by hand before the insurer's file came.
  if (claim.state !== 'approved' && claim.paidFen !== null && claim.paidFen > 0) {
    return claim.paidFen === told ? 'paid' : others!.paidFen === claim.paidFen ? 'paid_before' : 'amount_differs';
  }
  if (claim.state !== 'approved') return 'not_approved';
  if (others!.open > 0) return 'paid_before';
  return claim.approvedFen === told ? 'open' : 'amount_differs';
}

/** Reads the text of a CSV file. Throws `invalid_request` naming the first line that is wrong. */
function readPayments(csv: string): InsurerPayment[] {
  let records: Record<string, string>[];
  try {
    records = parse(csv, { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch {
    throw refuse('csv: must be a CSV file with the columns reference, claim, paid_fen, paid_on.');
  }
  if (records.length === 0) throw refuse('csv: has no payments below its first line.');
  return records.map((record, i) => {
    const paidFen = /^\d{1,12}$/.test(record.paid_fen ?? '') ? Number(record.paid_fen) : record.paid_fen;
    const { reference, claim, paid_on: paidOn } = record;
    const read = InsurerPayment.safeParse({ reference, claim, paidFen, paidOn });
    if (read.success) return read.data;
    const issues = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw refuse(`csv: payment ${i + 1}: ${issues.join('; ')}. Nothing was stored.`);
  });
}

const refuse = (words: string) => new Problem('invalid_request', words, { errors: [{ path: 'csv', message: words }] });
