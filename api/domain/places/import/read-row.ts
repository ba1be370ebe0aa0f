import { convertPoint, type CoordinateSystem } from '../../geo/coordinates.ts';
import type { Point } from '../../geo/point.ts';
import { parseSeason } from '../../time/osm-dates.ts';
import { parseOpeningHours } from '../../time/osm-opening-hours.ts';
import { ROUGH_PRECISION_M, type Service } from '../catalogue.ts';
import { Day } from '../site.ts';
import { readAccess, readPrice, readServices, readStatus } from './choice-texts.ts';
import type { ColumnMapping, ImportField } from './columns.ts';
import { type CoordinatesRead, readOneColumn, readTwoColumns } from './coordinates-text.ts';
import { readFacilities } from './facilities-text.ts';
import { foldText } from './fold-text.ts';
import { MAX_TEXT_LENGTHS, type RowFacts } from './import-document.ts';
import type { ImportIssue } from './import-issues.ts';
import { rememberAnswers } from './remember-answers.ts';
import type { JurisdictionNames } from './street-names.ts';
import type { TableRow } from '../../tables/table-row.ts';

/** Hours as OSM `opening_hours`, or why there are none. `not_given` stands for 无 and the like. */
export type HoursRead =
  | { ok: true; hours: string; notes?: readonly { code: string; at: string }[] }
  | { ok: false; reason: string; at?: string };

/** What reading needs to know that no row says. */
export interface RowReading {
  /** As a person chose it; null while nobody has. */
  crs: CoordinateSystem | null;
  /** What becomes of a row whose point is no good: it is an error, or is listed without a point to be placed by hand. */
  onBadPoint: 'error' | 'place_later';
  /** The radius within which points of this source are right. */
  precisionM: number;
  /** Taken where a row names no service. */
  defaultServices: readonly Service[];
  names: JurisdictionNames;
  /** Asked only about points outside every district. */
  isOnLand: (point: Point) => boolean;
  isInCity: (point: Point) => boolean;
  /** The code of the district on whose land a point is, null at sea and elsewhere. */
  districtOf: (point: Point) => string | null;
  /** Reads hours in Chinese; OSM's own form is understood without it. */
  readHours: (text: string) => HoursRead;
}

/** Reads rows of one file; answers to texts that repeat are remembered. Never throws. */
export function createRowReader(
  mapping: ColumnMapping,
  reading: RowReading,
): (row: TableRow) => { facts: RowFacts; issues: ImportIssue[] } {
  const facilitiesOf = rememberAnswers(readFacilities);
  const servicesOf = rememberAnswers(readServices);
  const hoursOf = rememberAnswers((text: string): HoursRead => {
    const osm = foldText(text) === '' ? null : parseOpeningHours(text);
    return osm?.ok ? { ok: true, hours: text } : reading.readHours(text);
  });
  const streetOf = rememberAnswers((text: string, district: string | null) => ({
    street: reading.names.findStreet(text, district),
    suggest: () => reading.names.suggestStreets(text, district),
  }));

  // The row being read. Kept here, not in closures of each row: making those took longer than reading.
  let cells: readonly string[] = [];
  let facts: RowFacts = {};
  let issues: ImportIssue[] = [];

  return function readRow(row) {
    cells = row.cells;
    facts = {};
    issues = [];
    for (const { code, column } of row.problems ?? []) say(null, code, column === undefined ? {} : { column });
    readTexts();
    readJurisdiction();
    readOffer();
    readPosition(row.point);
    return { facts, issues };
  };

  function say(field: ImportField | null, code: ImportIssue['code'], params: ImportIssue['params'] = {}): void {
    issues.push({ field, code, params });
  }

  function textOf(field: ImportField): string {
    const column = mapping[field];
    return column === undefined ? '' : (cells[column] ?? '').trim();
  }

  /** Reads the cell of a field with `read`; null from it means not understood. */
  function choose<T>(field: ImportField, code: ImportIssue['code'], read: (text: string) => T | null): T | undefined {
    const text = textOf(field);
    if (text === '') return undefined;
    const value = read(text);
    if (value === null) say(field, code, { text: shorten(text) });
    return value ?? undefined;
  }

  function readTexts(): void {
    for (const field of TEXT_FIELDS) {
      const text = textOf(field);
      const max = MAX_TEXT_LENGTHS[field];
      if (text.length > max) say(field, 'text_too_long', { max, text: shorten(text) });
      else if (text !== '') facts[field] = text;
    }
    if (textOf('name') === '') say('name', 'name_missing');
  }

  function readJurisdiction(): void {
    const district = choose('district', 'district_unknown', reading.names.findDistrict);
    if (district !== undefined) facts.district = district;
    const text = textOf('street');
    if (text === '') {
      if (mapping.street !== undefined) say('street', 'street_missing');
      return;
    }
    const { street, suggest } = streetOf(text, district ?? null);
    if (!street) {
      const suggestions = suggest().map(({ code, name }) => ({ code, name }));
      say('street', 'street_unknown', { text: shorten(text), suggestions });
      return;
    }
    if (district !== undefined && district !== street.districtCode) {
      say('street', 'street_not_in_district', { streetDistrict: street.districtCode, stated: district });
    }
    facts.street = street.code;
    facts.district = street.districtCode;
  }

  function readOffer(): void {
    const status = choose('status', 'status_not_read', readStatus);
    if (status !== undefined) facts.status = status;
    const until = choose('statusUntil', 'date_not_read', readDay);
    if (until !== undefined) facts.statusUntil = until;
    const access = choose('access', 'access_not_read', readAccess);
    if (access !== undefined) facts.access = access;
    const capacity = choose('capacity', 'capacity_not_read', readCount);
    if (capacity !== undefined) facts.capacity = capacity;
    const season = choose('season', 'season_not_read', readSeason);
    if (season !== undefined) facts.season = season;
    const price = choose('price', 'price_not_read', readPrice);
    if (price !== undefined) facts.price = price;
    const priceText = textOf('price');
    if (priceText !== '' && !PLAIN_PRICE.test(foldText(priceText))) facts.priceNote = priceText;
    readHoursCell();
    readFacilityCells();
  }

  function readHoursCell(): void {
    const text = textOf('hours');
    if (text === '') return;
    const read = hoursOf(text);
    if (!read.ok && read.reason === 'not_given') return;
    facts.hours = read.ok ? read.hours : text;
    if (!read.ok) {
      const at = read.at === undefined ? {} : { at: shorten(read.at) };
      say('hours', 'hours_not_read', { text: shorten(text), reason: read.reason, ...at });
      return;
    }
    for (const { code, at } of read.notes ?? []) say('hours', 'hours_assumed', { reason: code, at: shorten(at) });
  }

  /** Lists put services into the column of facilities and the other way round: each word is looked for in both. */
  function readFacilityCells(): void {
    const serviceText = textOf('services');
    const named = servicesOf(serviceText);
    const inServices = facilitiesOf(named.unknown.join('、'));
    const { facilities, unknown } = facilitiesOf(textOf('facilities'));
    const all = { ...inServices.facilities, ...facilities };
    if (Object.keys(all).length > 0) facts.facilities = all;
    if (unknown.length > 0) say('facilities', 'facilities_unknown', { words: unknown.map(shorten) });
    if (inServices.unknown.length > 0) say('services', 'services_unknown', { words: inServices.unknown.map(shorten) });
    if (named.services.length > 0) facts.services = named.services;
  }

  function readPosition(point: Point | undefined): void {
    const read = point
      ? ({ ok: true, point, swapped: false, resolutionM: 0 } satisfies CoordinatesRead)
      : readCoordinates(textOf);
    if (!read.ok) {
      if (read.reason === 'none') say('coordinates', 'point_missing');
      else {
        const text = shorten([textOf('lng'), textOf('lat'), textOf('coordinates')].filter(Boolean).join(' '));
        leaveOut('coordinates_not_read', { reason: read.reason, text });
      }
      return;
    }
    if (reading.crs === null) {
      say('coordinates', 'system_not_chosen');
      return;
    }
    const place = convertPoint(read.point, reading.crs, 'WGS84');
    const found = reading.districtOf(place);
    if (!reading.isInCity(place)) leaveOut('point_outside_city', place);
    else if (found === null && !reading.isOnLand(place)) leaveOut('point_at_sea', place);
    else {
      facts.position = {
        point: place,
        precisionM: Math.max(reading.precisionM, Math.ceil(read.resolutionM)),
        originalLng: read.point.lng,
        originalLat: read.point.lat,
        originalCrs: reading.crs,
      };
      if (read.swapped) say('coordinates', 'coordinates_swapped');
      if (read.resolutionM > ROUGH_PRECISION_M)
        say('coordinates', 'coordinates_rough', { resolutionM: Math.ceil(read.resolutionM) });
      if (facts.district !== undefined && found !== null && found !== facts.district) {
        say('coordinates', 'point_not_in_district', { stated: facts.district, found });
      }
    }
  }

  function leaveOut(code: ImportIssue['code'], params: ImportIssue['params']): void {
    if (reading.onBadPoint === 'error') say('coordinates', code, params);
    else say('coordinates', 'point_left_out', { ...params, reason: params.reason ?? code });
  }
}

const TEXT_FIELDS = Object.keys(MAX_TEXT_LENGTHS) as (keyof typeof MAX_TEXT_LENGTHS)[];
const PLAIN_PRICE = /^(?:免费|不收费|收费|优惠|free|paid|discount|是|否)$/;
const MAX_SHOWN = 60;

function shorten(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function readCoordinates(textOf: (field: ImportField) => string): CoordinatesRead {
  const [lng, lat] = [textOf('lng'), textOf('lat')];
  if (lng !== '' || lat !== '') return readTwoColumns(lng, lat);
  return readOneColumn(textOf('coordinates'));
}

/** `2026-03-10`, `2026/3/10`, `2026年3月10日`, a time behind it or not. */
function readDay(text: string): string | null {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: \d{1,2}:\d{2}(?::\d{2})?)?$/.exec(foldText(text));
  if (!found) return null;
  const day = `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}`;
  return Day.safeParse(day).success ? day : null;
}

function readSeason(text: string): string | null {
  return parseSeason(text).ok ? text : null;
}

const MAX_CAPACITY = 10_000;

function readCount(text: string): number | null {
  const count = Number(/^约?(\d{1,5}) ?[人个座位]*(?:左右)?$/.exec(foldText(text))?.[1] ?? NaN);
  return count >= 1 && count <= MAX_CAPACITY ? count : null;
}
