import { randomUUID } from 'node:crypto';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPORT_KINDS } from '#domain/places/catalogue.ts';
import { SiteFeature } from '#domain/places/site.ts';
import type { Connection } from '../../db/connect.ts';
import { siteReports } from '../../db/tables/places.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { addSite, addSites, createTestApp, makeSite, NOON, type TestApp } from '../support/factories.ts';

const DAY_MS = 24 * 3_600_000;
const at = (ms: number) => new Date(ms).toISOString();
const makeReport = (report: object = {}) => ({ id: randomUUID(), kind: 'locked', observedAt: at(NOON), ...report });

describe.each(testEngines())('POST /api/sites/:id/reports on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection, { trustedProxies: 1 });
  });
  afterAll(async () => {
    await app.close();
    await connection.close();
  });

  let phones = 0;
  /** From a phone of its own, so that only the test about the limit meets the limit. */
  const post = (siteId: string, report: object, phone = `10.1.0.${++phones}`) =>
    app.post(`/api/sites/${siteId}/reports`, report, { 'x-forwarded-for': phone });
  const stored = (siteId: string) => connection.db.select().from(siteReports).where(eq(siteReports.siteId, siteId));
  const countAll = async () => (await connection.db.select({ n: count() }).from(siteReports))[0]!.n;

  async function reportedOf(siteId: string) {
    await app.store.refresh();
    const response = await app.request(`/api/sites/${siteId}`);
    return SiteFeature.parse(await response.json()).properties.reported;
  }

  it('stores what a rider says, whole', async () => {
    const siteId = await addSite(connection.db);
    const report = makeReport({ kind: 'facility_wrong', facility: 'toilet', note: '  厕所坏了 🚻 ' });
    const response = await post(siteId, report);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ id: report.id });
    expect(await stored(siteId)).toEqual([
      {
        id: report.id,
        siteId,
        kind: 'facility_wrong',
        facility: 'toilet',
        note: '厕所坏了 🚻',
        wasNear: null,
        observedAt: new Date(NOON),
        receivedAt: new Date(NOON),
      },
    ]);
  });

  it.each(REPORT_KINDS)('counts "%s" into what the place shows', async (kind) => {
    const siteId = await addSite(connection.db);
    const { version } = app.store;
    const facility = kind === 'facility_wrong' ? { facility: 'wifi' } : {};
    for (const ago of [2, 0, 1]) {
      const answer = await post(siteId, makeReport({ kind, ...facility, observedAt: at(NOON - ago * DAY_MS) }));
      expect(answer.status).toBe(201);
    }
    expect(await reportedOf(siteId)).toEqual({ [kind]: { count: 3, last: '2026-03-10' } });
    expect(app.store.version).toBeGreaterThan(version);
  });

  it('keeps whether the phone was at the place, and counts those that were', async () => {
    const siteId = await addSite(connection.db);
    for (const near of [{ near: true }, { near: false }, {}, { near: true }]) await post(siteId, makeReport(near));
    expect((await stored(siteId)).map(({ wasNear }) => wasNear).sort()).toEqual([false, null, true, true]);
    expect(await reportedOf(siteId)).toEqual({ locked: { count: 4, near: 2, last: '2026-03-10' } });
    expect((await post(siteId, makeReport({ near: 'yes' }))).status).toBe(400);
  });

  it('takes earlier complaints back when somebody confirms the place', async () => {
    const siteId = await addSite(connection.db);
    await post(siteId, makeReport({ observedAt: at(NOON - DAY_MS) }));
    await post(siteId, makeReport({ kind: 'confirmed' }));
    expect(await reportedOf(siteId)).toEqual({ confirmed: { count: 1, last: '2026-03-10' } });
    await post(siteId, makeReport({ kind: 'no_water', observedAt: at(NOON - 2 * DAY_MS) }));
    expect(await reportedOf(siteId), 'a complaint from before that arrives late').toEqual({
      confirmed: { count: 1, last: '2026-03-10' },
    });
    expect(await stored(siteId)).toHaveLength(3);
  });

  it('stores a draft that is sent twice once, also at the same moment', async () => {
    const siteId = await addSite(connection.db);
    const report = makeReport();
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(siteId, report)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
    for (const answer of answers) expect(await answer.json()).toEqual({ id: report.id });
    expect(await stored(siteId)).toHaveLength(1);
    expect(await reportedOf(siteId)).toEqual({ locked: { count: 1, last: '2026-03-10' } });
  });

  it('refuses another report under an id that is taken', async () => {
    const [siteId, other] = await addSites(connection.db, makeSite(), makeSite());
    const report = makeReport();
    await post(siteId!, report);
    for (const [id, change] of [
      [other!, {}],
      [siteId!, { kind: 'moved' }],
    ] as const) {
      const response = await post(id, { ...report, ...change });
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({ code: 'report_id_taken' });
    }
    expect(await stored(other!)).toEqual([]);
  });

  it('counts every one of many at the same time', async () => {
    const siteId = await addSite(connection.db);
    await Promise.all(Array.from({ length: 12 }, () => post(siteId, makeReport())));
    expect(await reportedOf(siteId)).toEqual({ locked: { count: 12, last: '2026-03-10' } });
  });

  it('wants to know which facility is wrong', async () => {
    const siteId = await addSite(connection.db);
    const response = await post(siteId, makeReport({ kind: 'facility_wrong' }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_request', errors: [{ path: 'facility' }] });
  });

  it.each([
    ['of two months ago', NOON - 60 * DAY_MS],
    ['of tomorrow', NOON + DAY_MS],
  ])('refuses a report %s', async (_, observedAtMs) => {
    const siteId = await addSite(connection.db);
    const response = await post(siteId, makeReport({ observedAt: at(observedAtMs) }));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'untimely_report' });
    expect(await stored(siteId)).toEqual([]);
  });

  it('takes a draft that waited a month for the network, and a phone whose clock runs a little ahead', async () => {
    const siteId = await addSite(connection.db);
    expect((await post(siteId, makeReport({ observedAt: at(NOON - 30 * DAY_MS) }))).status).toBe(201);
    expect((await post(siteId, makeReport({ observedAt: at(NOON + 600_000) }))).status).toBe(201);
  });

  it('answers 404 and 410 as the place itself does, and stores nothing', async () => {
    const [fresh, gone, planned] = await addSites(
      connection.db,
      makeSite({ id: 'fresh' }),
      makeSite({ status: 'replaced', replacedBy: 'fresh' }),
      makeSite({ status: 'planned' }),
    );
    const before = await countAll();
    expect((await post('never-was', makeReport())).status).toBe(404);
    expect((await post(planned!, makeReport())).status).toBe(404);
    const response = await post(gone!, makeReport());
    expect(response.status).toBe(410);
    expect(await response.json()).toMatchObject({ code: 'site_gone', replacedBy: fresh });
    expect(await countAll()).toBe(before);
  });

  it('keeps reports for good: the database refuses to change or delete them', async () => {
    const siteId = await addSite(connection.db);
    await post(siteId, makeReport());
    const refused = { cause: { code: '23001' } };
    const { db } = connection;
    await expect(db.update(siteReports).set({ kind: 'moved' })).rejects.toMatchObject(refused);
    await expect(db.delete(siteReports)).rejects.toMatchObject(refused);
    expect(await stored(siteId)).toHaveLength(1);
  });

  it('takes thirty in ten minutes from one address, then says how long to wait', async () => {
    const siteId = await addSite(connection.db);
    const phone = '10.2.0.1';
    for (let i = 0; i < 30; i++) expect((await post(siteId, makeReport(), phone)).status).toBe(201);
    const refused = await post(siteId, makeReport(), phone);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('600');
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' });
    expect(await stored(siteId)).toHaveLength(30);
    expect((await post(siteId, makeReport(), '10.2.0.2')).status).toBe(201);
    app.clock.nowMs += 600_000;
    expect((await post(siteId, makeReport(), phone)).status).toBe(201);
    app.clock.nowMs = NOON;
  });
});
