import { expect, it } from 'vitest';
import { metresPerDegree } from '../geo/geodesic.ts';
import { isAtSite } from './at-site.ts';

const point = { lng: 118.118, lat: 24.4885 };
const northOf = (metres: number) => ({ lng: point.lng, lat: point.lat + metres / metresPerDegree(point.lat).lat });

it.each([
  [0, 15, 50, true],
  [149, 100, null, true],
  [151, 15, null, false],
  [199, 15, 50, true],
  [201, 15, 50, false],
  [0, 101, 50, undefined],
])('%i m away, known to %i m, of a point known to %s m: %s', (metres, accuracyM, precisionM, expected) => {
  expect(isAtSite({ ...northOf(metres), accuracyM }, { point, precisionM })).toBe(expected);
});

it('does not know without a position or without a point', () => {
  expect(isAtSite(null, { point, precisionM: 50 })).toBeUndefined();
  expect(isAtSite({ ...point, accuracyM: 5 }, { point: null, precisionM: null })).toBeUndefined();
});
