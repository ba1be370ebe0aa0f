import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { Point } from './point.ts';

/** Whether a ring (first position repeated or not) contains a point, by the even-odd rule. */
export function isInRing(lng: number, lat: number, ring: readonly Position[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as [number, number];
    const [xj, yj] = ring[j] as [number, number];
    if (yi > lat !== yj > lat && lng < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Whether a GeoJSON area contains a point; holes count as outside. Right on the border either answer may come. */
export function isInArea(point: Point, area: Polygon | MultiPolygon): boolean {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  return polygons.some(
    ([outer, ...holes]) =>
      outer !== undefined &&
      isInRing(point.lng, point.lat, outer) &&
      !holes.some((hole) => isInRing(point.lng, point.lat, hole)),
  );
}
