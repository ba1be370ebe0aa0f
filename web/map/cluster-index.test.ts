import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClusterIndex } from './cluster-index.ts';

const CITY = [117.8, 24.3, 118.5, 25] as const;
const cityPoint = fc.tuple(
  fc.double({ min: 117.9, max: 118.4, noNaN: true }),
  fc.double({ min: 24.4, max: 24.9, noNaN: true }),
);

test('at every zoom each place is counted exactly once', () => {
  fc.assert(
    fc.property(fc.array(cityPoint, { maxLength: 200 }), fc.integer({ min: 9, max: 19 }), (points, zoom) => {
      const items = createClusterIndex(Float64Array.from(points.flat())).query(CITY, zoom);
      expect(items.reduce((sum, item) => sum + (item.kind === 'cluster' ? item.count : 1), 0)).toBe(points.length);
      if (zoom >= 16) expect(items.every((item) => item.kind === 'place')).toBe(true);
    }),
    { seed: 20261123, numRuns: 40 },
  );
});

test('a bubble comes apart at its expansion zoom', () => {
  const index = createClusterIndex(Float64Array.from([118.1, 24.48, 118.101, 24.481]));
  const [bubble] = index.query(CITY, 10);
  expect(bubble).toMatchObject({ kind: 'cluster', count: 2 });
  if (bubble?.kind === 'cluster') expect(index.query(CITY, bubble.expansionZoom)).toHaveLength(2);
});
