import type { Hono } from 'hono';
import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { ReachZoneId } from '#domain/geo/reach-data.ts';
import { DETOUR_RATIO, travelTimeMin, type TravelMode } from '#domain/geo/travel.ts';
import type { Point } from '#domain/geo/point.ts';
import { compileHolidays, type HolidayCalendar } from '#domain/time/holidays.ts';
import type { Opening } from '#domain/time/opening-hours.ts';
import { createSiteOpenings } from '#domain/places/site-opening.ts';
import type { Service } from '#domain/places/catalogue.ts';
import { isRough } from '#domain/places/site.ts';
import { distanceRangeM } from '#domain/places/nearest.ts';
import type { Sql } from 'postgres';
import { nearestQuery } from '../../api/places/query-params.ts';
import type { KeptSite, SiteStore } from '../../api/places/site-store.ts';
import type { RedisClient } from './redis.ts';

export type Rivals = {
  sql: Sql;
  store: SiteStore;
  network: LandNetwork;
  calendar: HolidayCalendar;
  clock: () => number;
  redis: RedisClient | null;
};

type Row = { id: string; feature: string; precision_m: number; hours: string; distance_m: number };
type Question = { from: Point; mode: TravelMode; service: Service; limit: number; zones: ReachZoneId[]; atMs: number };

const ZONES: readonly ReachZoneId[] = ['island', 'gulangyu', 'mainland', 'islet'];
const MINUTE_MS = 60_000;

/**
 * Mounts on the same server, behind the same middleware, the other ways to answer the same question. Each leaves out
 * something that the real endpoint does, to its own advantage: places across the water, ways around the bays, and the
 * work of turning rows into JSON.
 */
export async function mountRivals(app: Hono, rivals: Rivals): Promise<void> {
  const { sql, store, network, clock, redis } = rivals;
  const reachableZones = zonesByReach(network);
  const openingOf = createSiteOpenings(compileHolidays(rivals.calendar));
  const distinctHours = (
    await sql<{ hours: string }[]>`select distinct hours from service_points where hours is not null`
  ).map(({ hours }) => hours);

  /** The hours under which a place is open in a minute, with the opening in JSON. Worked out once a minute. */
  function openHours(atMs: number): { list: string[]; json: Map<string, string> } {
    const minute = Math.floor(atMs / MINUTE_MS);
    if (known?.minute !== minute) {
      const json = new Map<string, string>();
      for (const hours of distinctHours) {
        const opening = openingOf({ status: 'open', services: [{ service: 'rest', hours }] }, [], atMs);
        if (opening.state === 'open') json.set(hours, JSON.stringify(onWire(opening)));
      }
      known = { minute, list: [...json.keys()], json };
    }
    return known;
  }
  let known: { minute: number; list: string[]; json: Map<string, string> } | undefined;

  function ask(params: Record<string, string>): Question {
    const { lng, lat, mode, service, limit } = nearestQuery.parse(params);
    const place = network.locate({ lng, lat });
    if (place.outside) throw new Error('outside');
    const zones = reachableZones(place.zone, mode);
    return { from: { lng, lat }, mode, service: service![0]!, limit, zones, atMs: clock() };
  }

  const constant = { site: 'none', opening: { state: 'unknown' } };
  app.get('/bench/constant', (c) => c.json(constant));
  // As many bytes as an answer of the real endpoint has.
  const whole = answer({ mode: 'ebike' } as Question, store.sites.slice(0, 10).map(asRow), new Map());
  app.get('/bench/constant-whole', (c) => c.body(whole, 200, { 'content-type': 'application/json' }));

  app.get('/bench/postgis', async (c) => {
    const question = ask(c.req.query());
    const { from, service, zones, limit, atMs } = question;
    const open = openHours(atMs);
    const rows = await sql<Row[]>`
      select s.id, s.bench_feature as feature, s.precision_m, p.hours,
        ST_Distance(s.point::geography, ST_Point(${from.lng}, ${from.lat}, 4326)::geography) as distance_m
      from sites s join service_points p on p.site_id = s.id
      where s.status = 'open' and s.bench_zone = any(${zones})
        and p.service = ${service} and p.hours = any(${open.list})
      order by s.point::geography <-> ST_Point(${from.lng}, ${from.lat}, 4326)::geography
      limit ${limit}`;
    return c.body(answer(question, rows, open.json), 200, { 'content-type': 'application/json' });
  });

  if (!redis) return;
  const restOpen = openHours(clock());
  await loadRedis(redis, store, network, restOpen.list);
  app.get('/bench/redis', async (c) => {
    const question = ask(c.req.query());
    const { from, zones, limit } = question;
    const hits: { id: string; distanceM: number }[] = [];
    for (let radiusM = 500; hits.length < limit && radiusM < 200_000; radiusM *= 2) {
      hits.length = 0;
      for (const zone of zones) {
        const by = ['BYRADIUS', radiusM, 'm', 'ASC', 'COUNT', limit, 'WITHDIST'];
        const reply = await redis.command('GEOSEARCH', zone, 'FROMLONLAT', from.lng, from.lat, ...by);
        for (const [id, distanceM] of reply as [string, string][]) hits.push({ id, distanceM: Number(distanceM) });
      }
    }
    hits.sort((a, b) => a.distanceM - b.distanceM);
    const rows = hits
      .slice(0, limit)
      .map(({ id, distanceM }) => ({ ...asRow(store.find(id)!), distance_m: distanceM }));
    return c.body(answer(question, rows, restOpen.json), 200, { 'content-type': 'application/json' });
  });
}

/** The zones that hang together with a zone for a mode, by asking the network from a place in each. */
function zonesByReach(network: LandNetwork): (zone: ReachZoneId, mode: TravelMode) => ReachZoneId[] {
  const joined = new Map<string, ReachZoneId[]>();
  return (zone, mode) => {
    const key = `${zone} ${mode}`;
    let zones = joined.get(key);
    if (!zones) {
      zones = [zone];
      // Bridges and causeways are named as ways across too; ferries are no way for the endpoint.
      for (const from of zones) {
        for (const to of ZONES) {
          const isJoined = network.waysAcross(from, to, mode).some(({ kind }) => kind !== 'ferry');
          if (isJoined && !zones.includes(to)) zones.push(to);
        }
      }
      joined.set(key, zones);
    }
    return zones;
  };
}

function answer({ mode }: Question, rows: readonly Row[], openings: ReadonlyMap<string, string>): string {
  const found = rows.map(({ feature, precision_m, hours, distance_m }) => {
    const travelDistanceM = distance_m * DETOUR_RATIO;
    const rest = {
      distanceM: Math.round(distance_m),
      ...(isRough(precision_m) && { distanceRangeM: distanceRangeM(distance_m, precision_m) }),
      travelDistanceM: Math.round(travelDistanceM),
      travelTimeMin: Math.round(travelTimeMin(travelDistanceM, mode) * 10) / 10,
    };
    return `{"site":${feature},"opening":${openings.get(hours)},${JSON.stringify(rest).slice(1)}`;
  });
  return `{"reachable":[${found.join(',')}],"acrossWater":[],"mode":"${mode}","routing":{"by":"estimate"}}`;
}

function asRow(site: KeptSite): Row {
  return {
    id: site.id,
    feature: site.json.toString(),
    precision_m: site.precisionM!,
    hours: site.services[0]!.hours ?? '',
    distance_m: 0,
  };
}

function onWire(opening: Opening): object {
  if (opening.state !== 'open') return opening;
  return { ...opening, closesAt: opening.closesAt === null ? null : new Date(opening.closesAt).toISOString() };
}

/** One geo set per zone, holding only the places that rest riders and are open: Redis need not filter at all. */
async function loadRedis(
  redis: RedisClient,
  store: SiteStore,
  network: LandNetwork,
  open: readonly string[],
): Promise<void> {
  const isOpen = new Set(open);
  const byZone = new Map<string, (string | number)[]>();
  let last: Promise<unknown> = Promise.resolve();
  const send = (zone: string, words: readonly (string | number)[]) => {
    last = redis.command('GEOADD', zone, ...words);
  };
  for (const { id, point, services } of store.sites) {
    const place = point && network.locate(point);
    if (!point || !place || place.outside) continue;
    if (!services.some(({ service, hours }) => service === 'rest' && hours !== null && isOpen.has(hours))) continue;
    const words = byZone.get(place.zone) ?? byZone.set(place.zone, []).get(place.zone)!;
    words.push(point.lng, point.lat, id);
    if (words.length < 3000) continue;
    send(place.zone, words);
    byZone.delete(place.zone);
  }
  for (const [zone, words] of byZone) send(zone, words);
  await last; // replies come in order, so this is the last of all
}
