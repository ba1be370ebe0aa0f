import { convertPoint } from '#domain/geo/coordinates.ts';
import type { Point } from '#domain/geo/point.ts';
import type { TravelMode } from '#domain/geo/travel.ts';

export const MAP_APPS = ['amap', 'baidu', 'tencent', 'apple'] as const;
export type MapApp = (typeof MAP_APPS)[number];

/** AMap has cycling (`ride`) but no e-bike; Tencent calls it `bike`. Apple's links know walking and driving. */
const AMAP_MODE: Record<TravelMode, string> = { foot: 'walk', ebike: 'ride', car: 'car' };
const TENCENT_MODE: Record<TravelMode, string> = { foot: 'walk', ebike: 'bike', car: 'drive' };
const APPLE_MODE: Record<TravelMode, string> = { foot: 'w', ebike: 'w', car: 'd' };

/**
 * The address that opens another map with the way to a place, in that map's own coordinates: GCJ-02 for AMap, Tencent
 * and Apple (whose maps of China are AMap's), BD-09 for Baidu. None carries the rider's own position: the other app
 * asks for it itself. Sources: lbs.amap.com URI API (navigation), lbsyun.baidu.com Web URI API (marker: its
 * `direction` demands an origin), lbs.qq.com URI API (routeplan), developer.apple.com Map Links.
 */
export function mapHandoverUrl(app: MapApp, place: Point & { name: string }, mode: TravelMode): string {
  const { name } = place;
  if (app === 'baidu') {
    const { lng, lat } = inDegrees(convertPoint(place, 'WGS84', 'BD09'));
    return withQuery('https://api.map.baidu.com/marker', {
      location: `${lat},${lng}`,
      title: name,
      content: name,
      coord_type: 'bd09ll',
      output: 'html',
      src: 'webapp.luyi.map',
    });
  }
  const { lng, lat } = inDegrees(convertPoint(place, 'WGS84', 'GCJ02'));
  if (app === 'amap') {
    return withQuery('https://uri.amap.com/navigation', {
      to: `${lng},${lat},${name.replaceAll(',', ' ')}`,
      mode: AMAP_MODE[mode],
      coordinate: 'gaode',
      src: 'luyi',
      callnative: '1',
    });
  }
  if (app === 'tencent') {
    return withQuery('https://apis.map.qq.com/uri/v1/routeplan', {
      type: TENCENT_MODE[mode],
      to: name,
      tocoord: `${lat},${lng}`,
      policy: '0',
      referer: 'luyi',
    });
  }
  return withQuery('https://maps.apple.com/', { daddr: `${lat},${lng}`, dirflg: APPLE_MODE[mode], q: name });
}

/** Six decimals, a tenth of a metre: what the map services read. */
function inDegrees({ lng, lat }: Point): { lng: string; lat: string } {
  return { lng: lng.toFixed(6), lat: lat.toFixed(6) };
}

function withQuery(address: string, query: Record<string, string>): string {
  return `${address}?${new URLSearchParams(query)}`;
}
