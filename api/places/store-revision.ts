import { eq } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import { changesBetween, isSame, photosOf } from '#domain/places/document-changes.ts';
import type { AnswerReports, FieldChange, SavedSite, VerifyFact } from '#domain/places/office-contract.ts';
import { factsIn } from '#domain/places/site-facts.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Transaction } from '../../db/connect.ts';
import { siteRevisions } from '../../db/tables/office.ts';
import { sites } from '../../db/tables/places.ts';
import { writeAudit } from '../platform/audit.ts';
import { insertAnswers } from './answer-reports.ts';
import { attachSitePhotos } from './attach-site-photos.ts';
import {
  assertNoCircle,
  assertPlaced,
  assertReferences,
  assertStreetAllowed,
  type Ground,
  holdReplacement,
} from './check-site-document.ts';
import { insertVerifications } from './insert-verifications.ts';
import { changedColumns, verifiedColumns } from './fact-columns.ts';
import { getOfficeName } from './office-name.ts';
import { replaceServices, type SiteState, toSiteColumns } from './site-document-rows.ts';

/** Who changes a site, and everything about it that is not the site itself. */
export type Deed = {
  actor: Actor;
  /** `site.edit`, `site.restore` …: what the audit trail calls it. */
  action: string;
  reason: string | null;
  nowMs: number;
  verify?: readonly VerifyFact[];
  answers?: AnswerReports | undefined;
  restoredFrom?: number;
  /** The street was agreed on between offices already. */
  streetAgreed?: boolean;
  /** What else the audit trail should know, such as the proposal that it came from. */
  because?: Readonly<Record<string, unknown>>;
};

/**
 * Makes a document the present state of a site that is locked (`getSiteForUpdate`): checks it, writes the site, its next
 * revision, verifications and answers, and the audit record last. What changes nothing writes nothing. Throws what the
 * checks of `check-site-document.ts`, `insert-verifications.ts` and `answer-reports.ts` throw.
 */
export async function storeRevision(
  tx: Transaction,
  { site, document: before }: SiteState,
  wanted: SiteDocument,
  deed: Deed,
  ground: Ground,
): Promise<SavedSite> {
  const { actor, nowMs, verify = [] } = deed;
  const document = settle(wanted, before);
  const changes = changesBetween(before, document);
  const isChanged = changes.length > 0;
  const revision = site.revision + (isChanged ? 1 : 0);
  const today = shanghaiDay(nowMs);

  if (isChanged) {
    await check(tx, site.id, before, document, changes, deed, ground);
    await attachSitePhotos(tx, site.id, before, document, actor, nowMs);
  }
  const verified = await insertVerifications(tx, site.id, document, verify, actor, nowMs);

  const changed = factsIn(changes);
  const office = changed.size > 0 || verified.length > 0 ? await getOfficeName(tx, actor, 'site.edit', before) : '';
  const columns: Partial<typeof sites.$inferInsert> = {
    ...(isChanged && { ...toSiteColumns(document), revision }),
    ...(changed.has('location') && { coordinateBasis: null }),
    ...Object.assign({}, ...[...changed].map((fact) => changedColumns(document, fact, office, today))),
    ...verifiedColumns(site, verified, changed, office),
  };
  if (Object.keys(columns).length > 0) await tx.update(sites).set(columns).where(eq(sites.id, site.id));
  if (isChanged) {
    if (changes.some(({ path }) => path === 'replacedBy')) await assertNoCircle(tx, site.id, document);
    if (changes.some(({ path }) => path.startsWith('services'))) await replaceServices(tx, site.id, document);
    await insertRevisions(tx, site, before, document, revision, deed);
  }
  const answered = await insertAnswers(tx, deed.answers, {
    actor,
    nowMs,
    siteId: site.id,
    revision: isChanged ? revision : null,
  });

  if (isChanged || verified.length > 0 || answered.length > 0) {
    await writeAudit(tx, {
      actorId: actor.personId,
      action: deed.action,
      subject: { kind: 'site', id: site.id },
      before: Object.fromEntries(changes.map((change) => [change.path, change.before])),
      after: {
        ...Object.fromEntries(changes.map((change) => [change.path, change.after])),
        revision,
        ...(verified.length > 0 && { verified }),
        ...(answered.length > 0 && { answered }),
        ...deed.because,
      },
      reason: deed.reason,
      atMs: nowMs,
    });
  }
  return { id: site.id, revision, document, changes };
}

/** What follows from the rest: the district of a street, and that a source's coordinate is not that of a moved pin. */
export function settle(wanted: SiteDocument, before: SiteDocument | null): SiteDocument {
  const isMoved = before !== null && before.point !== null && !isSame(before.point, wanted.point);
  const isLeftOver = isMoved && isSame(before.original, wanted.original);
  return {
    ...wanted,
    districtCode: wanted.districtCode ?? wanted.streetCode?.slice(0, 6) ?? null,
    original: wanted.point === null || isLeftOver ? null : wanted.original,
    photos: photosOf(wanted),
  };
}

async function check(
  tx: Transaction,
  id: string,
  before: SiteDocument,
  document: SiteDocument,
  changes: readonly FieldChange[],
  deed: Deed,
  ground: Ground,
): Promise<void> {
  const touches = (...paths: string[]) => changes.some(({ path }) => paths.includes(path));
  await assertReferences(tx, before, document);
  if (!deed.streetAgreed) assertStreetAllowed(deed.actor, before, document);
  // What stood so before is not held against a new edit of something else, nor against going back to it.
  if (touches('point', 'districtCode') && deed.restoredFrom === undefined) assertPlaced(document, ground);
  if (touches('replacedBy')) await holdReplacement(tx, id, document.replacedBy);
}

async function insertRevisions(
  tx: Transaction,
  site: SiteState['site'],
  before: SiteDocument,
  document: SiteDocument,
  revision: number,
  { actor, reason, nowMs, restoredFrom }: Deed,
): Promise<void> {
  if (site.revision === 0) {
    await tx
      .insert(siteRevisions)
      .values({ siteId: site.id, revision: 0, document: before, at: site.createdAt })
      .onConflictDoNothing();
  }
  await tx.insert(siteRevisions).values({
    siteId: site.id,
    revision,
    document,
    personId: actor.personId,
    reason,
    at: new Date(nowMs),
    restoredFrom: restoredFrom ?? null,
  });
}
