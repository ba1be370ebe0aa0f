import { and, desc, eq, gte, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Action } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { changesBetween } from '#domain/places/document-changes.ts';
import type { DraftView, HandoverView } from '#domain/places/office-contract.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { siteDrafts, siteHandovers, siteRevisions } from '../../db/tables/office.ts';
import { sites } from '../../db/tables/places.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { getSiteDocuments } from './site-document-rows.ts';
import { standingOf } from './handover-view.ts';
import { sitesInScope, streetInScope } from './site-scope.ts';

const DAY_MS = 24 * 3_600_000;
/** For so long one sees what was decided about a proposal or a hand-over of one's own. */
const DECIDED_SHOWN_MS = 30 * DAY_MS;
const MAX_ROWS = 100;

const siteRef = { id: sites.id, name: sites.name, streetCode: sites.streetCode };
/** Somebody whose account is gone stays named by their id. */
const nameOf = (personId: typeof siteDrafts.personId | typeof siteHandovers.personId) =>
  sql<string>`coalesce(${users.name}, ${personId})`;

/** Unfinished edits of colleagues, about sites and for streets that one may change or propose for too. Newest first. */
export function listDrafts(db: Database, actor: Actor): Promise<DraftView[]> {
  const mine = eq(siteDrafts.personId, actor.personId);
  const open = and(eq(siteDrafts.kind, 'draft'), eq(siteDrafts.state, 'open'));
  return draftViews(db, actor, and(open, or(mine, draftInScope(actor, 'site.propose')))!);
}

/** Proposals that one may decide, and one's own with what was decided of late. Newest first. */
export function listProposals(db: Database, actor: Actor, nowMs: number): Promise<DraftView[]> {
  const mine = eq(siteDrafts.personId, actor.personId);
  const lately = and(
    inArray(siteDrafts.state, ['accepted', 'rejected']),
    gte(siteDrafts.decidedAt, new Date(nowMs - DECIDED_SHOWN_MS)),
  );
  const open = eq(siteDrafts.state, 'open');
  const shown = or(and(mine, or(open, lately)), and(open, draftInScope(actor, 'proposal.decide')));
  return draftViews(db, actor, and(eq(siteDrafts.kind, 'proposal'), shown)!);
}

function draftInScope(actor: Actor, action: Action): SQL {
  return or(
    and(isNull(siteDrafts.siteId), streetInScope(actor, action, siteDrafts.streetCode)),
    and(eq(sites.id, siteDrafts.siteId), sitesInScope(actor, action)),
  )!;
}

async function draftViews(db: Database, actor: Actor, where: SQL): Promise<DraftView[]> {
  const rows = await db
    .select({ draft: siteDrafts, site: siteRef, base: siteRevisions.document, by: nameOf(siteDrafts.personId) })
    .from(siteDrafts)
    .leftJoin(sites, eq(sites.id, siteDrafts.siteId))
    .leftJoin(
      siteRevisions,
      and(eq(siteRevisions.siteId, siteDrafts.siteId), eq(siteRevisions.revision, siteDrafts.baseRevision)),
    )
    .leftJoin(users, eq(users.id, siteDrafts.personId))
    .where(where)
    .orderBy(desc(siteDrafts.savedAt), siteDrafts.id)
    .limit(MAX_ROWS);
  // A site that was never edited has no revision to compare with: it still stands as it did.
  const current = await getSiteDocuments(
    db,
    rows.flatMap(({ site, base }) => (site && !base ? site.id : [])),
  );
  return rows.map(({ draft, site, base, by }) => ({
    id: draft.id,
    kind: draft.kind,
    state: draft.state,
    site,
    baseRevision: draft.baseRevision,
    document: draft.document,
    changes: changesFrom(base ?? (site && current.get(site.id)) ?? null, draft.document),
    reason: draft.reason,
    by,
    mine: draft.personId === actor.personId,
    savedAt: draft.savedAt.toISOString(),
    decisionReason: draft.decisionReason,
  }));
}

/**
 * Sites that wait to change street: those one may decide on, has asked for, or would lose; and what others decided of
 * late about those one has asked for. Oldest first.
 */
export async function listHandovers(db: Database, actor: Actor, nowMs: number): Promise<HandoverView[]> {
  const mine = eq(siteHandovers.personId, actor.personId);
  const lately = and(
    gte(siteHandovers.decidedAt, new Date(nowMs - DECIDED_SHOWN_MS)),
    ne(siteHandovers.decidedBy, actor.personId),
  );
  const concerned = or(
    mine,
    streetInScope(actor, 'handover.decide', siteHandovers.toStreet),
    sitesInScope(actor, 'handover.ask'),
  );
  const rows = await db
    .select({ handover: siteHandovers, site: siteRef, by: nameOf(siteHandovers.personId) })
    .from(siteHandovers)
    .innerJoin(sites, eq(sites.id, siteHandovers.siteId))
    .leftJoin(users, eq(users.id, siteHandovers.personId))
    .where(or(and(isNull(siteHandovers.decidedAt), concerned), and(mine, lately)))
    .orderBy(siteHandovers.askedAt, siteHandovers.id)
    .limit(MAX_ROWS);
  return rows.map(({ handover, site, by }) => ({
    id: handover.id,
    site,
    fromStreet: handover.fromStreet,
    toStreet: handover.toStreet,
    reason: handover.reason,
    by,
    askedAt: handover.askedAt.toISOString(),
    ...standingOf(handover, actor),
  }));
}

function changesFrom(before: SiteDocument | null, after: SiteDocument): DraftView['changes'] {
  return before ? changesBetween(before, after) : [];
}
