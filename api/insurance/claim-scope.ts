import { and, eq, ne, or, type SQL, sql } from 'drizzle-orm';
import { type Action, grantsFor, mayEver } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { ClaimRight } from '#domain/insurance/claim-lifecycle.ts';
import { claims } from '../../db/tables/claims.ts';
import { insuredPersons } from '../../db/tables/enrolments.ts';
import { streetInScope } from '../places/site-scope.ts';

/** By whom a claim may be handled: those who may read what happened. Who only pays it need not. */
export const HANDLING_RIGHTS = [
  'claim.receive',
  'claim.assess',
  'claim.approve',
  'claim.decide_appeal',
  'claim.review',
] as const satisfies readonly ClaimRight[];

/** Every right over a claim that a step of its life asks for. */
export const CLAIM_RIGHTS = [
  ...HANDLING_RIGHTS,
  'claim.own',
  'claim.view',
  'claim.pay',
] as const satisfies readonly ClaimRight[];

/**
 * Narrows a query over `claims` joined with `insured_persons` to those on which the actor may do this: a part of every
 * statement, never a check after it.
 */
export function claimsInScope(actor: Actor, action: Action): SQL {
  const ways = grantsFor(actor, action).map(({ scope, membership }): SQL => {
    switch (scope) {
      case 'city':
        return sql`true`;
      case 'organisation':
        return eq(claims.insurerId, membership.organisationId ?? '');
      case 'own':
        return eq(insuredPersons.userId, actor.personId);
      case 'jurisdiction':
        return sql`false`; // by `streetInScope`
    }
  });
  const streets = streetInScope(actor, action, claims.receivingStreet);
  return or(...ways, sql`coalesce(${streets}, false)`)!;
}

/** Those about oneself. */
export const isClaimantSql = (actor: Actor): SQL<boolean> =>
  sql<boolean>`coalesce(${insuredPersons.userId} = ${actor.personId}, false)`;

/** Which claims somebody may see at all: their own, those their roles cover, and what they are writing for somebody. */
export function claimsInSight(actor: Actor): SQL {
  return or(
    isClaimantSql(actor),
    and(ne(claims.state, 'draft'), claimsInScope(actor, 'claim.view')),
    mayEver(actor, 'claim.receive') ? and(eq(claims.state, 'draft'), eq(claims.madeBy, actor.personId)) : undefined,
  )!;
}

/** Which of these rights the actor has over a row, as a column; it comes as an array of their names. */
export function rightsColumn(actor: Actor): SQL<ClaimRight[]> {
  const each = CLAIM_RIGHTS.map((right) => sql`case when ${claimsInScope(actor, right)} then ${right}::text end`);
  return sql<ClaimRight[]>`array_remove(array[${sql.join(each, sql`, `)}], null)`;
}
