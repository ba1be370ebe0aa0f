import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Database } from '../../db/connect.ts';
import { memberships } from '../../db/tables/accounts.ts';
import type { FindActor } from '../http/actor.ts';
import type { Auth } from './auth.ts';

/** Whoever holds no role has at least what every rider has: the say over their own data. */
const ANYBODY: Actor['memberships'] = [{ role: 'rider', organisationId: null, jurisdictionCode: null }];

export function createFindActor(auth: Auth, db: Database): FindActor {
  return async (headers) => {
    if (!headers.has('cookie')) return null;
    const session = await auth.api.getSession({ headers, query: { disableRefresh: true } });
    if (!session) return null;
    const held = await db
      .select({
        role: memberships.role,
        organisationId: memberships.organisationId,
        jurisdictionCode: memberships.jurisdictionCode,
      })
      .from(memberships)
      .where(and(eq(memberships.userId, session.user.id), isNull(memberships.endedAt)))
      .orderBy(memberships.createdAt, memberships.id);
    return { personId: session.user.id, memberships: held.length > 0 ? held : ANYBODY };
  };
}
