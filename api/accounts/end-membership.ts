import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Database } from '../../db/connect.ts';
import { memberships, users } from '../../db/tables/accounts.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import { assertOtherAdministrator } from './last-administrator.ts';
import { membershipsInScope } from './membership-scope.ts';

/**
 * Takes a role away, from now on. Throws `membership_not_found` (also when it has ended, or is not the actor's to take),
 * `last_administrator`, `demo_account`.
 */
export async function endMembership(db: Database, actor: Actor, id: string, nowMs: number): Promise<void> {
  await db.transaction(async (tx) => {
    const [membership] = await tx
      .select({ userId: memberships.userId, role: memberships.role, demo: users.demo })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(
        and(eq(memberships.id, id), isNull(memberships.endedAt), membershipsInScope(tx, actor, 'membership.grant')),
      )
      .for('update', { of: memberships });
    if (!membership) throw new Problem('membership_not_found', 'There is no such membership, or it has ended already.');
    if (membership.demo) throw new Problem('demo_account', 'Others use this demo account too. Nothing was changed.');
    if (membership.role === 'administrator') await assertOtherAdministrator(tx, membership.userId);
    await tx
      .update(memberships)
      .set({ endedAt: new Date(nowMs) })
      .where(eq(memberships.id, id));
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'membership.end',
      subject: { kind: 'membership', id },
      before: { userId: membership.userId, role: membership.role },
      atMs: nowMs,
    });
  });
}
