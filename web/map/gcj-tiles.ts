import { convertPoint } from '#domain/geo/coordinates.ts';
import type { LngLat } from './lng-lat.ts';

/**
 * Tiles drawn in GCJ-02 (AMap and others) under data in WGS-84. Their shift, some 580 m in Xiamen, differs from place
 * to place, so each tile is put where its own middle belongs; inside one tile the rest stays far below a pixel.
 */
const TILE_PX = 256;

/** Web Mercator pixel of a point at a zoom, tiles of 256 px. */
export function toPixel({ lng, lat }: LngLat, zoom: number): { x: number; y: number } {
  const worldPx = TILE_PX * 2 ** zoom;
  const sin = Math.sin((lat * Math.PI) / 180);
  return { x: worldPx * (lng / 360 + 0.5), y: worldPx * (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) };
}

export function fromPixel({ x, y }: { x: number; y: number }, zoom: number): LngLat {
  const worldPx = TILE_PX * 2 ** zoom;
  const n = Math.PI * (1 - (2 * y) / worldPx);
  return { lng: (x / worldPx - 0.5) * 360, lat: (Math.atan(Math.sinh(n)) * 180) / Math.PI };
}

/** The WGS-84 pixel at which the north-west corner of a GCJ-02 tile has to stand. */
export function gcjTileCorner(tile: { x: number; y: number }, zoom: number): { x: number; y: number } {
  const middle = { x: (tile.x + 0.5) * TILE_PX, y: (tile.y + 0.5) * TILE_PX };
  const place = toPixel(convertPoint(fromPixel(middle, zoom), 'GCJ02', 'WGS84'), zoom);
  return { x: place.x - TILE_PX / 2, y: place.y - TILE_PX / 2 };
}

/** How far GCJ-02 pixels lie from WGS-84 pixels around a point: tells which tiles a view needs. */
export function gcjShift(point: LngLat, zoom: number): { x: number; y: number } {
  const wgs = toPixel(point, zoom);
  const gcj = toPixel(convertPoint(point, 'WGS84', 'GCJ02'), zoom);
  return { x: gcj.x - wgs.x, y: gcj.y - wgs.y };
}
