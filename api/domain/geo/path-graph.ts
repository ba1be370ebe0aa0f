import { distanceM } from './geodesic.ts';
import type { LandOutline, LandRaster } from './land-raster.ts';
import { side } from './land-raster.ts';
import type { LandPlace } from './land-plane.ts';
import { placeOnLand, toPoint } from './land-plane.ts';
import type { Crossing } from './reach-data.ts';
import type { TravelMode } from './travel.ts';

/**
 * The shortest way over land bends only at corners where the land is more than a half turn wide, and changes land only at
 * a crossing's landings. Those places and the straight lines between them that stay on land are the graph (a visibility
 * graph); crossings are further edges, per mode of travel. Lengths are metres as the crow flies.
 */
export interface PathGraph {
  /** From a place to every node, or to none when nothing leads away. Costs some tens of microseconds. */
  pathsFrom: (origin: LandPlace, mode: TravelMode) => PathsFrom;
}

export interface PathsFrom {
  /** The shortest way to a place on land, null when there is none. Excludes the straight line from the origin. */
  to: (target: LandPlace) => { lengthM: number; lastNode: number } | null;
  /** The nodes to a node, from the origin on, each with the crossing that led to it. */
  trace: (lastNode: number) => { node: LandPlace; crossingId: string | null }[];
}

interface Node extends LandPlace {
  /** The outline's corners before and after, for a bend; null for a landing, which may be reached from any side. */
  bend: { beforeX: number; beforeY: number; afterX: number; afterY: number; x: number; y: number } | null;
}

interface Link {
  to: number;
  lengthM: number;
  crossing: Crossing | null;
}

/** Nodes stand two metres inland of their corners, so a line along the shore may seem to cut a corner by as much. */
const BEND_TOLERANCE_M = 5;

export function createPathGraph(
  lands: readonly LandOutline[],
  raster: LandRaster,
  crossings: readonly Crossing[],
): PathGraph {
  const nodes = lands.flatMap((outline, land) => listBends(outline, land, raster));
  const links: Link[][] = nodes.map(() => []);
  for (const crossing of crossings) addCrossing(crossing);
  const nodesOnLand = lands.map((_, land) => nodes.flatMap((node, i) => (node.land === land ? [i] : [])));
  for (const onLand of nodesOnLand) {
    for (const i of onLand) for (const j of onLand) if (i < j) addSightline(i, j);
  }

  /** Landings are nodes. A ferry is a way across to be told about, not part of a path. */
  function addCrossing(crossing: Crossing): void {
    if (!crossing.enabled || crossing.kind === 'ferry') return;
    const points = crossing.line.map(([lng, lat]) => ({ lng, lat }));
    const ends = [points[0]!, points.at(-1)!].map(
      (point) => nodes.push({ ...placeOnLand(point, raster), bend: null }) - 1,
    );
    const [a, b] = ends as [number, number];
    let lengthM = nodes[a]!.accessM + nodes[b]!.accessM;
    for (let i = 1; i < points.length; i++) lengthM += distanceM(points[i - 1]!, points[i]!);
    links[a] = [{ to: b, lengthM, crossing }];
    links[b] = [{ to: a, lengthM, crossing }];
  }

  function addSightline(i: number, j: number): void {
    const a = nodes[i]!;
    const b = nodes[j]!;
    if (!isBendFrom(a, b) || !isBendFrom(b, a) || !raster.isClear(a.x, a.y, b.x, b.y)) return;
    const lengthM = distanceM(a, b);
    links[i]!.push({ to: j, lengthM, crossing: null });
    links[j]!.push({ to: i, lengthM, crossing: null });
  }

  function pathsFrom(origin: LandPlace, mode: TravelMode): PathsFrom {
    const lengths = new Float64Array(nodes.length).fill(Infinity);
    const previous = new Int32Array(nodes.length).fill(-1);
    const arrivedBy: (Crossing | null)[] = nodes.map(() => null);
    for (const i of nodesOnLand[origin.land]!) {
      const node = nodes[i]!;
      if (isBendFrom(origin, node) && raster.isClear(origin.x, origin.y, node.x, node.y)) {
        lengths[i] = origin.accessM + distanceM(origin, node);
      }
    }
    // Dijkstra without a heap: with so few nodes, looking for the nearest one is as quick as keeping order.
    const settled = new Uint8Array(nodes.length);
    for (;;) {
      let nearest = -1;
      let least = Infinity;
      for (let i = 0; i < lengths.length; i++) {
        if (settled[i] === 0 && lengths[i]! < least) {
          nearest = i;
          least = lengths[i]!;
        }
      }
      if (nearest < 0) break;
      settled[nearest] = 1;
      for (const link of links[nearest]!) {
        if (link.crossing && !link.crossing.modes.includes(mode)) continue;
        const length = least + link.lengthM;
        if (length >= lengths[link.to]!) continue;
        lengths[link.to] = length;
        previous[link.to] = nearest;
        arrivedBy[link.to] = link.crossing;
      }
    }
    const reached = nodesOnLand.map((onLand) => onLand.filter((i) => lengths[i]! < Infinity));

    return {
      to: (target) => {
        const candidates = reached[target.land]!;
        const whole = candidates.map((i) => lengths[i]! + distanceM(nodes[i]!, target));
        // Best first, so that a line is drawn over the land only for the few that could win.
        for (let tried = 0; tried < candidates.length; tried++) {
          let best = 0;
          for (let k = 1; k < whole.length; k++) if (whole[k]! < whole[best]!) best = k;
          const lengthM = whole[best]! + target.accessM;
          const node = nodes[candidates[best]!]!;
          if (raster.isClear(node.x, node.y, target.x, target.y)) return { lengthM, lastNode: candidates[best]! };
          whole[best] = Infinity;
        }
        return null;
      },
      trace: (lastNode) => {
        const trace: { node: LandPlace; crossingId: string | null }[] = [];
        for (let i = lastNode; i >= 0; i = previous[i]!) {
          trace.unshift({ node: nodes[i]!, crossingId: arrivedBy[i]?.id ?? null });
        }
        return trace;
      },
    };
  }

  return { pathsFrom };
}

/** The corners that paths bend around: those where the outline turns right, since land lies on its left. */
function listBends(outline: LandOutline, land: number, raster: LandRaster): Node[] {
  const n = outline.length / 2;
  const bends: Node[] = [];
  for (let i = 0; i < n; i++) {
    const before = (i + n - 1) % n;
    const after = (i + 1) % n;
    const bend = {
      beforeX: outline[2 * before]!,
      beforeY: outline[2 * before + 1]!,
      x: outline[2 * i]!,
      y: outline[2 * i + 1]!,
      afterX: outline[2 * after]!,
      afterY: outline[2 * after + 1]!,
    };
    if (side(bend.beforeX, bend.beforeY, bend.x, bend.y, bend.afterX, bend.afterY) >= 0) continue;
    const { x, y } = raster.insetCorner(land, i);
    bends.push({ land, x, y, ...toPoint(x, y), accessM: 0, bend });
  }
  return bends;
}

/**
 * Whether a shortest path that comes from `from` can bend at a node: only if both shores at its corner lie on one side of
 * the line. Any other way through the corner could be cut short.
 */
function isBendFrom(from: LandPlace, node: Node): boolean {
  const { bend } = node;
  if (!bend) return true;
  const length = Math.hypot(bend.x - from.x, bend.y - from.y);
  const before = side(from.x, from.y, bend.x, bend.y, bend.beforeX, bend.beforeY) / length;
  const after = side(from.x, from.y, bend.x, bend.y, bend.afterX, bend.afterY) / length;
  return !(Math.min(before, after) < -BEND_TOLERANCE_M && Math.max(before, after) > BEND_TOLERANCE_M);
}
