import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Actor } from '#domain/accounts/roles.ts';
import type { RestoreRevision, SavedSite } from '#domain/places/office-contract.ts';
import type { Database } from '../../db/connect.ts';
import { siteRevisions } from '../../db/tables/office.ts';
import { Problem } from '../http/problem.ts';
import type { Ground } from './check-site-document.ts';
import { getSiteForUpdate } from './get-site-document.ts';
import { assertUnchanged } from './save-site.ts';
import { storeRevision } from './store-revision.ts';

/**
 * Makes a site again what it was at a revision, as a revision of its own. Throws `revision_not_found`,
 * `changed_meanwhile` and what a save throws, except that a point is taken as it was.
 */
export async function restoreRevision(
  db: Database,
  actor: Actor,
  siteId: string,
  baseRevision: number,
  { revision, reason }: z.infer<typeof RestoreRevision>,
  ground: Ground,
  nowMs: number,
): Promise<SavedSite> {
  return db.transaction(async (tx) => {
    const state = await getSiteForUpdate(tx, actor, 'site.edit', siteId);
    const [wanted] = await tx
      .select({ document: siteRevisions.document })
      .from(siteRevisions)
      .where(and(eq(siteRevisions.siteId, siteId), eq(siteRevisions.revision, revision)));
    if (!wanted) {
      throw new Problem('revision_not_found', `The history of this place has no revision ${revision}.`);
    }
    await assertUnchanged(tx, state, baseRevision, wanted.document);
    const deed = { actor, action: 'site.restore', reason: reason || null, nowMs, restoredFrom: revision };
    return storeRevision(tx, state, wanted.document, deed, ground);
  });
}
