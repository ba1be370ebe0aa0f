import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Actor } from '#domain/accounts/roles.ts';
import type { AskHandover, HandoverView } from '#domain/places/office-contract.ts';
import type { Database } from '../../db/connect.ts';
import { siteHandovers } from '../../db/tables/office.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import { assertReferences } from './check-site-document.ts';
import { getSiteForUpdate } from './get-site-document.ts';
import { placeOf, viewHandover } from './handover-view.ts';

/**
 * Asks another street to take a place over. Idempotent by the id. Throws `handover_open` while one is open already,
 * `no_such_reference`, `id_taken` and what `getSiteForUpdate` throws.
 */
export async function askHandover(
  db: Database,
  actor: Actor,
  siteId: string,
  { id, toStreet, reason }: z.infer<typeof AskHandover>,
  nowMs: number,
): Promise<HandoverView> {
  return db.transaction(async (tx) => {
    const { document } = await getSiteForUpdate(tx, actor, 'handover.ask', siteId);
    const [known] = await tx.select().from(siteHandovers).where(eq(siteHandovers.id, id));
    if (known) {
      if (known.siteId === siteId && known.toStreet === toStreet) return viewHandover(tx, known, actor);
      throw new Problem('id_taken', 'Another hand-over was stored under this id. Make a new id.');
    }
    if (toStreet === document.streetCode) {
      throw refuseField('no_such_reference', 'toStreet', 'The place is in this street already.');
    }
    await assertReferences(tx, null, { ...document, ...placeOf(toStreet), organisationId: null });
    const [open] = await tx
      .select({ toStreet: siteHandovers.toStreet })
      .from(siteHandovers)
      .where(and(eq(siteHandovers.siteId, siteId), isNull(siteHandovers.decidedAt)));
    if (open) {
      throw new Problem('handover_open', `Street ${open.toStreet} was asked already and has not decided yet.`);
    }
    const [row] = await tx
      .insert(siteHandovers)
      .values({
        id,
        siteId,
        fromStreet: document.streetCode,
        toStreet,
        reason: reason || null,
        personId: actor.personId,
        askedAt: new Date(nowMs),
      })
      .onConflictDoNothing()
      .returning();
    if (!row) throw new Problem('id_taken', 'Another hand-over was stored under this id. Make a new id.');
    const view = await viewHandover(tx, row, actor);
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'handover.ask',
      subject: { kind: 'site', id: siteId },
      after: { handoverId: id, fromStreet: row.fromStreet, toStreet },
      reason: row.reason,
      atMs: nowMs,
    });
    return view;
  });
}
