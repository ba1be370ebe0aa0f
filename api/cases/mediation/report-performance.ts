import { eq } from 'drizzle-orm';
import { reportPerformance } from '#domain/cases/mediation/session.ts';
import type { ReportPerformance } from '#domain/cases/mediation/session-contract.ts';
import { requests } from '../../../db/tables/cases.ts';
import { sessionSettlements } from '../../../db/tables/mediation.ts';
import { Problem, refuseField } from '../../http/problem.ts';
import { writeAudit } from '../../platform/audit.ts';
import { moveRequest } from '../act-on-request.ts';
import { appendEntry, lockSession } from './append-entry.ts';
import { isVersion } from './confirm-settlement.ts';
import type { MediationDependencies } from './dependencies.ts';
import type { Partaker } from './find-partaker.ts';
import { refuseName } from './send-message.ts';

/**
 * What a party reports of a settlement's performance. When the claimant has received it, or the mediator records its
 * proof, the request is concluded with it. Throws `session_state`, `invalid_request`, `name_confidential`.
 */
export async function reportSettlementPerformance(
  { connection: { db }, vault }: Pick<MediationDependencies, 'connection' | 'vault'>,
  partaker: Partaker,
  version: number,
  { report, words = '' }: ReportPerformance,
  nowMs: number,
): Promise<void> {
  const { party, actorId } = partaker;
  if (party === 'mediator' && words === '') {
    throw refuseField('invalid_request', 'words', 'words: say what proves that it is paid');
  }
  await refuseName(db, vault, partaker, 'plenary', words);
  await db.transaction(async (tx) => {
    const [request] = await tx.select().from(requests).where(eq(requests.id, partaker.request.id)).for('update');
    const session = await lockSession(tx, partaker.session.id);
    const [settlement] = await tx.select().from(sessionSettlements).where(isVersion(session.id, version));
    const now = settlement?.performance ?? null;
    const next = now && reportPerformance(now, party, report);
    if (!next) {
      throw new Problem('session_state', 'This cannot be reported of this settlement, or not any more.');
    }
    if (next === now) return;
    await tx.update(sessionSettlements).set({ performance: next }).where(isVersion(session.id, version));
    const data = { version, performance: next };
    const entry = { author: party, actorId, kind: 'performance', text: words, data } as const;
    await appendEntry(tx, vault, session, request!, entry, nowMs);
    if (next === 'paid' && request!.state === 'settled') {
      const outcome = (settlement!.amountFen ?? 0) > 0 ? 'settled_paid' : 'settled_other';
      const told = outcome === 'settled_paid' ? '协议约定的款项已付清，案件办结。' : '协议已履行，案件办结。';
      const by = { actorId: null, role: 'program' };
      await moveRequest(tx, vault, by, request!, { action: 'conclude', outcome, words: told }, nowMs);
    }
    await writeAudit(tx, {
      actorId,
      action: 'session.performance',
      subject: { kind: 'session', id: session.id },
      before: { performance: now },
      after: data,
      atMs: nowMs,
    });
  });
}
