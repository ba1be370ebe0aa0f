import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { OpenSession, SessionView } from '#domain/cases/mediation/session-contract.ts';
import { requests } from '../../../db/tables/cases.ts';
import { mediationSessions } from '../../../db/tables/mediation.ts';
import { Problem } from '../../http/problem.ts';
import { writeAudit } from '../../platform/audit.ts';
import { moveRequest, requestNotFound } from '../act-on-request.ts';
import { appendEntry, closeSessions } from './append-entry.ts';
import type { MediationDependencies } from './dependencies.ts';
import { partyIn, requirePartaker } from './find-partaker.ts';
import { viewSession } from './view-session.ts';

/**
 * Opens a session for a request; one that was accepted goes into mediation with it. Throws `request_not_found`,
 * `not_allowed`, `request_state`, `session_state` (one is open), `id_taken`.
 */
export async function openSession(
  deps: Pick<MediationDependencies, 'connection' | 'vault' | 'files'>,
  actor: Actor,
  requestId: string,
  input: OpenSession,
  nowMs: number,
): Promise<{ view: SessionView; isNew: boolean }> {
  const { connection, vault } = deps;
  const { db } = connection;
  const party = await partyIn(db, { actor }, requestId);
  if (!party) throw requestNotFound();
  if (party !== 'mediator') throw new Problem('not_allowed', 'Only a mediator of the body that has this opens it.');
  const id = input.id.toLowerCase();
  const isNew = await db.transaction(async (tx) => {
    const [request] = await tx.select().from(requests).where(eq(requests.id, requestId)).for('update');
    const [known] = await tx.select().from(mediationSessions).where(eq(mediationSessions.id, id));
    if (known) {
      if (known.requestId === request!.id && known.form === input.form) return false;
      throw new Problem('id_taken', 'Another session has this id. Make a new id. Nothing was stored.');
    }
    if (request!.state === 'in_mediation') {
      const [open] = await tx
        .select({ id: mediationSessions.id })
        .from(mediationSessions)
        .where(and(eq(mediationSessions.requestId, request!.id), isNull(mediationSessions.closedAt)));
      if (open) throw new Problem('session_state', 'A session of this request is open already. Go on in that one.');
    } else if (request!.state === 'accepted') {
      await closeSessions(tx, vault, request!, { state: 'accepted' }, nowMs);
    } else {
      throw new Problem('request_state', `A request that is "${request!.state}" cannot be mediated. Accept it first.`);
    }
    const [session] = await tx
      .insert(mediationSessions)
      .values({
        id,
        requestId: request!.id,
        form: input.form,
        openedBy: actor.personId,
        openedAt: new Date(nowMs),
      })
      .returning();
    await appendEntry(
      tx,
      vault,
      session!,
      request!,
      { author: 'program', kind: 'opened', data: { form: input.form } },
      nowMs,
    );
    if (request!.state === 'accepted') {
      const by = { actorId: actor.personId, role: 'mediator' };
      await moveRequest(tx, vault, by, request!, { action: 'open_session' }, nowMs);
    }
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'session.open',
      subject: { kind: 'session', id },
      after: { requestId: request!.id, form: input.form },
      atMs: nowMs,
    });
    return true;
  });
  return { view: await viewSession(deps, await requirePartaker(db, { actor }, id)), isNew };
}
