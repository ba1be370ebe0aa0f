import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SavedSite } from '#domain/places/office-contract.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import type { Connection } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { servicePoints, sites } from '../../db/tables/places.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { addSite, AT, createTestApp, eastOf, type TestApp } from '../support/factories.ts';
import * as office from '../support/office.ts';
import {
  auditOf,
  documentOf,
  JIALIAN_PLACE,
  JIANGTOU,
  makeDocument,
  makeService,
  officer,
  put,
  refused,
  revisionsOf,
  saved,
  siteRow,
} from '../support/office.ts';

/** Resolves when the places in memory show what nobody asked them to look for. */
const told = (shows: () => unknown) => vi.waitUntil(() => Boolean(shows()), { timeout: 20_000, interval: 5 });

describe.each(testEngines())('saving a place, on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection);
    await connection.db.insert(users).values({ id: officer.personId, name: '林书记', email: 'officer@staff.invalid' });
  });
  afterAll(async () => {
    expect(await verifyAudit(connection.db)).toMatchObject({ fault: null });
    expect(app.log).toEqual([]);
    await app.close();
    await connection.close();
  });

  const add = (site: Parameters<typeof addSite>[1] = {}, services?: Parameters<typeof addSite>[2]) =>
    addSite(connection.db, { ...JIALIAN_PLACE, ...site }, services);
  const edit = async (id: string, change: Partial<SiteDocument>) => ({
    document: { ...(await documentOf(connection.db, id)), ...change },
  });

  const replace = async (id: string, replacedBy: string) =>
    put(app, officer, id, 0, await edit(id, { status: 'replaced', replacedBy }));
  const facts = async (id: string) => {
    const row = await siteRow(connection.db, id);
    return { location: row.locationStatus, hours: row.hoursStatus, facilities: row.facilitiesStatus };
  };
  const post = (actor: typeof officer, document: SiteDocument, more: object = {}) =>
    app.as(actor, 'POST', '/api/office/sites', { id: randomUUID(), document, ...more });

  it('changes what is said otherwise, keeps the rest, and writes down who, when and why', async () => {
    const id = await add({ originalLng: 118.1227, originalLat: 24.4858, originalCrs: 'GCJ02' }, [
      { service: 'rest', hours: '24/7', facilities: { toilet: true } },
      { service: 'water', capacity: 2 },
    ]);
    const before = await documentOf(connection.db, id);
    const document = { ...before, name: '新名字', services: [before.services[1]!, before.services[0]!] };
    const response = await put(app, officer, id, 0, { document, reason: '换了门牌' });
    expect(response.headers.get('etag')).toBe('"r1"');
    const body = SavedSite.parse(await saved(response));
    expect(body).toEqual({
      id,
      revision: 1,
      document,
      changes: [
        { path: 'name', before: before.name, after: '新名字' },
        { path: 'services', before: ['rest', 'water'], after: ['water', 'rest'] },
      ],
    });
    expect(await documentOf(connection.db, id)).toEqual(document);
    expect(await revisionsOf(connection.db, id)).toMatchObject([
      { revision: 0, document: before, personId: null },
      { revision: 1, document, personId: officer.personId, reason: '换了门牌', at: new Date(app.clock.nowMs) },
    ]);
    expect(await auditOf(connection.db, 'site', id)).toMatchObject([
      { action: 'site.edit', actorId: officer.personId, reason: '换了门牌', after: { name: '新名字', revision: 1 } },
    ]);
  });

  it('writes nothing when nothing changes, also over an older revision', async () => {
    const id = await add();
    await saved(await put(app, officer, id, 0, await edit(id, { note: '一' })));
    const { version } = await siteRow(connection.db, id);
    const again = await put(app, officer, id, 0, await edit(id, {}));
    expect(again.headers.get('etag')).toBe('"r1"');
    expect(await saved(again)).toMatchObject({ revision: 1, changes: [] });
    expect(await revisionsOf(connection.db, id)).toHaveLength(2);
    expect((await siteRow(connection.db, id)).version).toBe(version);
    expect(await auditOf(connection.db, 'site', id)).toHaveLength(1);
  });

  it('refuses to overwrite what another has saved, and shows it', async () => {
    const id = await add();
    const mine = await edit(id, { phone: '0592-1' });
    const theirs = await saved(await put(app, officer, id, 0, await edit(id, { phone: '0592-2' })));
    const problem = await refused(await put(app, office.siming, id, 0, mine), 412, 'changed_meanwhile');
    expect(problem.current).toEqual({
      revision: 1,
      document: theirs.document,
      by: '林书记',
      at: new Date(app.clock.nowMs).toISOString(),
    });
    await refused(await put(app, officer, id, 7, mine), 412, 'changed_meanwhile');
    expect((await documentOf(connection.db, id)).phone).toBe('0592-2');
  });

  it('asks for the revision', async () => {
    const id = await add();
    const path = `/api/office/sites/${id}`;
    const save = await edit(id, { note: '一' });
    await refused(await app.as(officer, 'PUT', path, save), 428, 'precondition_required');
    for (const etag of ['*', '"5"', 'r0', 'W/"r0"', '"r0", "r1"', '"r99999999999"']) {
      await refused(await app.as(officer, 'PUT', path, save, { 'if-match': etag }), 400, 'invalid_request');
    }
  });

  describe('by', () => {
    it.each([
      ['an officer of the street', officer, 200, ''],
      ['an officer of its district', office.siming, 200, ''],
      ['the centre', office.centre, 200, ''],
      ['an officer of the next street', office.neighbour, 404, 'site_not_found'],
      ['another district', office.huli, 404, 'site_not_found'],
      ['its keeper', office.keeper, 403, 'not_allowed'],
      ['a supervisor, who looks at everything', office.supervisor, 403, 'not_allowed'],
      ['a rider', office.rider, 403, 'not_allowed'],
    ])('%s', async (_, actor, status, code) => {
      const id = await add({ organisationId: 'xiamen-ftu' });
      const response = await put(app, actor, id, 0, await edit(id, { note: '改' }));
      if (status === 200) await saved(response);
      else await refused(response, status, code);
      expect((await siteRow(connection.db, id)).revision).toBe(status === 200 ? 1 : 0);
    });

    it('nobody who is not signed in', async () => {
      const id = await add();
      const response = await app.request(`/api/office/sites/${id}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'if-match': '"r0"' },
        body: JSON.stringify(await edit(id, { note: '改' })),
      });
      await refused(response, 401, 'not_signed_in');
    });

    it('somebody who may look at this place and edit another', async () => {
      const both = {
        personId: 'both',
        memberships: [...office.supervisor.memberships, ...office.stranger.memberships],
      };
      const id = await add();
      await refused(await put(app, both, id, 0, await edit(id, { note: '改' })), 403, 'not_allowed');
      await refused(await put(app, both, 'no-such-place', 0, { document: makeDocument() }), 404, 'site_not_found');
    });
  });

  describe('refuses', () => {
    it.each<[string, Partial<SiteDocument>, number, string, string]>([
      ['a point at sea', { point: { lng: 118.118, lat: 24.421 }, precisionM: 20 }, 422, 'point_at_sea', 'point'],
      ['a point in another city', { point: { lng: 119.3, lat: 26.08 }, precisionM: 20 }, 422, 'outside_city', 'point'],
      ['a point in another district', { point: AT.north, precisionM: 20 }, 422, 'other_district', 'point'],
      [
        'a street that is not there',
        { streetCode: '350203999', districtCode: null },
        422,
        'no_such_reference',
        'streetCode',
      ],
      ['a district as a street', { streetCode: '350203', districtCode: null }, 422, 'no_such_reference', 'streetCode'],
      ['an organisation that is not there', { organisationId: 'nobody' }, 422, 'no_such_reference', 'organisationId'],
      [
        'a replacement that is not there',
        { status: 'replaced', replacedBy: 'no-such-place' },
        422,
        'no_such_reference',
        'replacedBy',
      ],
      [
        'a street of somebody else',
        { streetCode: JIANGTOU, districtCode: '350206' },
        409,
        'needs_handover',
        'streetCode',
      ],
      [
        'to leave the office by no street',
        { streetCode: null, districtCode: null },
        409,
        'needs_handover',
        'streetCode',
      ],
    ])('%s', async (_, change, status, code, path) => {
      const id = await add();
      const problem = await refused(await put(app, officer, id, 0, await edit(id, change)), status, code);
      expect(problem.errors).toEqual([{ path, message: problem.detail }]);
      expect((await siteRow(connection.db, id)).revision).toBe(0);
      expect(await revisionsOf(connection.db, id)).toEqual([]);
    });

    it('a replacement that leads back, also over others, and by itself', async () => {
      const [a, b, c] = [await add(), await add(), await add()];
      await refused(await replace(a, a), 422, 'replaced_in_circle');
      await saved(await replace(a, b));
      await refused(await replace(b, a), 422, 'replaced_in_circle');
      await saved(await replace(b, c));
      await refused(await replace(c, a), 422, 'replaced_in_circle');
    });

    it('one of two that replace each other at the same time', async () => {
      for (let round = 0; round < 5; round++) {
        const [a, b] = [await add(), await add()];
        const [toB, toA] = [
          await edit(a, { status: 'replaced', replacedBy: b }),
          await edit(b, { status: 'replaced', replacedBy: a }),
        ];
        const answers = await Promise.all([put(app, officer, a, 0, toB), put(app, officer, b, 0, toA)]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
      }
    });
  });

  it('does not judge a point again that stood there before', async () => {
    const id = await add({ point: AT.north });
    await saved(await put(app, officer, id, 0, await edit(id, { phone: '110' })));
    await refused(
      await put(app, officer, id, 1, await edit(id, { point: eastOf(AT.north, 9) })),
      422,
      'other_district',
    );
  });

  it('moves a place between streets that are both the actor’s', async () => {
    const id = await add();
    const { document } = await edit(id, { streetCode: office.LIANQIAN });
    await saved(await put(app, office.siming, id, 0, { document }));
    expect(await siteRow(connection.db, id)).toMatchObject({ streetCode: office.LIANQIAN });
  });

  it('fills in the district of a street, and forgets the source’s coordinate of a point that moved', async () => {
    const id = await add({
      originalLng: 118.1227,
      originalLat: 24.4858,
      originalCrs: 'GCJ02',
      coordinateBasis: '名录',
    });
    const { document } = await edit(id, { districtCode: null, point: eastOf(AT.centre, 30) });
    const answer = await saved(await put(app, officer, id, 0, { document }));
    expect(answer.document).toMatchObject({ districtCode: '350203', original: null });
    expect(await siteRow(connection.db, id)).toMatchObject({ originalCrs: null, coordinateBasis: null });
  });

  it.each<Partial<SiteDocument>[]>([
    [{ status: 'planned' }, { status: 'open' }],
    [
      { status: 'open' },
      { status: 'closed_for_now', statusUntil: '2026-05-01' },
      { status: 'open', statusUntil: null },
    ],
    [{ status: 'open' }, { status: 'closed_for_good' }, { status: 'open' }],
    [{ status: 'open' }, { status: 'withdrawn' }],
  ])('goes from %o on', async (first, ...next) => {
    const id = await add({ status: first.status! });
    for (const [revision, change] of next.entries()) {
      await saved(await put(app, officer, id, revision, await edit(id, change)));
      expect(await siteRow(connection.db, id)).toMatchObject(change);
    }
  });

  it('is seen by riders in the snapshot and the nearest answer, without being asked', async () => {
    const id = await add({ point: eastOf(AT.centre, 2) });
    await told(() => app.store.find(id));
    await saved(await put(app, officer, id, 0, await edit(id, { name: '人人看得见', point: AT.centre })));
    await told(() => String(app.store.find(id)?.json).includes('人人看得见'));
    expect(app.store.find(id)!.point).toEqual(AT.centre);
    await saved(await put(app, officer, id, 1, await edit(id, { status: 'closed_for_good' })));
    await told(() => app.store.findRemoved(id));
  });

  describe('facts', () => {
    const verified = { locationStatus: 'verified', hoursStatus: 'verified', facilitiesStatus: 'verified' } as const;

    it.each<[string, Partial<SiteDocument>, object]>([
      ['the name', { name: '新' }, {}],
      ['the pin', { point: eastOf(AT.centre, 20) }, { location: 'reported' }],
      ['how exact it is', { precisionM: 7 }, { location: 'reported' }],
      ['the pin away', { point: null, precisionM: null }, { location: 'unknown' }],
      ['hours', { services: [makeService({ hours: '24/7' })] }, { hours: 'reported', facilities: 'unknown' }],
      ['no hours', { services: [makeService({ facilities: { toilet: true } })] }, { hours: 'unknown' }],
      [
        'facilities',
        { services: [makeService({ hours: '08:00-18:00', facilities: { toilet: false } })] },
        { facilities: 'reported' },
      ],
    ])('changing %s', async (_, change, expected) => {
      const id = await add(verified, [{ service: 'rest', hours: '08:00-18:00', facilities: { toilet: true } }]);
      await saved(await put(app, officer, id, 0, await edit(id, change)));
      expect(await facts(id)).toEqual({ location: 'verified', hours: 'verified', facilities: 'verified', ...expected });
    });

    it('that were changed say by which office and when', async () => {
      const id = await add();
      await saved(await put(app, officer, id, 0, await edit(id, { services: [makeService({ hours: '24/7' })] })));
      expect(await siteRow(connection.db, id)).toMatchObject({
        hoursDate: '2026-03-10',
        hoursSource: '嘉莲街道（2026-03-10 更改）',
      });
    });

    it('that were changed and looked at are verified, also when the look was yesterday', async () => {
      const id = await add({ hoursStatus: 'reported', hoursDate: '2026-03-10' });
      const verify = [{ id: randomUUID(), fact: 'hours' as const, method: 'by_phone' as const, day: '2026-03-09' }];
      const save = { ...(await edit(id, { services: [makeService({ hours: '24/7' })] })), verify };
      await saved(await put(app, officer, id, 0, save));
      expect(await siteRow(connection.db, id)).toMatchObject({
        hoursStatus: 'verified',
        hoursDate: '2026-03-09',
        hoursSource: '嘉莲街道（电话核实）',
      });
    });
  });

  describe('a new one', () => {
    it('gets an id, a history and its facts', async () => {
      const verify = [{ id: randomUUID(), fact: 'hours', method: 'on_site', day: '2026-03-10' }];
      const document = makeDocument({ point: AT.centre, precisionM: 10, services: [makeService({ hours: '24/7' })] });
      const response = await post(officer, document, { verify, reason: '新开' });
      expect(response.headers.get('etag')).toBe('"r0"');
      const { id, ...rest } = await saved(response, 201);
      expect(id).toMatch(/^350203011-[0-9a-f]{10}$/);
      expect(rest).toEqual({ revision: 0, document, changes: [] });
      expect(await documentOf(connection.db, id)).toEqual(document);
      expect(await revisionsOf(connection.db, id)).toMatchObject([
        { revision: 0, document, personId: officer.personId, reason: '新开' },
      ]);
      expect(await siteRow(connection.db, id)).toMatchObject({
        locationStatus: 'reported',
        hoursStatus: 'verified',
        facilitiesStatus: 'unknown',
        source: '嘉莲街道',
        demo: false,
      });
      await saved(await put(app, officer, id, 0, { document: { ...document, note: '改' } }));
      expect(await revisionsOf(connection.db, id)).toHaveLength(2);
    });

    it('is one place however often the same is sent, also at once, and a taken id makes none', async () => {
      const id = randomUUID();
      const document = makeDocument({ name: '只有一个' });
      const answers = await Promise.all(
        Array.from({ length: 4 }, async () => saved(await post(officer, document, { id }), 201)),
      );
      expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
      expect(await saved(await post(officer, document, { id }), 201)).toEqual(answers[0]);
      const count = () => connection.db.$count(sites, eq(sites.name, '只有一个'));
      expect(await count()).toBe(1);
      expect(await auditOf(connection.db, 'site', answers[0]!.id)).toHaveLength(1);
      await refused(await post(officer, { ...document, note: '别的' }, { id }), 409, 'id_taken');
      await refused(await post(office.siming, document, { id }), 409, 'id_taken');
      expect(await count()).toBe(1);
      // What was refused has used no id up.
      const other = randomUUID();
      await refused(
        await post(officer, makeDocument({ organisationId: 'nobody' }), { id: other }),
        422,
        'no_such_reference',
      );
      expect((await post(officer, makeDocument(), { id: other })).status).toBe(201);
      await refused(await post(officer, document, { id: undefined }), 400, 'invalid_request');
    });

    it.each<[string, typeof officer, Partial<SiteDocument>, number, string]>([
      ['in another street', officer, { streetCode: JIANGTOU, districtCode: '350206' }, 403, 'not_allowed'],
      ['of a keeper, who may only propose', office.keeper, {}, 403, 'not_allowed'],
      ['at sea', officer, { point: { lng: 118.118, lat: 24.421 }, precisionM: 20 }, 422, 'point_at_sea'],
      ['of nobody', officer, { organisationId: 'nobody' }, 422, 'no_such_reference'],
      ['replaced by nothing', officer, { status: 'replaced', replacedBy: 'nothing' }, 422, 'no_such_reference'],
    ])('%s is refused', async (_, actor, document, status, code) => {
      const before = await connection.db.select({ id: sites.id }).from(sites);
      await refused(await post(actor, makeDocument(document)), status, code);
      expect(await connection.db.select({ id: sites.id }).from(sites)).toEqual(before);
    });
  });

  it('takes everything back when the last step fails', async () => {
    const id = await add();
    const save = await edit(id, { name: '没有存', services: [makeService({ service: 'water' })] });
    await connection.sql.unsafe(`create function fail_for_test() returns trigger language plpgsql as
      $$ begin raise exception 'no'; end $$`);
    await connection.sql.unsafe(
      'create trigger fail_for_test before insert on audit_records for each row execute function fail_for_test()',
    );
    try {
      expect((await put(app, officer, id, 0, save)).status).toBe(500);
    } finally {
      await connection.sql.unsafe('drop trigger fail_for_test on audit_records');
      await connection.sql.unsafe('drop function fail_for_test()');
    }
    app.log.length = 0;
    expect(await revisionsOf(connection.db, id)).toEqual([]);
    expect((await siteRow(connection.db, id)).name).not.toBe('没有存');
    const services = await connection.db.select().from(servicePoints).where(eq(servicePoints.siteId, id));
    expect(services.map(({ service }) => service)).toEqual(['rest']);
    expect(await saved(await put(app, officer, id, 0, save))).toMatchObject({ revision: 1 });
  });

  it('of one person is limited, of another not', async () => {
    const id = await add();
    const busy = { ...officer, personId: 'busy' };
    const save = await edit(id, {});
    for (let i = 0; i < 300; i++) {
      const response = await app.as(busy, 'PUT', `/api/office/sites/${id}`, save);
      expect(response.status).toBe(428);
    }
    const refusal = await put(app, busy, id, 0, save);
    expect(refusal.headers.get('retry-after')).toBe('60');
    await refused(refusal, 429, 'too_many_requests');
    await saved(await put(app, officer, id, 0, save));
    app.clock.nowMs += 60_000;
    await saved(await put(app, busy, id, 0, save));
  });
});
