import { distanceM } from './geodesic.ts';
import type { LandPlace } from './land-plane.ts';
import { placeOnLand, toOutline, toPlane } from './land-plane.ts';
import { createLandRaster } from './land-raster.ts';
import type { PathGraph, PathsFrom } from './path-graph.ts';
import { createPathGraph } from './path-graph.ts';
import type { Point } from './point.ts';
import type { Crossing, ReachZoneCollection, ReachZoneId } from './reach-data.ts';
import type { TravelMode } from './travel.ts';
import { DETOUR_RATIO } from './travel.ts';

/** A rider on a quay or off the shore up to here belongs to the nearest zone. */
const OFFSHORE_LIMIT_M = 1000;
/** A rider this near to a crossing's line is taken to be on it, however far out. */
const ON_CROSSING_M = 300;

export type LandLocation =
  | { outside: false; zone: ReachZoneId; /** 0 on land. */ offshoreM: number }
  | { outside: true; /** To the nearest land of the city. */ nearestM: number };

export interface Way {
  /** Estimated way over land and crossings: never less than `lowerBoundM` of the same two points. */
  travelDistanceM: number;
  /** The ids of the crossings used, in order. */
  crossings: readonly string[];
}

/** A point with its place on land looked up. Keep it and ask again; what is inside is the network's own business. */
export interface PreparedTarget {
  readonly point: Point;
  /** Null outside the city. */
  readonly place: LandPlace | null;
}

export interface Reach {
  /** The way to a point, null when there is none over land and the crossings open to this mode. */
  to: (point: Point) => Way | null;
  toPrepared: (target: PreparedTarget) => Way | null;
  /** Whether a target's land hangs together with the origin's: without that there is no way. The same for all of a land. */
  isOnSameShore: (target: PreparedTarget) => boolean;
  /** The same way as a line on land: its bends, each with the crossing that led to it. For drawing and checking. */
  pathTo: (point: Point) => { point: Point; crossingId: string | null }[] | null;
}

export interface LandNetwork {
  locate: (point: Point) => LandLocation;
  prepare: (point: Point) => PreparedTarget;
  /** Where one can get to from a point. Throws `OutsideCityError` for a point that `locate` calls outside. */
  reachFrom: (point: Point, mode: TravelMode) => Reach;
  /** Crossings and ferries straight between two zones that are on and open to this mode, ferries included. */
  waysAcross: (from: ReachZoneId, to: ReachZoneId, mode: TravelMode) => Crossing[];
}

export class OutsideCityError extends Error {
  readonly nearestM: number;
  constructor(nearestM: number) {
    super(`The point lies outside the city, ${Math.round(nearestM)} m from its nearest land.`);
    this.nearestM = nearestM;
  }
}

/** No way is shorter than this, whatever the land: what a search may stop by. Metres. */
export function lowerBoundM(a: Point, b: Point): number {
  return DETOUR_RATIO * distanceM(a, b);
}

const NO_CROSSINGS: readonly string[] = [];

/**
 * Who can get where without swimming, from the reach zones' outlines and the crossings. Building it takes a few
 * milliseconds; the paths around corners are prepared when the first way needs one.
 */
export function createLandNetwork(zones: ReachZoneCollection, crossings: readonly Crossing[]): LandNetwork {
  const lands = zones.features.flatMap((zone) =>
    zone.geometry.coordinates.map((rings) => ({ zone: zone.properties.id, outline: toOutline(rings[0]!) })),
  );
  const outlines = lands.map((land) => land.outline);
  const raster = createLandRaster(outlines);
  const landings = crossings.map((crossing) => {
    const ends = [crossing.line[0]!, crossing.line.at(-1)!].map(([lng, lat]) => placeOnLand({ lng, lat }, raster).land);
    return { crossing, ends: ends as [number, number] };
  });
  const shores: Record<TravelMode, number[]> = { foot: join('foot'), ebike: join('ebike'), car: join('car') };
  let graph: PathGraph | null = null;

  /** For every land the lowest-numbered land that it hangs together with, for one mode. */
  function join(mode: TravelMode): number[] {
    const joined = outlines.map((_, land) => land);
    for (const { crossing, ends } of landings) {
      if (!crossing.enabled || crossing.kind === 'ferry' || !crossing.modes.includes(mode)) continue;
      const [a, b] = [joined[ends[0]]!, joined[ends[1]]!];
      joined.forEach((land, i) => {
        if (land === a || land === b) joined[i] = Math.min(a, b);
      });
    }
    return joined;
  }

  function isOnCrossing(point: Point): boolean {
    const { x, y } = toPlane(point);
    return crossings.some(({ line }) =>
      line.slice(1).some(([lng, lat], i) => {
        const a = toPlane({ lng: line[i]![0], lat: line[i]![1] });
        const b = toPlane({ lng, lat });
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const t = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy)));
        return Math.hypot(a.x + t * dx - x, a.y + t * dy - y) <= ON_CROSSING_M;
      }),
    );
  }

  function placeInCity(point: Point): { place: LandPlace; outside: boolean } {
    const place = placeOnLand(point, raster);
    return { place, outside: place.accessM > OFFSHORE_LIMIT_M && !isOnCrossing(point) };
  }

  function locate(point: Point): LandLocation {
    const { place, outside } = placeInCity(point);
    if (outside) return { outside, nearestM: place.accessM };
    return { outside, zone: lands[place.land]!.zone, offshoreM: place.accessM };
  }

  function prepare(point: Point): PreparedTarget {
    const { place, outside } = placeInCity(point);
    return { point, place: outside ? null : place };
  }

  function reachFrom(point: Point, mode: TravelMode): Reach {
    const { place: origin, outside } = placeInCity(point);
    if (outside) throw new OutsideCityError(origin.accessM);
    const joined = shores[mode];
    const shore = joined[origin.land]!;
    let paths: PathsFrom | null = null;

    const isStraight = (place: LandPlace) =>
      place.land === origin.land && raster.isClear(origin.x, origin.y, place.x, place.y);

    function around(place: LandPlace) {
      graph ??= createPathGraph(outlines, raster, crossings);
      paths ??= graph.pathsFrom(origin, mode);
      const found = paths.to(place);
      return found && { lengthM: found.lengthM, trace: paths.trace(found.lastNode) };
    }

    const isOnSameShore = ({ place }: PreparedTarget) => place !== null && joined[place.land] === shore;

    function toPrepared(target: PreparedTarget): Way | null {
      const { place } = target;
      if (!place || joined[place.land] !== shore) return null;
      const straightM = distanceM(point, target.point);
      if (isStraight(place)) {
        const overLandM =
          origin.accessM + place.accessM === 0 ? straightM : origin.accessM + distanceM(origin, place) + place.accessM;
        return { travelDistanceM: DETOUR_RATIO * Math.max(straightM, overLandM), crossings: NO_CROSSINGS };
      }
      const found = around(place);
      if (!found) return null;
      return {
        travelDistanceM: DETOUR_RATIO * Math.max(straightM, found.lengthM),
        crossings: found.trace.flatMap(({ crossingId }) => crossingId ?? []),
      };
    }

    function pathTo(to: Point): { point: Point; crossingId: string | null }[] | null {
      const { place } = prepare(to);
      if (!place || joined[place.land] !== shore) return null;
      const trace = isStraight(place) ? [] : around(place)?.trace;
      if (!trace) return null;
      return [{ node: origin, crossingId: null }, ...trace, { node: place, crossingId: null }].map(
        ({ node, crossingId }) => ({ point: { lng: node.lng, lat: node.lat }, crossingId }),
      );
    }

    return { to: (to) => toPrepared(prepare(to)), toPrepared, isOnSameShore, pathTo };
  }

  function waysAcross(from: ReachZoneId, to: ReachZoneId, mode: TravelMode): Crossing[] {
    if (from === to) return [];
    return landings
      .filter(({ crossing, ends }) => {
        const [a, b] = [lands[ends[0]]!.zone, lands[ends[1]]!.zone];
        const joins = (a === from && b === to) || (a === to && b === from);
        return joins && crossing.enabled && crossing.modes.includes(mode);
      })
      .map(({ crossing }) => crossing);
  }

  return { locate, prepare, reachFrom, waysAcross };
}
