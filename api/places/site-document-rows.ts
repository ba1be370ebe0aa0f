import { asc, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import type { ServiceDocument, SiteDocument } from '#domain/places/site-document.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { servicePoints, sites } from '../../db/tables/places.ts';

const { point: _, ...plainColumns } = getTableColumns(sites);
const columns = {
  ...plainColumns,
  lng: sql<number | null>`ST_X(${sites.point})`,
  lat: sql<number | null>`ST_Y(${sites.point})`,
};

type SiteColumns = Omit<typeof sites.$inferSelect, 'point'> & { lng: number | null; lat: number | null };
/** A site as its office sees it: the row, and everything that is edited as one document. */
export type SiteState = { site: SiteColumns; document: SiteDocument };

export async function findSiteState(db: Database, where: SQL | undefined): Promise<SiteState | undefined> {
  const [site] = await db.select(columns).from(sites).where(where);
  return site && { site, document: toSiteDocument(site, await listServices(db, [site.id])) };
}

/** How sites stand now, as the documents that are edited. By their ids; what is not there is left out. */
export async function getSiteDocuments(db: Database, ids: readonly string[]): Promise<Map<string, SiteDocument>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select(columns)
    .from(sites)
    .where(inArray(sites.id, [...new Set(ids)]));
  const services = await listServices(db, ids);
  return new Map(
    rows.map((site) => [
      site.id,
      toSiteDocument(
        site,
        services.filter(({ siteId }) => siteId === site.id),
      ),
    ]),
  );
}

/**
 * The same, locked until the end of the transaction. Other sites may go on pointing to it as their replacement meanwhile:
 * that a key is there is all they ask, and waiting for each other would be a deadlock.
 */
export async function findSiteForUpdate(tx: Transaction, where: SQL | undefined): Promise<SiteState | undefined> {
  const [site] = await tx.select(columns).from(sites).where(where).for('no key update');
  // Asked only when the site is ours: the service points of one statement with it may be older than the lock.
  return site && { site, document: toSiteDocument(site, await listServices(tx, [site.id])) };
}

function listServices(db: Database, siteIds: readonly string[]) {
  return db
    .select()
    .from(servicePoints)
    .where(inArray(servicePoints.siteId, [...siteIds]))
    .orderBy(asc(servicePoints.position), asc(servicePoints.service));
}

function toSiteDocument(
  { lng, lat, originalLng, originalLat, originalCrs, ...site }: SiteColumns,
  services: readonly (typeof servicePoints.$inferSelect)[],
): SiteDocument {
  return {
    name: site.name,
    nameEn: site.nameEn,
    districtCode: site.districtCode,
    streetCode: site.streetCode,
    organisationId: site.organisationId,
    address: site.address,
    phone: site.phone,
    status: site.status,
    statusUntil: site.statusUntil,
    replacedBy: site.replacedBy,
    access: site.access,
    accessNote: site.accessNote,
    point: lng === null || lat === null ? null : { lng, lat },
    precisionM: site.precisionM,
    original:
      originalLng === null || originalLat === null || originalCrs === null
        ? null
        : { lng: originalLng, lat: originalLat, crs: originalCrs },
    services: services.map(({ siteId: _id, position: _at, facilities, ...service }): ServiceDocument => ({
      ...service,
      facilities: facilities ?? {},
    })),
    note: site.note,
    photos: site.photos,
  };
}

/** The columns of `sites` that a document says everything about. */
export function toSiteColumns({ services: _services, original, ...document }: SiteDocument) {
  return {
    ...document,
    originalLng: original?.lng ?? null,
    originalLat: original?.lat ?? null,
    originalCrs: original?.crs ?? null,
  } satisfies Partial<typeof sites.$inferInsert>;
}

/** Stores the services of a document in place of those that are there. The site has to be stamped before. */
export async function replaceServices(tx: Transaction, siteId: string, { services }: SiteDocument): Promise<void> {
  await tx.delete(servicePoints).where(eq(servicePoints.siteId, siteId));
  if (services.length === 0) return;
  await tx.insert(servicePoints).values(
    services.map(({ facilities, ...service }, position) => ({
      ...service,
      facilities: Object.keys(facilities).length > 0 ? facilities : null,
      siteId,
      position,
    })),
  );
}
