import type { LngLat } from './lng-lat.ts';
import type { MapView } from './url-view.ts';

/** Closer shows no street names, farther no streets. */
const CLOSEST = 16;
const WIDEST = 13;
/** Marks and the circle of the position are kept this far from the edges, in CSS pixels. */
const PADDING_PX = 40;
const TILE_PX = 256;

/**
 * The closest view that shows all points (one at least) in a visible part of this size, in CSS pixels. Where they lie too
 * far apart it shows the first.
 */
export function fittingView(points: readonly LngLat[], visible: { width: number; height: number }): MapView {
  const lngs = points.map(({ lng }) => lng);
  const lats = points.map(({ lat }) => lat);
  const [west, east] = [Math.min(...lngs), Math.max(...lngs)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const middle = { lng: (west + east) / 2, lat: (south + north) / 2 };
  // Web Mercator stretches both axes alike; in degrees the north-south one is longer on the screen.
  const widthOfWorld = (east - west) / 360;
  const heightOfWorld = (north - south) / 360 / Math.cos((middle.lat * Math.PI) / 180);
  const fits = (zoom: number) => {
    const world = TILE_PX * 2 ** zoom;
    return (
      widthOfWorld * world <= visible.width - 2 * PADDING_PX && heightOfWorld * world <= visible.height - 2 * PADDING_PX
    );
  };
  for (let zoom = CLOSEST; zoom >= WIDEST; zoom -= 1) if (fits(zoom)) return { ...middle, zoom };
  return { lng: points[0]!.lng, lat: points[0]!.lat, zoom: WIDEST };
}
