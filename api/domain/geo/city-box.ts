import type { Point } from './point.ts';

/** `[west, south, east, north]` in WGS-84 degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/**
 * Xiamen with about one kilometre around it (the outermost borders of `seed/reference/borders.json`).
 * A quick "is it anywhere near the city" test; the borders themselves decide in `land-network.ts`.
 */
export const CITY_BOX: Box = [117.87, 24.4, 118.43, 24.93];

/** Whether a point lies in a box, borders included. */
export function isInBox(point: Point, box: Box): boolean {
  return point.lng >= box[0] && point.lat >= box[1] && point.lng <= box[2] && point.lat <= box[3];
}

/**
 * Whether the two numbers make sense only the other way round: as given they are not in the city, swapped they are.
 * Takes raw numbers, because the mistake often fails `PointSchema` (a latitude of 118) and deserves a better message.
 */
export function looksSwapped(lng: number, lat: number): boolean {
  return !isInBox({ lng, lat }, CITY_BOX) && isInBox({ lng: lat, lat: lng }, CITY_BOX);
}
