import type { Point } from '#domain/geo/point.ts';
import type { TravelMode } from '#domain/geo/travel.ts';
import type { Found } from '#domain/places/nearest.ts';
import type { Opening } from '#domain/time/opening-hours.ts';
import type { NearestSites } from './nearest-sites.ts';
import type { RoadRouter, RoadWay } from './router.ts';
import type { KeptSite } from './site-store.ts';

/** How many of the estimate's nearest a road router looks at again. */
const RERANKED = 20;

type Routing = { by: 'estimate' | 'router'; note: string };

const ESTIMATE: Routing = {
  by: 'estimate',
  note: 'Ways and minutes are estimated over land and the allowed crossings.',
};

/** The body of `GET /api/sites/nearest`, put together from the sites' ready JSON. */
export async function answerNearest(
  find: (limit: number) => NearestSites,
  { from, mode, limit }: { from: Point; mode: TravelMode; limit: number },
  router: RoadRouter | undefined,
): Promise<Buffer<ArrayBuffer>> {
  let found = find(router ? Math.max(limit, RERANKED) : limit);
  let routing = ESTIMATE;
  if (router && found.reachable.length > 0) {
    try {
      const nearest = found.reachable.slice(0, RERANKED);
      const ways = await router(
        from,
        nearest.map(({ site }) => site.point!),
        mode,
      );
      found = { ...found, reachable: [...rerank(nearest, ways), ...found.reachable.slice(RERANKED)] };
      routing = { by: 'router', note: `The nearest ${nearest.length} are ordered by the road router.` };
    } catch {
      routing = { by: 'estimate', note: `The road router did not answer. ${ESTIMATE.note}` };
    }
  }
  const parts: Buffer[] = [];
  pushList(parts, '{"reachable":[', found.reachable.slice(0, limit));
  pushList(parts, '],"acrossWater":[', found.acrossWater.slice(0, limit));
  parts.push(Buffer.from(`],"mode":"${mode}","routing":${JSON.stringify(routing)}}`));
  return Buffer.concat(parts);
}

function pushList(parts: Buffer[], before: string, places: readonly Found<KeptSite>[]): void {
  let glue = before;
  for (const { site, opening, ...rest } of places) {
    parts.push(Buffer.from(`${glue}{"site":`), site.json);
    glue = `,"opening":${openingJson(opening)},${JSON.stringify(rest).slice(1)},`;
  }
  parts.push(Buffer.from(places.length > 0 ? glue.slice(0, -1) : glue));
}

/** By the router's minutes, which a rough point is not told; what it finds no way to keeps its estimate and comes after. */
function rerank(found: readonly Found<KeptSite>[], ways: readonly RoadWay[]): Found<KeptSite>[] {
  const routed = found.map((place, i) => ({ place, way: ways[i] ?? null }));
  routed.sort((a, b) => (a.way?.travelTimeMin ?? Infinity) - (b.way?.travelTimeMin ?? Infinity) || 0);
  return routed.map(({ place, way }) => ({
    ...place,
    ...way,
    ...(place.distanceRangeM && { travelTimeMin: null }),
  }));
}

/** Instants travel as ISO strings in UTC. */
function iso(instantMs: number | null): string | null {
  return instantMs === null ? null : new Date(instantMs).toISOString();
}

/** Places with the same hours share their opening, for a minute. */
const openingJsons = new WeakMap<Opening, string>();

function openingJson(opening: Opening): string {
  let json = openingJsons.get(opening);
  if (json === undefined) {
    json = JSON.stringify(openingOnWire(opening));
    openingJsons.set(opening, json);
  }
  return json;
}

function openingOnWire(opening: Opening): object {
  if (opening.state === 'open') return { ...opening, closesAt: iso(opening.closesAt) };
  if (opening.state === 'closed') return { ...opening, opensAt: iso(opening.opensAt) };
  return opening;
}
