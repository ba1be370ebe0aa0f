import { eq, inArray, or } from 'drizzle-orm';
import { maskPhone } from '#domain/accounts/masking.ts';
import { type FOUND_BY, normaliseForLookup } from '#domain/accounts/personal-data.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';
import { listFields, type PersonalDataView } from './list-personal.ts';
import { coversPerson } from './person-scope.ts';

export type FindPeople = { by: (typeof FOUND_BY)[number]; value: string };
export type FoundPerson = {
  id: string;
  /** What the account is called; a rider's real name is a field. */
  name: string;
  username: string | null;
  phoneMasked: string | null;
  fields: PersonalDataView['fields'];
};

/**
 * Whose phone (kept, or signed in with) or ID number this is, as far as the actor may reveal their data. Nothing is
 * found by a part of a number. Each find is a record that the person sees; the number is in none.
 */
export async function findPeople(
  { db, vault }: { db: Database; vault: Vault },
  actor: Actor,
  { by, value }: FindPeople,
  nowMs: number,
): Promise<FoundPerson[]> {
  const ids = await vault.findByLookup(db, by, value);
  const hasPhone = by === 'phone' ? eq(users.phoneNumber, normaliseForLookup(value)) : undefined;
  const rows = await db
    .select()
    .from(users)
    .where(or(inArray(users.id, ids), hasPhone))
    .orderBy(users.createdAt, users.id);
  const people: FoundPerson[] = [];
  for (const { id, name, username, phoneNumber } of rows) {
    if (!(await coversPerson(db, actor, 'person.reveal', id))) continue;
    const fields = await listFields(db, vault, id);
    people.push({ id, name, username, phoneMasked: maskPhone(phoneNumber), fields });
  }
  const deed = { actorId: actor.personId, action: 'person.find', after: { field: by }, atMs: nowMs };
  await db.transaction(async (tx) => {
    for (const { id } of people) await writeAudit(tx, { ...deed, subject: { kind: 'person', id } });
    if (people.length === 0) await writeAudit(tx, { ...deed, subject: { kind: 'search', id: 'nobody found' } });
  });
  return people;
}
