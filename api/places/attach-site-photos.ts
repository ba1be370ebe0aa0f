import { and, eq, inArray, isNull, notInArray, or, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import { photosOf } from '#domain/places/document-changes.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import type { Transaction } from '../../db/connect.ts';
import { fileUses } from '../../db/tables/files.ts';
import { siteDrafts } from '../../db/tables/office.ts';
import { attachFiles, type FileUse } from '../platform/files/attach-files.ts';

/**
 * Lets a site use the photos that its document comes to name: those that the actor handed in, that a draft about it holds,
 * or that it has shown before. A photo stays the site's when it is taken out, because the history names it. Throws
 * `no_such_file`.
 */
export async function attachSitePhotos(
  tx: Transaction,
  siteId: string,
  before: SiteDocument | null,
  document: SiteDocument,
  actor: Actor,
  nowMs: number,
): Promise<void> {
  const fileIds = newIn(document, before);
  await attachFiles(tx, {
    ...photosBy(actor, nowMs),
    fileIds,
    use: { kind: 'site', subjectId: siteId },
    sharedWith: await draftsAbout(tx, fileIds, siteId, document),
  });
}

/** The same for a draft, which holds its photos until it ends. What it no longer names it lets go. */
export async function attachDraftPhotos(
  tx: Transaction,
  draft: typeof siteDrafts.$inferSelect,
  site: SiteDocument | null,
  actor: Actor,
  nowMs: number,
): Promise<void> {
  const { id, siteId, document } = draft;
  const fileIds = newIn(document, site);
  await attachFiles(tx, {
    ...photosBy(actor, nowMs),
    fileIds,
    use: { kind: 'site_draft', subjectId: id },
    sharedWith: [
      ...(siteId === null ? [] : [{ kind: 'site', subjectId: siteId } as const]),
      ...(await draftsAbout(tx, fileIds, siteId, document)),
    ],
  });
  const isLeft = and(eq(fileUses.kind, 'site_draft'), eq(fileUses.subjectId, id));
  await tx.delete(fileUses).where(fileIds.length > 0 ? and(isLeft, notInArray(fileUses.fileId, fileIds)) : isLeft);
}

const photosBy = (actor: Actor, nowMs: number) =>
  ({
    purpose: 'site_photo',
    uploader: { personId: actor.personId, deviceHash: null },
    path: 'document.photos',
    nowMs,
  }) as const;

function newIn(document: SiteDocument, before: SiteDocument | null): string[] {
  const known = new Set(before ? photosOf(before).map(({ file }) => file) : []);
  return photosOf(document).flatMap(({ file }) => (known.has(file) ? [] : [file]));
}

/** Drafts that hold any of the files and are about the same site, or about a new one in the same street. */
async function draftsAbout(
  tx: Transaction,
  fileIds: readonly string[],
  siteId: string | null,
  { streetCode }: SiteDocument,
): Promise<FileUse[]> {
  if (fileIds.length === 0) return [];
  const isNew = streetCode === null ? undefined : and(isNull(siteDrafts.siteId), eq(siteDrafts.streetCode, streetCode));
  const rows = await tx
    .selectDistinct({ id: siteDrafts.id })
    .from(fileUses)
    .innerJoin(siteDrafts, eq(sql`${siteDrafts.id}::text`, fileUses.subjectId))
    .where(
      and(
        eq(fileUses.kind, 'site_draft'),
        inArray(fileUses.fileId, [...fileIds]),
        or(siteId === null ? undefined : eq(siteDrafts.siteId, siteId), isNew),
      ),
    );
  return rows.map(({ id }) => ({ kind: 'site_draft', subjectId: id }));
}
