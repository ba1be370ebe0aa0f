import { and, asc, desc, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Facility } from '#domain/places/catalogue.ts';
import { FAR_WEIGHT, NEAR_WEIGHT } from '#domain/places/freshness.ts';
import type { ReportGroup } from '#domain/places/office-contract.ts';
import type { Database } from '../../db/connect.ts';
import { reportAnswers } from '../../db/tables/office.ts';
import { files, fileUses } from '../../db/tables/files.ts';
import { siteReports, sites } from '../../db/tables/places.ts';
import type { FileLinks } from '../platform/files/file-links.ts';
import { sitesInScope } from './site-scope.ts';

/** A group holds no more than one answer may settle. */
const MAX_IDS = 500;
const MAX_NOTES = 20;
/** In all groups together: what one looks at in a sitting. */
const MAX_PHOTOS = 300;

/** Narrows `site_reports` left-joined with `report_answers` to what waits for an answer; a confirmation needs none. */
const isOpenReport = and(isNull(reportAnswers.reportId), ne(siteReports.kind, 'confirmed'))!;

/** How many reports wait for an answer, by site; sites without any are not in it. */
export function openReportCounts(db: Database, siteIds?: string[]) {
  return db
    .select({ siteId: siteReports.siteId, count: sql<number>`count(*)`.mapWith(Number).as('open_count') })
    .from(siteReports)
    .leftJoin(reportAnswers, eq(reportAnswers.reportId, siteReports.id))
    .where(and(isOpenReport, siteIds && inArray(siteReports.siteId, siteIds)))
    .groupBy(siteReports.siteId);
}

/**
 * Open reports of the sites that `where` leaves, gathered by site, kind and facility; what weighs most comes first. Their
 * photos are linked for whoever may answer them.
 */
export async function listReportGroups(
  db: Database,
  where: SQL,
  limit: number,
  { actor, links }: { actor: Actor; links: FileLinks },
): Promise<ReportGroup[]> {
  const photos = await listReportPhotos(db, where, actor);
  const near = sql<number>`count(*) filter (where ${siteReports.wasNear})`.mapWith(Number);
  const count = sql<number>`count(*)`.mapWith(Number);
  const weight = sql`${near} * ${NEAR_WEIGHT}::numeric + (${count} - ${near}) * ${FAR_WEIGHT}::numeric`;
  const newestFirst = sql`order by ${siteReports.observedAt} desc, ${siteReports.id}`;
  const rows = await db
    .select({
      site: { id: sites.id, name: sites.name, streetCode: sites.streetCode },
      kind: siteReports.kind,
      facility: siteReports.facility,
      count,
      near,
      firstAt: sql<string>`min(${siteReports.observedAt})`.mapWith(siteReports.observedAt),
      lastAt: sql<string>`max(${siteReports.observedAt})`.mapWith(siteReports.observedAt),
      reportIds: sql<string[]>`(array_agg(${siteReports.id}::text ${newestFirst}))[1:${sql.raw(String(MAX_IDS))}]`,
      notes: sql<string[] | null>`(array_agg(${siteReports.note} ${newestFirst})
        filter (where ${siteReports.note} is not null))[1:${sql.raw(String(MAX_NOTES))}]`,
    })
    .from(siteReports)
    .innerJoin(sites, eq(sites.id, siteReports.siteId))
    .leftJoin(reportAnswers, eq(reportAnswers.reportId, siteReports.id))
    .where(and(isOpenReport, where))
    .groupBy(sites.id, siteReports.kind, siteReports.facility)
    .orderBy(desc(weight), asc(sql`min(${siteReports.observedAt})`), sites.id)
    .limit(limit);
  return rows.map(({ firstAt, lastAt, notes, facility, ...group }) => ({
    ...group,
    facility: facility as Facility | null,
    firstAt: new Date(firstAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
    notes: notes ?? [],
    photos: (photos.get(groupKey(group.site.id, group.kind, facility)) ?? []).map(links.make),
  }));
}

const groupKey = (siteId: string, kind: string, facility: string | null) => `${siteId}\n${kind}\n${facility ?? ''}`;

/** The newest photos of open reports that the actor may answer, by group. */
async function listReportPhotos(db: Database, where: SQL, actor: Actor) {
  const rows = await db
    .select({
      siteId: siteReports.siteId,
      kind: siteReports.kind,
      facility: siteReports.facility,
      id: files.id,
      thumbBytes: files.thumbBytes,
    })
    .from(fileUses)
    .innerJoin(files, eq(files.id, fileUses.fileId))
    .innerJoin(siteReports, eq(sql`${siteReports.id}::text`, fileUses.subjectId))
    .innerJoin(sites, eq(sites.id, siteReports.siteId))
    .leftJoin(reportAnswers, eq(reportAnswers.reportId, siteReports.id))
    .where(and(eq(fileUses.kind, 'report'), isOpenReport, where, sitesInScope(actor, 'report.answer')))
    .orderBy(desc(siteReports.observedAt), files.id)
    .limit(MAX_PHOTOS);
  const found = new Map<string, { id: string; thumbBytes: number | null }[]>();
  for (const { siteId, kind, facility, ...file } of rows) {
    const key = groupKey(siteId, kind, facility);
    found.set(key, [...(found.get(key) ?? []), file]);
  }
  return found;
}
