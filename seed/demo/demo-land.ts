import type { MultiPolygon, Polygon } from 'geojson';
import { distanceM, metresPerDegree } from '#domain/geo/geodesic.ts';
import { isInArea } from '#domain/geo/point-in-polygon.ts';
import type { Point } from '#domain/geo/point.ts';
import type { Street } from '../reference/data.ts';
import type { Random } from './random.ts';

/** Fictional places lie no farther than this from the point of a street's name. */
export const FROM_STREET_M = 1200;
/** And no nearer than this to the shore, which is drawn about as roughly. */
export const FROM_SHORE_M = 300;
const APART_M = 40;

export interface DemoLand {
  /** Whether a fictional place of this street may be here: on its district's land, off the shore and inland water. */
  isFree(point: Point, street: Street): boolean;
}

export function createDemoLand(land: {
  /** The districts' land by code. */
  districts: ReadonlyMap<string, MultiPolygon>;
  /** The outlines of the land, without borders between districts. */
  zones: readonly MultiPolygon[];
  /** Lakes, reservoirs and inner bays that the outlines count as land. */
  water: readonly (Polygon | MultiPolygon)[];
}): DemoLand {
  return {
    isFree(point, street) {
      const district = land.districts.get(street.districtCode);
      if (!district) throw new Error(`No borders of district ${street.districtCode}.`);
      if (!isInArea(point, district) || land.water.some((area) => isInArea(point, area))) return false;
      const zone = land.zones.find((area) => isInArea(point, area));
      return zone !== undefined && outlineDistanceM(point, zone) >= FROM_SHORE_M;
    },
  };
}

/** How far a point is from the nearest edge of an area, in metres. */
export function outlineDistanceM(point: Point, area: MultiPolygon): number {
  const scale = metresPerDegree(point.lat);
  let nearest = Infinity;
  for (const ring of area.coordinates.flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [aLng, aLat] = ring[i - 1] as [number, number];
      const [bLng, bLat] = ring[i] as [number, number];
      // The point is the origin of a plane in metres.
      const ax = (aLng - point.lng) * scale.lng;
      const ay = (aLat - point.lat) * scale.lat;
      const dx = (bLng - aLng) * scale.lng;
      const dy = (bLat - aLat) * scale.lat;
      const length2 = dx * dx + dy * dy;
      const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2));
      nearest = Math.min(nearest, Math.hypot(ax + along * dx, ay + along * dy));
    }
  }
  return nearest;
}

/** A free spot near a street's point with four decimals (about 10 m), or null when there seems to be none. */
export function findSpot(
  land: DemoLand,
  street: Street & { point: Point },
  taken: readonly Point[],
  random: Random,
): Point | null {
  const scale = metresPerDegree(street.point.lat);
  for (let attempt = 0; attempt < 400; attempt++) {
    // Not uniform over the disc: denser towards the middle, as cities are.
    const radiusM = FROM_STREET_M * random.next();
    const angle = 2 * Math.PI * random.next();
    const point = {
      lng: Number((street.point.lng + (radiusM * Math.cos(angle)) / scale.lng).toFixed(4)),
      lat: Number((street.point.lat + (radiusM * Math.sin(angle)) / scale.lat).toFixed(4)),
    };
    if (land.isFree(point, street) && taken.every((other) => distanceM(point, other) >= APART_M)) return point;
  }
  return null;
}
