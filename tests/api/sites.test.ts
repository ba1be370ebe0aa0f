import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteCollection, SiteFeature } from '#domain/places/site.ts';
import type { Connection } from '../../db/connect.ts';
import { servicePoints, sites } from '../../db/tables/places.ts';
import { openTestDatabase } from '../support/database.ts';
import { addSite, addSites, AT, createTestApp, eastOf, makeSite, type TestApp } from '../support/factories.ts';

let connection: Connection;
let app: TestApp;

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection);
});
afterAll(async () => {
  await app.close();
  await connection.close();
});

/** The snapshot or a selection of it, checked against the wire schema. */
async function list(query = ''): Promise<SiteCollection> {
  const response = await app.request(`/api/sites${query}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/geo+json');
  return SiteCollection.parse(await response.json());
}
const get = (headers: Record<string, string>) => app.request('/api/sites', { headers });
const byId = (a: SiteFeature, b: SiteFeature) => (a.id < b.id ? -1 : 1);
const idsOf = (collection: SiteCollection) => collection.features.map(({ id }) => id);

async function setSite(id: string, change: Partial<typeof sites.$inferInsert>): Promise<void> {
  await connection.db.update(sites).set(change).where(eq(sites.id, id));
  await app.store.refresh();
}

describe('GET /api/health', () => {
  it('says which database works and how many places it has', async () => {
    const response = await app.request('/api/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'ok',
      database: 'pglite',
      postgis: expect.stringMatching(/^3\.\d/),
      sites: app.store.sites.length,
    });
  });
});

describe('GET /api/sites', () => {
  it('tells everything that is stored of a place, and nothing of what is not known', async () => {
    const id = await addSite(
      connection.db,
      {
        nameEn: 'A stop',
        point: { lng: 118.1234567, lat: 24.4987654 },
        precisionM: 30,
        districtCode: '350203',
        address: '湖滨南路 1 号',
        phone: '0592-1234567',
        accessNote: '刷脸',
        access: 'code',
        locationStatus: 'verified',
        locationDate: '2026-03-01',
        locationSource: 'seen',
        source: 'a list',
      },
      [
        { service: 'rest', hours: 'Mo-Fr 09:00-18:00', facilities: { toilet: true, wifi: false }, capacity: 12 },
        { service: 'water', hours: '24/7', price: 'free', facilities: { toilet: false, drinking_water: true } },
      ],
    );
    await app.store.refresh();
    const feature = (await list()).features.find((candidate) => candidate.id === id);
    expect(feature).toEqual({
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: [118.123457, 24.498765] },
      properties: {
        id,
        name: `驿站 ${id}`,
        nameEn: 'A stop',
        district: '350203',
        street: null,
        address: '湖滨南路 1 号',
        phone: '0592-1234567',
        status: 'open',
        access: 'code',
        accessNote: '刷脸',
        precisionM: 30,
        services: [
          { service: 'rest', hours: 'Mo-Fr 09:00-18:00', capacity: 12, facilities: { toilet: true, wifi: false } },
          { service: 'water', hours: '24/7', price: 'free', facilities: { toilet: false, drinking_water: true } },
        ],
        hours: null,
        facilities: { toilet: true, wifi: false, drinking_water: true },
        verification: {
          location: { status: 'verified', date: '2026-03-01', source: 'seen' },
          hours: { status: 'unknown', date: null, source: null },
          facilities: { status: 'unknown', date: null, source: null },
        },
        source: 'a list',
        demo: false,
      },
    });
    const one = await app.request(`/api/sites/${id}`);
    expect(one.status).toBe(200);
    expect(SiteFeature.parse(await one.json())).toEqual(feature);
  });

  it('lists a place without a point, but not in a box, however large', async () => {
    const id = await addSite(connection.db, { point: null });
    await app.store.refresh();
    const feature = (await list()).features.find((candidate) => candidate.id === id);
    expect(feature?.geometry).toBeNull();
    expect(feature?.properties.precisionM).toBeNull();
    expect(idsOf(await list('?bbox=-180,-90,180,90'))).not.toContain(id);
  });

  it('leaves out what lies outside the box, and keeps what lies on its border', async () => {
    const [inside, border, outside] = await addSites(
      connection.db,
      makeSite({ point: { lng: 118.05, lat: 24.65 } }),
      makeSite({ point: { lng: 118.06, lat: 24.66 } }),
      makeSite({ point: { lng: 118.0601, lat: 24.65 } }),
    );
    await app.store.refresh();
    const ids = idsOf(await list('?bbox=118.04,24.64,118.06,24.66'));
    expect(ids).toContain(inside);
    expect(ids).toContain(border);
    expect(ids).not.toContain(outside);
  });

  it('gives places with any of the services asked for', async () => {
    const [meal, legal, both] = await addSites(
      connection.db,
      makeSite({}, [{ service: 'free_meal' }]),
      makeSite({}, [{ service: 'legal_aid' }]),
      makeSite({}, [{ service: 'free_meal' }, { service: 'legal_aid' }]),
    );
    await app.store.refresh();
    expect(idsOf(await list('?service=free_meal')).sort()).toEqual([meal, both].sort());
    expect(idsOf(await list('?service=free_meal,legal_aid')).sort()).toEqual([meal, legal, both].sort());
    expect(idsOf(await list('?service=skills'))).toEqual([]);
  });
});

describe('a version and what changed since', () => {
  it('gives only what changed, and tombstones for what left, with what replaced it', async () => {
    const [kept, moved, closed, old] = await addSites(connection.db, makeSite(), makeSite(), makeSite(), makeSite());
    await app.store.refresh();
    const { version } = await list();
    expect(await list(`?since=${version}`)).toMatchObject({ version, features: [], gone: [] });

    await setSite(moved!, { point: eastOf(AT.centre, 80) });
    await setSite(closed!, { status: 'closed_for_good' });
    await setSite(old!, { status: 'replaced', replacedBy: kept! });
    const delta = await list(`?since=${version}`);
    expect(idsOf(delta)).toEqual([moved]);
    expect(delta.version).toBeGreaterThan(version);
    expect(delta.gone).toHaveLength(2);
    expect(delta.gone).toContainEqual({ id: closed, replacedBy: null });
    expect(delta.gone).toContainEqual({ id: old, replacedBy: kept });
  });

  it('counts a changed service point as a change of its place', async () => {
    const id = await addSite(connection.db);
    await app.store.refresh();
    const { version } = await list();
    await connection.db.update(servicePoints).set({ hours: '08:00-20:00' }).where(eq(servicePoints.siteId, id));
    await app.store.refresh();
    const { features } = await list(`?since=${version}`);
    expect(features.map(({ properties }) => [properties.id, properties.hours])).toEqual([[id, '08:00-20:00']]);
  });

  it('tells who keeps a selection to let go of what no longer fits', async () => {
    const id = await addSite(connection.db, { point: { lng: 118.2, lat: 24.7 } }, [{ service: 'education' }]);
    await app.store.refresh();
    const { version } = await list();
    await setSite(id, { point: { lng: 118.3, lat: 24.7 } });
    const inBox = await list(`?bbox=118.19,24.69,118.21,24.71&since=${version}`);
    expect(inBox).toMatchObject({ features: [], gone: [{ id, replacedBy: null }] });
    await connection.db.update(servicePoints).set({ service: 'skills' }).where(eq(servicePoints.siteId, id));
    await app.store.refresh();
    const ofService = await list(`?service=education&since=${version}`);
    expect(ofService).toMatchObject({ features: [], gone: [{ id, replacedBy: null }] });
  });

  it('gives everything to a reader who saw a version that is still to come', async () => {
    const whole = await list();
    expect(await list('?since=9999999999')).toEqual(whole);
    expect(whole).not.toHaveProperty('gone');
  });

  it('adds up: the old snapshot with every delta is the new snapshot', async () => {
    const ids = await addSites(connection.db, ...Array.from({ length: 6 }, () => makeSite()));
    await app.store.refresh();
    let mine = await list();
    const kept = new Map(mine.features.map((feature) => [feature.id, feature]));
    const steps: (() => Promise<unknown>)[] = [
      () => setSite(ids[0]!, { name: '新名字' }),
      () => setSite(ids[1]!, { status: 'closed_for_good' }),
      () => setSite(ids[2]!, { status: 'planned' }),
      () => setSite(ids[2]!, { name: 'still planned' }),
      () => setSite(ids[1]!, { status: 'open' }),
      () => addSite(connection.db).then(() => app.store.refresh()),
    ];
    for (const [i, step] of steps.entries()) {
      await step();
      if (i === 2) continue; // a reader who looks seldom
      const delta = await list(`?since=${mine.version}`);
      for (const { id } of delta.gone ?? []) kept.delete(id);
      for (const feature of delta.features) kept.set(feature.id, feature);
      mine = delta;
    }
    expect([...kept.values()].sort(byId)).toEqual((await list()).features.sort(byId));
  });
});

describe('GET /api/sites/:id', () => {
  it('answers 404 for what never was, and for what is planned, of which nothing shows anywhere', async () => {
    const { version } = await list();
    const id = await addSite(connection.db, { status: 'planned', name: '还没有的地方' });
    await app.store.refresh();
    for (const path of ['/api/sites/never-was', `/api/sites/${id}`, `/api/sites/${id}/qr.svg`]) {
      const response = await app.request(path);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json()).toMatchObject({ status: 404, code: 'site_not_found' });
    }
    for (const query of ['', '?since=0', `?since=${version}`, '?bbox=-180,-90,180,90']) {
      expect(await (await app.request(`/api/sites${query}`)).text()).not.toContain(id);
    }
  });

  it('answers 404, not 410, for a place that was taken back to planned', async () => {
    const id = await addSite(connection.db);
    await app.store.refresh();
    await setSite(id, { status: 'planned' });
    expect((await app.request(`/api/sites/${id}`)).status).toBe(404);
  });

  it('answers 410 for what is gone, and names what replaced it', async () => {
    const [fresh, old, closed] = await addSites(connection.db, makeSite(), makeSite(), makeSite());
    await setSite(old!, { status: 'replaced', replacedBy: fresh! });
    await setSite(closed!, { status: 'closed_for_good' });
    for (const [id, replacedBy] of [
      [old, fresh],
      [closed, null],
    ]) {
      const response = await app.request(`/api/sites/${id}`);
      expect(response.status).toBe(410);
      expect(await response.json()).toMatchObject({ code: 'site_gone', replacedBy });
    }
  });

  it('shows a place that is closed for now, with the day it opens again', async () => {
    const id = await addSite(connection.db, { status: 'closed_for_now', statusUntil: '2026-04-01' });
    await app.store.refresh();
    const feature = SiteFeature.parse(await (await app.request(`/api/sites/${id}`)).json());
    expect(feature.properties).toMatchObject({ status: 'closed_for_now', statusUntil: '2026-04-01' });
  });
});

describe('a cache in between', () => {
  beforeAll(async () => {
    await addSites(connection.db, ...Array.from({ length: 20 }, () => makeSite()));
    await app.store.refresh();
  });

  it('gets the same bytes compressed as either, each under a strong tag of its own', async () => {
    const plain = await get({});
    const gzip = await get({ 'accept-encoding': 'gzip, deflate' });
    const br = await get({ 'accept-encoding': 'gzip, deflate, br' });
    const bytes = Buffer.from(await plain.arrayBuffer());
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(gzip.headers.get('content-encoding')).toBe('gzip');
    expect(br.headers.get('content-encoding')).toBe('br');
    expect(gunzipSync(Buffer.from(await gzip.arrayBuffer()))).toEqual(bytes);
    expect(brotliDecompressSync(Buffer.from(await br.arrayBuffer()))).toEqual(bytes);
    const tags = [plain, gzip, br].map((response) => response.headers.get('etag')!);
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) expect(tag).toMatch(/^"[^"]+"$/);
    for (const response of [plain, gzip, br]) expect(response.headers.get('vary')).toContain('Accept-Encoding');
  });

  it('is told 304 as long as nothing changed, and gets the new list with a new tag once something did', async () => {
    const tag = (await get({})).headers.get('etag')!;
    const same = await get({ 'if-none-match': tag });
    expect(same.status).toBe(304);
    expect(same.headers.get('etag')).toBe(tag);
    expect(await same.text()).toBe('');
    expect((await get({ 'if-none-match': `"other", W/${tag}` })).status).toBe(304);
    expect((await get({ 'if-none-match': tag, 'accept-encoding': 'gzip' })).status).toBe(200);
    await addSite(connection.db);
    await app.store.refresh();
    const changed = await get({ 'if-none-match': tag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
  });

  it('may be asked by any page, for reading only', async () => {
    const response = await get({ origin: 'https://example.org' });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const preflight = await app.request('/api/sites', {
      method: 'OPTIONS',
      headers: { origin: 'https://example.org', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET');
  });
});
