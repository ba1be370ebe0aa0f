import { describe, expect, test } from 'vitest';
import { convertPoint } from '#domain/geo/coordinates.ts';
import { distanceM } from '#domain/geo/geodesic.ts';
import { MAP_APPS, mapHandoverUrl } from './map-handover.ts';

const place = { lng: 118.118, lat: 24.4885, name: '劳动力市场大厦, 二楼' };
const query = (url: string) => new URL(url).searchParams;

describe('handing a place over to another map', () => {
  test.each([
    ['amap', 'GCJ02', (q: URLSearchParams) => q.get('to')!.split(',').slice(0, 2).map(Number)],
    ['tencent', 'GCJ02', (q: URLSearchParams) => q.get('tocoord')!.split(',').map(Number).toReversed()],
    ['apple', 'GCJ02', (q: URLSearchParams) => q.get('daddr')!.split(',').map(Number).toReversed()],
    ['baidu', 'BD09', (q: URLSearchParams) => q.get('location')!.split(',').map(Number).toReversed()],
  ] as const)('%s gets it in %s, in its own order', (app, system, read) => {
    const [lng, lat] = read(query(mapHandoverUrl(app, place, 'ebike')));
    const there = { lng: lng!, lat: lat! };
    // It is another point than ours (about 580 m off), and the same place once it is read in its own system.
    expect(distanceM(there, place)).toBeGreaterThan(400);
    expect(distanceM(convertPoint(there, system, 'WGS84'), place)).toBeLessThan(0.5);
  });

  test.each([
    ['foot', 'walk', 'walk', 'w'],
    ['ebike', 'ride', 'bike', 'w'],
    ['car', 'car', 'drive', 'd'],
  ] as const)('%s stays the way of travelling', (mode, amap, tencent, apple) => {
    expect(query(mapHandoverUrl('amap', place, mode)).get('mode')).toBe(amap);
    expect(query(mapHandoverUrl('tencent', place, mode)).get('type')).toBe(tencent);
    expect(query(mapHandoverUrl('apple', place, mode)).get('dirflg')).toBe(apple);
  });

  test('a comma in the name does not shift the fields of AMap', () => {
    expect(
      query(mapHandoverUrl('amap', place, 'car'))
        .get('to')!
        .split(','),
    ).toHaveLength(3);
  });

  test('no address carries where the rider is', () => {
    for (const app of MAP_APPS) {
      const keys = [...query(mapHandoverUrl(app, place, 'foot')).keys()];
      expect(keys.filter((key) => /^(from|origin|saddr|sll)/.test(key))).toEqual([]);
    }
  });
});
