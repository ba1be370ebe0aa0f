import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../seed/demo/random.ts';
import { readDistricts } from '../../../seed/reference/data.ts';
import { createDistrictFinder } from './district-finder.ts';
import { findDistrictOf } from './district-of.ts';
import type { District } from './reach-data.ts';

const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const district = (code: string, coordinates: number[][][][]) =>
  ({ type: 'Feature', properties: { code }, geometry: { type: 'MultiPolygon', coordinates } }) as District;

describe('the finder of districts', () => {
  it('answers as asking every border does, in the middle of its rows', () => {
    const districts = readDistricts().features;
    const find = createDistrictFinder(districts);
    const random = createRandom(3);
    const found = new Set<string | null>();
    for (let i = 0; i < 20_000; i++) {
      const lat = Math.round((24.3 + random.next() * 0.7) / 0.0005) * 0.0005;
      const point = { lng: 117.8 + random.next() * 0.7, lat };
      const code = find(point);
      found.add(code);
      expect(code).toBe(findDistrictOf(point, districts)?.properties.code ?? null);
    }
    expect(found.size).toBe(7);
  });

  it('leaves holes out, also where another district fills them', () => {
    const find = createDistrictFinder([
      district('around', [[square(0, 0, 9), square(3, 3, 3)], [square(20, 0, 1)]]),
      district('within', [[square(4, 4, 1)]]),
    ]);
    const ask = (lng: number, lat: number) => find({ lng, lat });
    expect([ask(1, 1), ask(3.5, 3.5), ask(4.5, 4.5), ask(8.5, 4.5), ask(20.5, 0.5), ask(10, 4.5)]).toEqual([
      'around',
      null,
      'within',
      'around',
      'around',
      null,
    ]);
  });
});
