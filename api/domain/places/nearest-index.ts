import { distanceM, metresPerDegree } from '../geo/geodesic.ts';
import { type LandNetwork, lowerBoundM, type PreparedTarget } from '../geo/land-network.ts';
import type { Point } from '../geo/point.ts';
import { createPlaneTree, type PlaneTree } from '../geo/plane-tree.ts';
import { DETOUR_RATIO, type TravelMode } from '../geo/travel.ts';

export type NearestQuery = {
  /** Must lie in the city by `network.locate`; otherwise `OutsideCityError`. */
  from: Point;
  mode: TravelMode;
  /** How many of each group at most. */
  limit: number;
  /** Whether the point with this index may be answered at all. */
  accepts?: (index: number) => boolean;
};

/** `index` counts the points as they were given. */
export type ReachablePoint = {
  index: number;
  distanceM: number;
  travelDistanceM: number;
  crossings: readonly string[];
};
export type UnreachablePoint = { index: number; distanceM: number };

/**
 * `reachable`: the nearest by the estimated way, ascending. `acrossWater`: those that cannot be reached by this mode yet
 * lie nearer, as the crow flies, than the farthest of the reachable; all of them when the reachable are fewer than asked.
 */
export type NearestPoints = { reachable: ReachablePoint[]; acrossWater: UnreachablePoint[] };

export type NearestIndex = { query: (query: NearestQuery) => NearestPoints };

/** Farther apart than any two places of the city. */
const LAST_RADIUS_M = 128_000;
/** The plane stretches and shrinks distances by less than this anywhere in the city. */
const PLANE_SLACK = 1.01;

/** The points of one land: all of them can be reached from somewhere, or none. */
type Shore = { sample: PreparedTarget; tree: PlaneTree };

/**
 * A spatial index over points (null: not known, never answered; outside the city: neither). On the lands
 * that can be reached it looks in rings until no place outside them can be nearer than the answer, then on the others.
 * The same code answers in the API and on the phone, where the position stays.
 */
export function createNearestIndex(points: readonly (Point | null)[], network: LandNetwork): NearestIndex {
  const prepared = points.map((point) => point && network.prepare(point));
  const perDegree = metresPerDegree(points.find((point) => point !== null)?.lat ?? 0);
  const toX = (point: Point) => point.lng * perDegree.lng;
  const toY = (point: Point) => point.lat * perDegree.lat;
  const shores = groupByLand();

  function groupByLand(): Shore[] {
    const byLand = new Map<number, number[]>();
    prepared.forEach((target, index) => {
      if (!target?.place) return;
      const onLand = byLand.get(target.place.land);
      if (onLand) onLand.push(index);
      else byLand.set(target.place.land, [index]);
    });
    return [...byLand.values()].map((indexes) => {
      const xy = Float64Array.from({ length: 2 * indexes.length }, (_, i) => {
        const point = points[indexes[i >> 1]!]!;
        return i % 2 === 0 ? toX(point) : toY(point);
      });
      return { sample: prepared[indexes[0]!]!, tree: createPlaneTree(indexes, xy) };
    });
  }

  function query({ from, mode, limit, accepts = () => true }: NearestQuery): NearestPoints {
    const reach = network.reachFrom(from, mode);
    const reachable: ReachablePoint[] = [];
    const acrossWater: UnreachablePoint[] = [];
    if (limit < 1) return { reachable, acrossWater };
    const [x, y] = [toX(from), toY(from)];
    const near = shores.filter(({ sample }) => reach.isOnSameShore(sample));
    const far = shores.filter(({ sample }) => !reach.isOnSameShore(sample));

    // Most ways are straight: then the first ring, which holds as many as are asked for, has the answer.
    let worstM = Infinity;
    for (let [innerM, outerM] = [-1, circle(near, LAST_RADIUS_M)]; ; [innerM, outerM] = [outerM, outerM * 2]) {
      for (const found of ring(near, innerM, outerM)) {
        const point = points[found.index]!;
        if (lowerBoundM(from, point) > worstM) break;
        const way = reach.toPrepared(prepared[found.index]!);
        if (way) insert(reachable, { ...found, ...way }, limit, byWay);
        else insert(acrossWater, found, limit, byDistance);
        if (reachable.length === limit) worstM = reachable.at(-1)!.travelDistanceM;
      }
      if (worstM <= (outerM / PLANE_SLACK) * DETOUR_RATIO || outerM >= LAST_RADIUS_M) break;
    }

    const farthestM = reachable.length < limit ? LAST_RADIUS_M : Math.max(...reachable.map((found) => found.distanceM));
    for (const found of ring(far, -1, circle(far, farthestM * PLANE_SLACK))) {
      insert(acrossWater, found, limit, byDistance);
    }
    return { reachable, acrossWater: acrossWater.filter((found) => found.distanceM <= farthestM) };

    /** The radius on the plane within which the first `limit` points lie, or the given one when they lie beyond. */
    function circle(over: readonly Shore[], radiusM: number): number {
      const distances: number[] = [];
      let radius = radiusM;
      for (const { tree } of over) {
        tree.searchAround(x, y, radius, (index, planeM) => {
          if (!accepts(index)) return radius;
          insert(distances, planeM, limit, ascending);
          if (distances.length === limit) radius = Math.min(radius, distances.at(-1)! * PLANE_SLACK * PLANE_SLACK);
          return radius;
        });
      }
      return radius;
    }

    /** The points farther than one radius and within the other on the plane, the nearest first. */
    function ring(over: readonly Shore[], innerM: number, outerM: number): UnreachablePoint[] {
      const found: UnreachablePoint[] = [];
      for (const { tree } of over) {
        tree.searchAround(x, y, outerM, (index, planeM) => {
          if (planeM > innerM && accepts(index)) found.push({ index, distanceM: distanceM(from, points[index]!) });
          return outerM;
        });
      }
      return found.sort(byDistance);
    }
  }

  return { query };
}

const ascending = (a: number, b: number) => a - b;
const byDistance = (a: UnreachablePoint, b: UnreachablePoint) => a.distanceM - b.distanceM || a.index - b.index;
const byWay = (a: ReachablePoint, b: ReachablePoint) => a.travelDistanceM - b.travelDistanceM || byDistance(a, b);

/** Keeps `sorted` in order and no longer than `limit`. */
function insert<T>(sorted: T[], found: T, limit: number, compare: (a: T, b: T) => number): void {
  let at = sorted.length;
  while (at > 0 && compare(sorted[at - 1]!, found) > 0) at -= 1;
  if (at === limit) return;
  sorted.splice(at, 0, found);
  if (sorted.length > limit) sorted.pop();
}
