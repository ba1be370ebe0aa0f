import { eq, or, sql, type SQL } from 'drizzle-orm';
import { type Action, type Grant, grantsFor } from '#domain/accounts/permissions.ts';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Actor } from '#domain/accounts/roles.ts';
import { sites } from '../../db/tables/places.ts';

/** Narrows a query over `sites` to those on which the actor may do this: part of every statement, never a check after. */
export function sitesInScope(actor: Actor, action: Action): SQL {
  const ways = grantsFor(actor, action).map(siteIsCovered);
  return or(...ways) ?? sql`false`;
}

function siteIsCovered({ scope, membership }: Grant): SQL {
  switch (scope) {
    case 'city':
      return sql`true`;
    case 'jurisdiction':
      return or(
        eq(sites.streetCode, membership.jurisdictionCode ?? ''),
        eq(sites.districtCode, membership.jurisdictionCode ?? ''),
      )!;
    case 'organisation':
      return eq(sites.organisationId, membership.organisationId ?? '');
    case 'own':
      return sql`false`; // a place belongs to nobody by themselves
  }
}

/** Narrows a query to rows that belong to a street in which the actor may do this; a street's code begins with its district's. */
export function streetInScope(actor: Actor, action: Action, street: AnyPgColumn): SQL {
  const ways = grantsFor(actor, action).map(({ scope, membership }) => {
    if (scope === 'city') return sql`true`;
    const code = scope === 'jurisdiction' ? membership.jurisdictionCode : null;
    return code ? sql`left(${street}, ${code.length}::int) = ${code}` : sql`false`;
  });
  return or(...ways) ?? sql`false`;
}
