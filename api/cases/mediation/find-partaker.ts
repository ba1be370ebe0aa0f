import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { type Party, SIDES, type Side } from '#domain/cases/mediation/session.ts';
import type { Database } from '../../../db/connect.ts';
import { requests } from '../../../db/tables/cases.ts';
import { mediationSessions, sessionLinks } from '../../../db/tables/mediation.ts';
import { Problem } from '../../http/problem.ts';
import { requestsSeenAs, requestsToMove } from '../request-scope.ts';
import type { Looker, RequestRecord } from '../view-request.ts';
import type { SessionRecord } from './append-entry.ts';

/** Whoever asks about a session: as about a request, or by a link that was opened. */
export type SessionLooker = Looker | { link: string };

/** Somebody who takes part in a session. `actorId` is null by a code or a link. */
export type Partaker = {
  party: Party;
  session: SessionRecord;
  request: RequestRecord;
  actorId: string | null;
  linkId: string | null;
};

/** As what somebody takes part in the mediation of a request; null: not at all. */
export async function partyIn(db: Database, looker: Looker, requestId: string): Promise<Party | null> {
  if ('holderOf' in looker) return looker.holderOf === requestId ? 'claimant' : null;
  const { actor } = looker;
  const [row] = await db
    .select({
      claimant: sql<boolean>`${requestsSeenAs(db, actor, 'person')}`,
      mediator: sql<boolean>`${requestsToMove(db, actor, 'case.mediate')}`,
      respondent: sql<boolean>`${requestsSeenAs(db, actor, 'respondent')}`,
    })
    .from(requests)
    .where(eq(requests.id, requestId));
  if (!row) return null;
  // A claimant stays one, whatever other role they hold.
  return row.claimant ? 'claimant' : row.mediator ? 'mediator' : row.respondent ? 'respondent' : null;
}

/** Throws `session_not_found`, also for somebody who has nothing to do with it. */
export async function requirePartaker(db: Database, looker: SessionLooker, sessionId: string): Promise<Partaker> {
  const [found] = await db
    .select({ session: mediationSessions, request: requests })
    .from(mediationSessions)
    .innerJoin(requests, eq(requests.id, mediationSessions.requestId))
    .where(eq(mediationSessions.id, sessionId));
  if (!found) throw sessionNotFound();
  if ('link' in looker) {
    const [link] = await db
      .select({ id: sessionLinks.id })
      .from(sessionLinks)
      .where(
        and(
          eq(sessionLinks.id, looker.link),
          eq(sessionLinks.sessionId, sessionId),
          isNotNull(sessionLinks.usedAt),
          isNull(sessionLinks.revokedAt),
        ),
      );
    if (!link) throw sessionNotFound();
    return { ...found, party: 'respondent', actorId: null, linkId: link.id };
  }
  const party = await partyIn(db, looker, found.request.id);
  if (!party) throw sessionNotFound();
  return { ...found, party, actorId: 'actor' in looker ? looker.actor.personId : null, linkId: null };
}

export function requireMediator({ party }: Partaker): void {
  if (party !== 'mediator') throw new Problem('not_allowed', 'Only the mediator of this session does this.');
}

/**
 * For which side somebody acts: their own, or, as the mediator on the phone, the one they name. Throws `not_allowed`,
 * also when a mediator would speak for a side that is in the room itself.
 */
export function sideOf({ party, session }: Partaker, named: Side | undefined): Side {
  const own = SIDES.find((side) => side === party);
  if (own && (named === undefined || named === own)) return own;
  if (!own && session.form === 'phone' && named) return named;
  throw new Problem(
    'not_allowed',
    'A side acts for itself; only in a session on the phone does the mediator write down what a side said.',
  );
}

function sessionNotFound(): Problem {
  return new Problem('session_not_found', 'There is no such session among those that you take part in.');
}
