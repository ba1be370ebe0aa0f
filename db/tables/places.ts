import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { COORDINATE_SYSTEMS } from '#domain/geo/coordinates.ts';
import { TRAVEL_MODES } from '#domain/geo/travel.ts';
import {
  ACCESS_KINDS,
  ORGANISATION_KINDS,
  PRICES,
  REPORT_KINDS,
  SERVICES,
  SITE_STATUSES,
  VERIFICATION_STATUSES,
} from '#domain/places/catalogue.ts';
import type { Facilities, ReportSummary } from '#domain/places/site.ts';
import type { SitePhoto } from '#domain/places/site-document.ts';
import { instant, oneOf } from '../columns.ts';
import { lineColumn, multiPolygonColumn, pointColumn } from '../geometry.ts';

/** Districts, streets and towns with their official codes. Only shapes with a source are kept; a street may have none. */
export const jurisdictions = pgTable(
  'jurisdictions',
  {
    code: text('code').primaryKey(),
    kind: text('kind', { enum: ['district', 'street', 'town'] }).notNull(),
    name: text('name').notNull(),
    nameEn: text('name_en'),
    parentCode: text('parent_code').references((): AnyPgColumn => jurisdictions.code),
    shape: multiPolygonColumn('shape'),
    shapePrecisionM: integer('shape_precision_m'),
    source: text('source').notNull(),
    sourceDate: date('source_date'),
  },
  (t) => [check('jurisdictions_kind', oneOf(t.kind, ['district', 'street', 'town'])), index().on(t.parentCode)],
);

export const organisations = pgTable(
  'organisations',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ORGANISATION_KINDS }).notNull(),
    name: text('name').notNull(),
    nameEn: text('name_en'),
    source: text('source'),
    demo: boolean('demo').notNull().default(false),
  },
  (t) => [check('organisations_kind', oneOf(t.kind, ORGANISATION_KINDS))],
);

type Columns<K extends string> = Record<K, AnyPgColumn>;

/** By street, what has none last. The table of the office is read in this order, so it is an index too. */
export function streetOrder(t: Columns<'streetCode'>) {
  return sql`coalesce(${t.streetCode}, '~') collate "C"`;
}

const dayChecked = (status: AnyPgColumn, on: AnyPgColumn) =>
  sql`case when ${status} = 'verified' and ${on} is not null then ${on} else date '0001-01-01' end`;

/** The day on which the least recently verified of the three facts was; what never was comes first. */
export function oldestCheck(t: Columns<`${'location' | 'hours' | 'facilities'}${'Status' | 'Date'}`>) {
  return sql`least(${dayChecked(t.locationStatus, t.locationDate)}, ${dayChecked(t.hoursStatus, t.hoursDate)}, ${dayChecked(t.facilitiesStatus, t.facilitiesDate)})`;
}

const verificationStatus = (name: string) => text(name, { enum: VERIFICATION_STATUSES }).notNull().default('unknown');

/** A physical place. Rows are never deleted: a place that is gone keeps its id and says what replaced it. */
export const sites = pgTable(
  'sites',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    nameEn: text('name_en'),
    districtCode: text('district_code').references(() => jurisdictions.code),
    streetCode: text('street_code').references(() => jurisdictions.code),
    organisationId: text('organisation_id').references(() => organisations.id),
    address: text('address'),
    phone: text('phone'),
    status: text('status', { enum: SITE_STATUSES }).notNull().default('open'),
    statusUntil: date('status_until'),
    replacedBy: text('replaced_by').references((): AnyPgColumn => sites.id),
    access: text('access', { enum: ACCESS_KINDS }).notNull().default('unknown'),
    accessNote: text('access_note'),
    point: pointColumn('point'),
    precisionM: integer('precision_m'),
    /** The coordinate as its source gave it, beside the WGS-84 point worked out from it. */
    originalLng: doublePrecision('original_lng'),
    originalLat: doublePrecision('original_lat'),
    originalCrs: text('original_crs', { enum: COORDINATE_SYSTEMS }),
    coordinateBasis: text('coordinate_basis'),
    locationStatus: verificationStatus('location_status'),
    locationDate: date('location_date'),
    locationSource: text('location_source'),
    hoursStatus: verificationStatus('hours_status'),
    hoursDate: date('hours_date'),
    hoursSource: text('hours_source'),
    facilitiesStatus: verificationStatus('facilities_status'),
    facilitiesDate: date('facilities_date'),
    facilitiesSource: text('facilities_source'),
    /** Riders' reports since the last verification, kept up to date by the report verb. */
    reported: jsonb('reported').$type<ReportSummary>(),
    source: text('source'),
    sourceDate: text('source_date'),
    note: text('note'),
    /** In their order; the files are in `files`, and `file_uses` holds them. */
    photos: jsonb('photos').$type<SitePhoto[]>().notNull().default([]),
    demo: boolean('demo').notNull().default(false),
    /** How often it was edited; the newest row of `site_revisions`, 0 when there is none. */
    revision: integer('revision').notNull().default(0),
    /** Set by a trigger: whether riders have ever seen it. If so it leaves a tombstone when it goes. */
    wasPublic: boolean('was_public').notNull().default(false),
    /** Set by a trigger: grows with every committed change to the site or its service points. */
    version: bigint('version', { mode: 'number' }).notNull().default(0),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    check('sites_status', oneOf(t.status, SITE_STATUSES)),
    check('sites_access', oneOf(t.access, ACCESS_KINDS)),
    check('sites_original_crs', oneOf(t.originalCrs, COORDINATE_SYSTEMS)),
    check('sites_location_status', oneOf(t.locationStatus, VERIFICATION_STATUSES)),
    check('sites_hours_status', oneOf(t.hoursStatus, VERIFICATION_STATUSES)),
    check('sites_facilities_status', oneOf(t.facilitiesStatus, VERIFICATION_STATUSES)),
    check('sites_point_has_precision', sql`(${t.point} is null) = (${t.precisionM} is null)`),
    check('sites_precision_positive', sql`${t.precisionM} > 0`),
    check('sites_replaced_by', sql`(${t.status} = 'replaced') = (${t.replacedBy} is not null)`),
    check('sites_not_replaced_by_itself', sql`${t.replacedBy} <> ${t.id}`),
    index('sites_point_geography').using('gist', sql`(${t.point}::geography)`),
    index('sites_by_version').on(t.version),
    index('sites_by_street').on(t.streetCode),
    index('sites_by_district').on(t.districtCode),
    index('sites_by_organisation').on(t.organisationId),
    // The orders of the office's table.
    index('sites_in_name_order').on(sql`(${t.name} collate "C")`, t.id),
    index('sites_in_street_order').on(sql`(${streetOrder(t)})`, sql`(${t.name} collate "C")`, t.id),
    index('sites_in_check_order').on(sql`(${oldestCheck(t)})`, t.id),
  ],
);

/** A service offered at a site, with its own hours (OSM `opening_hours`; null is "not known"). */
export const servicePoints = pgTable(
  'service_points',
  {
    siteId: text('site_id')
      .notNull()
      .references(() => sites.id, { onDelete: 'cascade' }),
    service: text('service', { enum: SERVICES }).notNull(),
    /** The site's principal service comes first. */
    position: smallint('position').notNull().default(0),
    hours: text('hours'),
    season: text('season'),
    price: text('price', { enum: PRICES }),
    priceNote: text('price_note'),
    capacity: integer('capacity'),
    facilities: jsonb('facilities').$type<Facilities>(),
    note: text('note'),
  },
  (t) => [
    primaryKey({ columns: [t.siteId, t.service] }),
    check('service_points_service', oneOf(t.service, SERVICES)),
    check('service_points_price', oneOf(t.price, PRICES)),
    check('service_points_capacity', sql`${t.capacity} > 0`),
    index('service_points_by_service').on(t.service, t.siteId),
  ],
);

/** Riders' one-tap reports. Append-only: a trigger refuses updates and deletes. */
export const siteReports = pgTable(
  'site_reports',
  {
    /** Chosen by the phone, so that a draft sent twice is stored once. */
    id: uuid('id').primaryKey(),
    siteId: text('site_id')
      .notNull()
      .references(() => sites.id),
    kind: text('kind', { enum: REPORT_KINDS }).notNull(),
    facility: text('facility'),
    note: text('note'),
    /** Whether the phone was at the place, worked out on the phone; where it was is not kept. Null: it did not say. */
    wasNear: boolean('was_near'),
    /** When the rider saw it; a draft may be sent much later. */
    observedAt: instant('observed_at').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [check('site_reports_kind', oneOf(t.kind, REPORT_KINDS)), index().on(t.siteId, t.receivedAt)],
);

/** Land that can be crossed without a bridge or a boat: the island, Gulangyu, the mainland. */
export const reachZones = pgTable('reach_zones', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  nameEn: text('name_en').notNull(),
  shape: multiPolygonColumn('shape').notNull(),
  precisionM: integer('precision_m').notNull(),
  source: text('source').notNull(),
  licence: text('licence').notNull(),
});

/** Bridges, tunnels, causeways and ferries between reach zones, each with its source and a switch. */
export const crossings = pgTable(
  'crossings',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    nameEn: text('name_en').notNull(),
    kind: text('kind', { enum: ['bridge', 'tunnel', 'causeway', 'ferry'] }).notNull(),
    line: lineColumn('line').notNull(),
    modes: text('modes', { enum: TRAVEL_MODES }).array().notNull(),
    enabled: boolean('enabled').notNull(),
    precisionM: integer('precision_m').notNull(),
    /** How the line came about; `source` and `certainty` speak of the modes and the switch. */
    basis: text('basis').notNull(),
    source: text('source').notNull(),
    certainty: text('certainty', { enum: ['found', 'general_knowledge', 'not_found'] }).notNull(),
  },
  (t) => [check('crossings_kind', oneOf(t.kind, ['bridge', 'tunnel', 'causeway', 'ferry']))],
);

/** One row: the version of the newest committed change to any site. Its row lock orders writers by commit. */
export const sitesVersion = pgTable(
  'sites_version',
  {
    only: boolean('only').primaryKey().default(true),
    value: bigint('value', { mode: 'number' }).notNull(),
  },
  (t) => [check('sites_version_only_row', sql`${t.only}`)],
);
