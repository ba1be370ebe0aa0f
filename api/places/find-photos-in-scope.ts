import { and, eq, exists, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { can } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Database } from '../../db/connect.ts';
import { files, fileUses } from '../../db/tables/files.ts';
import { siteDrafts } from '../../db/tables/office.ts';
import { sites } from '../../db/tables/places.ts';
import type { FileRow } from '../platform/files/files.ts';
import { sitesInScope } from './site-scope.ts';

/** Those photos of places that somebody may see: their own, and those of places and drafts that they look after. */
export async function findPhotosInScope(db: Database, actor: Actor, ids: readonly string[]): Promise<FileRow[]> {
  const rows = await db
    .select({
      file: files,
      isSeen: sql<boolean>`${or(eq(files.personId, actor.personId), usedInScope(db, actor))}`,
      drafts: sql<string[] | null>`(select array_agg(${fileUses.subjectId}) from ${fileUses}
        where ${fileUses.fileId} = ${files.id} and ${fileUses.kind} = 'site_draft')`,
    })
    .from(files)
    .where(
      and(
        inArray(files.id, [...ids]),
        eq(files.purpose, 'site_photo'),
        isNotNull(files.storedAt),
        isNull(files.doomedAt),
      ),
    );
  const draftIds = rows.flatMap(({ isSeen, drafts }) => (isSeen ? [] : (drafts ?? [])));
  const seenDrafts = new Set(await draftsOfNewSites(db, actor, draftIds));
  return rows.flatMap(({ file, isSeen, drafts }) => (isSeen || drafts?.some((id) => seenDrafts.has(id)) ? [file] : []));
}

function usedInScope(db: Database, actor: Actor) {
  const ofFile = eq(fileUses.fileId, files.id);
  const inScope = sitesInScope(actor, 'site.view');
  return or(
    exists(
      db
        .select({ one: sql`1` })
        .from(fileUses)
        .innerJoin(sites, eq(sites.id, fileUses.subjectId))
        .where(and(ofFile, eq(fileUses.kind, 'site'), inScope)),
    ),
    exists(
      db
        .select({ one: sql`1` })
        .from(fileUses)
        .innerJoin(siteDrafts, eq(sql`${siteDrafts.id}::text`, fileUses.subjectId))
        .innerJoin(sites, eq(sites.id, siteDrafts.siteId))
        .where(and(ofFile, eq(fileUses.kind, 'site_draft'), inScope)),
    ),
  );
}

async function draftsOfNewSites(db: Database, actor: Actor, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(siteDrafts)
    .where(and(inArray(siteDrafts.id, [...ids]), isNull(siteDrafts.siteId)));
  return rows.flatMap(({ id, document }) => (can(actor, 'site.view', document) ? [id] : []));
}
