import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM, metresPerDegree } from './geodesic.ts';
import type { Point } from './point.ts';

/** Vincenty's inverse formula (1975), WGS-84, to 0.1 mm: the oracle. */
function vincentyM(p: Point, q: Point): number {
  const rad = Math.PI / 180;
  const a = 6_378_137;
  const f = 1 / 298.257_223_563;
  const b = (1 - f) * a;
  const u1 = Math.atan((1 - f) * Math.tan(p.lat * rad));
  const u2 = Math.atan((1 - f) * Math.tan(q.lat * rad));
  const l = (q.lng - p.lng) * rad;
  let lambda = l;
  for (let i = 0; i < 100; i++) {
    const sinSigma = Math.hypot(
      Math.cos(u2) * Math.sin(lambda),
      Math.cos(u1) * Math.sin(u2) - Math.sin(u1) * Math.cos(u2) * Math.cos(lambda),
    );
    if (sinSigma === 0) return 0;
    const cosSigma = Math.sin(u1) * Math.sin(u2) + Math.cos(u1) * Math.cos(u2) * Math.cos(lambda);
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (Math.cos(u1) * Math.cos(u2) * Math.sin(lambda)) / sinSigma;
    const cos2Alpha = 1 - sinAlpha ** 2;
    const cos2m = cos2Alpha === 0 ? 0 : cosSigma - (2 * Math.sin(u1) * Math.sin(u2)) / cos2Alpha;
    const c = (f / 16) * cos2Alpha * (4 + f * (4 - 3 * cos2Alpha));
    const next = l + (1 - c) * f * sinAlpha * (sigma + c * sinSigma * (cos2m + c * cosSigma * (-1 + 2 * cos2m ** 2)));
    if (Math.abs(next - lambda) < 1e-13) {
      const k2 = (cos2Alpha * (a * a - b * b)) / (b * b);
      const bigA = 1 + (k2 / 16384) * (4096 + k2 * (-768 + k2 * (320 - 175 * k2)));
      const bigB = (k2 / 1024) * (256 + k2 * (-128 + k2 * (74 - 47 * k2)));
      const delta =
        bigB *
        sinSigma *
        (cos2m +
          (bigB / 4) *
            (cosSigma * (-1 + 2 * cos2m ** 2) - (bigB / 6) * cos2m * (-3 + 4 * sinSigma ** 2) * (-3 + 4 * cos2m ** 2)));
      return b * bigA * (sigma - delta);
    }
    lambda = next;
  }
  throw new Error('Vincenty does not converge');
}

// A little more than the city each way, so that the pairs reach 100 km.
const point = fc.record({
  lng: fc.double({ min: 117.7, max: 118.5, noNaN: true }),
  lat: fc.double({ min: 24.3, max: 25, noNaN: true }),
});

describe('distance', () => {
  it('stays within 0.05 % of the true geodesic up to 100 km', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        const exact = vincentyM(a, b);
        expect(Math.abs(distanceM(a, b) - exact)).toBeLessThanOrEqual(exact * 0.0005 + 1e-3);
      }),
      { seed: 20_230_913, numRuns: 2000 },
    );
  });

  it('is the same both ways, and zero only for one place', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(distanceM(a, b)).toBe(distanceM(b, a));
        expect(distanceM(a, a)).toBe(0);
      }),
      { seed: 20_230_913 },
    );
  });

  it('agrees with the length of a degree at 24.6° N that geodesy tables give', () => {
    const perDegree = metresPerDegree(24.6);
    expect(perDegree.lng).toBeCloseTo(vincentyM({ lng: 118, lat: 24.6 }, { lng: 118.001, lat: 24.6 }) * 1000, -1);
    expect(perDegree.lat).toBeCloseTo(vincentyM({ lng: 118, lat: 24.5995 }, { lng: 118, lat: 24.6005 }) * 1000, -1);
  });
});
