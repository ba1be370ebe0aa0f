import { and, eq, isNull } from 'drizzle-orm';
import { CONSENT_FOR_FIELD, currentWording } from '#domain/accounts/consent-wordings.ts';
import type { ConsentPurpose } from '#domain/accounts/consent.ts';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import { readPersonalValue } from '#domain/accounts/personal-value.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { consents } from '../../db/tables/accounts.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';

export type KeepPersonal = {
  personId: string;
  field: PersonalField;
  value: string;
  consent: { purpose: ConsentPurpose; wordingVersion: string };
};

/**
 * Keeps one value that a person gives about themselves, with their consent to its purpose. Throws `invalid_request`
 * for a value that cannot be right and `consent_missing` for a consent to something else or to an older wording.
 */
export async function keepPersonal(
  { db, vault }: { db: Database; vault: Vault },
  { personId, field, value, consent }: KeepPersonal,
  nowMs: number,
): Promise<void> {
  const read = readPersonalValue(field, value, shanghaiDay(nowMs));
  if (!read.ok) {
    throw new Problem('invalid_request', `value: ${read.words}`, { errors: [{ path: 'value', message: read.words }] });
  }
  assertConsentFits(field, consent);
  await db.transaction(async (tx) => {
    const stored = await vault.putPersonal(tx, { personId, field, value: read.value, atMs: nowMs });
    const isNewConsent = await giveConsent(tx, personId, consent, nowMs);
    await writeAudit(tx, {
      actorId: personId,
      action: 'person.keep',
      subject: { kind: 'person', id: personId },
      ...(stored.before !== null && { before: { [field]: stored.before } }),
      after: { [field]: stored.after, ...(isNewConsent && { consent }) },
      atMs: nowMs,
    });
  });
}

function assertConsentFits(field: PersonalField, consent: KeepPersonal['consent']): void {
  const purpose = CONSENT_FOR_FIELD[field];
  if (consent.purpose !== purpose) {
    throw new Problem('consent_missing', `Keeping this needs the consent "${purpose}". Nothing was stored.`);
  }
  assertCurrentWording(purpose, consent.wordingVersion);
}

/** Throws `consent_missing` for a consent to an older wording. */
export function assertCurrentWording(purpose: ConsentPurpose, wordingVersion: string): void {
  const { version } = currentWording(purpose);
  if (wordingVersion !== version) {
    throw new Problem(
      'consent_missing',
      `The wording has changed (${version}). Load the page again, read it and agree anew. Nothing was stored.`,
    );
  }
}

/** True when it was not given before in this wording. A consent to an older wording ends with the new one. */
export async function giveConsent(
  tx: Transaction,
  personId: string,
  { purpose, wordingVersion }: KeepPersonal['consent'],
  nowMs: number,
): Promise<boolean> {
  const inForce = and(eq(consents.personId, personId), eq(consents.purpose, purpose), isNull(consents.withdrawnAt));
  const [current] = await tx.select().from(consents).where(inForce);
  if (current?.wordingVersion === wordingVersion) return false;
  await tx
    .update(consents)
    .set({ withdrawnAt: new Date(nowMs) })
    .where(inForce);
  await tx.insert(consents).values({ personId, purpose, wordingVersion, givenAt: new Date(nowMs) });
  return true;
}
