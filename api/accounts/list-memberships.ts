import { and, desc, eq, sql } from 'drizzle-orm';
import type { Actor, Role } from '#domain/accounts/roles.ts';
import type { Database } from '../../db/connect.ts';
import { memberships, users } from '../../db/tables/accounts.ts';
import { jurisdictions, organisations } from '../../db/tables/places.ts';
import { membershipsInScope } from './membership-scope.ts';

export type MembershipView = {
  id: string;
  userId: string;
  name: string;
  username: string | null;
  role: Role;
  organisationId: string | null;
  organisation: string | null;
  jurisdictionCode: string | null;
  jurisdiction: string | null;
  createdAt: string;
  endedAt: string | null;
};

const PAGE = 100;

/**
 * Who holds and held which role, the newest first, as far as the actor may see it. `cursor` is the last page's `next`;
 * `next` is null on the last page.
 */
export async function listMemberships(
  db: Database,
  actor: Actor,
  cursor: string | undefined,
): Promise<{ memberships: MembershipView[]; next: string | null }> {
  const position = sql`(${memberships.createdAt}, ${memberships.id})`;
  const rows = await db
    .select({
      id: memberships.id,
      userId: memberships.userId,
      name: users.name,
      username: users.username,
      role: memberships.role,
      organisationId: memberships.organisationId,
      organisation: organisations.name,
      jurisdictionCode: memberships.jurisdictionCode,
      jurisdiction: jurisdictions.name,
      createdAt: memberships.createdAt,
      endedAt: memberships.endedAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(organisations, eq(organisations.id, memberships.organisationId))
    .leftJoin(jurisdictions, eq(jurisdictions.code, memberships.jurisdictionCode))
    .where(
      and(
        membershipsInScope(db, actor, 'membership.view'),
        cursor === undefined
          ? undefined
          : sql`${position} < (select m.created_at, m.id from memberships m where m.id = ${cursor})`,
      ),
    )
    .orderBy(desc(memberships.createdAt), desc(memberships.id))
    .limit(PAGE + 1);
  const page = rows.slice(0, PAGE);
  return {
    memberships: page.map(({ createdAt, endedAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    })),
    next: rows.length > PAGE ? page.at(-1)!.id : null,
  };
}
