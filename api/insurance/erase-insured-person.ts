import { randomUUID } from 'node:crypto';
import { and, eq, notInArray } from 'drizzle-orm';
import type { ClaimState } from '#domain/insurance/claim-lifecycle.ts';
import { cancelFromDay } from '#domain/insurance/cancel-days.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Transaction } from '../../db/connect.ts';
import { claims } from '../../db/tables/claims.ts';
import { covers, enrolments, insuredPersons } from '../../db/tables/enrolments.ts';
import { Problem } from '../http/problem.ts';
import type { AuditEntry } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';
import { cancelInsured } from './cancel-enrolment.ts';
import { readDayRange } from './day-range-sql.ts';
import { getTerms } from './find-terms.ts';

/** Claims about which nothing is to come. */
const DONE = ['draft', 'closed', 'declined'] as const satisfies readonly ClaimState[];

/**
 * Erases the insured person behind an account: their key, and the hash by which their ID number was found. Days that they
 * paid for themselves and that can still be cancelled are cancelled, with a refund that housekeeping sends; days that an
 * employer paid for stay. Enrolments and money stay without a name. Returns what the audit trail shall say, which comes
 * last. Throws `claim_open`.
 */
export async function eraseInsuredPerson(
  tx: Transaction,
  vault: Vault,
  userId: string,
  nowMs: number,
): Promise<AuditEntry[]> {
  const [person] = await tx.select().from(insuredPersons).where(eq(insuredPersons.userId, userId)).for('update');
  if (!person) return [];
  const [open] = await tx
    .select({ id: claims.id })
    .from(claims)
    .where(and(eq(claims.insuredPersonId, person.id), notInArray(claims.state, [...DONE])))
    .limit(1);
  if (open) {
    throw new Problem(
      'claim_open',
      'A claim of yours is not closed yet, and without your data it could not be paid. Wait for it, or withdraw it. Nothing was erased.',
    );
  }
  const deeds = await giveBackDays(tx, person.id, userId, nowMs);
  await tx
    .update(insuredPersons)
    .set({ idLookup: `erased:${randomUUID()}` })
    .where(eq(insuredPersons.id, person.id));
  await vault.destroyKey(tx, person.id, nowMs);
  return deeds;
}

async function giveBackDays(tx: Transaction, personId: string, actorId: string, nowMs: number): Promise<AuditEntry[]> {
  const deeds: AuditEntry[] = [];
  const own = await tx
    .select()
    .from(enrolments)
    .where(
      and(eq(enrolments.insuredPersonId, personId), eq(enrolments.payer, 'self'), eq(enrolments.state, 'insured')),
    );
  for (const enrolment of own) {
    const rows = await tx.select({ days: covers.days }).from(covers).where(eq(covers.enrolmentId, enrolment.id));
    const { cancelAheadDays } = await getTerms(tx, enrolment.termsVersion);
    const days = rows.map((row) => readDayRange(row.days));
    const from = cancelFromDay(days, cancelAheadDays.value, shanghaiDay(nowMs));
    if (from === null) continue;
    const { audit } = await cancelInsured(tx, { enrolment, from, actorId, nowMs });
    if (audit) deeds.push(audit);
  }
  return deeds;
}
