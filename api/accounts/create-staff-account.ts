import { randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { Transaction } from '../../db/connect.ts';
import { credentials, users } from '../../db/tables/accounts.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';

export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 128;
export const USERNAME = /^[a-z0-9_.]{3,30}$/;

export type CreateStaffAccount = {
  /** In small letters. */
  username: string;
  /** What colleagues call this person. */
  name: string;
  /** Of `hashStaffPassword`; hashing takes too long for a transaction. */
  passwordHash: string;
  demo?: boolean;
  /** Null: the program itself. */
  createdBy: string | null;
};

export const hashStaffPassword = (password: string): Promise<string> => hashPassword(password);

/** Makes an account that signs in by name and password, without a role, and returns its id. Throws `name_taken`. */
export async function createStaffAccount(
  tx: Transaction,
  { username, name, passwordHash, demo = false, createdBy }: CreateStaffAccount,
  nowMs: number,
): Promise<string> {
  const id = randomUUID();
  const times = { createdAt: new Date(nowMs), updatedAt: new Date(nowMs) };
  const stored = await tx
    .insert(users)
    .values({ id, name, username, displayUsername: username, email: `${username}@staff.invalid`, demo, ...times })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (stored.length === 0) throw new Problem('name_taken', 'Choose another user name.');
  await tx.insert(credentials).values({
    id: randomUUID(),
    userId: id,
    accountId: id,
    providerId: 'credential',
    password: passwordHash,
    ...times,
  });
  await writeAudit(tx, {
    actorId: createdBy,
    action: 'account.create',
    subject: { kind: 'person', id },
    after: { demo },
    atMs: nowMs,
  });
  return id;
}
