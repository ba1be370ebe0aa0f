import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertPoint, COORDINATE_SYSTEMS } from './coordinates.ts';
import { distanceM } from './geodesic.ts';
import { CITY_BOX } from './city-box.ts';

const point = fc.record({
  lng: fc.double({ min: CITY_BOX[0], max: CITY_BOX[2], noNaN: true }),
  lat: fc.double({ min: CITY_BOX[1], max: CITY_BOX[3], noNaN: true }),
});
const system = fc.constantFrom(...COORDINATE_SYSTEMS);

describe('coordinate systems', () => {
  it('come back within 0.5 m after a round trip, everywhere in the city', () => {
    fc.assert(
      fc.property(point, system, system, (p, from, to) => {
        expect(distanceM(p, convertPoint(convertPoint(p, from, to), to, from))).toBeLessThan(0.5);
      }),
      { seed: 20_230_913, numRuns: 3000 },
    );
  });

  it('lead to the same place by way of a third system', () => {
    fc.assert(
      fc.property(point, system, system, system, (p, a, b, c) => {
        expect(distanceM(convertPoint(p, a, c), convertPoint(convertPoint(p, a, b), b, c))).toBeLessThan(0.5);
      }),
      { seed: 20_230_913, numRuns: 1000 },
    );
  });

  it('shift the city as its maps do: GCJ-02 about 0.0050° east and 0.0027° south', () => {
    const shifted = convertPoint({ lng: 118.118, lat: 24.4885 }, 'WGS84', 'GCJ02');
    expect(shifted.lng - 118.118).toBeCloseTo(0.005, 3);
    expect(shifted.lat - 24.4885).toBeCloseTo(-0.0027, 3);
  });

  it('leave a point alone when there is nothing to convert', () => {
    const p = { lng: 118.1, lat: 24.5 };
    expect(convertPoint(p, 'BD09', 'BD09')).toBe(p);
  });
});
