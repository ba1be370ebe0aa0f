import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { can } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { mergeDocuments } from '#domain/places/merge-documents.ts';
import type { Decide, DraftView, SavedSite } from '#domain/places/office-contract.ts';
import { SiteDocument } from '#domain/places/site-document.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { siteDrafts } from '../../db/tables/office.ts';
import { invalidRequest, Problem } from '../http/problem.ts';
import { detachFiles } from '../platform/files/attach-files.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Ground } from './check-site-document.ts';
import { type DraftRow, findBaseDocument, viewDraft } from './draft-view.ts';
import { getSiteForUpdate } from './get-site-document.ts';
import { draftIsClosed, draftNotFound, findDraftForUpdate } from './save-draft.ts';
import { addSite, describeCurrent } from './save-site.ts';
import { type Deed, storeRevision } from './store-revision.ts';

/**
 * Makes a keeper's proposal the present state of its place, or refuses it. What changed meanwhile in other fields is
 * kept; throws `changed_meanwhile` when it changed in the same ones. Throws `draft_not_found`, `not_allowed`,
 * `already_decided` and what a save throws.
 */
export async function decideDraft(
  db: Database,
  actor: Actor,
  id: string,
  { accept, reason }: z.infer<typeof Decide>,
  ground: Ground,
  nowMs: number,
): Promise<DraftView> {
  return db.transaction(async (tx) => {
    const draft = await findDraftForUpdate(tx, id);
    if (!draft) throw draftNotFound();
    const state = draft.siteId === null ? null : await getSiteForUpdate(tx, actor, 'proposal.decide', draft.siteId);
    if (!state && !can(actor, 'proposal.decide', draft.document)) throw draftNotFound();
    if (draft.kind !== 'proposal') {
      throw new Problem('not_allowed', 'A draft is saved by whoever writes it; only proposals are decided.');
    }
    if (draft.state !== 'open') throw draftIsClosed(draft);

    let siteId = draft.siteId;
    if (accept) {
      const deed: Deed = {
        actor,
        action: 'proposal.accept',
        reason: draft.reason ?? (reason || null),
        nowMs,
        because: { draftId: id, proposedBy: draft.personId },
      };
      const saved: SavedSite = state
        ? await storeRevision(tx, state, await mergeIn(tx, draft, state), deed, ground)
        : await addSite(tx, draft.document, deed, ground);
      siteId = saved.id;
    }
    const [decided] = await tx
      .update(siteDrafts)
      .set({
        siteId,
        state: accept ? 'accepted' : 'rejected',
        decidedBy: actor.personId,
        decidedAt: new Date(nowMs),
        decisionReason: reason || null,
      })
      .where(eq(siteDrafts.id, id))
      .returning();
    // A photo that was accepted is the place's own now.
    await detachFiles(tx, { kind: 'site_draft', subjectId: id });
    const view = await viewDraft(tx, decided!, actor);
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'proposal.decide',
      subject: { kind: 'draft', id },
      after: { accept, siteId },
      reason: reason || null,
      atMs: nowMs,
    });
    return view;
  });
}

async function mergeIn(
  tx: Transaction,
  draft: DraftRow,
  state: Awaited<ReturnType<typeof getSiteForUpdate>>,
): Promise<SiteDocument> {
  const base = (await findBaseDocument(tx, draft)) ?? state.document;
  const { merged, conflicts } = mergeDocuments(base, draft.document, state.document);
  if (conflicts.length > 0) {
    const fields = conflicts.map(({ path }) => path).join(', ');
    throw new Problem(
      'changed_meanwhile',
      `The place has changed since this was proposed, in the same fields: ${fields}. Edit the place by hand, or refuse.`,
      { current: await describeCurrent(tx, state) },
    );
  }
  const valid = SiteDocument.safeParse(merged);
  if (!valid.success) throw invalidRequest(valid.error);
  return valid.data;
}
