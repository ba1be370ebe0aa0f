import { and, eq, inArray, lte } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { covers, enrolments } from '../../db/tables/enrolments.ts';
import { writeAudit } from '../platform/audit.ts';

/**
 * Frees the days of a person's holds that were not paid in time. Their payments stay open until the provider has said
 * what became of them. The person's row is locked already. Returns the enrolments, for `auditReleased`.
 */
export async function releaseExpiredHolds(tx: Transaction, insuredPersonId: string, nowMs: number): Promise<string[]> {
  const over = await tx
    .select({ id: enrolments.id })
    .from(enrolments)
    .where(
      and(
        eq(enrolments.insuredPersonId, insuredPersonId),
        eq(enrolments.state, 'held'),
        lte(enrolments.heldUntil, new Date(nowMs)),
      ),
    );
  const ids = over.map(({ id }) => id);
  if (ids.length === 0) return [];
  await tx.delete(covers).where(inArray(covers.enrolmentId, ids));
  await tx.update(enrolments).set({ state: 'expired', heldUntil: null }).where(inArray(enrolments.id, ids));
  return ids;
}

/** What the audit trail says of holds that were released. The last thing in a transaction. */
export async function auditReleased(tx: Transaction, enrolmentIds: readonly string[], nowMs: number): Promise<void> {
  for (const id of enrolmentIds) {
    await writeAudit(tx, {
      actorId: null,
      action: 'enrolment.expire',
      subject: { kind: 'enrolment', id },
      before: { state: 'held' },
      after: { state: 'expired' },
      atMs: nowMs,
    });
  }
}
