import { metresPerDegree } from './geodesic.ts';
import type { LandOutline, LandRaster } from './land-raster.ts';
import type { Point } from './point.ts';

/** A place on land, where paths may start and end. */
export interface LandPlace extends Point {
  /** The index of the land, in the order of the outlines. */
  land: number;
  /** On the plane, in metres. */
  x: number;
  y: number;
  /** How far the point that was asked for lies off this place: 0 on land, the way to the shore otherwise. */
  accessM: number;
}

// A plane that touches the middle of the city. Straight lines on it are straight on the map; lengths are 0.3 % off at the
// city's north and south ends, so distances of paths are measured with `distanceM`, not here.
const ORIGIN: Point = { lng: 118.1, lat: 24.6 };
const SCALE = metresPerDegree(ORIGIN.lat);

export function toPlane(point: Point): { x: number; y: number } {
  return { x: (point.lng - ORIGIN.lng) * SCALE.lng, y: (point.lat - ORIGIN.lat) * SCALE.lat };
}

export function toPoint(x: number, y: number): Point {
  return { lng: ORIGIN.lng + x / SCALE.lng, lat: ORIGIN.lat + y / SCALE.lat };
}

/** A point's place on land: itself, or the nearest shore however far. */
export function placeOnLand(point: Point, raster: LandRaster): LandPlace {
  const { x, y } = toPlane(point);
  const land = raster.landAt(x, y);
  if (land >= 0) return { lng: point.lng, lat: point.lat, land, x, y, accessM: 0 };
  const shore = raster.nearestShore(x, y);
  return { ...toPoint(shore.x, shore.y), land: shore.land, x: shore.x, y: shore.y, accessM: shore.distanceM };
}

/** A GeoJSON ring as an outline on the plane: counter-clockwise, the repeated last position left out. */
export function toOutline(ring: readonly (readonly [lng: number, lat: number])[]): LandOutline {
  const corners = ring.slice(0, -1).map(([lng, lat]) => toPlane({ lng, lat }));
  let doubleArea = 0;
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % corners.length]!;
    doubleArea += a.x * b.y - b.x * a.y;
  });
  if (doubleArea < 0) corners.reverse();
  return Float64Array.from(corners.flatMap(({ x, y }) => [x, y]));
}
