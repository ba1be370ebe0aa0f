import { and, eq, isNull } from 'drizzle-orm';
import { type Action, grantsFor } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Database } from '../../db/connect.ts';
import { memberships } from '../../db/tables/accounts.ts';
import { membershipsInScope } from './membership-scope.ts';

/**
 * Whether the actor may do this about a person: in the whole city, about oneself, or because every role that the person
 * holds now is held inside of the actor's scope. Who is anything outside of it is out of reach.
 */
export async function coversPerson(db: Database, actor: Actor, action: Action, personId: string): Promise<boolean> {
  const scopes = grantsFor(actor, action).map(({ scope }) => scope);
  if (scopes.includes('city')) return true;
  if (scopes.includes('own') && actor.personId === personId) return true;
  const held = and(eq(memberships.userId, personId), isNull(memberships.endedAt));
  const all = await db.$count(memberships, held);
  const inside = await db.$count(memberships, and(held, membershipsInScope(db, actor, action)));
  return all > 0 && inside === all;
}
