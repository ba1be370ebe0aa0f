import type { Box } from './city-box.ts';
import { isInBox } from './city-box.ts';
import { isInRing } from './point-in-polygon.ts';
import type { Point } from './point.ts';
import type { District } from './reach-data.ts';

/**
 * `findDistrictOf` for very many points: the same answers, with the box of every polygon looked at first and the polygon
 * that answered last tried first.
 */
export function createDistrictLookup(districts: readonly District[]): (point: Point) => District | null {
  const polygons = districts.flatMap((district) =>
    district.geometry.coordinates.flatMap(([outer, ...holes]) =>
      outer ? [{ district, outer, holes, box: boxOf(outer) }] : [],
    ),
  );
  let last = polygons[0];
  const holds = ({ outer, holes, box }: (typeof polygons)[number], point: Point): boolean =>
    isInBox(point, box) &&
    isInRing(point.lng, point.lat, outer) &&
    !holes.some((hole) => isInRing(point.lng, point.lat, hole));

  return function districtOf(point) {
    if (last && holds(last, point)) return last.district;
    const found = polygons.find((polygon) => holds(polygon, point));
    if (found) last = found;
    return found?.district ?? null;
  };
}

function boxOf(ring: readonly (readonly number[])[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of ring) {
    west = Math.min(west, lng!);
    south = Math.min(south, lat!);
    east = Math.max(east, lng!);
    north = Math.max(north, lat!);
  }
  return [west, south, east, north];
}
