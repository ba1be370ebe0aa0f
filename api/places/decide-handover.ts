import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { can } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Decide, HandoverView } from '#domain/places/office-contract.ts';
import type { Database } from '../../db/connect.ts';
import { siteHandovers } from '../../db/tables/office.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Ground } from './check-site-document.ts';
import { placeOf, viewHandover } from './handover-view.ts';
import { describeCurrent } from './save-site.ts';
import { findSiteForUpdate } from './site-document-rows.ts';
import { storeRevision } from './store-revision.ts';

/**
 * Takes a place over, as a revision of it, or declines. Only the receiving street or an office above it takes over; the
 * giving street may call it off. Throws `handover_not_found`, `not_allowed`, `already_decided`, `changed_meanwhile` when
 * the place has changed street since, and what a save throws.
 */
export async function decideHandover(
  db: Database,
  actor: Actor,
  id: string,
  { accept, reason }: z.infer<typeof Decide>,
  ground: Ground,
  nowMs: number,
): Promise<HandoverView> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(siteHandovers).where(eq(siteHandovers.id, id)).for('update');
    const mayTake = row !== undefined && can(actor, 'handover.decide', placeOf(row.toStreet));
    const mayGive = row !== undefined && can(actor, 'handover.ask', placeOf(row.fromStreet));
    if (!row || !(mayTake || mayGive)) {
      throw new Problem('handover_not_found', 'There is no such hand-over among those that you may see.');
    }
    if (accept && !mayTake) {
      throw new Problem('not_allowed', 'The receiving street decides, or an office above it. You may call it off.');
    }
    if (row.decidedAt !== null) {
      throw new Problem('already_decided', `This hand-over was ${row.accepted ? 'accepted' : 'declined'} before.`);
    }
    if (accept) {
      const state = (await findSiteForUpdate(tx, eq(sites.id, row.siteId)))!;
      if (state.document.streetCode !== row.fromStreet) {
        const current = await describeCurrent(tx, state);
        throw new Problem('changed_meanwhile', 'The place has changed street since this was asked. Decline it.', {
          current,
        });
      }
      const deed = { actor, action: 'handover.accept', reason: reason || row.reason, nowMs, streetAgreed: true };
      const document = { ...state.document, ...placeOf(row.toStreet) };
      await storeRevision(tx, state, document, { ...deed, because: { handoverId: id } }, ground);
    }
    const [decided] = await tx
      .update(siteHandovers)
      .set({
        decidedBy: actor.personId,
        decidedAt: new Date(nowMs),
        accepted: accept,
        decisionReason: reason || null,
      })
      .where(eq(siteHandovers.id, id))
      .returning();
    const view = await viewHandover(tx, decided!, actor);
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'handover.decide',
      subject: { kind: 'site', id: row.siteId },
      after: { handoverId: id, accept },
      reason: reason || null,
      atMs: nowMs,
    });
    return view;
  });
}
