import { and, eq } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import { changesBetween } from '#domain/places/document-changes.ts';
import type { DraftView } from '#domain/places/office-contract.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import type { Database } from '../../db/connect.ts';
import { type siteDrafts, siteRevisions } from '../../db/tables/office.ts';
import { sites } from '../../db/tables/places.ts';
import { findPersonName } from './office-name.ts';
import { findSiteState } from './site-document-rows.ts';

export type DraftRow = typeof siteDrafts.$inferSelect;

/** A draft as people see it, with what it changes of the revision that it began from. */
export async function viewDraft(db: Database, draft: DraftRow, actor: Actor): Promise<DraftView> {
  const state = draft.siteId === null ? undefined : await findSiteState(db, eq(sites.id, draft.siteId));
  const base = await findBaseDocument(db, draft);
  return {
    id: draft.id,
    kind: draft.kind,
    state: draft.state,
    site: state ? { id: state.site.id, name: state.site.name, streetCode: state.site.streetCode } : null,
    baseRevision: draft.baseRevision,
    document: draft.document,
    changes: base ? changesBetween(base, draft.document) : [],
    reason: draft.reason,
    by: (await findPersonName(db, draft.personId)) ?? draft.personId,
    mine: draft.personId === actor.personId,
    savedAt: draft.savedAt.toISOString(),
    decisionReason: draft.decisionReason,
  };
}

/**
 * The document that a draft began from. A site that was never edited has no history yet: it is its own revision 0. Null
 * for a draft of a new place.
 */
export async function findBaseDocument(
  db: Database,
  { siteId, baseRevision }: Pick<DraftRow, 'siteId' | 'baseRevision'>,
): Promise<SiteDocument | null> {
  if (siteId === null) return null;
  const [base] = await db
    .select({ document: siteRevisions.document })
    .from(siteRevisions)
    .where(and(eq(siteRevisions.siteId, siteId), eq(siteRevisions.revision, baseRevision)));
  if (base) return base.document;
  const state = await findSiteState(db, eq(sites.id, siteId));
  return state?.site.revision === baseRevision ? state.document : null;
}
