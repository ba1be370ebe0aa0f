import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SiteFeature } from '#domain/places/site.ts';
import type { Connection } from '../../db/connect.ts';
import { emptyTestDatabase, openTestDatabase } from '../support/database.ts';
import { addSites, AT, createTestApp, eastOf, makeSite, NOON, type TestApp } from '../support/factories.ts';

const Found = z.strictObject({
  site: SiteFeature,
  distanceM: z.number().int().nonnegative(),
  distanceRangeM: z.tuple([z.number().int().nonnegative(), z.number().int()]).optional(),
  travelDistanceM: z.number().int().nullable(),
  travelTimeMin: z.number().nullable(),
  crossings: z.array(z.string()).optional(),
  waysAcross: z.array(z.string()).optional(),
  opening: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('open'), closesAt: z.iso.datetime().nullable(), closesKnown: z.boolean() }),
    z.strictObject({ state: z.literal('closed'), opensAt: z.iso.datetime().nullable(), opensKnown: z.boolean() }),
    z.strictObject({ state: z.literal('unknown') }),
  ]),
});
const Answer = z.strictObject({
  reachable: z.array(Found),
  acrossWater: z.array(Found),
  mode: z.enum(['foot', 'ebike', 'car']),
  routing: z.strictObject({ by: z.literal('estimate'), note: z.string() }),
});

let connection: Connection;
let app: TestApp;

beforeAll(async () => {
  connection = await openTestDatabase();
});
afterEach(async () => {
  await app.close();
  await emptyTestDatabase(connection);
});
afterAll(() => connection.close());

/** A service that knows these places and no others. */
async function withSites(...seeds: ReturnType<typeof makeSite>[]): Promise<string[]> {
  const ids = await addSites(connection.db, ...seeds);
  app = await createTestApp(connection);
  return ids;
}

const url = (from: { lng: number; lat: number }, query = '') =>
  `/api/sites/nearest?lng=${from.lng.toFixed(6)}&lat=${from.lat.toFixed(6)}${query}`;

async function nearest(query = '', from: { lng: number; lat: number } = AT.centre): Promise<z.infer<typeof Answer>> {
  const response = await app.request(url(from, query));
  expect(response.status).toBe(200);
  return Answer.parse(await response.json());
}
const idsOf = (found: z.infer<typeof Found>[]) => found.map(({ site }) => site.id);

describe('GET /api/sites/nearest', () => {
  it('orders by the way, and tells the straight distance, the way and the time of the mode', async () => {
    const [far, near, middle] = await withSites(
      makeSite({ point: eastOf(AT.centre, 900) }),
      makeSite({ point: eastOf(AT.centre, 100) }),
      makeSite({ point: eastOf(AT.centre, 500) }),
    );
    const { reachable, acrossWater, mode, routing } = await nearest();
    expect(mode).toBe('ebike');
    expect(routing.by).toBe('estimate');
    expect(acrossWater).toEqual([]);
    expect(idsOf(reachable)).toEqual([near, middle, far]);
    const [first] = reachable;
    expect(first!.distanceM).toBe(100);
    expect(first!.travelDistanceM).toBe(130);
    expect(first!.travelTimeMin).toBe(0.5); // 130 m at 15 km/h
    expect((await nearest('&mode=foot')).reachable[0]!.travelTimeMin).toBe(1.6);
    expect((await nearest('&mode=car')).reachable[0]!.travelTimeMin).toBe(0.3);
  });

  it('answers the same feature as /api/sites', async () => {
    const [id] = await withSites(makeSite({}, [{ service: 'rest', hours: '24/7' }]));
    const { reachable } = await nearest();
    const one = await (await app.request(`/api/sites/${id}`)).json();
    expect(reachable[0]!.site).toEqual(one);
  });

  it('gives ten unless told otherwise, and as many as it was told', async () => {
    await withSites(...Array.from({ length: 60 }, (_, i) => makeSite({ point: eastOf(AT.centre, i) })));
    expect((await nearest()).reachable).toHaveLength(10);
    expect((await nearest('&limit=1')).reachable).toHaveLength(1);
    expect((await nearest('&limit=50')).reachable).toHaveLength(50);
  });

  it('keeps to open places with open=now, and says until when', async () => {
    const [open] = await withSites(
      makeSite({ point: eastOf(AT.centre, 300) }, [{ service: 'rest', hours: '09:00-18:00' }]),
      makeSite({ point: eastOf(AT.centre, 100) }, [{ service: 'rest', hours: '14:00-18:00' }]),
      makeSite({ point: eastOf(AT.centre, 50) }, [{ service: 'rest' }]),
      makeSite({ point: eastOf(AT.centre, 20), status: 'closed_for_now' }, [{ service: 'rest', hours: '24/7' }]),
    );
    expect((await nearest()).reachable.map(({ opening }) => opening.state)).toEqual([
      'closed',
      'unknown',
      'closed',
      'open',
    ]);
    const { reachable } = await nearest('&open=now');
    expect(idsOf(reachable)).toEqual([open]);
    expect(reachable[0]!.opening).toEqual({ state: 'open', closesAt: '2026-03-10T10:00:00.000Z', closesKnown: true });
    app.clock.nowMs = NOON + 7 * 3_600_000;
    expect((await nearest('&open=now')).reachable).toEqual([]);
  });

  it('answers for another instant, whatever offset it is written in', async () => {
    const [id] = await withSites(makeSite({}, [{ service: 'rest', hours: 'Sa 20:00-02:00' }]));
    for (const [instant, expected] of [
      ['2026-03-14T21:00:00%2B08:00', [id]],
      ['2026-03-14T13:00:00Z', [id]],
      ['2026-03-14T17:59:00Z', [id]], // Sunday 01:59 in Xiamen
      ['2026-03-14T18:00:00Z', []],
      ['2026-03-13T13:00:00Z', []],
    ] as const) {
      expect(idsOf((await nearest(`&open=${instant}`)).reachable), instant).toEqual(expected);
    }
  });

  it('asks about the service wanted, not about another one at the same place', async () => {
    await withSites(
      makeSite({}, [
        { service: 'rest', hours: '24/7' },
        { service: 'free_meal', hours: '11:00-11:30' },
      ]),
    );
    expect((await nearest('&service=free_meal&open=now')).reachable).toEqual([]);
    expect((await nearest('&service=free_meal')).reachable[0]!.opening.state).toBe('closed');
    expect((await nearest('&service=rest,free_meal&open=now')).reachable).toHaveLength(1);
  });

  it('wants every facility asked for, and takes "not known" for no', async () => {
    const [both] = await withSites(
      makeSite({ point: eastOf(AT.centre, 400) }, [
        { service: 'rest', facilities: { toilet: true } },
        { service: 'water', facilities: { phone_charging: true } },
      ]),
      makeSite({}, [{ service: 'rest', facilities: { toilet: true, phone_charging: false } }]),
      makeSite({}, [{ service: 'rest', facilities: { toilet: true } }]),
    );
    expect(idsOf((await nearest('&facilities=toilet,phone_charging')).reachable)).toEqual([both]);
    expect((await nearest('&facilities=toilet')).reachable).toHaveLength(3);
  });

  it('with access=free leaves out codes, staff doors and what nobody knows', async () => {
    const [open, ask] = await withSites(
      makeSite({ access: 'open', point: eastOf(AT.centre, 10) }),
      makeSite({ access: 'ask', point: eastOf(AT.centre, 20) }),
      makeSite({ access: 'code' }),
      makeSite({ access: 'staff' }),
      makeSite({ access: 'unknown' }),
    );
    expect(idsOf((await nearest('&access=free')).reachable)).toEqual([open, ask]);
    expect((await nearest()).reachable).toHaveLength(5);
  });

  it('gives a place with a rough point a range instead of a promise', async () => {
    await withSites(
      makeSite({ point: eastOf(AT.centre, 1000), precisionM: 1500 }),
      makeSite({ point: eastOf(AT.centre, 3000), precisionM: 600 }),
      makeSite({ point: eastOf(AT.centre, 200), precisionM: 500 }),
    );
    const { reachable } = await nearest();
    expect(reachable.map(({ distanceRangeM }) => distanceRangeM)).toEqual([undefined, [0, 2500], [2400, 3600]]);
    expect(reachable.map(({ travelTimeMin }) => travelTimeMin === null)).toEqual([false, true, true]);
    expect(reachable.every(({ travelDistanceM }) => travelDistanceM !== null)).toBe(true);
  });

  it('never answers what is gone, planned, or has no point', async () => {
    const [kept] = await withSites(
      makeSite({ id: 'kept', point: eastOf(AT.centre, 700) }),
      makeSite({ status: 'planned' }),
      makeSite({ status: 'closed_for_good' }),
      makeSite({ status: 'replaced', replacedBy: 'kept' }),
      makeSite({ point: null }),
    );
    expect(await nearest()).toMatchObject({ reachable: [{ site: { id: kept } }], acrossWater: [] });
  });
});

describe('the water in between', () => {
  it('tells places across it apart, with the ferries that lead there, and none of their times', async () => {
    const [onIsland, onGulangyu] = await withSites(makeSite({ point: AT.centre }), makeSite({ point: AT.gulangyu }));
    const quay = { lng: 118.0745, lat: 24.4565 };
    const { reachable, acrossWater } = await nearest('&mode=foot', quay);
    expect(idsOf(reachable)).toEqual([onIsland]);
    expect(acrossWater).toHaveLength(1);
    expect(acrossWater[0]).toMatchObject({ site: { id: onGulangyu }, travelDistanceM: null, travelTimeMin: null });
    expect(acrossWater[0]!.waysAcross).toContain('ferry-lundu-gulangyu');
    const ebike = await nearest('&mode=ebike', quay);
    expect(ebike.acrossWater[0]!.waysAcross).toBeUndefined();
  });

  it('lets a car over a bridge, names it, and keeps an e-bike on its side', async () => {
    const [jimei] = await withSites(makeSite({ point: AT.jimei }));
    const car = await nearest('&mode=car', AT.north);
    expect(idsOf(car.reachable)).toEqual([jimei]);
    expect(car.reachable[0]!.crossings).toHaveLength(1);
    const ebike = await nearest('&mode=ebike', AT.north);
    expect(ebike.reachable).toEqual([]);
    expect(idsOf(ebike.acrossWater)).toEqual([jimei]);
  });

  it('does not offer what is across the water and farther than what can be reached', async () => {
    const [near] = await withSites(makeSite({ point: eastOf(AT.centre, 100) }), makeSite({ point: AT.haicang }));
    const { reachable, acrossWater } = await nearest('&limit=1');
    expect(idsOf(reachable)).toEqual([near]);
    expect(acrossWater).toEqual([]);
  });

  it('answers a rider on a bridge or a little off the shore', async () => {
    await withSites(makeSite());
    for (const from of [AT.bridge, { lng: 118.0715, lat: 24.4525 }]) {
      expect((await app.request(url(from))).status).toBe(200);
    }
  });

  it.each([
    ['far out at sea', AT.farSea, '13 km'],
    ['in Fuzhou', { lng: 119.3, lat: 26.08 }, '172 km'],
    ['on Null Island', { lng: 0, lat: 0 }, 'km'],
  ])('refuses a point %s in words', async (_, from, words) => {
    await withSites(makeSite());
    const response = await app.request(url(from));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'outside_city', detail: expect.stringContaining(words) });
  });
});

describe('how often one may ask', () => {
  it('is more for changes, which many phones fetch at once through one address, than for selections', async () => {
    await withSites(makeSite());
    const { version } = app.store;
    for (let i = 0; i <= 600; i++) expect((await app.request(`/api/sites?since=${version}`)).status).toBe(200);
    for (let i = 0; i < 600; i++) expect((await app.request('/api/sites?service=rest&since=0')).status).toBe(200);
    expect((await app.request('/api/sites?service=rest&since=0')).status).toBe(429);
    expect((await app.request(`/api/sites?since=${version}`)).status).toBe(200);
    app.clock.nowMs += 60_000;
  });

  it('is limited per minute, with the seconds to wait', async () => {
    await withSites(makeSite());
    for (let i = 0; i < 600; i++) expect((await app.request(url(AT.centre))).status).toBe(200);
    const refused = await app.request(url(AT.centre));
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    app.clock.nowMs += 60_000;
    expect((await app.request(url(AT.centre))).status).toBe(200);
  });
});
