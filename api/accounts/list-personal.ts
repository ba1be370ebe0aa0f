import { asc, desc, eq } from 'drizzle-orm';
import type { ConsentPurpose } from '#domain/accounts/consent.ts';
import { maskPersonal } from '#domain/accounts/masking.ts';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import type { Database } from '../../db/connect.ts';
import { consents, personalFields } from '../../db/tables/accounts.ts';
import type { Vault } from '../platform/vault.ts';

export type PersonalDataView = {
  fields: { field: PersonalField; masked: string; updatedAt: string }[];
  consents: { purpose: ConsentPurpose; wordingVersion: string; givenAt: string; withdrawnAt: string | null }[];
};

/** What is kept about a person, masked, and every consent they gave, the newest first. */
export async function listPersonal(db: Database, vault: Vault, personId: string): Promise<PersonalDataView> {
  return { fields: await listFields(db, vault, personId), consents: await listConsents(db, personId) };
}

export async function listFields(db: Database, vault: Vault, personId: string): Promise<PersonalDataView['fields']> {
  const rows = await db
    .select({ field: personalFields.field, updatedAt: personalFields.updatedAt })
    .from(personalFields)
    .where(eq(personalFields.personId, personId))
    .orderBy(asc(personalFields.field));
  const fields: PersonalDataView['fields'] = [];
  for (const { field, updatedAt } of rows) {
    const value = await vault.getPersonal(db, personId, field);
    if (value !== null) fields.push({ field, masked: maskPersonal(field, value), updatedAt: updatedAt.toISOString() });
  }
  return fields;
}

export async function listConsents(db: Database, personId: string): Promise<PersonalDataView['consents']> {
  const rows = await db
    .select()
    .from(consents)
    .where(eq(consents.personId, personId))
    .orderBy(desc(consents.givenAt), asc(consents.id));
  return rows.map(({ purpose, wordingVersion, givenAt, withdrawnAt }) => ({
    purpose,
    wordingVersion,
    givenAt: givenAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
  }));
}
