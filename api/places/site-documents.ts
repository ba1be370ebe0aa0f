import { asc, inArray, sql } from 'drizzle-orm';
import type { SiteDocument } from '#domain/places/site-document.ts';
import type { Database } from '../../db/connect.ts';
import { servicePoints, sites } from '../../db/tables/places.ts';

/** How sites stand now, as the documents that are edited. By their ids; what is not there is left out. */
export async function getSiteDocuments(db: Database, ids: readonly string[]): Promise<Map<string, SiteDocument>> {
  if (ids.length === 0) return new Map();
  const wanted = [...new Set(ids)];
  const rows = await db
    .select({
      site: sites,
      lng: sql<number | null>`ST_X(${sites.point})`,
      lat: sql<number | null>`ST_Y(${sites.point})`,
    })
    .from(sites)
    .where(inArray(sites.id, wanted));
  const services = await db
    .select()
    .from(servicePoints)
    .where(inArray(servicePoints.siteId, wanted))
    .orderBy(asc(servicePoints.position), asc(servicePoints.service));
  return new Map(
    rows.map(({ site, lng, lat }) => [
      site.id,
      {
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
          site.originalLng === null || site.originalLat === null || site.originalCrs === null
            ? null
            : { lng: site.originalLng, lat: site.originalLat, crs: site.originalCrs },
        services: services
          .filter(({ siteId }) => siteId === site.id)
          .map(({ service, hours, season, price, priceNote, capacity, facilities, note }) => ({
            service,
            hours,
            season,
            price,
            priceNote,
            capacity,
            facilities: facilities ?? {},
            note,
          })),
        note: site.note,
      },
    ]),
  );
}
