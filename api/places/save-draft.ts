import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { can } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { DraftView, SaveDraft } from '#domain/places/office-contract.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { siteDrafts } from '../../db/tables/office.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import { detachFiles } from '../platform/files/attach-files.ts';
import { attachDraftPhotos } from './attach-site-photos.ts';
import { assertReferences } from './check-site-document.ts';
import { type DraftRow, findBaseDocument, viewDraft } from './draft-view.ts';
import { getSiteDocument } from './get-site-document.ts';
import { settle } from './store-revision.ts';

/**
 * Keeps a draft that colleagues see, or a proposal that the street decides, under an id of the editor's choice. Only who
 * began it goes on with it. Throws `not_allowed`, `site_not_found`, `revision_not_found`, `already_decided`, `id_taken`,
 * `no_such_reference`.
 */
export async function saveDraft(
  db: Database,
  actor: Actor,
  id: string,
  draft: z.infer<typeof SaveDraft>,
  nowMs: number,
): Promise<DraftView> {
  return db.transaction(async (tx) => {
    const state = draft.siteId === null ? null : await getSiteDocument(tx, actor, 'site.propose', draft.siteId);
    const document = settle(draft.document, state?.document ?? null);
    if (!state && !can(actor, 'site.propose', document)) {
      throw new Problem('not_allowed', 'The new place would not be one of yours: choose your street or organisation.');
    }
    await assertReferences(tx, state?.document ?? null, document);
    if (draft.siteId !== null && !(await findBaseDocument(tx, { ...draft, siteId: draft.siteId }))) {
      throw new Problem('revision_not_found', `The history of this place has no revision ${draft.baseRevision}.`);
    }
    const known = await findDraftForUpdate(tx, id);
    if (known && (known.personId !== actor.personId || known.kind !== draft.kind || known.siteId !== draft.siteId)) {
      throw new Problem('id_taken', 'Another draft was stored under this id. Make a new id.');
    }
    if (known && known.state !== 'open') throw draftIsClosed(known);
    const values = {
      baseRevision: draft.baseRevision,
      document,
      // Whose street decides: where the place is now, not where it might go.
      streetCode: state ? state.document.streetCode : document.streetCode,
      reason: draft.reason || null,
      savedAt: new Date(nowMs),
    };
    const [stored] = known
      ? await tx.update(siteDrafts).set(values).where(eq(siteDrafts.id, id)).returning()
      : await tx
          .insert(siteDrafts)
          .values({ ...values, id, kind: draft.kind, siteId: draft.siteId, personId: actor.personId })
          .onConflictDoNothing()
          .returning();
    if (!stored) throw new Problem('id_taken', 'Another draft was stored under this id. Make a new id.');
    await attachDraftPhotos(tx, stored, state?.document ?? null, actor, nowMs);
    const view = await viewDraft(tx, stored, actor);
    await writeAudit(tx, {
      actorId: actor.personId,
      action: `${draft.kind}.save`,
      subject: { kind: 'draft', id },
      after: { siteId: draft.siteId, baseRevision: draft.baseRevision },
      reason: values.reason,
      atMs: nowMs,
    });
    return view;
  });
}

/** Takes one's own draft back; once more changes nothing. Throws `draft_not_found`, `already_decided`. */
export async function withdrawDraft(db: Database, actor: Actor, id: string, nowMs: number): Promise<void> {
  await db.transaction(async (tx) => {
    const draft = await findDraftForUpdate(tx, id);
    if (draft?.personId !== actor.personId) throw draftNotFound();
    if (draft.state === 'withdrawn') return;
    if (draft.state !== 'open') throw draftIsClosed(draft);
    await tx.update(siteDrafts).set({ state: 'withdrawn' }).where(eq(siteDrafts.id, id));
    await detachFiles(tx, { kind: 'site_draft', subjectId: id });
    await writeAudit(tx, {
      actorId: actor.personId,
      action: `${draft.kind}.withdraw`,
      subject: { kind: 'draft', id },
      atMs: nowMs,
    });
  });
}

export async function findDraftForUpdate(tx: Transaction, id: string): Promise<DraftRow | undefined> {
  const [draft] = await tx.select().from(siteDrafts).where(eq(siteDrafts.id, id)).for('update');
  return draft;
}

export function draftNotFound(): Problem {
  return new Problem('draft_not_found', 'There is no such draft among those that you may see.');
}

export function draftIsClosed({ state }: DraftRow): Problem {
  return new Problem('already_decided', `This was ${state} before. Begin a new one.`);
}
