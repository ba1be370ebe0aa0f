import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { memberships } from '../../db/tables/accounts.ts';
import { Problem } from '../http/problem.ts';

/**
 * Throws `last_administrator` when a person is the only one who holds the administrator's role. The rows stay locked,
 * so that two who leave at the same time do not leave nobody.
 */
export async function assertOtherAdministrator(tx: Transaction, personId: string): Promise<void> {
  const inForce = and(eq(memberships.role, 'administrator'), isNull(memberships.endedAt));
  const all = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(inForce)
    .orderBy(memberships.id)
    .for('update');
  if (!all.some(({ userId }) => userId === personId)) return;
  const [other] = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(inForce, ne(memberships.userId, personId)))
    .limit(1);
  if (!other) {
    throw new Problem('last_administrator', 'Make somebody else an administrator first. Nothing was changed.');
  }
}
