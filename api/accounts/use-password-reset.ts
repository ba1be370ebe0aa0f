import { eq } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { Problem } from '../http/problem.ts';
import { hashStaffPassword } from './create-staff-account.ts';
import type { PasswordResets } from './password-resets.ts';
import { setNewPassword } from './set-new-password.ts';

type Resets = { db: Database; resets: PasswordResets };

/** Whose password the link changes, for whoever opened it. Throws `reset_void`. */
export async function lookAtPasswordReset({ db, resets }: Resets, token: string) {
  const reset = await resets.find(db, token);
  if (!reset) throw linkVoid();
  const [person] = await db
    .select({ name: users.name, username: users.username })
    .from(users)
    .where(eq(users.id, reset.personId));
  if (!person?.username) throw linkVoid();
  const { removeSecondFactor, expiresAt } = reset;
  return { name: person.name, username: person.username, removeSecondFactor, expiresAt: expiresAt.toISOString() };
}

/** Sets the new password; the link is used up. Throws `reset_void` and what `setNewPassword` throws. */
export async function usePasswordReset(
  { db, resets }: Resets,
  { token, newPassword }: { token: string; newPassword: string },
  nowMs: number,
): Promise<void> {
  // Hashing is made to take long: not for a link that is worth nothing, and in no transaction.
  if (!(await resets.find(db, token))) throw linkVoid();
  const passwordHash = await hashStaffPassword(newPassword);
  await db.transaction(async (tx) => {
    const reset = await resets.take(tx, token);
    if (!reset) throw linkVoid();
    const { personId, removeSecondFactor, madeBy } = reset;
    const after = { byLinkOf: madeBy };
    await setNewPassword(
      tx,
      { personId, passwordHash, removeSecondFactor, actorId: personId, after, reason: null },
      nowMs,
    );
  });
}

function linkVoid(): Problem {
  return new Problem('reset_void', 'A link works once and for 30 minutes. Ask your administrator for a new one.');
}
