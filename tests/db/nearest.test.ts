import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import { createNearestIndex } from '#domain/places/nearest-index.ts';
import { CITY_BOX } from '#domain/geo/city-box.ts';
import type { Connection } from '../../db/connect.ts';
import { readCrossings, readReachZones } from '../../seed/reference/data.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { addSites, makeSite } from '../support/factories.ts';
import { seededRandom } from '../support/random.ts';

const POINTS = 10_000;
const SITES = 400;
/** What `distanceM` may differ from the geodesic, and what order may differ by. */
const TOLERANCE = 0.005;

const network = createLandNetwork(readReachZones(), readCrossings());
const random = seededRandom(10_000);

function somewhereInTheCity(): Point {
  const [west, south, east, north] = CITY_BOX;
  for (;;) {
    const point = { lng: west + random() * (east - west), lat: south + random() * (north - south) };
    if (!network.locate(point).outside) return point;
  }
}

const places = Array.from({ length: SITES }, somewhereInTheCity);
const origins = Array.from({ length: POINTS }, somewhereInTheCity);
const ids = places.map((_, i) => `place-${String(i).padStart(3, '0')}`);
const index = createNearestIndex(places, network);

describe.each(testEngines())('the nearest of %s', (engine) => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    await addSites(connection.db, ...places.map((point, i) => makeSite({ id: ids[i]!, point })));
  });
  afterAll(() => connection.close());

  /** The geodesic in metres from each origin to the places given for it, by PostGIS. */
  async function geodesics(wanted: { from: Point; to: number }[]): Promise<number[]> {
    const result: number[] = [];
    for (let start = 0; start < wanted.length; start += 5000) {
      const page = wanted.slice(start, start + 5000);
      const rows = await connection.sql<{ metres: number }[]>`
        select ST_Distance(ST_SetSRID(ST_MakePoint(lng, lat), 4326)::geography, point::geography) as metres
        from unnest(
          ${page.map(({ from }) => from.lng)}::float8[], ${page.map(({ from }) => from.lat)}::float8[],
          ${page.map(({ to }) => ids[to]!)}::text[]
        ) with ordinality as asked(lng, lat, id, n)
        join sites using (id) order by n`;
      result.push(...rows.map(({ metres }) => metres));
    }
    return result;
  }

  it(`tells distances within 0.5 % of the geodesic, from ${POINTS} points all over the city`, async () => {
    const asked = origins.map((from) => ({ from, found: index.query({ from, mode: 'car', limit: 3 }) }));
    const told = asked.flatMap(({ from, found }) =>
      [...found.reachable, ...found.acrossWater].map(({ index: to, distanceM }) => ({ from, to, distanceM })),
    );
    expect(told.length).toBeGreaterThan(POINTS);
    const exact = await geodesics(told);
    const worst = Math.max(...told.map(({ distanceM }, i) => Math.abs(distanceM - exact[i]!) / Math.max(exact[i]!, 1)));
    expect(worst).toBeLessThan(TOLERANCE);
  });

  it('orders what lies straight ahead in one zone as PostGIS does, but for pairs closer than 0.5 %', async () => {
    let compared = 0;
    for (let start = 0; start < POINTS; start += 500) {
      const asked = origins.slice(start, start + 500).map((from) => {
        const { reachable } = index.query({ from, mode: 'foot', limit: 10 });
        // Around corners and over bridges the way decides, as it should.
        const straight = reachable.filter((found) => found.travelDistanceM <= found.distanceM * 1.3 * 1.000_001);
        return { from, straight };
      });
      const wanted = asked.flatMap(({ from, straight }) => straight.map((found) => ({ from, to: found.index })));
      const exact = await geodesics(wanted);
      let at = 0;
      for (const { straight } of asked) {
        for (let i = 1; i < straight.length; i++) {
          expect(exact[at + i]!).toBeGreaterThan(exact[at + i - 1]! * (1 - TOLERANCE));
          compared += 1;
        }
        at += straight.length;
      }
    }
    expect(compared).toBeGreaterThan(POINTS);
  });

  it('misses nothing that PostGIS finds nearer in the same zone', async () => {
    for (const from of origins.slice(0, 150)) {
      const zoneOf = (point: Point) => {
        const place = network.locate(point);
        return place.outside ? null : place.zone;
      };
      const [found] = index.query({ from, mode: 'foot', limit: 1 }).reachable;
      if (!found) continue;
      const rows = await connection.sql<{ id: string; metres: number }[]>`
        select id, ST_Distance(point::geography, here.g) as metres
        from sites, (select ST_SetSRID(ST_MakePoint(${from.lng}, ${from.lat}), 4326)::geography as g) here
        order by metres limit 20`;
      for (const { id, metres } of rows) {
        const to = ids.indexOf(id);
        if (to === found.index || zoneOf(places[to]!) !== zoneOf(from)) continue;
        const way = network.reachFrom(from, 'foot').to(places[to]!);
        // Nearer by PostGIS, so its way must be the longer one.
        if (way && metres < found.distanceM * (1 - TOLERANCE)) {
          expect(way.travelDistanceM).toBeGreaterThanOrEqual(found.travelDistanceM);
        }
      }
    }
  });
});
