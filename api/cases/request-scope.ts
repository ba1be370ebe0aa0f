import { and, eq, exists, inArray, or, sql, type SQL } from 'drizzle-orm';
import { type Action, type Grant, grantsFor } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Database } from '../../db/connect.ts';
import { referrals, requests } from '../../db/tables/cases.ts';

/** The rights of those who handle requests; the person's own and the respondent's view are others. */
const HANDLING = ['case.intake', 'case.triage', 'case.mediate'] as const satisfies readonly Action[];

/**
 * As what somebody may see a request, the widest first: the person who asked, who handles it now, who it was referred to,
 * the respondent's desk (after acceptance only), the supervisor.
 */
export const VIEWERS = ['person', 'handler', 'receiver', 'respondent', 'supervisor'] as const;
export type Viewer = (typeof VIEWERS)[number];

/** Narrows a query over `requests` to those that the actor may see as `viewer`: part of every statement. */
export function requestsSeenAs(db: Database, actor: Actor, viewer: Viewer): SQL {
  switch (viewer) {
    case 'person':
      return ways(actor, ['case.own'], () => eq(requests.userId, actor.personId));
    case 'handler':
      // Whoever a request is about never handles it, whichever other role they hold.
      return and(
        ways(actor, HANDLING, handles),
        sql`${requests.userId} is distinct from ${actor.personId}`,
        notRespondent(actor),
      )!;
    case 'receiver':
      return and(
        ways(actor, ['case.receive'], ({ membership }) =>
          exists(
            db
              .select({ id: referrals.id })
              .from(referrals)
              .where(
                and(
                  eq(referrals.requestId, requests.id),
                  eq(referrals.toOrganisationId, membership.organisationId ?? ''),
                ),
              ),
          ),
        ),
        notRespondent(actor),
      )!;
    case 'respondent':
      return and(
        ways(actor, ['case.respond'], ({ membership }) => eq(requests.respondentId, membership.organisationId ?? '')),
        sql`(${requests.acceptedOn} is not null or exists (
          select from ${referrals} r where r.request_id = ${requests.id} and r.to_organisation_id = ${requests.respondentId}))`,
      )!;
    case 'supervisor':
      return ways(actor, ['case.supervise'], () => sql`true`);
  }
}

/** Those that the actor may see in any way. */
export function requestsInSight(db: Database, actor: Actor): SQL {
  return or(...VIEWERS.map((viewer) => requestsSeenAs(db, actor, viewer)))!;
}

/** Those that the actor may move by an action with this right. */
export function requestsToMove(db: Database, actor: Actor, right: Action): SQL {
  if (right === 'case.own') return requestsSeenAs(db, actor, 'person');
  if (right === 'case.receive') {
    return ways(actor, ['case.receive'], ({ membership }) =>
      exists(
        db
          .select({ id: referrals.id })
          .from(referrals)
          .where(
            and(
              eq(referrals.requestId, requests.id),
              eq(referrals.toOrganisationId, membership.organisationId ?? ''),
              sql`${referrals.sentBackAt} is null and ${referrals.concludedAt} is null`,
            ),
          ),
      ),
    );
  }
  return and(
    ways(actor, [right], handles),
    sql`${requests.userId} is distinct from ${actor.personId}`,
    notRespondent(actor),
  )!;
}

/** A grant that covers a request by the body that has it. */
function handles({ scope, membership }: Grant): SQL {
  switch (scope) {
    case 'city':
      return sql`true`;
    case 'jurisdiction': {
      const code = membership.jurisdictionCode ?? '';
      return code === '' ? sql`false` : sql`left(${requests.responsibleStreet}, ${code.length}::int) = ${code}`;
    }
    case 'organisation':
      return eq(requests.responsibleOrganisationId, membership.organisationId ?? '');
    case 'own':
      return sql`false`;
  }
}

function notRespondent(actor: Actor): SQL {
  const own = actor.memberships.flatMap(({ role, organisationId }) =>
    role === 'employer' && organisationId ? [organisationId] : [],
  );
  if (own.length === 0) return sql`true`;
  return sql`(${requests.respondentId} is null or not ${inArray(requests.respondentId, own)})`;
}

function ways(actor: Actor, actions: readonly Action[], covered: (grant: Grant) => SQL): SQL {
  const found = actions.flatMap((action) => grantsFor(actor, action).map(covered));
  return or(...found) ?? sql`false`;
}
