import { eq } from 'drizzle-orm';
import type { ConsentToExtend, EndSession } from '#domain/cases/mediation/session-contract.ts';
import { requests } from '../../../db/tables/cases.ts';
import { mediationSessions } from '../../../db/tables/mediation.ts';
import { Problem, refuseField } from '../../http/problem.ts';
import { writeAudit } from '../../platform/audit.ts';
import { moveRequest } from '../act-on-request.ts';
import { appendEntry, assertOpen, lockSession } from './append-entry.ts';
import type { MediationDependencies } from './dependencies.ts';
import { type Partaker, sideOf } from './find-partaker.ts';
import { refuseName } from './send-message.ts';

type Dependencies = Pick<MediationDependencies, 'connection' | 'vault'>;

/** Ends the mediation without a settlement. Throws `session_state`, `request_state`. */
export async function endUnsettled(
  { connection: { db }, vault }: Dependencies,
  { session: seen, request: { id }, actorId }: Partaker,
  { outcome, words }: EndSession,
  nowMs: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [request] = await tx.select().from(requests).where(eq(requests.id, id)).for('update');
    assertOpen(await lockSession(tx, seen.id));
    const by = { actorId, role: 'mediator' };
    await moveRequest(tx, vault, by, request!, { action: 'end_unsettled', outcome, words }, nowMs);
  });
}

/**
 * Records that a side agrees to fifteen more days. Said twice it is recorded once. Throws `session_state`, `not_allowed`,
 * `invalid_request`.
 */
export async function consentToExtend(
  { connection: { db }, vault }: Dependencies,
  partaker: Partaker,
  input: ConsentToExtend,
  nowMs: number,
): Promise<void> {
  const { session: seen, request, party, actorId } = partaker;
  const side = sideOf(partaker, input.side);
  if (party === 'mediator' && input.record === undefined) {
    throw refuseField('invalid_request', 'record', 'record: say where it is kept that this side agreed');
  }
  const record = party === 'mediator' ? input.record! : 'session';
  await refuseName(db, vault, partaker, 'plenary', record);
  await db.transaction(async (tx) => {
    const session = await lockSession(tx, seen.id);
    assertOpen(session);
    if ((side === 'claimant' ? session.claimantConsentAt : session.respondentConsentAt) !== null) return;
    const at = new Date(nowMs);
    await tx
      .update(mediationSessions)
      .set(
        side === 'claimant'
          ? { claimantConsentAt: at, claimantConsentRecord: record }
          : { respondentConsentAt: at, respondentConsentRecord: record },
      )
      .where(eq(mediationSessions.id, session.id));
    const entry = { author: party, actorId, kind: 'consent', data: { side } } as const;
    await appendEntry(tx, vault, session, request, entry, nowMs);
    await writeAudit(tx, {
      actorId,
      action: 'session.consent',
      subject: { kind: 'session', id: session.id },
      after: { side, record },
      atMs: nowMs,
    });
  });
}

/** Fifteen more days, once, when both sides agreed. Throws `session_state`, `request_state`. */
export async function extendMediation(
  { connection: { db }, vault }: Dependencies,
  { session: seen, request: { id }, actorId }: Partaker,
  nowMs: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [request] = await tx.select().from(requests).where(eq(requests.id, id)).for('update');
    const session = await lockSession(tx, seen.id);
    assertOpen(session);
    const { claimantConsentRecord: claimant, respondentConsentRecord: respondent } = session;
    if (claimant === null || respondent === null) {
      throw new Problem('session_state', 'Both sides must agree to a longer time first. Nothing was changed.');
    }
    await appendEntry(tx, vault, session, request!, { author: 'program', kind: 'extended' }, nowMs);
    const by = { actorId, role: 'mediator' };
    await moveRequest(tx, vault, by, request!, { action: 'extend', consents: { claimant, respondent } }, nowMs);
  });
}
