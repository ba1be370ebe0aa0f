import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPlaneTree } from './plane-tree.ts';

// Few distinct values, so that many points share a line or lie on one another.
const coordinate = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1000, max: 1000, noNaN: true }));
const points = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 200 });

const treeOver = (xys: readonly (readonly [number, number])[]) =>
  createPlaneTree(
    xys.map((_, i) => 1000 + i),
    Float64Array.from(xys.flat()),
  );

test('every point within a radius is visited once, with its distance, and no other', () => {
  fc.assert(
    fc.property(points, coordinate, coordinate, fc.double({ min: 0, max: 1500, noNaN: true }), (xys, x, y, radiusM) => {
      const visited: [number, number][] = [];
      treeOver(xys).searchAround(x, y, radiusM, (id, distanceM) => {
        visited.push([id, distanceM]);
        return radiusM;
      });
      const expected = xys
        .map(([px, py], i) => [1000 + i, Math.sqrt((px - x) ** 2 + (py - y) ** 2)])
        .filter(([, distanceM]) => distanceM! <= radiusM);
      expect(visited.sort(([a], [b]) => a - b)).toEqual(expected);
    }),
    { seed: 11, numRuns: 300 },
  );
});

test('shrinking the radius to the nearest point so far finds the nearest of all', () => {
  fc.assert(
    fc.property(points, coordinate, coordinate, (xys, x, y) => {
      let nearestM = Infinity;
      treeOver(xys).searchAround(x, y, Infinity, (_, distanceM) => (nearestM = Math.min(nearestM, distanceM)));
      expect(nearestM).toBe(Math.min(Infinity, ...xys.map(([px, py]) => Math.sqrt((px - x) ** 2 + (py - y) ** 2))));
    }),
    { seed: 12, numRuns: 300 },
  );
});
