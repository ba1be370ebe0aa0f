import { eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Facility } from '#domain/places/catalogue.ts';
import { type ServicePoint, sharedHours, siteFacilities } from '#domain/places/site.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { jurisdictions, organisations, sites } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import type { ExportColumn } from '../platform/tables/write-table.ts';
import { ACCESS_WORDS, FACILITY_WORDS, SERVICE_WORDS, STATUS_WORDS, YES_NO } from './export-words.ts';
import { officeConditions, type OfficeFilter } from './office-filter.ts';
import { orderOf } from './office-order.ts';
import { openReportCounts } from './open-reports.ts';
import { servicePointsOfSite } from './site-rows.ts';

/** One row of a table that leaves the service. */
type TableRow = Record<string, string | number | null>;
export type ExportLanguage = 'zh' | 'en';

/** The key of a column, its title in Chinese, and in English. */
const COLUMNS = [
  ['id', '编号', 'Id'],
  ['name', '名称', 'Name'],
  ['nameEn', '英文名称', 'Name in English'],
  ['district', '区', 'District'],
  ['street', '街道', 'Street'],
  ['streetCode', '街道代码', 'Street code'],
  ['address', '地址', 'Address'],
  ['phone', '电话', 'Phone'],
  ['status', '状态', 'Status'],
  ['statusUntil', '预计恢复', 'Opens again on'],
  ['access', '怎么进门', 'How to get in'],
  ['accessNote', '进门说明', 'About getting in'],
  ['lng', '经度（WGS-84）', 'Longitude (WGS-84)'],
  ['lat', '纬度（WGS-84）', 'Latitude (WGS-84)'],
  ['precisionM', '位置误差（米）', 'Precision of the point (m)'],
  ['services', '服务', 'Services'],
  ['hours', '开放时间', 'Opening hours'],
  ['facilities', '有', 'Has'],
  ['facilitiesMissing', '没有', 'Has not'],
  ['organisation', '所属单位', 'Organisation'],
  ['locationVerified', '位置核实日期', 'Location verified'],
  ['hoursVerified', '时间核实日期', 'Hours verified'],
  ['facilitiesVerified', '设施核实日期', 'Facilities verified'],
  ['openReports', '待答复反馈', 'Open reports'],
  ['note', '备注', 'Note'],
  ['source', '来源', 'Source'],
  ['demo', '演示', 'Demo'],
] as const;

/** What fits into one file comfortably, and into the memory of the process that writes it. */
const MAX_ROWS = 50_000;

export function exportColumns(language: ExportLanguage): ExportColumn<TableRow>[] {
  return COLUMNS.map(([key, zh, en]) => ({ header: language === 'zh' ? zh : en, value: (row) => row[key] }));
}

/**
 * The places that somebody may export and that fit the filter, as the rows of a table in its order. Throws
 * `too_many_rows` when they are more than one file should hold.
 */
export async function exportSites(
  db: Database,
  actor: Actor,
  filter: OfficeFilter,
  language: ExportLanguage,
  nowMs: number,
  maxRows = MAX_ROWS,
): Promise<TableRow[]> {
  const where = officeConditions(db, actor, 'site.export', filter, shanghaiDay(nowMs));
  const [all] = await db
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(sites)
    .where(where);
  if (all!.count > maxRows) {
    throw new Problem(
      'too_many_rows',
      `${all!.count} places fit, and one file holds ${maxRows}. Narrow it by district or street, and export each.`,
    );
  }
  const open = openReportCounts(db).as('open');
  const street = alias(jurisdictions, 'street');
  const district = alias(jurisdictions, 'district');
  const rows = await db
    .select({
      site: sites,
      lng: sql<number | null>`ST_X(${sites.point})`,
      lat: sql<number | null>`ST_Y(${sites.point})`,
      services: servicePointsOfSite,
      organisation: organisations.name,
      street: street.name,
      district: district.name,
      openReports: open.count,
    })
    .from(sites)
    .leftJoin(organisations, eq(organisations.id, sites.organisationId))
    .leftJoin(street, eq(street.code, sites.streetCode))
    .leftJoin(district, eq(district.code, sites.districtCode))
    .leftJoin(open, eq(open.siteId, sites.id))
    .where(where)
    .orderBy(...orderOf(filter.sort));
  return rows.map((row) => tableRow(row, language));
}

type ExportedRow = {
  site: typeof sites.$inferSelect;
  lng: number | null;
  lat: number | null;
  services: ServicePoint[] | null;
  organisation: string | null;
  street: string | null;
  district: string | null;
  openReports: number | null;
};

function tableRow(row: ExportedRow, language: ExportLanguage): TableRow {
  const { site, lng, lat } = row;
  const word = <K extends string>(words: Record<K, string>, code: K) => (language === 'zh' ? words[code] : code);
  const separator = language === 'zh' ? '、' : ', ';
  const services = (row.services ?? []).map((point) => ({ ...point, hours: point.hours ?? null }));
  const facilities = Object.entries(siteFacilities(services)) as [Facility, boolean][];
  const listed = (wanted: boolean) =>
    facilities
      .filter(([, has]) => has === wanted)
      .map(([facility]) => word(FACILITY_WORDS, facility))
      .join(separator) || null;
  // The rules of one service never hold a line break, so each service has its own line when they differ.
  const eachHours = services.flatMap(({ service, hours }) =>
    hours ? `${word(SERVICE_WORDS, service)}: ${hours}` : [],
  );
  const [yes, no] = YES_NO[language];
  return {
    id: site.id,
    name: site.name,
    nameEn: site.nameEn,
    district: row.district,
    street: row.street,
    streetCode: site.streetCode,
    address: site.address,
    phone: site.phone,
    status: word(STATUS_WORDS, site.status),
    statusUntil: site.statusUntil,
    access: word(ACCESS_WORDS, site.access),
    accessNote: site.accessNote,
    lng: lng === null ? null : round(lng),
    lat: lat === null ? null : round(lat),
    precisionM: site.precisionM,
    services: services.map(({ service }) => word(SERVICE_WORDS, service)).join(separator) || null,
    hours: sharedHours(services) ?? (eachHours.join('\n') || null),
    facilities: listed(true),
    facilitiesMissing: listed(false),
    organisation: row.organisation,
    locationVerified: site.locationStatus === 'verified' ? site.locationDate : null,
    hoursVerified: site.hoursStatus === 'verified' ? site.hoursDate : null,
    facilitiesVerified: site.facilitiesStatus === 'verified' ? site.facilitiesDate : null,
    openReports: row.openReports ?? 0,
    note: site.note,
    source: site.source,
    demo: site.demo ? yes : no,
  };
}

/** The rows as GeoJSON (RFC 7946): the point is the geometry, everything else a property under its key. */
export function toGeoJson(rows: readonly TableRow[]): Buffer {
  const features = rows.map(({ lng, lat, ...properties }) => ({
    type: 'Feature',
    id: properties.id,
    geometry: typeof lng === 'number' && typeof lat === 'number' ? { type: 'Point', coordinates: [lng, lat] } : null,
    properties,
  }));
  return Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
