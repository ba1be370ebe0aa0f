import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { isPublicStatus, type PublicStatus, type SiteStatus } from '#domain/places/catalogue.ts';
import {
  type ServicePoint,
  sharedHours,
  siteFacilities,
  type SiteFeature,
  type SiteProperties,
} from '#domain/places/site.ts';
import type { Database } from '../../db/connect.ts';
import type { SitePhoto } from '#domain/places/site-document.ts';
import { organisations, servicePoints, sites } from '../../db/tables/places.ts';

/** A site as it stands in the database: public with its feature, or not (any more) for riders to see. */
export type StoredSite = { id: string; version: number } & (
  | { status: PublicStatus; feature: SiteFeature }
  | { status: Exclude<SiteStatus, PublicStatus>; replacedBy: string | null; wasPublic: boolean }
);

/** Absent keys mean "not known" on the wire. */
type Loose<T> = { [K in keyof T]: T[K] | null | undefined };
function known<T extends object>(value: Loose<T>): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== null && v !== undefined)) as T;
}

export const servicePointsOfSite = sql<ServicePoint[] | null>`(
  select json_agg(json_strip_nulls(json_build_object(
    'service', p.service, 'price', p.price, 'priceNote', p.price_note, 'capacity', p.capacity, 'season', p.season,
    'facilities', p.facilities, 'note', p.note, 'hours', p.hours
  )) order by p.position, p.service) from ${servicePoints} p where p.site_id = ${sites.id})`;

function selectSites(db: Database) {
  return db
    .select({
      site: sites,
      lng: sql<number | null>`ST_X(${sites.point})`,
      lat: sql<number | null>`ST_Y(${sites.point})`,
      organisation: organisations.name,
      services: servicePointsOfSite,
    })
    .from(sites)
    .leftJoin(organisations, eq(organisations.id, sites.organisationId));
}
type SiteRow = Awaited<ReturnType<typeof selectSites>>[number];

const PAGE = 10_000;

/** Every site that changed after `version` (all of them after -1), in pages in the order of their ids. */
export async function* sitesAfter(db: Database, version: number): AsyncGenerator<StoredSite[]> {
  for (let lastId = ''; ;) {
    const rows = await selectSites(db)
      .where(and(gt(sites.version, version), gt(sites.id, lastId)))
      .orderBy(asc(sites.id))
      .limit(PAGE);
    if (rows.length > 0) yield rows.map(toStoredSite);
    if (rows.length < PAGE) return;
    lastId = rows.at(-1)!.site.id;
  }
}

function toStoredSite(row: SiteRow): StoredSite {
  const { id, version, status, replacedBy, wasPublic } = row.site;
  return isPublicStatus(status)
    ? { id, version, status, feature: toFeature(row, status) }
    : { id, version, status, replacedBy, wasPublic };
}

function toFeature({ site, lng, lat, organisation, services }: SiteRow, status: PublicStatus): SiteFeature {
  const offered = (services ?? []).map((point) => ({ ...point, hours: point.hours ?? null }));
  const properties = known<Omit<SiteProperties, 'district' | 'street' | 'precisionM' | 'hours'>>({
    id: site.id,
    name: site.name,
    nameEn: site.nameEn,
    address: site.address,
    phone: site.phone,
    organisation,
    status,
    statusUntil: site.statusUntil,
    access: site.access,
    accessNote: site.accessNote,
    services: offered,
    facilities: siteFacilities(offered),
    verification: {
      location: { status: site.locationStatus, date: site.locationDate, source: site.locationSource },
      hours: { status: site.hoursStatus, date: site.hoursDate, source: site.hoursSource },
      facilities: { status: site.facilitiesStatus, date: site.facilitiesDate, source: site.facilitiesSource },
    },
    reported: site.reported,
    source: site.source,
    note: site.note,
    photos: site.photos.length > 0 ? site.photos.map(toPhoto) : null,
    demo: site.demo,
  });
  return {
    type: 'Feature',
    id: site.id,
    geometry: lng === null || lat === null ? null : { type: 'Point', coordinates: [round(lng), round(lat)] },
    properties: {
      ...properties,
      district: site.districtCode,
      street: site.streetCode,
      precisionM: site.precisionM,
      hours: sharedHours(offered),
    },
  };
}

function toPhoto({ file, caption }: SitePhoto): NonNullable<SiteProperties['photos']>[number] {
  return { id: file, ...(caption && { caption }) };
}

/** Six decimals are a tenth of a metre: finer than any point here, and RFC 7946 asks for no more. */
function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
