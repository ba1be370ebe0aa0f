import { readPersonalValue } from '#domain/accounts/personal-value.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { SubmitClaim } from '#domain/insurance/claim-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Transaction } from '../../db/connect.ts';
import { assertCurrentWording, giveConsent } from '../accounts/keep-personal.ts';
import { refuseField } from '../http/problem.ts';
import type { Vault } from '../platform/vault.ts';
import { settleByIdNumber, settleInsuredPerson } from './settle-insured-person.ts';

export type Claimant = {
  insuredPersonId: string;
  /** For the audit trail, encrypted. */
  changed: Record<string, unknown>;
};

/**
 * The insured person whom a claim is about: whoever sends it, or at a counter somebody with this ID number. Their row is
 * locked to the end of the transaction. Throws `invalid_request`, `consent_missing`, `id_number_held`, `id_number_other`.
 */
export async function settleClaimant(
  tx: Transaction,
  vault: Vault,
  actor: Actor,
  { onBehalf, name, idNumber, consent, account }: SubmitClaim,
  nowMs: number,
): Promise<Claimant> {
  assertCurrentWording('identity', consent.identityWording);
  assertCurrentWording('medical', consent.medicalWording);
  const medical = { purpose: 'medical', wordingVersion: consent.medicalWording } as const;
  if (!onBehalf) {
    const userId = actor.personId;
    const person = await settleInsuredPerson(tx, { vault, userId, name, idNumber, consent, nowMs });
    const isNew = await giveConsent(tx, userId, medical, nowMs);
    return { insuredPersonId: person.id, changed: { ...person.changed, ...(isNew && { medicalConsent: medical }) } };
  }
  const today = shanghaiDay(nowMs);
  const given = { name: read('name', 'name', name, today), idNumber: read('id_number', 'idNumber', idNumber, today) };
  const phone = readPersonalValue('phone', account.phone, today);
  const person = await settleByIdNumber(tx, { vault, ...given, ...(phone.ok && { phone: phone.value }), nowMs });
  if (!person.sameName) {
    throw refuseField(
      'id_number_held',
      'idNumber',
      'Another name is kept for this ID number. Compare both with the ID card. Nothing was stored.',
    );
  }
  // On paper at the counter: who took it and in which wording is in the audit trail.
  return { insuredPersonId: person.id, changed: { consentOnPaper: consent } };
}

function read(field: 'name' | 'id_number', path: string, text: string | undefined, today: string): string {
  if (text === undefined) {
    throw refuseField('invalid_request', path, `${path}: is needed for a claim that is taken for somebody`);
  }
  const value = readPersonalValue(field, text, today);
  if (!value.ok) throw refuseField('invalid_request', path, `${path}: ${value.words}`);
  return value.value;
}
