import { randomBytes, randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { isDeepStrictEqual } from 'node:util';
import { CERTIFICATE_CODE_LENGTH, certificateCodeOf } from '#domain/insurance/certificate-code.ts';
import { type Days, daysOf, rangesOf } from '#domain/insurance/day-ranges.ts';
import type { PaymentProviderName } from '#domain/insurance/enrolment.ts';
import type { SubmitEnrolment } from '#domain/insurance/enrolment-contract.ts';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { quoteEnrolment, termsForDay } from '#domain/insurance/quote-enrolment.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { covers, enrolments, insuredPersons, payments } from '../../db/tables/enrolments.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';
import { dayRangeText, readDayRange } from './day-range-sql.ts';
import { getTerms, listTermsVersions } from './find-terms.ts';
import type { EnrolmentRow } from './lock-enrolment.ts';
import { auditReleased, releaseExpiredHolds } from './release-holds.ts';
import { refuseSale } from './refuse-sale.ts';
import { settleInsuredPerson } from './settle-insured-person.ts';

/** How long days are kept free for a payment. */
const HOLD_MS = 15 * 60_000;

type Buyer = { vault: Vault; userId: string; provider: PaymentProviderName };

/**
 * Holds days for whoever is signed in until they are paid. False: this very enrolment was stored before. Throws
 * `id_taken`, `terms_changed`, `days_not_for_sale`, `age_not_insurable`, `days_taken`, `no_such_reference`, and what
 * `settleInsuredPerson` throws.
 */
export async function submitEnrolment(
  db: Database,
  { vault, userId, provider }: Buyer,
  input: SubmitEnrolment,
  nowMs: number,
): Promise<boolean> {
  const today = shanghaiDay(nowMs);
  return db.transaction(async (tx) => {
    if (await isStored(tx, vault, userId, input)) return false;
    const { name, idNumber, consent } = input;
    const person = await settleInsuredPerson(tx, { vault, userId, name, idNumber, consent, nowMs });
    // A request beside this one may have stored it while this one waited for the person's row.
    if (await isStored(tx, vault, userId, input)) return false;
    const terms = await termsOfSale(tx, input);
    const quote = quoteEnrolment({ days: input.days, terms, today, birthDay: person.birthDay });
    if (!quote.ok) throw refuseSale(quote.fault);
    if (input.siteId !== undefined) await assertSite(tx, input.siteId);
    const released = await releaseExpiredHolds(tx, person.id, nowMs);
    await assertFree(tx, person.id, quote.ranges);

    const heldUntil = new Date(nowMs + HOLD_MS);
    const { ownFen, subsidyFen, ranges } = quote;
    const stored = await tx
      .insert(enrolments)
      .values({
        id: input.id,
        insuredPersonId: person.id,
        termsVersion: terms.version,
        insurerId: terms.insurerId,
        state: 'held',
        payer: 'self',
        ownFen,
        subsidyFen,
        boughtDays: ranges,
        certificateCode: makeCertificateCode(),
        channel: input.channel,
        siteId: input.siteId ?? null,
        madeBy: userId,
        createdAt: new Date(nowMs),
        heldUntil,
      })
      .onConflictDoNothing({ target: enrolments.id })
      .returning({ id: enrolments.id });
    if (stored.length === 0) throw idTaken();
    const cover = {
      enrolmentId: input.id,
      insuredPersonId: person.id,
      insurerId: terms.insurerId,
      payer: 'self' as const,
      isInsured: false,
      ownFenPerDay: terms.ownShareFenPerDay.value,
      subsidyFenPerDay: terms.subsidyFenPerDay.value,
    };
    await insertCovers(
      tx,
      ranges.map((days) => ({ ...cover, days: dayRangeText(days) })),
    );
    const payment = newPayment(input.id, provider, ownFen, { nowMs, expiresAt: heldUntil });
    await tx.insert(payments).values(payment);
    await auditReleased(tx, released, nowMs);
    await writeAudit(tx, {
      actorId: userId,
      action: 'enrolment.submit',
      subject: { kind: 'enrolment', id: input.id },
      after: {
        insuredPersonId: person.id,
        days: ranges,
        ownFen,
        subsidyFen,
        termsVersion: terms.version,
        channel: input.channel,
        siteId: input.siteId ?? null,
        paymentId: payment.id,
        ...person.changed,
      },
      atMs: nowMs,
    });
    return true;
  });
}

export function makeCertificateCode(): string {
  return certificateCodeOf(randomBytes(CERTIFICATE_CODE_LENGTH));
}

/** A payment's number at the provider is its id without dashes. */
export function newPayment(
  enrolmentId: string,
  provider: PaymentProviderName,
  amountFen: number,
  { nowMs, expiresAt }: { nowMs: number; expiresAt: Date },
): typeof payments.$inferInsert {
  const id = randomUUID();
  const tradeNo = id.replaceAll('-', '');
  return { id, enrolmentId, provider, state: 'open', amountFen, tradeNo, createdAt: new Date(nowMs), expiresAt };
}

/** Throws `days_taken` when the database finds that a day is in another row of this person. */
export async function insertCovers(tx: Transaction, rows: (typeof covers.$inferInsert)[]): Promise<void> {
  try {
    await tx.insert(covers).values(rows);
  } catch (error) {
    if (sqlState(error) === EXCLUSION_VIOLATION) throw daysTaken([]);
    throw error;
  }
}

const EXCLUSION_VIOLATION = '23P01';

function sqlState(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

/** The days of these ranges that are in a cover of the person, held or insured. */
export async function takenDays(tx: Transaction, personId: string, ranges: readonly Days[]): Promise<string[]> {
  const wanted = new Set(daysOf(ranges));
  const rows = await tx
    .select({ days: covers.days })
    .from(covers)
    .where(
      and(
        eq(covers.insuredPersonId, personId),
        sql`${covers.days} && ${dayRangeText({ from: ranges[0]!.from, to: ranges.at(-1)!.to })}::daterange`,
      ),
    );
  return daysOf(rows.map(({ days }) => readDayRange(days)))
    .filter((day) => wanted.has(day))
    .sort();
}

async function assertFree(tx: Transaction, personId: string, ranges: readonly Days[]): Promise<void> {
  const taken = await takenDays(tx, personId, ranges);
  if (taken.length > 0) throw daysTaken(taken);
}

const NAMED_DAYS = 10;

function daysTaken(taken: readonly string[]): Problem {
  const named = taken.slice(0, NAMED_DAYS).join(', ');
  const which = taken.length === 0 ? 'One of these days' : taken.length > NAMED_DAYS ? `${named} and more` : named;
  return new Problem(
    'days_taken',
    `${which}: insured already, or held for a payment that is under way. Choose other days, or pay or cancel that one first. Nothing was stored.`,
    { errors: taken.slice(0, NAMED_DAYS).map((day) => ({ path: 'days', message: day })) },
  );
}

function idTaken(): Problem {
  return new Problem('id_taken', 'Another enrolment was stored under this id. Make a new id. Nothing was stored.');
}

/** The terms that were shown, if they are those of every day. */
async function termsOfSale(tx: Transaction, { days, termsVersion }: SubmitEnrolment): Promise<PolicyTerms> {
  const versions = await listTermsVersions(tx);
  const of = new Set(days.map((day) => termsForDay(versions, day)?.version ?? null));
  if (of.size > 1) {
    throw refuseField(
      'days_not_for_sale',
      'days',
      'The policy terms change between these days. Buy the days before and after separately.',
    );
  }
  const [version] = of;
  if (version !== termsVersion) {
    throw refuseField(
      'terms_changed',
      'termsVersion',
      version
        ? `For these days the terms ${version} are in force, perhaps at another price. Load the page again and look at it. Nothing was stored.`
        : 'No policy terms hold for these days. Nothing was stored.',
    );
  }
  return getTerms(tx, version);
}

async function assertSite(tx: Transaction, siteId: string): Promise<void> {
  const [site] = await tx.select({ id: sites.id }).from(sites).where(eq(sites.id, siteId));
  if (!site) throw refuseField('no_such_reference', 'siteId', `There is no place with the id ${siteId}.`);
}

/** Whether it was stored before. Throws `id_taken` when what was stored under this id is something else. */
async function isStored(tx: Transaction, vault: Vault, userId: string, input: SubmitEnrolment): Promise<boolean> {
  const [row] = await tx
    .select({ enrolment: enrolments, person: insuredPersons })
    .from(enrolments)
    .innerJoin(insuredPersons, eq(insuredPersons.id, enrolments.insuredPersonId))
    .where(eq(enrolments.id, input.id));
  if (!row) return false;
  const { enrolment, person } = row;
  if (person.userId !== userId || !saysTheSame(enrolment, input)) throw idTaken();
  if (input.idNumber !== undefined && vault.lookupOf('id_number', input.idNumber) !== person.idLookup) throw idTaken();
  return true;
}

function saysTheSame(enrolment: EnrolmentRow, input: SubmitEnrolment): boolean {
  return (
    enrolment.payer === 'self' &&
    isDeepStrictEqual(enrolment.boughtDays, rangesOf(input.days)) &&
    enrolment.termsVersion === input.termsVersion &&
    enrolment.channel === input.channel &&
    enrolment.siteId === (input.siteId ?? null)
  );
}
