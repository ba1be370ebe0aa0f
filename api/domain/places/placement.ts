import type { MultiPolygon, Polygon } from 'geojson';
import { metresPerDegree } from '../geo/geodesic.ts';
import type { LandNetwork } from '../geo/land-network.ts';
import { isInArea } from '../geo/point-in-polygon.ts';
import type { Point } from '../geo/point.ts';

/** The shore of the base map is some hundred metres rough, and land won from the sea since 2017 is missing. */
const SHORE_ROUGH_M = 300;
/** Borders of districts are about 100 m rough. */
const BORDER_ROUGH_M = 150;

export type DistrictArea = { code: string; name: string; geometry: Polygon | MultiPolygon };

export type PlacementFault =
  | { what: 'outside_city'; awayM: number }
  | { what: 'at_sea'; offshoreM: number }
  | { what: 'other_district'; found: DistrictArea | null; stated: DistrictArea };

/**
 * What is wrong with where a place is said to be, null when nothing is: a point in the water or outside the city, or one
 * that lies in another district than stated by more than the borders are rough. An unknown district is not judged.
 */
export function findPlacementFault(
  point: Point,
  districtCode: string | null,
  network: Pick<LandNetwork, 'locate'>,
  districts: readonly DistrictArea[],
): PlacementFault | null {
  const location = network.locate(point);
  if (location.outside) return { what: 'outside_city', awayM: location.nearestM };
  if (location.offshoreM > SHORE_ROUGH_M) return { what: 'at_sea', offshoreM: location.offshoreM };
  const stated = districts.find(({ code }) => code === districtCode);
  if (!stated || isInArea(point, stated.geometry)) return null;
  const found = districts.find((district) => isInArea(point, district.geometry)) ?? null;
  // On a shore or an islet that no district's shape has, the one beside it is taken at its word.
  const allowedM = found ? BORDER_ROUGH_M : BORDER_ROUGH_M + SHORE_ROUGH_M;
  return isNearArea(point, stated.geometry, allowedM) ? null : { what: 'other_district', found, stated };
}

function isNearArea(point: Point, area: Polygon | MultiPolygon, withinM: number): boolean {
  const { lng: perLng, lat: perLat } = metresPerDegree(point.lat);
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  return polygons.some((rings) =>
    rings.some((ring) =>
      ring.some(([lng, lat], i) => {
        const [nextLng, nextLat] = ring[(i + 1) % ring.length]!;
        const ax = (lng! - point.lng) * perLng;
        const ay = (lat! - point.lat) * perLat;
        const dx = (nextLng! - point.lng) * perLng - ax;
        const dy = (nextLat! - point.lat) * perLat - ay;
        const along = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
        return Math.hypot(ax + along * dx, ay + along * dy) <= withinM;
      }),
    ),
  );
}
