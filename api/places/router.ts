import { z } from 'zod';
import type { Point } from '#domain/geo/point.ts';
import type { TravelMode } from '#domain/geo/travel.ts';

/** One row of a table of ways: metres and minutes by road, null where the router finds no way. */
export type RoadWay = { travelDistanceM: number; travelTimeMin: number } | null;

/** A road router. Throws when it does not answer in time or answers nonsense. */
export type RoadRouter = (from: Point, to: readonly Point[], mode: TravelMode) => Promise<RoadWay[]>;

const TIMEOUT_MS = 1500;
/** OSRM's names for what a table is computed for; the server behind ROUTING_URL serves one data set per profile. */
const PROFILES: Record<TravelMode, string> = { foot: 'foot', ebike: 'bike', car: 'car' };

const Row = z.array(z.number().nonnegative().nullable());
const Table = z.object({ code: z.literal('Ok'), durations: z.tuple([Row]), distances: z.tuple([Row]) });

/**
 * An OSRM-compatible table service (http://project-osrm.org/docs/v5.24.0/api/#table-service). `url` is its root, such as
 * `http://127.0.0.1:5000`.
 */
export function osrmRouter(url: string): RoadRouter {
  const root = url.replace(/\/+$/, '');
  return async (from, to, mode) => {
    const coordinates = [from, ...to].map(({ lng, lat }) => `${lng},${lat}`).join(';');
    const query = 'sources=0&annotations=duration,distance';
    const response = await fetch(`${root}/table/v1/${PROFILES[mode]}/${coordinates}?${query}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`The router answered ${response.status}.`);
    const { durations, distances } = Table.parse(await response.json());
    if (durations[0].length !== to.length + 1 || distances[0].length !== to.length + 1) {
      throw new Error('The router answered a table of another size.');
    }
    return to.map((_, i) => {
      const [seconds, metres] = [durations[0][i + 1], distances[0][i + 1]];
      if (typeof seconds !== 'number' || typeof metres !== 'number') return null;
      return { travelDistanceM: Math.round(metres), travelTimeMin: Math.round(seconds / 6) / 10 };
    });
  };
}

/** The same router; says once when it begins to fail, and again only after it has worked in between. */
export function sayingFailures(router: RoadRouter, say: (error: unknown) => void): RoadRouter {
  let failing = false;
  return async (from, to, mode) => {
    try {
      const ways = await router(from, to, mode);
      failing = false;
      return ways;
    } catch (error) {
      if (!failing) say(error);
      failing = true;
      throw error;
    }
  };
}
