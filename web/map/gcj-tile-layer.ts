/* oxlint-disable no-underscore-dangle -- Leaflet marks what subclasses may replace with an underscore */
import L from 'leaflet';
import { gcjShift, gcjTileCorner } from './gcj-tiles.ts';
import { fromLeaflet } from './lng-lat.ts';

/** The inner parts of Leaflet 1.9's GridLayer that decide which tiles are needed and where they stand. */
type GridInside = {
  _level: { origin: L.Point };
  _tileZoom: number;
  _getTiledPixelBounds: (center: L.LatLng) => L.Bounds;
};

/** A tile layer in GCJ-02, shown where WGS-84 says (the calculation and its error: gcj-tiles.ts). */
const GcjTileLayer = L.TileLayer.extend({
  _getTilePos(this: GridInside, coords: L.Coords): L.Point {
    return L.point(gcjTileCorner(coords, coords.z)).subtract(this._level.origin).round();
  },
  _getTiledPixelBounds(this: GridInside, center: L.LatLng): L.Bounds {
    const inside = L.GridLayer.prototype as unknown as GridInside;
    const bounds = inside._getTiledPixelBounds.call(this, center);
    const shift = gcjShift(fromLeaflet(center), this._tileZoom);
    return L.bounds(bounds.min!.add(L.point(shift)), bounds.max!.add(L.point(shift)));
  },
}) as unknown as new (url: string, options: L.TileLayerOptions) => L.TileLayer;

export function createGcjTileLayer(url: string, options: L.TileLayerOptions): L.TileLayer {
  return new GcjTileLayer(url, options);
}
