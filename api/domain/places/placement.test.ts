import { describe, expect, it } from 'vitest';
import type { LandLocation } from '../geo/land-network.ts';
import { type DistrictArea, findPlacementFault } from './placement.ts';

const square = (code: string, west: number): DistrictArea => ({
  code,
  name: code,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, 24.4],
        [west + 0.1, 24.4],
        [west + 0.1, 24.5],
        [west, 24.5],
        [west, 24.4],
      ],
    ],
  },
});
const districts = [square('350203', 118), square('350206', 118.1)];
const onLand: LandLocation = { outside: false, zone: 'island', offshoreM: 0 };
const judge = (lng: number, code: string | null, location: LandLocation = onLand) =>
  findPlacementFault({ lng, lat: 24.45 }, code, { locate: () => location }, districts);

/** In degrees of longitude there. */
const metres = (m: number) => m / 101_350;

describe('findPlacementFault', () => {
  it.each<[string, number, string | null]>([
    ['in the stated district', 118.05, '350203'],
    ['across the border by less than the border is rough', 118.1 + metres(100), '350203'],
    ['beside the outer border, where no district has land', 118 - metres(200), '350203'],
    ['with a district that nobody stated', 118.15, null],
    ['with a district whose shape is not known', 118.15, '350999'],
  ])('accepts a point %s', (_, lng, code) => {
    expect(judge(lng, code)).toBeNull();
  });

  it('refuses a point in another district, and says which', () => {
    expect(judge(118.1 + metres(200), '350203')).toMatchObject({
      what: 'other_district',
      found: { code: '350206' },
      stated: { code: '350203' },
    });
    expect(judge(118.3, '350203')).toMatchObject({ what: 'other_district', found: null });
  });

  it('refuses a point in the water or outside the city, but not on a quay', () => {
    expect(judge(118.05, '350203', { ...onLand, offshoreM: 250 })).toBeNull();
    expect(judge(118.05, '350203', { ...onLand, offshoreM: 350 })).toEqual({ what: 'at_sea', offshoreM: 350 });
    expect(judge(118.05, null, { outside: true, nearestM: 5000 })).toEqual({ what: 'outside_city', awayM: 5000 });
  });
});
