import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { wilsonInterval } from './wilson-interval.ts';

it.each([
  // Newcombe 1998, table I, method 3.
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i lie between %d and %d', (count, total, low, high) => {
  const interval = wilsonInterval(count, total);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

it('holds the share, stays within 0 and 1, and is narrower the more was seen', () => {
  const cases = fc.integer({ min: 1, max: 500 }).chain((total) => fc.tuple(fc.nat({ max: total }), fc.constant(total)));
  fc.assert(
    fc.property(cases, ([count, total]) => {
      const { low, high } = wilsonInterval(count, total);
      const more = wilsonInterval(count * 4, total * 4);
      const share = count / total;
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(share + 1e-12);
      expect(high).toBeGreaterThanOrEqual(share - 1e-12);
      expect(more.high - more.low).toBeLessThan(high - low);
    }),
    { seed: 11 },
  );
});

it.each([
  [1, 0],
  [-1, 5],
  [6, 5],
  [NaN, 5],
])('refuses %d of %d', (count, total) => {
  expect(() => wilsonInterval(count, total)).toThrow(RangeError);
});
