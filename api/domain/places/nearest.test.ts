import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import crossingsJson from '../../../seed/reference/crossings.json' with { type: 'json' };
import zonesJson from '../../../seed/reference/reach-zones.json' with { type: 'json' };
import { createLandNetwork } from '../geo/land-network.ts';
import { ReachData } from '../geo/reach-data.ts';
import { describeNearest, distanceRangeM } from './nearest.ts';
import type { NearestPoints } from './nearest-index.ts';

const { zones, crossings } = ReachData.parse({ zones: zonesJson, crossings: crossingsJson });
const network = createLandNetwork(zones, crossings);
const ISLAND = { lng: 118.0745, lat: 24.4565 };
const GULANGYU = { lng: 118.067, lat: 24.447 };

function describeOne(
  nearest: Partial<NearestPoints>,
  precisionM: number | null,
  mode: 'foot' | 'ebike' | 'car' = 'foot',
  from = ISLAND,
) {
  return describeNearest({ reachable: [], acrossWater: [], ...nearest }, from, mode, network, (index) => ({
    site: `site-${index}`,
    point: GULANGYU,
    precisionM,
    opening: { state: 'unknown' },
  }));
}

describe('what people are told of a place', () => {
  it('has whole metres and tenths of minutes', () => {
    const found = { index: 3, distanceM: 1234.567, travelDistanceM: 1604.93, crossings: [] };
    expect(describeOne({ reachable: [found] }, 50).reachable).toEqual([
      { site: 'site-3', distanceM: 1235, travelDistanceM: 1605, travelTimeMin: 20.1, opening: { state: 'unknown' } },
    ]);
  });

  it('takes as long as on foot where the mode is banned, and says so', () => {
    const reachable = [{ index: 0, distanceM: 400, travelDistanceM: 520, crossings: [] }];
    const timeOf = (...how: ['foot' | 'ebike' | 'car', typeof ISLAND]) =>
      describeOne({ reachable }, 50, ...how).reachable[0]!;
    expect(timeOf('ebike', GULANGYU)).toMatchObject({ travelTimeMin: 6.5, walked: true });
    expect(timeOf('foot', GULANGYU)).not.toHaveProperty('walked');
    expect(timeOf('ebike', ISLAND)).not.toHaveProperty('walked');
    expect(timeOf('ebike', ISLAND).travelTimeMin).toBe(2.1);
  });

  it('names the bridges on the way', () => {
    const found = { index: 0, distanceM: 1, travelDistanceM: 2, crossings: ['jimei-bridge'] };
    expect(describeOne({ reachable: [found] }, 50).reachable[0]!.crossings).toEqual(['jimei-bridge']);
  });

  it('across the water has no way and no time, but the ferries that this mode may use', () => {
    const acrossWater = [{ index: 0, distanceM: 800.4 }];
    const [byFoot] = describeOne({ acrossWater }, 50, 'foot').acrossWater;
    expect(byFoot).toMatchObject({ distanceM: 800, travelDistanceM: null, travelTimeMin: null });
    expect(byFoot!.waysAcross).toContain('ferry-lundu-gulangyu');
    expect(describeOne({ acrossWater }, 50, 'car').acrossWater[0]).not.toHaveProperty('waysAcross');
  });

  it('whose point is rough is a range without a time, on either side of the water', () => {
    const found = { index: 0, distanceM: 800, travelDistanceM: 1040, crossings: [] };
    const { reachable, acrossWater } = describeOne({ reachable: [found], acrossWater: [found] }, 600);
    expect(reachable[0]).toMatchObject({ distanceRangeM: [200, 1400], travelDistanceM: 1040, travelTimeMin: null });
    expect(acrossWater[0]!.distanceRangeM).toEqual([200, 1400]);
    expect(describeOne({ reachable: [found] }, 500).reachable[0]).not.toHaveProperty('distanceRangeM');
  });
});

describe('the range of a rough distance', () => {
  it('holds the distance, is never below zero, and as wide as the doubt allows', () => {
    const metres = fc.double({ min: 0, max: 50_000, noNaN: true });
    fc.assert(
      fc.property(metres, fc.integer({ min: 501, max: 20_000 }), (distanceM, precisionM) => {
        const [nearestM, farthestM] = distanceRangeM(distanceM, precisionM);
        expect(nearestM).toBeGreaterThanOrEqual(0);
        expect(nearestM).toBeLessThanOrEqual(Math.round(distanceM));
        expect(farthestM).toBeGreaterThanOrEqual(Math.round(distanceM));
        expect(farthestM - nearestM).toBeLessThanOrEqual(2 * precisionM + 1);
      }),
      { seed: 2 },
    );
  });
});
