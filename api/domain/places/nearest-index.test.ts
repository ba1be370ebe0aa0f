import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import crossingsJson from '../../../seed/reference/crossings.json' with { type: 'json' };
import zonesJson from '../../../seed/reference/reach-zones.json' with { type: 'json' };
import { distanceM } from '../geo/geodesic.ts';
import { createLandNetwork, OutsideCityError } from '../geo/land-network.ts';
import type { Point } from '../geo/point.ts';
import { ReachData } from '../geo/reach-data.ts';
import { TRAVEL_MODES } from '../geo/travel.ts';
import { createNearestIndex, type NearestPoints, type NearestQuery } from './nearest-index.ts';

const { zones, crossings } = ReachData.parse({ zones: zonesJson, crossings: crossingsJson });
const network = createLandNetwork(zones, crossings);

/** The straits between the island, Gulangyu, Haicang and Jimei, where water decides. */
const byTheWater = fc.record({
  lng: fc.double({ min: 118.02, max: 118.2, noNaN: true }),
  lat: fc.double({ min: 24.43, max: 24.6, noNaN: true }),
});
const downtown = fc.record({
  lng: fc.double({ min: 118.07, max: 118.13, noNaN: true }),
  lat: fc.double({ min: 24.45, max: 24.5, noNaN: true }),
});
const inCity = fc.oneof(byTheWater, downtown).filter((point) => !network.locate(point).outside);
/** Not known, far out at sea, or somewhere. */
const maybePoint = fc.oneof({ arbitrary: inCity, weight: 20 }, fc.constantFrom(null, { lng: 118.6, lat: 24.3 }));

const byDistance = (a: { index: number; distanceM: number }, b: { index: number; distanceM: number }) =>
  a.distanceM - b.distanceM || a.index - b.index;

/** The definition, written down as plain loops over every point. */
function bruteForce(
  points: readonly (Point | null)[],
  { from, mode, limit, accepts = () => true }: NearestQuery,
): NearestPoints {
  const reach = network.reachFrom(from, mode);
  const reachable: NearestPoints['reachable'] = [];
  const across: NearestPoints['acrossWater'] = [];
  points.forEach((point, index) => {
    if (!point || !accepts(index) || network.locate(point).outside) return;
    const way = reach.to(point);
    const straight = { index, distanceM: distanceM(from, point) };
    if (way) reachable.push({ ...straight, ...way });
    else across.push(straight);
  });
  reachable.sort((a, b) => a.travelDistanceM - b.travelDistanceM || byDistance(a, b));
  const nearest = reachable.slice(0, limit);
  const farthestM = nearest.length < limit ? Infinity : Math.max(...nearest.map((found) => found.distanceM));
  const nearer = across.filter((found) => found.distanceM <= farthestM).sort(byDistance);
  return { reachable: nearest, acrossWater: nearer.slice(0, limit) };
}

describe('the nearest index', () => {
  it('answers exactly what plain loops over every point answer, on both sides of the water', () => {
    const scene = fc.record({
      points: fc.array(maybePoint, { maxLength: 60 }),
      from: inCity,
      mode: fc.constantFrom(...TRAVEL_MODES),
      limit: fc.integer({ min: 1, max: 12 }),
      every: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(scene, ({ points, from, mode, limit, every }) => {
        const query = { from, mode, limit, accepts: (i: number) => i % every === 0 };
        expect(createNearestIndex(points, network).query(query)).toEqual(bruteForce(points, query));
      }),
      { seed: 20_230_917, numRuns: 400 },
    );
  });

  it('answers the same again, whatever was asked in between', () => {
    const points = fc.sample(maybePoint, { seed: 5, numRuns: 500 });
    const index = createNearestIndex(points, network);
    const queries = fc
      .sample(fc.tuple(inCity, fc.constantFrom(...TRAVEL_MODES)), { seed: 6, numRuns: 60 })
      .map(([from, mode]) => ({ from, mode, limit: 10 }));
    const first = queries.map((query) => index.query(query));
    expect(queries.toReversed().map((query) => index.query(query))).toEqual(first.toReversed());
    for (const [i, query] of queries.entries()) expect(first[i]).toEqual(bruteForce(points, query));
  });

  it('gives places at the very same point in the order in which they were given', () => {
    const here = { lng: 118.118, lat: 24.4885 };
    const { reachable } = createNearestIndex([here, here, here, here], network).query({
      from: here,
      mode: 'foot',
      limit: 3,
    });
    expect(reachable.map(({ index, distanceM: metres }) => [index, metres])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
  });

  it('finds a place at the other end of the city', () => {
    const { reachable } = createNearestIndex([{ lng: 118.33, lat: 24.56 }], network).query({
      from: { lng: 117.95, lat: 24.5 },
      mode: 'car',
      limit: 1,
    });
    expect(reachable).toHaveLength(1);
  });

  it('has no answer without a place, and refuses to be asked from outside the city', () => {
    const from = { lng: 118.118, lat: 24.4885 };
    const nothing = { reachable: [], acrossWater: [] };
    expect(createNearestIndex([], network).query({ from, mode: 'car', limit: 5 })).toEqual(nothing);
    expect(createNearestIndex([null, null], network).query({ from, mode: 'car', limit: 5 })).toEqual(nothing);
    expect(createNearestIndex([from], network).query({ from, mode: 'car', limit: 0 })).toEqual(nothing);
    expect(() =>
      createNearestIndex([from], network).query({ from: { lng: 119.3, lat: 26.08 }, mode: 'car', limit: 1 }),
    ).toThrow(OutsideCityError);
  });
});
