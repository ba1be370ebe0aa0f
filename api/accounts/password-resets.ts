import { createHmac, randomBytes } from 'node:crypto';
import { and, eq, gt } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { verifications } from '../../db/tables/accounts.ts';

const RESET_TTL_S = 1800;

/** What a link lets whoever holds it do, once. */
export type PasswordReset = {
  personId: string;
  removeSecondFactor: boolean;
  /** Whoever made the link. */
  madeBy: string;
};
export type PasswordResets = ReturnType<typeof createPasswordResets>;

/**
 * One-time links to a new password. No token is kept, only a keyed hash of it. A row is named by its person, so that a
 * newer link makes an older one void.
 */
export function createPasswordResets(key: Buffer, clock: () => number) {
  const hashOf = (kind: string, text: string) =>
    `reset:${createHmac('sha256', key).update(`${kind}\n${text}`).digest('base64')}`;
  const isAlive = (token: string) =>
    and(eq(verifications.identifier, hashOf('token', token)), gt(verifications.expiresAt, new Date(clock())));

  return {
    /** A new link's token, which is told nowhere else. */
    async keep(tx: Transaction, reset: PasswordReset): Promise<{ token: string; expiresAt: Date }> {
      const token = randomBytes(32).toString('base64url');
      const now = clock();
      const expiresAt = new Date(now + RESET_TTL_S * 1000);
      const row = { identifier: hashOf('token', token), value: JSON.stringify(reset), expiresAt };
      await tx
        .insert(verifications)
        .values({ id: hashOf('person', reset.personId), ...row, createdAt: new Date(now), updatedAt: new Date(now) })
        .onConflictDoUpdate({ target: verifications.id, set: { ...row, updatedAt: new Date(now) } });
      return { token, expiresAt };
    },
    /** What the link is for; null when it is unknown, used, replaced or over. */
    async find(db: Database, token: string): Promise<(PasswordReset & { expiresAt: Date }) | null> {
      const [row] = await db.select().from(verifications).where(isAlive(token));
      return row ? { ...(JSON.parse(row.value) as PasswordReset), expiresAt: row.expiresAt } : null;
    },
    /** The same, and the link is used up: of two who come at once, one gets it. */
    async take(tx: Transaction, token: string): Promise<PasswordReset | null> {
      const [row] = await tx.delete(verifications).where(isAlive(token)).returning({ value: verifications.value });
      return row ? (JSON.parse(row.value) as PasswordReset) : null;
    },
  };
}
