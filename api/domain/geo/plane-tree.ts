/**
 * Told of a point (as it was given) and its distance on the plane in metres. Answers the radius within which points are
 * wanted from now on, which may only shrink.
 */
export type Visit = (id: number, distanceM: number) => number;

export interface PlaneTree {
  /** Visits every point within a radius that the visits may shrink, roughly the nearest first. */
  searchAround: (x: number, y: number, radiusM: number, visit: Visit) => void;
}

/** Small leaves: a search looks at every point of the leaves that it comes by. */
const LEAF_SIZE = 8;

/** A tree over points on a plane, in metres. `ids` are given back for the points of `xy` (x, y pairs). */
export function createPlaneTree(ids: readonly number[], xy: Float64Array): PlaneTree {
  // In the order of the tree, so that neighbours lie next to each other in memory too.
  const coords = xy.slice();
  const ordered = Int32Array.from(ids);
  sortBranch(ordered, coords, 0, ordered.length - 1, 0);

  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < coords.length; i += 2) {
    const [x, y] = [coords[i]!, coords[i + 1]!];
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  const awayX = (x: number) => Math.max(west - x, 0, x - east);
  const awayY = (y: number) => Math.max(south - y, 0, y - north);

  /** What stays the same all through one search. */
  type Search = { x: number; y: number; radiusM: number; visit: Visit };

  function look(search: Search, i: number): void {
    const dx = coords[2 * i]! - search.x;
    const dy = coords[2 * i + 1]! - search.y;
    const distanceM = Math.sqrt(dx * dx + dy * dy);
    if (distanceM <= search.radiusM) search.radiusM = search.visit(ordered[i]!, distanceM);
  }

  /** The branch from `left` to `right`, split by x (axis 0) or y, at least `dx` and `dy` away. */
  function searchBranch(search: Search, left: number, right: number, axis: 0 | 1, dx: number, dy: number): void {
    if (dx * dx + dy * dy > search.radiusM * search.radiusM) return;
    if (right - left <= LEAF_SIZE) {
      for (let i = left; i <= right; i++) look(search, i);
      return;
    }
    const middle = (left + right) >> 1;
    const beyond = (axis === 0 ? search.x : search.y) - coords[2 * middle + axis]!;
    const farX = axis === 0 ? Math.max(dx, Math.abs(beyond)) : dx;
    const farY = axis === 0 ? dy : Math.max(dy, Math.abs(beyond));
    const next = axis === 0 ? 1 : 0;
    if (beyond <= 0) {
      searchBranch(search, left, middle - 1, next, dx, dy);
      look(search, middle);
      searchBranch(search, middle + 1, right, next, farX, farY);
    } else {
      searchBranch(search, middle + 1, right, next, dx, dy);
      look(search, middle);
      searchBranch(search, left, middle - 1, next, farX, farY);
    }
  }

  return {
    searchAround(x, y, radiusM, visit) {
      searchBranch({ x, y, radiusM, visit }, 0, ordered.length - 1, 0, awayX(x), awayY(y));
    },
  };
}

/** A branch is sorted when its middle point parts the smaller from the larger along the axis, and its halves are sorted. */
function sortBranch(ids: Int32Array, xy: Float64Array, left: number, right: number, axis: 0 | 1): void {
  if (right - left <= LEAF_SIZE) return;
  const middle = (left + right) >> 1;
  select(ids, xy, middle, left, right, axis);
  const next = axis === 0 ? 1 : 0;
  sortBranch(ids, xy, left, middle - 1, next);
  sortBranch(ids, xy, middle + 1, right, next);
}

/** Hoare's quickselect: moves points until the one at `middle` is the one that sorting along the axis would put there. */
function select(ids: Int32Array, xy: Float64Array, middle: number, left: number, right: number, axis: 0 | 1): void {
  while (left < right) {
    const pivot = xy[2 * ((left + right) >> 1) + axis]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (xy[2 * i + axis]! < pivot) i += 1;
      while (xy[2 * j + axis]! > pivot) j -= 1;
      if (i <= j) swap(ids, xy, i++, j--);
    }
    if (middle <= j) right = j;
    else if (middle >= i) left = i;
    else return;
  }
}

function swap(ids: Int32Array, xy: Float64Array, i: number, j: number): void {
  [ids[i], ids[j]] = [ids[j]!, ids[i]!];
  [xy[2 * i], xy[2 * j]] = [xy[2 * j]!, xy[2 * i]!];
  [xy[2 * i + 1], xy[2 * j + 1]] = [xy[2 * j + 1]!, xy[2 * i + 1]!];
}
