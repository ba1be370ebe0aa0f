import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { credentials, sessions, twoFactors, users, verifications } from '../../db/tables/accounts.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';

export type SetNewPassword = {
  personId: string;
  /** Of `hashStaffPassword`. */
  passwordHash: string;
  removeSecondFactor: boolean;
  /** Null: on the command line. */
  actorId: string | null;
  after?: Record<string, unknown>;
  reason: string | null;
};

/**
 * A new password for somebody who has lost theirs: every session and every sign-in that waits for its second step ends.
 * Taking the second factor away is a deed of its own in the trail. Throws `person_not_found` and `demo_account`.
 */
export async function setNewPassword(
  tx: Transaction,
  { personId, passwordHash, removeSecondFactor, actorId, after, reason }: SetNewPassword,
  nowMs: number,
): Promise<void> {
  const now = new Date(nowMs);
  const [person] = await tx.select({ demo: users.demo }).from(users).where(eq(users.id, personId)).for('update');
  if (person?.demo) throw new Problem('demo_account', 'Others use this demo account too. Nothing was changed.');
  const changed = await tx
    .update(credentials)
    .set({ password: passwordHash, updatedAt: now })
    .where(and(eq(credentials.userId, personId), eq(credentials.providerId, 'credential')))
    .returning({ id: credentials.id });
  if (changed.length === 0) throw new Problem('person_not_found', 'This account has no password any more.');
  await endSessions(tx, personId);
  const removed = removeSecondFactor ? await removeFactor(tx, personId, now) : false;
  const deed = { actorId, subject: { kind: 'person', id: personId }, after, reason, atMs: nowMs };
  await writeAudit(tx, { ...deed, action: 'account.password_reset' });
  if (removed) await writeAudit(tx, { ...deed, action: 'account.second_factor_reset' });
}

async function endSessions(tx: Transaction, personId: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, personId));
  // The library's own rows about somebody who has given the old password hold the bare id.
  await tx.delete(verifications).where(eq(verifications.value, personId));
}

/** Whether there was one. */
async function removeFactor(tx: Transaction, personId: string, now: Date): Promise<boolean> {
  const removed = await tx.delete(twoFactors).where(eq(twoFactors.userId, personId)).returning({ id: twoFactors.id });
  await tx.update(users).set({ twoFactorEnabled: false, updatedAt: now }).where(eq(users.id, personId));
  return removed.length > 0;
}
