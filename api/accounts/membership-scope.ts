import { eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import { type Action, type Grant, grantsFor } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Database } from '../../db/connect.ts';
import { memberships } from '../../db/tables/accounts.ts';
import { jurisdictions } from '../../db/tables/places.ts';

/** Narrows a query over `memberships` to those on which the actor may do this: part of the statement itself. */
export function membershipsInScope(db: Database, actor: Actor, action: Action): SQL {
  return or(...grantsFor(actor, action).map((grant) => isCovered(db, actor, grant))) ?? sql`false`;
}

function isCovered(db: Database, actor: Actor, { scope, membership }: Grant): SQL {
  switch (scope) {
    case 'city':
      return sql`true`;
    case 'jurisdiction': {
      const code = membership.jurisdictionCode ?? '';
      const below = db
        .select({ code: jurisdictions.code })
        .from(jurisdictions)
        .where(eq(jurisdictions.parentCode, code));
      return or(eq(memberships.jurisdictionCode, code), inArray(memberships.jurisdictionCode, below))!;
    }
    case 'organisation':
      return eq(memberships.organisationId, membership.organisationId ?? '');
    case 'own':
      return eq(memberships.userId, actor.personId);
  }
}
