import { sql, type SQL } from 'drizzle-orm';
import { type Action, grantsFor } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { Problem } from '../http/problem.ts';

/** The insurers whose premium and claims somebody may see; null: every insurer's. */
export function insurersInScope(actor: Actor, action: Action): string[] | null {
  const grants = grantsFor(actor, action);
  if (grants.some(({ scope }) => scope === 'city')) return null;
  return grants.flatMap(({ scope, membership }) =>
    scope === 'organisation' && membership.organisationId !== null ? [membership.organisationId] : [],
  );
}

/**
 * The one insurer that a request is about: the named one, or the actor's own when it is the only one. Throws
 * `not_allowed` for another's, and `invalid_request` when it has to be named.
 */
export function chooseInsurer(actor: Actor, action: Action, named: string | undefined): string {
  const own = insurersInScope(actor, action);
  if (named !== undefined) {
    if (own !== null && !own.includes(named)) throw new Problem('not_allowed', 'This is another insurer.');
    return named;
  }
  if (own?.length === 1) return own[0]!;
  throw new Problem('invalid_request', 'insurer: name the insurer that you ask about');
}

/** Narrows a query to rows of these insurers. */
export function ofInsurers(column: SQL, insurerIds: readonly string[] | null): SQL {
  if (insurerIds === null) return sql`true`;
  if (insurerIds.length === 0) return sql`false`;
  return sql`${column} in (${sql.join(
    insurerIds.map((id) => sql`${id}`),
    sql`, `,
  )})`;
}
