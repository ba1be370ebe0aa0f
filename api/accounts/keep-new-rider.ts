import { eq } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { memberships } from '../../db/tables/accounts.ts';
import { writeAudit } from '../platform/audit.ts';

/**
 * Makes whoever has signed in by phone for the first time a rider. Safe to call at every sign-in: a role that somebody
 * has ended does not come back.
 */
export async function keepNewRider(db: Database, userId: string, nowMs: number): Promise<void> {
  await db.transaction(async (tx) => {
    const [known] = await tx.select().from(memberships).where(eq(memberships.userId, userId)).limit(1);
    if (known) return;
    await tx
      .insert(memberships)
      .values({ userId, role: 'rider', createdAt: new Date(nowMs) })
      .onConflictDoNothing();
    await writeAudit(tx, {
      actorId: userId,
      action: 'account.sign_up',
      subject: { kind: 'person', id: userId },
      after: { role: 'rider' },
      atMs: nowMs,
    });
  });
}
