import { eq } from 'drizzle-orm';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Database } from '../../db/connect.ts';
import { personKeys } from '../../db/tables/accounts.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';
import { coversPerson } from './person-scope.ts';

export type RevealPersonal = { personId: string; field: PersonalField; reason: string };

/**
 * One value in the clear, for a reason that the audit trail keeps. No value without a record: both are one
 * transaction. Throws `not_allowed` and `nothing_kept`.
 */
export async function revealPersonal(
  { db, vault }: { db: Database; vault: Vault },
  actor: Actor,
  { personId, field, reason }: RevealPersonal,
  nowMs: number,
): Promise<string> {
  if (!(await coversPerson(db, actor, 'person.reveal', personId))) {
    throw new Problem('not_allowed', 'This person is outside of what your roles cover.');
  }
  return db.transaction(async (tx) => {
    await tx.select({ id: personKeys.personId }).from(personKeys).where(eq(personKeys.personId, personId)).for('share');
    const value = await vault.getPersonal(tx, personId, field);
    if (value === null) throw new Problem('nothing_kept', 'This is not kept about this person.');
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'person.reveal',
      subject: { kind: 'person', id: personId },
      after: { field },
      reason,
      atMs: nowMs,
    });
    return value;
  });
}
