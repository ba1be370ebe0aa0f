import { isInArea } from './point-in-polygon.ts';
import type { Point } from './point.ts';
import type { District } from './reach-data.ts';

/**
 * The district on whose land a point is, null at sea and outside the city. The borders are about 100 m rough, so beside a
 * border the neighbour may be the true answer; the shore is about 300 m rough, so a quay may lie at sea.
 */
export function findDistrictOf(point: Point, districts: readonly District[]): District | null {
  return districts.find((district) => isInArea(point, district.geometry)) ?? null;
}
