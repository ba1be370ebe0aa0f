import type { Point } from '../../geo/point.ts';

/**
 * - `none`: nothing is written at all
 * - `one_missing`: only one of the two
 * - `not_understood`: holds something that is neither a number nor a known mark
 * - `too_many_numbers`: more than two angles
 * - `not_degrees`: a projected coordinate, metres, or degrees without their point (118118033)
 * - `bad_minutes`: sixty or more minutes or seconds
 * - `axis_unclear`: two latitudes, two longitudes, or a column whose letters contradict it
 */
export const COORDINATE_REASONS = [
  'none',
  'one_missing',
  'not_understood',
  'too_many_numbers',
  'not_degrees',
  'bad_minutes',
  'axis_unclear',
] as const;
export type CoordinateReason = (typeof COORDINATE_REASONS)[number];

export type CoordinatesRead =
  | {
      ok: true;
      /** In the source's own system; nothing is converted here. */
      point: Point;
      /** The two stood the other way round than they should, and were turned. */
      swapped: boolean;
      /** How far the writing itself may be off, by its last digit, in metres. */
      resolutionM: number;
    }
  | { ok: false; reason: CoordinateReason };

type Axis = 'lng' | 'lat';
interface Angle {
  degrees: number;
  /** What the text itself says by a letter or a word. */
  axis: Axis | null;
  /** The weight of the last digit written, in degrees. */
  unit: number;
}

const MAX_LENGTH = 200;
const METRES_PER_DEGREE = 111_320;

/** China with its seas: no longitude in it can be a latitude in it, so the order of a pair is never in doubt. */
const CHINA = { west: 72, east: 136, south: 3, north: 54.5 };

/** Reads a longitude and a latitude from two columns. Never throws. */
export function readTwoColumns(lngText: string, latText: string): CoordinatesRead {
  const lngGiven = fold(lngText);
  const latGiven = fold(latText);
  if (lngGiven === '' && latGiven === '') return { ok: false, reason: 'none' };
  // A pair in one of the two columns is still a pair.
  if (lngGiven === '' || latGiven === '') {
    const pair = readAngles(lngGiven + latGiven);
    return Array.isArray(pair) && pair.length === 2
      ? toPoint(pair[0]!, pair[1]!, false)
      : { ok: false, reason: 'one_missing' };
  }
  const lng = readAngles(lngGiven);
  if (!Array.isArray(lng)) return { ok: false, reason: lng };
  const lat = readAngles(latGiven);
  if (!Array.isArray(lat)) return { ok: false, reason: lat };
  if (lng.length !== 1 || lat.length !== 1) return { ok: false, reason: 'too_many_numbers' };
  return toPoint(lng[0]!, lat[0]!, true);
}

/** Reads a pair from one column, in either order: letters or words say which is which, else the numbers do. Never throws. */
export function readOneColumn(text: string): CoordinatesRead {
  const given = fold(text);
  if (given === '') return { ok: false, reason: 'none' };
  const angles = readAngles(given);
  if (!Array.isArray(angles)) return { ok: false, reason: angles };
  if (angles.length === 1) return { ok: false, reason: 'one_missing' };
  if (angles.length > 2) return { ok: false, reason: 'too_many_numbers' };
  return toPoint(angles[0]!, angles[1]!, false);
}

function toPoint(first: Angle, second: Angle, ordered: boolean): CoordinatesRead {
  // Two equal numbers may differ in how many digits a spreadsheet left of them: the finer one tells.
  const resolutionM = Math.min(first.unit, second.unit) * 0.5 * METRES_PER_DEGREE;
  const as = (lng: Angle, lat: Angle, swapped: boolean): CoordinatesRead =>
    Math.abs(lng.degrees) > 180 || Math.abs(lat.degrees) > 90
      ? { ok: false, reason: 'not_degrees' }
      : { ok: true, point: { lng: lng.degrees, lat: lat.degrees }, swapped, resolutionM };
  if (first.axis !== null || second.axis !== null) {
    if (first.axis === second.axis) return { ok: false, reason: 'axis_unclear' };
    const firstIsLng = first.axis === 'lng' || second.axis === 'lat';
    return firstIsLng ? as(first, second, false) : as(second, first, ordered);
  }
  if (isInChina(first, second)) return as(first, second, false);
  if (isInChina(second, first)) return as(second, first, ordered);
  if (Math.abs(second.degrees) > 90 && Math.abs(first.degrees) <= 90) return as(second, first, ordered);
  return as(first, second, false);
}

function isInChina(lng: Angle, lat: Angle): boolean {
  return (
    lng.degrees >= CHINA.west && lng.degrees <= CHINA.east && lat.degrees >= CHINA.south && lat.degrees <= CHINA.north
  );
}

/** Every way of writing a mark becomes one: `°`, `'`, `"`, ASCII letters, digits and punctuation. */
function fold(text: string): string {
  return text
    .slice(0, MAX_LENGTH + 1)
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g, '')
    .replace(/[º˚∘]|(?<=\d ?)度/g, '°')
    .replace(/[″”“〃秒]|''|′′|’’|‘‘/g, '"')
    .replace(/[′’‘´`分]/g, "'")
    .replace(/[−–﹣]/g, '-')
    .replace(/[，、；]/g, ',')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

// Sticky expressions, each without nested repetition, so that reading takes time in proportion to the text.
const BEFORE = /(longitude|latitude|long|lng|lon|lat|东经|西经|北纬|南纬|经度|纬度|[ewnsxy])["']?(?: ?[:=])? ?/y;
const NUMBER = /([+-]?)(\d{1,12}(?:\.\d{0,20})?)/y;
const DEGREE_MARK = / ?°/y;
// The last mark is often left out: then the number must end where an angle ends, or it is the next one's degrees.
const MINUTES = / ?(\d{1,3}(?:\.\d{0,20})?)(?: ?'|(?=$| ?[ewns](?![a-z])|[,;)\]]))/y;
const SECONDS = / ?(\d{1,3}(?:\.\d{0,20})?)(?: ?"|(?=$|[ ,;/|)\]]|[ewns](?![a-z])))/y;
const COLONS = /:(\d{1,2}(?:\.\d{0,20})?)(?::(\d{1,2}(?:\.\d{0,20})?))?/y;
const AFTER = / ?([ewns])(?![a-z])/y;
const BETWEEN = / ?[,;/|] ?| /y;
const OPENING = /(?:point|坐标|经纬度|gps)? ?:? ?[([{]? ?["']?/y;
const CLOSING = / ?[,;]? ?[)\]}]? ?[;,。.]?$/y;

const AXES: Record<string, [Axis, 1 | -1]> = {
  e: ['lng', 1],
  w: ['lng', -1],
  n: ['lat', 1],
  s: ['lat', -1],
  x: ['lng', 1],
  y: ['lat', 1],
  lng: ['lng', 1],
  lon: ['lng', 1],
  long: ['lng', 1],
  longitude: ['lng', 1],
  经度: ['lng', 1],
  东经: ['lng', 1],
  西经: ['lng', -1],
  lat: ['lat', 1],
  latitude: ['lat', 1],
  纬度: ['lat', 1],
  北纬: ['lat', 1],
  南纬: ['lat', -1],
};

/** All angles in a folded text, or why it can't be read. */
function readAngles(text: string): Angle[] | CoordinateReason {
  if (text.length > MAX_LENGTH) return 'not_understood';
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const angles: Angle[] = [];
  take(OPENING);
  while (at < text.length) {
    if (angles.length > 0) {
      if (take(CLOSING)) break;
      take(BETWEEN);
      if (text[at] === '"' || text[at] === "'") at += 1;
    }
    const before = take(BEFORE)?.[1];
    const number = take(NUMBER);
    if (!number) return 'not_understood';
    let [, minutes, seconds] = take(COLONS) ?? [];
    if (take(DEGREE_MARK) && !number[2]!.includes('.')) {
      minutes = take(MINUTES)?.[1];
      if (minutes !== undefined && !minutes.includes('.')) seconds = take(SECONDS)?.[1];
    }
    if (Number(minutes ?? 0) >= 60 || Number(seconds ?? 0) >= 60) return 'bad_minutes';
    const mark = before ?? take(AFTER)?.[1];
    const [axis, sign] = mark === undefined ? [null, 1] : AXES[mark]!;
    const size = Number(number[2]) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600;
    if (size > 180) return 'not_degrees';
    const last = seconds ?? minutes ?? number[2]!;
    const unit = lastDigit(last) / (seconds !== undefined ? 3600 : minutes !== undefined ? 60 : 1);
    angles.push({ degrees: (number[1] === '-' ? -1 : 1) * sign * size, axis, unit });
    if (angles.length > 6) return 'too_many_numbers';
  }
  if (angles.length === 0) return 'not_understood';
  return inDegreesMinutesSeconds(angles) ?? angles;
}

/** `24 29 18.6` and `118 7 5 24 29 18`: whole degrees, whole minutes, seconds, with nothing but blanks between. */
function inDegreesMinutesSeconds(angles: readonly Angle[]): Angle[] | null {
  if (angles.length !== 3 && angles.length !== 6) return null;
  const joined: Angle[] = [];
  for (let i = 0; i < angles.length; i += 3) {
    const [d, m, s] = [angles[i]!, angles[i + 1]!, angles[i + 2]!];
    if (d.unit !== 1 || m.unit !== 1 || m.degrees < 0 || m.degrees >= 60 || s.degrees < 0 || s.degrees >= 60)
      return null;
    const size = Math.abs(d.degrees) + m.degrees / 60 + s.degrees / 3600;
    joined.push({ degrees: d.degrees < 0 ? -size : size, axis: d.axis ?? s.axis, unit: s.unit / 3600 });
  }
  return joined;
}

function lastDigit(number: string): number {
  const point = number.indexOf('.');
  return point < 0 ? 1 : 10 ** -(number.length - point - 1);
}
