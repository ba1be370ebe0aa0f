import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { AnswerReports } from '#domain/places/office-contract.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { reportAnswers } from '../../db/tables/office.ts';
import { siteReports, sites } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import { sitesInScope } from './site-scope.ts';

/**
 * Tells the senders of reports what became of them. A report is answered once: a later answer to it changes nothing.
 * Returns how many were answered now. Throws `report_not_found` when one of them is not the actor's to answer; then none
 * is answered.
 */
export async function answerReports(
  db: Database,
  actor: Actor,
  answers: AnswerReports,
  nowMs: number,
): Promise<number> {
  return db.transaction(async (tx) => {
    const answered = await insertAnswers(tx, answers, { actor, nowMs, siteId: null, revision: null });
    if (answered.length > 0) {
      await writeAudit(tx, {
        actorId: actor.personId,
        action: 'report.answer',
        subject: { kind: 'report', id: answered[0]! },
        after: { outcome: answers.outcome, reportIds: answered },
        reason: answers.words || null,
        atMs: nowMs,
      });
    }
    return answered.length;
  });
}

/** The same inside a transaction, for the reports of one site or of any. Returns the ids that were answered now. */
export async function insertAnswers(
  tx: Transaction,
  answers: AnswerReports | undefined,
  by: { actor: Actor; nowMs: number; siteId: string | null; revision: number | null },
): Promise<string[]> {
  if (!answers) return [];
  // In one order for everybody, so that two who answer the same reports wait for each other and not in a circle.
  const ids = [...new Set(answers.reportIds.map((id) => id.toLowerCase()))].sort();
  const mine = await tx
    .select({ id: siteReports.id })
    .from(siteReports)
    .innerJoin(sites, eq(sites.id, siteReports.siteId))
    .where(
      and(
        inArray(siteReports.id, ids),
        sitesInScope(by.actor, 'report.answer'),
        by.siteId === null ? undefined : eq(sites.id, by.siteId),
      ),
    );
  if (mine.length < ids.length) {
    const missing = ids.length - mine.length;
    throw new Problem('report_not_found', `${missing} of these reports are not about your places. None was answered.`);
  }
  const stored = await tx
    .insert(reportAnswers)
    .values(
      ids.map((reportId) => ({
        reportId,
        outcome: answers.outcome,
        revision: by.revision,
        words: answers.words || null,
        personId: by.actor.personId,
        at: new Date(by.nowMs),
      })),
    )
    .onConflictDoNothing()
    .returning({ id: reportAnswers.reportId });
  return stored.map(({ id }) => id);
}
