import { isInBox, CITY_BOX, looksSwapped } from '#domain/geo/city-box.ts';
import { type CoordinateSystem, convertPoint } from '#domain/geo/coordinates.ts';
import type { Point } from '#domain/geo/point.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';

export type TypedCoordinates =
  | { ok: true; point: Point; original: NonNullable<SiteDocument['original']>; swapped: boolean; farAway: boolean }
  | { ok: false };

const NUMBER = String.raw`-?\d{1,3}(?:\.\d+)?`;
const PAIR = new RegExp(String.raw`^\s*(${NUMBER})\s*°?\s*[EN]?[\s,，;；/]+(${NUMBER})\s*°?\s*[EN]?\s*$`, 'i');

/**
 * Two numbers as they are copied from a map or a table, `118.0894, 24.4795`. Latitude first is recognised when the
 * numbers make sense only that way round. The original is kept as it was given, in its own system.
 */
export function readCoordinates(text: string, crs: CoordinateSystem): TypedCoordinates {
  const found = PAIR.exec(text);
  if (!found) return { ok: false };
  const [first, second] = [Number(found[1]), Number(found[2])];
  const swapped = looksSwapped(first, second);
  const [lng, lat] = swapped ? [second, first] : [first, second];
  if (Math.abs(lng) > 180 || Math.abs(lat) > 90) return { ok: false };
  const point = roundPoint(convertPoint({ lng, lat }, crs, 'WGS84'));
  return { ok: true, point, original: { lng, lat, crs }, swapped, farAway: !isInBox(point, CITY_BOX) };
}

/** A tenth of a metre is more than any source knows. */
export function roundPoint({ lng, lat }: Point): Point {
  return { lng: Number(lng.toFixed(6)), lat: Number(lat.toFixed(6)) };
}

/** `118.089400, 24.479500` in another system. */
export function writeCoordinates(point: Point, crs: CoordinateSystem): string {
  const { lng, lat } = convertPoint(point, 'WGS84', crs);
  return `${lng.toFixed(6)}, ${lat.toFixed(6)}`;
}
