import { eq } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { PasswordResets } from './password-resets.ts';
import { coversPerson } from './person-scope.ts';

export type MakePasswordReset = { username: string; removeSecondFactor: boolean; reason: string };

/**
 * A link by which somebody who has lost their password sets a new one, to be handed over by whoever asks for it. Throws
 * `person_not_found`, `own_account`, `demo_account`, `not_allowed`.
 */
export async function makePasswordReset(
  { db, resets }: { db: Database; resets: PasswordResets },
  actor: Actor,
  { username, removeSecondFactor, reason }: MakePasswordReset,
  nowMs: number,
): Promise<{ token: string; expiresAt: string }> {
  return db.transaction(async (tx) => {
    const [person] = await tx
      .select({ id: users.id, demo: users.demo })
      .from(users)
      .where(eq(users.username, username.toLowerCase()))
      .for('update');
    if (!person) throw new Problem('person_not_found', 'There is no account with this name.');
    // Else a desk that was left unlocked would be enough to take an account over.
    if (person.id === actor.personId) {
      throw new Problem('own_account', 'Change your password with the old one, or ask another administrator.');
    }
    if (person.demo) throw new Problem('demo_account', 'Others use this demo account too. Nothing was changed.');
    if (!(await coversPerson(tx, actor, 'person.reset', person.id))) {
      throw new Problem('not_allowed', 'This person is outside of what your roles cover.');
    }
    const { token, expiresAt } = await resets.keep(tx, {
      personId: person.id,
      removeSecondFactor,
      madeBy: actor.personId,
    });
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'account.reset_link',
      subject: { kind: 'person', id: person.id },
      after: { removeSecondFactor, expiresAt },
      reason,
      atMs: nowMs,
    });
    return { token, expiresAt: expiresAt.toISOString() };
  });
}
