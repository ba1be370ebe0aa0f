import gcoord from 'gcoord';
import type { Point } from './point.ts';

/**
 * The coordinate systems met in China: WGS-84 (satellites, and everything this program keeps), GCJ-02 (AMap, Tencent,
 * Apple Maps in China) and BD-09 (Baidu). CGCS2000 (Tianditu) equals WGS-84 at metre level and counts as it.
 */
export const COORDINATE_SYSTEMS = ['WGS84', 'GCJ02', 'BD09'] as const;
export type CoordinateSystem = (typeof COORDINATE_SYSTEMS)[number];

const CRS = { WGS84: gcoord.WGS84, GCJ02: gcoord.GCJ02, BD09: gcoord.BD09 } as const;

/**
 * The same place in another coordinate system. In Xiamen GCJ-02 lies about 580 m from WGS-84.
 * There and back is within 0.3 m everywhere in the city (tested); outside China all three are the same.
 */
export function convertPoint(point: Point, from: CoordinateSystem, to: CoordinateSystem): Point {
  if (from === to) return point;
  const [lng, lat] = gcoord.transform([point.lng, point.lat], CRS[from], CRS[to]);
  return { lng: lng!, lat: lat! };
}
