import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { readCitizenId } from '#domain/accounts/citizen-id.ts';
import { readPersonalValue } from '#domain/accounts/personal-value.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Transaction } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { insuredPersons } from '../../db/tables/enrolments.ts';
import { assertCurrentWording, giveConsent } from '../accounts/keep-personal.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { KeyDestroyed, type Vault } from '../platform/vault.ts';

export type SettledPerson = {
  /** The vault's person id, under which name, ID number and phone are kept. */
  id: string;
  name: string;
  idNumber: string;
  /** `YYYY-MM-DD`. */
  birthDay: string;
  /** What of this call is worth a line in the audit trail, encrypted; empty when nothing changed. */
  changed: Record<string, unknown>;
};

export type SettleInsuredPerson = {
  vault: Vault;
  /** The account of whoever is signed in and acts for themselves. */
  userId: string;
  /** Left out when they are kept already. */
  name?: string | undefined;
  idNumber?: string | undefined;
  consent: { identityWording: string };
  nowMs: number;
};

/**
 * Finds or makes the insured person behind an account, keeps name and ID number and locks the person's row to the end of
 * the transaction, so that two purchases for one person take turns. A row that an employer made for this ID number is
 * joined when name and verified phone are those that the employer gave. Throws `invalid_request` (naming `name` or
 * `idNumber`), `consent_missing`, `id_number_held` and `id_number_other`.
 */
export async function settleInsuredPerson(
  tx: Transaction,
  { vault, userId, name, idNumber, consent, nowMs }: SettleInsuredPerson,
): Promise<SettledPerson> {
  assertCurrentWording('identity', consent.identityWording);
  const today = shanghaiDay(nowMs);
  const [linked] = await tx.select().from(insuredPersons).where(eq(insuredPersons.userId, userId)).for('update');
  const knownId = linked?.id ?? userId;
  const given = {
    name: await readGiven('name', name, () => vault.getPersonal(tx, knownId, 'name'), today),
    idNumber: await readGiven('id_number', idNumber, () => vault.getPersonal(tx, knownId, 'id_number'), today),
  };
  const idLookup = vault.lookupOf('id_number', given.idNumber);
  if (linked && linked.idLookup !== idLookup) {
    throw refuseField(
      'id_number_other',
      'idNumber',
      'You are insured here under another ID number. If that one is wrong, a service counter can put it right. Nothing was stored.',
    );
  }
  const id = linked?.id ?? (await joinOrMake(tx, { vault, userId, name: given.name, idLookup, nowMs }));
  const changed: Record<string, unknown> = linked ? {} : { linked: true };
  try {
    for (const [field, value] of [
      ['name', given.name],
      ['id_number', given.idNumber],
    ] as const) {
      if ((await vault.getPersonal(tx, id, field)) === value) continue;
      changed[field] = (await vault.putPersonal(tx, { personId: id, field, value, atMs: nowMs })).after;
    }
  } catch (error) {
    if (error instanceof KeyDestroyed) throw held();
    throw error;
  }
  const wording = { purpose: 'identity', wordingVersion: consent.identityWording } as const;
  if (await giveConsent(tx, userId, wording, nowMs)) changed.consent = wording;
  return { id, ...given, birthDay: birthDayOf(given.idNumber, today), changed };
}

/** The birth day in an ID number that was checked when it was stored. */
function birthDayOf(idNumber: string, today: string): string {
  const read = readCitizenId(idNumber, today);
  if (!read.ok) throw new Error('A stored ID number cannot be read.');
  return read.birthDay;
}

/**
 * The insured person with this ID number, made without an account if there is none yet; the row is locked. For whoever
 * acts for others: an employer's file, a counter. `idNumber`, `name` and `phone` are as `readPersonalValue` gives them;
 * what is kept already stays as it is.
 */
export async function settleByIdNumber(
  tx: Transaction,
  {
    vault,
    idNumber,
    name,
    phone,
    nowMs,
  }: { vault: Vault; idNumber: string; name: string; phone?: string; nowMs: number },
): Promise<{ id: string; isNew: boolean; sameName: boolean }> {
  const idLookup = vault.lookupOf('id_number', idNumber);
  const made = await tx
    .insert(insuredPersons)
    .values({ id: randomUUID(), idLookup, createdAt: new Date(nowMs) })
    .onConflictDoNothing()
    .returning({ id: insuredPersons.id });
  const [person] = await tx.select().from(insuredPersons).where(eq(insuredPersons.idLookup, idLookup)).for('update');
  const { id } = person!;
  if (made.length === 0) return { id, isNew: false, sameName: (await vault.getPersonal(tx, id, 'name')) === name };
  await vault.putPersonal(tx, { personId: id, field: 'id_number', value: idNumber, atMs: nowMs });
  await vault.putPersonal(tx, { personId: id, field: 'name', value: name, atMs: nowMs });
  if (phone) await vault.putPersonal(tx, { personId: id, field: 'phone', value: phone, atMs: nowMs });
  return { id, isNew: true, sameName: true };
}

const PATHS = { name: 'name', id_number: 'idNumber' } as const;

async function readGiven(
  field: keyof typeof PATHS,
  text: string | undefined,
  kept: () => Promise<string | null>,
  today: string,
): Promise<string> {
  const path = PATHS[field];
  if (text === undefined) {
    const value = await kept();
    if (value === null) throw refuseField('invalid_request', path, `${path}: is not kept for you yet, so give it`);
    return value;
  }
  const read = readPersonalValue(field, text, today);
  if (!read.ok) throw refuseField('invalid_request', path, `${path}: ${read.words}`);
  return read.value;
}

type Newcomer = { vault: Vault; userId: string; name: string; idLookup: string; nowMs: number };

async function joinOrMake(tx: Transaction, { vault, userId, name, idLookup, nowMs }: Newcomer): Promise<string> {
  await tx
    .insert(insuredPersons)
    .values({ id: userId, idLookup, userId, createdAt: new Date(nowMs) })
    .onConflictDoNothing();
  const [person] = await tx.select().from(insuredPersons).where(eq(insuredPersons.idLookup, idLookup)).for('update');
  if (person?.userId === userId) return person.id;
  // Without one of this number, the account has just become somebody else's by a request beside this one.
  if (!person || person.userId !== null) throw held();
  const [account] = await tx
    .select({ phone: users.phoneNumber, verified: users.phoneNumberVerified })
    .from(users)
    .where(eq(users.id, userId));
  const phone = account?.verified ? account.phone : null;
  const fits =
    phone !== null &&
    phone === (await vault.getPersonal(tx, person.id, 'phone')) &&
    name === (await vault.getPersonal(tx, person.id, 'name'));
  if (!fits) throw held();
  await tx.update(insuredPersons).set({ userId }).where(eq(insuredPersons.id, person.id));
  return person.id;
}

function held(): Problem {
  return refuseField(
    'id_number_held',
    'idNumber',
    'This ID number is kept for another account, or by an employer with another name or phone. Bring your ID card to a service counter; they will sort it out. Nothing was stored.',
  );
}
