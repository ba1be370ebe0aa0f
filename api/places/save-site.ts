import { randomBytes, randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import { changesBetween } from '#domain/places/document-changes.ts';
import type { AddSite, ChangedMeanwhile, SavedSite, SaveSite } from '#domain/places/office-contract.ts';
import { factsIn } from '#domain/places/site-facts.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { siteAdditions, siteRevisions } from '../../db/tables/office.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import { assertMayAdd, assertPlaced, assertReferences, type Ground, holdReplacement } from './check-site-document.ts';
import { attachSitePhotos } from './attach-site-photos.ts';
import { changedColumns, verifiedColumns } from './fact-columns.ts';
import { getSiteForUpdate } from './get-site-document.ts';
import { insertAnswers } from './answer-reports.ts';
import { insertVerifications } from './insert-verifications.ts';
import { findPersonName, getOfficeName } from './office-name.ts';
import { replaceServices, type SiteState, toSiteColumns } from './site-document-rows.ts';
import { type Deed, settle, storeRevision } from './store-revision.ts';

/**
 * Saves a site over the revision that its editor saw. Throws `changed_meanwhile` with how the site stands now when that
 * is not the newest, unless the site already is as wanted: then somebody repeats what got through. Throws what
 * `getSiteForUpdate` and `storeRevision` throw.
 */
export async function updateSite(
  db: Database,
  actor: Actor,
  id: string,
  baseRevision: number,
  save: SaveSite,
  ground: Ground,
  nowMs: number,
): Promise<SavedSite> {
  return db.transaction(async (tx) => {
    const state = await getSiteForUpdate(tx, actor, 'site.edit', id);
    await assertUnchanged(tx, state, baseRevision, save.document);
    const { verify, answers } = save;
    const deed = { actor, action: 'site.edit', reason: save.reason || null, nowMs, verify, answers };
    return storeRevision(tx, state, save.document, deed, ground);
  });
}

/** Throws `changed_meanwhile` unless the site is at this revision, or as wanted already. */
export async function assertUnchanged(
  tx: Transaction,
  { site, document }: SiteState,
  baseRevision: number,
  wanted: SiteDocument,
): Promise<void> {
  if (site.revision === baseRevision || changesBetween(document, settle(wanted, document)).length === 0) return;
  throw new Problem(
    'changed_meanwhile',
    `The place stands at revision ${site.revision}, and you changed revision ${baseRevision}. Look at both and save again.`,
    { current: await describeCurrent(tx, { site, document }) },
  );
}

/** How a site stands now, and who saved it: what somebody needs whose edit came too late. */
export async function describeCurrent(tx: Transaction, { site, document }: SiteState): Promise<ChangedMeanwhile> {
  const [last] = await tx
    .select({ personId: siteRevisions.personId, at: siteRevisions.at })
    .from(siteRevisions)
    .where(and(eq(siteRevisions.siteId, site.id), eq(siteRevisions.revision, site.revision)));
  return {
    revision: site.revision,
    document,
    by: await findPersonName(tx, last?.personId ?? null),
    at: (last?.at ?? site.updatedAt).toISOString(),
  };
}

/**
 * Adds a place. Its history begins with revision 0, as it was added. The same again under the same id answers as the
 * first time. Throws `not_allowed` for a street of others, and `id_taken`.
 */
export async function createSite(
  db: Database,
  actor: Actor,
  { id = randomUUID(), document, verify, answers, reason }: AddSite,
  ground: Ground,
  nowMs: number,
): Promise<SavedSite> {
  return db.transaction(async (tx) => {
    // The row comes first: of two that come at once, the later waits here for the earlier.
    const siteId = newSiteId(document);
    const added = await tx
      .insert(siteAdditions)
      .values({ id, siteId, personId: actor.personId, at: new Date(nowMs) })
      .onConflictDoNothing()
      .returning({ id: siteAdditions.id });
    if (added.length === 0) return getAddition(tx, actor, id, document);
    const deed = { actor, action: 'site.add', reason: reason || null, nowMs, verify, answers };
    return addSite(tx, document, deed, ground, siteId);
  });
}

async function getAddition(tx: Transaction, actor: Actor, id: string, wanted: SiteDocument): Promise<SavedSite> {
  const [known] = await tx
    .select({ siteId: siteAdditions.siteId, document: siteRevisions.document })
    .from(siteAdditions)
    .innerJoin(siteRevisions, and(eq(siteRevisions.siteId, siteAdditions.siteId), eq(siteRevisions.revision, 0)))
    .where(and(eq(siteAdditions.id, id), eq(siteAdditions.personId, actor.personId)));
  if (!known || changesBetween(known.document, settle(wanted, null)).length > 0) {
    throw new Problem(
      'id_taken',
      'Another place was added under this id before. Look for it in the list, or make a new id.',
    );
  }
  return { id: known.siteId, revision: 0, document: known.document, changes: [] };
}

/** The same inside a transaction, for a proposal that is accepted. */
export async function addSite(
  tx: Transaction,
  wanted: SiteDocument,
  deed: Deed,
  ground: Ground,
  id: string = newSiteId(wanted),
): Promise<SavedSite> {
  const { actor, nowMs, verify = [] } = deed;
  const document = settle(wanted, null);
  assertMayAdd(actor, document);
  assertPlaced(document, ground);
  await assertReferences(tx, null, document);
  await holdReplacement(tx, null, document.replacedBy);

  const office = await getOfficeName(tx, actor, 'site.edit', document);
  const facts = factsIn(changesBetween({ ...document, point: null, services: [] }, document));
  const today = shanghaiDay(nowMs);
  await tx.insert(sites).values({
    id,
    ...toSiteColumns(document),
    ...Object.assign({}, ...[...facts].map((fact) => changedColumns(document, fact, office, today))),
    ...verifiedColumns(null, verify, facts, office),
    source: office,
  });
  await replaceServices(tx, id, document);
  await attachSitePhotos(tx, id, null, document, actor, nowMs);
  await tx.insert(siteRevisions).values({
    siteId: id,
    revision: 0,
    document,
    personId: actor.personId,
    reason: deed.reason,
    at: new Date(nowMs),
  });
  const verified = await insertVerifications(tx, id, document, verify, actor, nowMs);
  // Reports are about another place, for example the one that this one replaces.
  const answered = await insertAnswers(tx, deed.answers, { actor, nowMs, siteId: null, revision: null });
  await writeAudit(tx, {
    actorId: actor.personId,
    action: deed.action,
    subject: { kind: 'site', id },
    after: { document, verified, answered, ...deed.because },
    reason: deed.reason,
    atMs: nowMs,
  });
  return { id, revision: 0, document, changes: [] };
}

/** The street and chance: names change, and are written in many ways. */
function newSiteId({ streetCode, districtCode }: SiteDocument): string {
  return `${streetCode ?? districtCode ?? 'site'}-${randomBytes(5).toString('hex')}`;
}
