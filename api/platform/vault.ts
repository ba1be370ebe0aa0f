import { createHmac, randomBytes } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { normaliseForLookup, type PersonalField, SEARCHABLE_FIELDS } from '#domain/accounts/personal-data.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { personalFields, personKeys } from '../../db/tables/accounts.ts';
import { deriveKey, type MasterKey } from './master-key.ts';
import { seal, unseal } from './sealed-text.ts';

/** The row of `person_keys` that belongs to no person: the secret from which the program's own keys are derived. */
const PROGRAM_KEY = '#program';

/** Personal data under a key per person. The keys are wrapped by the master key and leave the database only so. */
export type Vault = {
  /** Stores one value, encrypted, and returns the ciphertexts for the audit trail. Throws `KeyDestroyed`. */
  putPersonal: (tx: Transaction, value: PersonalValue) => Promise<{ before: string | null; after: string }>;
  /** Null: nothing is stored, or the person was erased. */
  getPersonal: (db: Database, personId: string, field: PersonalField) => Promise<string | null>;
  /** The same for many at once, by person; who has none or was erased is left out. */
  listPersonal: (
    db: Database,
    personIds: readonly string[],
    field: PersonalField,
  ) => Promise<ReadonlyMap<string, string>>;
  /** Whose field has exactly this value; any spelling of it, such as with spaces. */
  findByLookup: (db: Database, field: SearchableField, value: string) => Promise<string[]>;
  removePersonal: (tx: Transaction, personId: string, fields: readonly PersonalField[]) => Promise<void>;
  /** Text that is no field of `PERSONAL_FIELDS`, under the person's key and bound to `context`. Throws `KeyDestroyed`. */
  sealFor: (tx: Transaction, personId: string, plain: string, context: string) => Promise<string>;
  /** Null: the person was erased. Throws when the text was sealed for somebody or something else. */
  unsealFor: (db: Database, personId: string, sealed: string, context: string) => Promise<string | null>;
  /** The same for many texts of one person, with one look at the key. */
  unsealAllFor: (
    db: Database,
    personId: string,
    texts: readonly { sealed: string; context: string }[],
  ) => Promise<(string | null)[]>;
  /** The keyed hash by which a value is found again without being kept, such as the number of an invoice. */
  lookupOf: (kind: string, value: string) => string;
  /** Wraps the key of a file by that of the person it is about, or (null) by the program's. Throws `KeyDestroyed`. */
  wrapFileKey: (tx: Transaction, owner: string | null, fileId: string, key: Buffer) => Promise<string>;
  /** Null: the person was erased, and the file with them. */
  unwrapFileKey: (db: Database, owner: string | null, fileId: string, wrapped: string) => Promise<Buffer | null>;
  /** Erasure: nothing that was ever encrypted for this person, backups included, can be read again. */
  destroyKey: (tx: Transaction, personId: string, atMs: number) => Promise<void>;
  /** A key of the program for one purpose. It outlives a change of the master key. */
  secretFor: (purpose: string) => Buffer;
};

export type PersonalValue = { personId: string; field: PersonalField; value: string; atMs: number };
export type SearchableField = (typeof SEARCHABLE_FIELDS)[number];

/** The person asked to be erased; nothing can be stored about them any more. */
export class KeyDestroyed extends Error {
  override name = 'KeyDestroyed';
}

/**
 * Opens the vault, making the program's key in a new database. Throws in words when the master key is not the one that
 * the database was filled under.
 */
export async function openVault(db: Database, master: MasterKey): Promise<Vault> {
  const program = await db.transaction((tx) => makeKey(tx, master, PROGRAM_KEY));
  const lookupKey = deriveKey(program, 'lookup');
  const filesKey = deriveKey(program, 'files');

  return {
    async putPersonal(tx, { personId, field, value, atMs }) {
      const key = await makeKey(tx, master, personId);
      const ciphertext = seal(key, Buffer.from(value), contextOf(personId, field));
      const lookup = isSearchable(field) ? lookupOf(lookupKey, field, value) : null;
      const row = { ciphertext, lookup, updatedAt: new Date(atMs) };
      const [before] = await tx
        .select({ ciphertext: personalFields.ciphertext })
        .from(personalFields)
        .where(and(eq(personalFields.personId, personId), eq(personalFields.field, field)));
      await tx
        .insert(personalFields)
        .values({ personId, field, ...row })
        .onConflictDoUpdate({ target: [personalFields.personId, personalFields.field], set: row });
      return { before: before?.ciphertext ?? null, after: ciphertext };
    },
    async getPersonal(from, personId, field) {
      const [row] = await from
        .select({ ciphertext: personalFields.ciphertext, wrapped: personKeys.wrappedKey })
        .from(personalFields)
        .innerJoin(personKeys, eq(personKeys.personId, personalFields.personId))
        .where(and(eq(personalFields.personId, personId), eq(personalFields.field, field)));
      if (!row?.wrapped) return null;
      const key = unwrapKey(master, personId, row.wrapped);
      return unseal(key, row.ciphertext, contextOf(personId, field)).toString();
    },
    async listPersonal(from, personIds, field) {
      const rows = await from
        .select({
          personId: personalFields.personId,
          ciphertext: personalFields.ciphertext,
          wrapped: personKeys.wrappedKey,
        })
        .from(personalFields)
        .innerJoin(personKeys, eq(personKeys.personId, personalFields.personId))
        .where(and(inArray(personalFields.personId, [...new Set(personIds)]), eq(personalFields.field, field)));
      const values = new Map<string, string>();
      for (const { personId, ciphertext, wrapped } of rows) {
        if (!wrapped) continue;
        const key = unwrapKey(master, personId, wrapped);
        values.set(personId, unseal(key, ciphertext, contextOf(personId, field)).toString());
      }
      return values;
    },
    async findByLookup(from, field, value) {
      const rows = await from
        .select({ personId: personalFields.personId })
        .from(personalFields)
        .where(and(eq(personalFields.field, field), eq(personalFields.lookup, lookupOf(lookupKey, field, value))));
      return rows.map(({ personId }) => personId);
    },
    async removePersonal(tx, personId, fields) {
      if (fields.length === 0) return;
      await tx
        .delete(personalFields)
        .where(and(eq(personalFields.personId, personId), inArray(personalFields.field, [...fields])));
    },
    async sealFor(tx, personId, plain, context) {
      return seal(await makeKey(tx, master, personId), Buffer.from(plain), `text\n${personId}\n${context}`);
    },
    async unsealFor(from, personId, sealed, context) {
      const [row] = await from
        .select({ wrapped: personKeys.wrappedKey })
        .from(personKeys)
        .where(eq(personKeys.personId, personId));
      if (!row?.wrapped) return null;
      const key = unwrapKey(master, personId, row.wrapped);
      return unseal(key, sealed, `text\n${personId}\n${context}`).toString();
    },
    async unsealAllFor(from, personId, texts) {
      if (texts.length === 0) return [];
      const [row] = await from
        .select({ wrapped: personKeys.wrappedKey })
        .from(personKeys)
        .where(eq(personKeys.personId, personId));
      const key = row?.wrapped ? unwrapKey(master, personId, row.wrapped) : null;
      return texts.map(({ sealed, context }) =>
        key ? unseal(key, sealed, `text\n${personId}\n${context}`).toString() : null,
      );
    },
    lookupOf: (kind, value) => lookupOf(lookupKey, kind, value),
    async wrapFileKey(tx, owner, fileId, key) {
      return seal(owner === null ? filesKey : await makeKey(tx, master, owner), key, fileContext(owner, fileId));
    },
    async unwrapFileKey(from, owner, fileId, wrapped) {
      if (owner === null) return unseal(filesKey, wrapped, fileContext(owner, fileId));
      const [row] = await from
        .select({ wrapped: personKeys.wrappedKey })
        .from(personKeys)
        .where(eq(personKeys.personId, owner));
      if (!row?.wrapped) return null;
      return unseal(unwrapKey(master, owner, row.wrapped), wrapped, fileContext(owner, fileId));
    },
    async destroyKey(tx, personId, atMs) {
      const destroyed = { wrappedKey: null, destroyedAt: new Date(atMs) };
      await tx
        .insert(personKeys)
        .values({ personId, masterKeyId: master.id, ...destroyed })
        .onConflictDoUpdate({ target: personKeys.personId, set: destroyed });
      await tx.delete(personalFields).where(eq(personalFields.personId, personId));
    },
    secretFor: (purpose) => deriveKey(program, purpose),
  };
}

/** The person's key, made if there is none yet. Its row stays locked to the end of the transaction. */
async function makeKey(tx: Transaction, master: MasterKey, personId: string): Promise<Buffer> {
  await tx
    .insert(personKeys)
    .values({ personId, masterKeyId: master.id, wrappedKey: wrapKey(master, personId, randomBytes(32)) })
    .onConflictDoNothing();
  const [row] = await tx.select().from(personKeys).where(eq(personKeys.personId, personId)).for('update');
  if (!row!.wrappedKey) throw new KeyDestroyed('This person was erased.');
  return unwrapKey(master, personId, row!.wrappedKey);
}

export function wrapKey(master: MasterKey, personId: string, key: Buffer): string {
  return seal(deriveKey(master.bytes, 'wrap'), key, `key\n${personId}`);
}

/** Throws in words when the key was wrapped by another master key. */
export function unwrapKey(master: MasterKey, personId: string, wrapped: string): Buffer {
  try {
    return unseal(deriveKey(master.bytes, 'wrap'), wrapped, `key\n${personId}`);
  } catch {
    throw new Error(
      'The master key is not the one that this database was filled under. Set MASTER_KEY, or put master.key back; after a change of key run: npm run keys:rotate',
    );
  }
}

const fileContext = (owner: string | null, fileId: string) => `file\n${owner ?? PROGRAM_KEY}\n${fileId}`;
const contextOf = (personId: string, field: PersonalField) => `field\n${personId}\n${field}`;

function isSearchable(field: PersonalField): field is SearchableField {
  return (SEARCHABLE_FIELDS as readonly PersonalField[]).includes(field);
}

function lookupOf(key: Buffer, field: string, value: string): string {
  return createHmac('sha256', key)
    .update(`${field}\n${normaliseForLookup(value)}`)
    .digest('base64');
}
