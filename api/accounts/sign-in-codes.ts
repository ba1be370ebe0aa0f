import { createHmac, timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { verifications } from '../../db/tables/accounts.ts';

export const CODE_TTL_S = 300;
export const CODE_TRIES = 3;

/**
 * One-time codes for phones. Neither a code nor a phone is kept: a row is named by a keyed hash of the phone and holds
 * one of phone and code, with the tries used up.
 */
export function createSignInCodes(db: Database, key: Buffer, clock: () => number) {
  const hashOf = (...parts: string[]) => createHmac('sha256', key).update(parts.join('\n')).digest('base64');
  const rowOf = (phone: string) => `code:${hashOf('phone', phone)}`;

  return {
    /** Keeps a new code for a phone; an older one is void from now on. */
    async keep(phone: string, code: string): Promise<void> {
      const now = clock();
      const row = {
        value: `${hashOf('code', phone, code)}:0`,
        expiresAt: new Date(now + CODE_TTL_S * 1000),
        updatedAt: new Date(now),
      };
      const id = rowOf(phone);
      await db
        .insert(verifications)
        .values({ id, identifier: id, ...row })
        .onConflictDoUpdate({ target: verifications.id, set: row });
    },
    /** True once for the right code in time. A wrong one uses up a try; without tries left the code is void. */
    async use(phone: string, code: string): Promise<boolean> {
      const id = rowOf(phone);
      return db.transaction(async (tx) => {
        const [row] = await tx.select().from(verifications).where(eq(verifications.id, id)).for('update');
        if (!row) return false;
        const [hash, tries] = row.value.split(':') as [string, string];
        const isInTime = clock() < row.expiresAt.getTime();
        const fits = timingSafeEqual(Buffer.from(hash), Buffer.from(hashOf('code', phone, code)));
        const used = Number(tries) + 1;
        if (isInTime && !fits && used < CODE_TRIES) {
          await tx
            .update(verifications)
            .set({ value: `${hash}:${used}` })
            .where(eq(verifications.id, id));
        } else {
          await tx.delete(verifications).where(eq(verifications.id, id));
        }
        return isInTime && fits;
      });
    },
  };
}

export type SignInCodes = ReturnType<typeof createSignInCodes>;
