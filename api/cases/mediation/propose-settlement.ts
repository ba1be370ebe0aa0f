import { createHash } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { settlementDocument } from '#domain/cases/mediation/settlement-document.ts';
import type { ProposeSettlement } from '#domain/cases/mediation/session-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { sessionSettlements } from '../../../db/tables/mediation.ts';
import { Problem, refuseField } from '../../http/problem.ts';
import { writeAudit } from '../../platform/audit.ts';
import { appendEntry, assertOpen, lockSession, sealOf } from './append-entry.ts';
import type { MediationDependencies } from './dependencies.ts';
import type { Partaker } from './find-partaker.ts';
import { refuseName } from './send-message.ts';
import { documentContext, respondentNameOf } from './view-session.ts';

/**
 * Lays a settlement before both sides; a version before it, with whatever was confirmed of it, ends. Throws
 * `session_state`, `invalid_request`, `name_confidential`, `id_taken`.
 */
export async function proposeSettlement(
  { connection: { db }, vault }: Pick<MediationDependencies, 'connection' | 'vault'>,
  partaker: Partaker,
  input: ProposeSettlement,
  nowMs: number,
): Promise<void> {
  const { session: seen, request, actorId } = partaker;
  const { text, amountFen, payBy } = input;
  const id = input.id.toLowerCase();
  if (payBy !== null && payBy < shanghaiDay(nowMs)) {
    throw refuseField('invalid_request', 'payBy', 'payBy: this day is over. Nothing was stored.');
  }
  if ((amountFen ?? 0) > 0 && payBy === null) {
    throw refuseField('invalid_request', 'payBy', 'payBy: say by which day it is paid. Nothing was stored.');
  }
  await refuseName(db, vault, partaker, 'plenary', text);
  const respondentName = await respondentNameOf(db, request);
  await db.transaction(async (tx) => {
    const session = await lockSession(tx, seen.id);
    const [known] = await tx
      .select()
      .from(sessionSettlements)
      .where(and(eq(sessionSettlements.sessionId, session.id), eq(sessionSettlements.id, id)));
    const documentOf = (version: number) =>
      settlementDocument({ requestNumber: request.number, respondentName, version, text, amountFen, payBy });
    if (known) {
      if (known.hash === sha256(documentOf(known.version))) return;
      throw new Problem('id_taken', 'Another settlement has this id. Make a new id. Nothing was stored.');
    }
    assertOpen(session);
    const [last] = await tx
      .select({ version: sessionSettlements.version })
      .from(sessionSettlements)
      .where(eq(sessionSettlements.sessionId, session.id))
      .orderBy(desc(sessionSettlements.version))
      .limit(1);
    const version = (last?.version ?? 0) + 1;
    const document = documentOf(version);
    const hash = sha256(document);
    await tx
      .update(sessionSettlements)
      .set({ state: 'superseded' })
      .where(and(eq(sessionSettlements.sessionId, session.id), eq(sessionSettlements.state, 'open')));
    await tx.insert(sessionSettlements).values({
      sessionId: session.id,
      version,
      id,
      state: 'open',
      documentSealed: await sealOf(tx, vault, request, document, documentContext({ sessionId: session.id, version })),
      hash,
      amountFen,
      payBy,
      madeBy: actorId!,
      at: new Date(nowMs),
    });
    const entry = { author: 'mediator', actorId, kind: 'settlement', text: document, data: { version, hash } } as const;
    await appendEntry(tx, vault, session, request, entry, nowMs);
    await writeAudit(tx, {
      actorId,
      action: 'session.propose_settlement',
      subject: { kind: 'session', id: session.id },
      after: { version, hash, amountFen, payBy },
      atMs: nowMs,
    });
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
