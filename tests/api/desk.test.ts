import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Actor } from '#domain/accounts/roles.ts';
import type { ReportKind } from '#domain/places/catalogue.ts';
import { OfficeSitePage, ScorecardRow, Workbench } from '#domain/places/office-contract.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { addDays } from '#domain/time/shanghai.ts';
import { exportSites } from '../../api/places/export-sites.ts';
import { officeFilterQuery } from '../../api/places/office-filter.ts';
import { getSiteDocuments } from '../../api/places/site-document-rows.ts';
import type { Connection } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { reportAnswers, siteDrafts, siteHandovers, siteRevisions, siteVerifications } from '../../db/tables/office.ts';
import { jurisdictions, organisations, siteReports } from '../../db/tables/places.ts';
import { readTable } from '../../api/places/import/read-table.ts';
import { makeActor, signedInAs } from '../support/actors.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { addSite, addSites, createTestApp, makeSite, NOON, type TestApp } from '../support/factories.ts';

const TODAY = '2026-03-10';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Made up, so that nothing of the reference data lies in them. */
const [DISTRICT, STREET, NEXT_STREET] = ['990101', '990101001', '990101002'];
const [OTHER_DISTRICT, OTHER_STREET] = ['990102', '990102001'];
const BANK = 'test-bank';

const officer = makeActor('officer', { role: 'officer', jurisdictionCode: STREET! });
const district = makeActor('district', { role: 'district_officer', jurisdictionCode: DISTRICT! });
const keeper = makeActor('keeper', { role: 'keeper', organisationId: BANK });
const coordinator = makeActor('coordinator', { role: 'coordinator' });
const supervisor = makeActor('supervisor', { role: 'supervisor' });
const rider = makeActor('rider', { role: 'rider' });

const here = (streetCode: string) => ({ streetCode, districtCode: streetCode.slice(0, 6) });
const checkedAll = (date: string) =>
  ({
    locationStatus: 'verified',
    locationDate: date,
    hoursStatus: 'verified',
    hoursDate: date,
    facilitiesStatus: 'verified',
    facilitiesDate: date,
  }) as const;

describe.each(testEngines())('the desk of the office on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  afterAll(() => connection.close());

  /** Each test begins with two districts, three streets and a bank, and without places. */
  async function begin(): Promise<void> {
    await app?.close();
    await emptyTestDatabase(connection);
    app = await createTestApp(connection);
    await connection.db.insert(jurisdictions).values([
      { code: DISTRICT!, kind: 'district', name: '甲区', source: 'test' },
      { code: OTHER_DISTRICT!, kind: 'district', name: '乙区', source: 'test' },
      { code: STREET!, kind: 'street', name: '一街', parentCode: DISTRICT!, source: 'test' },
      { code: NEXT_STREET!, kind: 'street', name: '二街', parentCode: DISTRICT!, source: 'test' },
      { code: OTHER_STREET!, kind: 'street', name: '三街', parentCode: OTHER_DISTRICT!, source: 'test' },
    ]);
    await connection.db.insert(organisations).values({ id: BANK, kind: 'bank', name: '测试银行' });
  }
  afterAll(() => app?.close());

  const get = (actor: Actor | null, path: string) =>
    app.request(`/api/office/${path}`, { headers: actor ? signedInAs(actor) : {} });
  async function read<T extends z.ZodType>(schema: T, actor: Actor, path: string): Promise<z.infer<T>> {
    const response = await get(actor, path);
    expect(response.status, await response.clone().text()).toBe(200);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    return schema.parse(await response.json());
  }
  const workbench = (actor: Actor) => read(Workbench, actor, 'workbench');
  const list = (actor: Actor, query = '') => read(OfficeSitePage, actor, `sites${query}`);
  const idsSeenBy = async (actor: Actor, query = '') => (await list(actor, query)).rows.map(({ id }) => id).sort();
  async function scorecard(actor: Actor): Promise<Record<string, z.infer<typeof ScorecardRow>>> {
    const { rows } = (await (await get(actor, 'scorecard')).json()) as { rows: unknown[] };
    return Object.fromEntries(rows.map((row) => ScorecardRow.parse(row)).map((row) => [row.code, row]));
  }

  type Said = { ago?: number; near?: boolean; note?: string; facility?: string };
  /** A rider's report as it was received so many milliseconds ago. */
  async function say(siteId: string, kind: ReportKind, { ago = 0, near, ...rest }: Said = {}): Promise<string> {
    const id = randomUUID();
    const at = new Date(NOON - ago);
    await connection.db
      .insert(siteReports)
      .values({ id, siteId, kind, observedAt: at, receivedAt: at, wasNear: near ?? null, ...rest });
    return id;
  }
  const answer = (reportId: string, agoMs = 0) =>
    connection.db
      .insert(reportAnswers)
      .values({ reportId, outcome: 'changed', personId: 'officer', at: new Date(NOON - agoMs) });

  const documentOf = async (id: string): Promise<SiteDocument> =>
    (await getSiteDocuments(connection.db, [id])).get(id)!;

  /** One place for each way of being in somebody's scope. */
  async function addScopedSites(): Promise<void> {
    await addSites(
      connection.db,
      makeSite({ id: 'mine', ...here(STREET!) }),
      makeSite({ id: 'next', ...here(NEXT_STREET!) }),
      makeSite({ id: 'streetless', districtCode: DISTRICT! }),
      makeSite({ id: 'other', ...here(OTHER_STREET!), organisationId: BANK }),
      makeSite({ id: 'nowhere', point: null }),
    );
  }
  const SEEN: [string, Actor, string[]][] = [
    ['an officer', officer, ['mine']],
    ['a district officer', district, ['mine', 'next', 'streetless']],
    ['a keeper', keeper, ['other']],
    ['a coordinator', coordinator, ['mine', 'next', 'nowhere', 'other', 'streetless']],
    ['a supervisor', supervisor, ['mine', 'next', 'nowhere', 'other', 'streetless']],
    [
      'somebody with two roles',
      { personId: 'both', memberships: [...officer.memberships, ...keeper.memberships] },
      ['mine', 'other'],
    ],
  ];

  it.each(['workbench', 'sites', 'scorecard', 'export?format=geojson', 'organisations'])(
    'asks who somebody is, and refuses who has no business there: %s',
    async (path) => {
      await begin();
      for (const [actor, status, code] of [
        [null, 401, 'not_signed_in'],
        [rider, 403, 'not_allowed'],
        [makeActor('nobody'), 403, 'not_allowed'],
        [makeActor('insurer', { role: 'insurer', organisationId: BANK }), 403, 'not_allowed'],
      ] as const) {
        const response = await get(actor, path);
        expect(response.status).toBe(status);
        expect(await response.json()).toMatchObject({ code });
      }
    },
  );

  it.each(SEEN)('shows %s their own places everywhere, and no others', async (_, actor, ids) => {
    await begin();
    await addScopedSites();
    for (const id of ['mine', 'next', 'streetless', 'other', 'nowhere']) await say(id, 'locked');
    const page = await list(actor);
    expect(page.rows.map(({ id }) => id).sort()).toEqual(ids);
    expect(page.total).toBe(ids.length);
    const desk = await workbench(actor);
    expect(desk.reports.map(({ site }) => site.id).sort()).toEqual(ids);
    expect(desk.stale.map(({ site }) => site.id).sort()).toEqual(ids);
    expect(desk.staleTotal).toBe(ids.length);
    expect(desk.unplaced.map(({ id }) => id)).toEqual(ids.filter((id) => id === 'nowhere'));
    const exported = (await (await get(actor, 'export?format=geojson')).json()) as { features: { id: string }[] };
    expect(exported.features.map(({ id }) => id).sort()).toEqual(ids);
  });

  it('gives an officer without a street, and a keeper without an organisation, nothing', async () => {
    await begin();
    await addSites(connection.db, makeSite({ streetCode: null }), makeSite({ organisationId: null }));
    for (const actor of [makeActor('a', { role: 'officer' }), makeActor('b', { role: 'keeper' })]) {
      expect(await idsSeenBy(actor)).toEqual([]);
      const desk = await workbench(actor);
      expect([...desk.stale, ...desk.reports, ...desk.unplaced]).toEqual([]);
    }
  });

  describe('the workbench', () => {
    it('gathers unanswered reports by place, kind and facility, the weightiest first', async () => {
      await begin();
      const [a, b] = await addSites(connection.db, makeSite(here(STREET!)), makeSite(here(STREET!)));
      const first = await say(a!, 'locked', { ago: 5 * HOUR_MS, note: '没人' });
      const second = await say(a!, 'locked', { ago: HOUR_MS, near: true, note: '卷帘门' });
      const toilet = await say(a!, 'facility_wrong', { facility: 'toilet', ago: 3 * HOUR_MS });
      const water = await say(b!, 'no_water', { near: true });
      await say(b!, 'confirmed');
      await answer(await say(b!, 'moved'));
      const { reports } = await workbench(officer);
      expect(reports).toMatchObject([
        { site: { id: a }, kind: 'locked', facility: null, count: 2, near: 1, notes: ['卷帘门', '没人'] },
        { site: { id: b }, kind: 'no_water', count: 1, near: 1, reportIds: [water], notes: [] },
        { site: { id: a }, kind: 'facility_wrong', facility: 'toilet', count: 1, near: 0, reportIds: [toilet] },
      ]);
      expect(reports[0]!.reportIds).toEqual([second, first]);
      expect(reports[0]!.firstAt).toBe(new Date(NOON - 5 * HOUR_MS).toISOString());
      expect(reports[0]!.lastAt).toBe(new Date(NOON - HOUR_MS).toISOString());
    });

    it('lists what needs a look with the facts that do: contested, then aged, then never checked', async () => {
      await begin();
      await addSites(
        connection.db,
        makeSite({ id: 'never', ...here(STREET!) }),
        makeSite({ id: 'aged', ...here(STREET!), ...checkedAll(addDays(TODAY, -100)) }),
        makeSite({
          id: 'contested',
          ...here(STREET!),
          ...checkedAll(TODAY),
          reported: { locked: { count: 1, near: 1, last: TODAY } },
        }),
        makeSite({ id: 'well', ...here(STREET!), ...checkedAll(TODAY) }),
        makeSite({ id: 'gone', status: 'closed_for_good', ...here(STREET!) }),
      );
      const { stale, staleTotal } = await workbench(officer);
      expect(staleTotal).toBe(3);
      expect(
        stale.map(({ site, facts }) => [site.id, facts.map(({ fact, freshness }) => `${fact} ${freshness}`)]),
      ).toEqual([
        ['contested', ['hours contested']],
        ['aged', ['facilities stale']],
        ['never', ['location never', 'hours never', 'facilities never']],
      ]);
      expect(await idsSeenBy(officer, '?stale=1')).toEqual(['aged', 'contested', 'never']);
    });

    it('shows drafts to those who may edit the place, with what changed since the edit began', async () => {
      await begin();
      const siteId = await addSite(connection.db, { ...here(STREET!), name: '旧名', address: '旧址' }, [
        { service: 'rest', hours: '08:00-20:00', facilities: { wifi: true } },
      ]);
      await connection.db.insert(users).values({ id: 'colleague', name: '小林', email: 'lin@luyi.invalid' });
      const document = await documentOf(siteId);
      const draft = {
        id: randomUUID(),
        kind: 'draft' as const,
        siteId,
        document: {
          ...document,
          name: '新名',
          services: [
            { ...document.services[0]!, hours: '09:00-21:00', facilities: { wifi: false } },
            { ...document.services[0]!, service: 'water' as const, hours: null, facilities: {} },
          ],
        },
        personId: 'colleague',
        savedAt: new Date(NOON),
      };
      await connection.db.insert(siteDrafts).values(draft);
      const [view] = (await workbench(officer)).drafts;
      expect(view).toMatchObject({ id: draft.id, by: '小林', mine: false, site: { id: siteId }, state: 'open' });
      expect(view!.changes.map(({ path }) => path)).toEqual([
        'name',
        'services.rest.hours',
        'services.rest.facilities',
        'services.water',
      ]);
      expect(view!.changes.slice(0, 2)).toEqual([
        { path: 'name', before: '旧名', after: '新名' },
        { path: 'services.rest.hours', before: '08:00-20:00', after: '09:00-21:00' },
      ]);
      for (const actor of [keeper, supervisor, makeActor('x', { role: 'officer', jurisdictionCode: NEXT_STREET! })]) {
        expect((await workbench(actor)).drafts).toEqual([]);
      }
      const own = (await workbench(makeActor('colleague', { role: 'keeper', organisationId: BANK }))).drafts;
      expect(own, 'whoever wrote it').toMatchObject([{ mine: true }]);

      await connection.db
        .insert(siteRevisions)
        .values({ siteId, revision: 0, document: { ...document, name: '更旧' }, at: new Date(NOON) });
      expect((await workbench(officer)).drafts[0]!.changes[0], 'against the revision it began from').toMatchObject({
        before: '更旧',
      });
    });

    it('shows a proposal to those who decide, and its fate to the one who made it', async () => {
      await begin();
      const siteId = await addSite(connection.db, { ...here(STREET!), organisationId: BANK });
      const document = await documentOf(siteId);
      const proposal = (change: Partial<typeof siteDrafts.$inferInsert>) => ({
        id: randomUUID(),
        kind: 'proposal' as const,
        document: { ...document, name: '改名' },
        personId: 'keeper',
        savedAt: new Date(NOON),
        ...change,
      });
      const open = proposal({ siteId });
      const fresh = proposal({ siteId: null, streetCode: STREET!, savedAt: new Date(NOON - HOUR_MS) });
      const decided = { decidedBy: 'officer', decisionReason: '不对' };
      const lately = proposal({ siteId, state: 'rejected', decidedAt: new Date(NOON - DAY_MS), ...decided });
      const longAgo = proposal({ siteId, state: 'rejected', decidedAt: new Date(NOON - 31 * DAY_MS), ...decided });
      await connection.db.insert(siteDrafts).values([open, fresh, lately, longAgo]);
      const seen = async (actor: Actor) => (await workbench(actor)).proposals.map(({ id }) => id);
      expect(await seen(officer)).toEqual([open.id, fresh.id]);
      expect(await seen(district)).toEqual([open.id, fresh.id]);
      expect(await seen(makeActor('x', { role: 'officer', jurisdictionCode: NEXT_STREET! }))).toEqual([]);
      expect((await seen(keeper)).sort()).toEqual([open.id, fresh.id, lately.id].sort());
      expect((await workbench(keeper)).proposals.find(({ id }) => id === lately.id)).toMatchObject({
        state: 'rejected',
        decisionReason: '不对',
        mine: true,
      });
    });

    it('shows a hand-over to both streets, to be decided by the one that gets the place', async () => {
      await begin();
      const siteId = await addSite(connection.db, here(STREET!));
      const handover = {
        siteId,
        fromStreet: STREET!,
        toStreet: OTHER_STREET!,
        personId: 'officer',
        askedAt: new Date(NOON),
      };
      const open = { ...handover, id: randomUUID() };
      const done = { ...handover, id: randomUUID(), decidedAt: new Date(NOON), accepted: false };
      await connection.db.insert(siteHandovers).values([open, done]);
      const receiver = makeActor('receiver', { role: 'officer', jurisdictionCode: OTHER_STREET! });
      const itsDistrict = makeActor('d', { role: 'district_officer', jurisdictionCode: OTHER_DISTRICT! });
      for (const [actor, mayDecide] of [
        [officer, false],
        [receiver, true],
        [itsDistrict, true],
        [coordinator, true],
      ] as const) {
        expect((await workbench(actor)).handovers).toMatchObject([{ id: open.id, site: { id: siteId }, mayDecide }]);
      }
      const stranger = makeActor('x', { role: 'officer', jurisdictionCode: NEXT_STREET! });
      expect((await workbench(stranger)).handovers).toEqual([]);
      expect((await workbench(keeper)).handovers).toEqual([]);
    });
  });

  describe('the table', () => {
    it('narrows by what it is asked, and by all of it together', async () => {
      await begin();
      const services = [{ service: 'rest' as const }, { service: 'water' as const }];
      await addSites(
        connection.db,
        makeSite({ id: 'alpha', name: '阿尔法 100%', ...here(STREET!), ...checkedAll(TODAY) }, services),
        makeSite({
          id: 'beta',
          name: 'Beta',
          address: '阿尔法路',
          ...here(NEXT_STREET!),
          point: null,
          precisionM: null,
        }),
        makeSite({ id: 'gamma', name: 'Gamma', ...here(OTHER_STREET!), status: 'planned', ...checkedAll(TODAY) }),
        makeSite({ id: 'delta', name: 'Delta', ...here(OTHER_STREET!), status: 'withdrawn' }),
      );
      for (const [query, ids] of [
        ['', ['alpha', 'beta', 'gamma']],
        ['?q=%E9%98%BF%E5%B0%94%E6%B3%95', ['alpha', 'beta']],
        ['?q=100%25', ['alpha']],
        ['?q=_', []],
        ['?q=GAM', ['gamma']],
        [`?street=${STREET}`, ['alpha']],
        [`?district=${DISTRICT}`, ['alpha', 'beta']],
        ['?status=planned,withdrawn', ['delta', 'gamma']],
        ['?service=water', ['alpha']],
        ['?service=water,rest', ['alpha', 'beta', 'gamma']],
        ['?stale=1', ['beta']],
        ['?unplaced=1', ['beta']],
        [`?q=%E9%98%BF&district=${DISTRICT}&service=rest&stale=1&unplaced=1`, ['beta']],
        [`?street=${STREET}&district=${OTHER_DISTRICT}`, []],
      ] as [string, string[]][]) {
        expect(await idsSeenBy(coordinator, query), query).toEqual(ids);
      }
      expect(await idsSeenBy(officer, `?street=${NEXT_STREET}`), 'not beyond the scope').toEqual([]);
    });

    it('says of each place how sure it is, how that was found out, and what waits', async () => {
      await begin();
      const id = await addSite(connection.db, {
        ...here(STREET!),
        name: '驿站',
        locationStatus: 'reported',
        locationDate: '2026-03-01',
        locationSource: '某日报',
        hoursStatus: 'verified',
        hoursDate: TODAY,
        hoursSource: '一街',
      });
      const verification = { siteId: id, fact: 'hours' as const, personId: 'officer', at: new Date(NOON) };
      await connection.db.insert(siteVerifications).values([
        { ...verification, id: randomUUID(), method: 'on_site', day: '2026-03-01' },
        { ...verification, id: randomUUID(), method: 'by_phone', day: TODAY },
      ]);
      await say(id, 'locked');
      await say(id, 'confirmed');
      await answer(await say(id, 'moved'));
      const { rows } = await list(officer);
      expect(rows).toMatchObject([{ id, placed: true, openReports: 1, revision: 0, services: ['rest'], demo: false }]);
      expect(rows[0]!.facts).toEqual([
        { fact: 'location', freshness: 'ageing', verifiedOn: null, method: null, source: '某日报' },
        { fact: 'hours', freshness: 'fresh', verifiedOn: TODAY, method: 'by_phone', source: '一街' },
        { fact: 'facilities', freshness: 'never', verifiedOn: null, method: null, source: null },
      ]);
    });

    it('puts most reports first, and the longest unchecked', async () => {
      await begin();
      const [a, b, c] = await addSites(
        connection.db,
        makeSite({ id: 'a', ...here(STREET!), ...checkedAll('2026-03-01') }),
        makeSite({ id: 'b', ...here(STREET!), ...checkedAll('2026-02-01') }),
        makeSite({ id: 'c', ...here(STREET!) }),
      );
      await say(b!, 'locked');
      await say(b!, 'locked');
      await say(a!, 'moved');
      for (const [sort, ids] of [
        ['reports', [b, a, c]],
        ['verified', [c, b, a]],
      ] as const) {
        const { rows } = await list(officer, `?sort=${sort}`);
        expect(rows.map(({ id }) => id)).toEqual(ids);
      }
    });
  });

  describe('the scorecard', () => {
    it('counts what was verified in 90 days, with its interval, and no share of fewer than five places', async () => {
      await begin();
      await addSites(
        connection.db,
        ...[0, 90, 91].map((ago) => makeSite({ ...here(STREET!), ...checkedAll(addDays(TODAY, -ago)) })),
        makeSite({ ...here(STREET!), hoursStatus: 'reported', hoursDate: TODAY }),
        makeSite({ ...here(STREET!), status: 'closed_for_now', hoursStatus: 'verified', hoursDate: TODAY }),
        makeSite({ ...here(STREET!), status: 'planned', ...checkedAll(TODAY) }),
        ...[0, 1, 2, 3].map(() => makeSite({ ...here(NEXT_STREET!), ...checkedAll(TODAY) })),
      );
      const card = await scorecard(district);
      expect(Object.keys(card)).toEqual([STREET, NEXT_STREET]);
      expect(card[STREET!]).toMatchObject({ name: '一街', places: 5 });
      const [location, hours] = card[STREET!]!.verified;
      expect(location).toMatchObject({ fact: 'location', count: 2, share: 0.4 });
      expect(hours).toMatchObject({ fact: 'hours', count: 3, share: 0.6 });
      expect(hours!.low).toBeCloseTo(0.2307, 3);
      expect(hours!.high).toBeCloseTo(0.8824, 3);
      expect(card[NEXT_STREET!]!.verified[0]).toEqual({
        fact: 'location',
        count: 4,
        share: null,
        low: null,
        high: null,
      });
    });

    it('is for the streets in scope only', async () => {
      await begin();
      expect(Object.keys(await scorecard(officer))).toEqual([STREET]);
      expect(Object.keys(await scorecard(coordinator))).toContain(OTHER_STREET);
      expect((await get(keeper, 'scorecard')).status).toBe(403);
    });

    it('tells the median time to an answer, counting what still waits as waiting', async () => {
      await begin();
      const id = await addSite(connection.db, here(STREET!));
      for (const hours of [2, 10, 30])
        await answer(await say(id, 'locked', { ago: 40 * HOUR_MS }), (40 - hours) * HOUR_MS);
      await say(id, 'confirmed', { ago: HOUR_MS });
      await answer(await say(id, 'locked', { ago: 91 * DAY_MS }), 0);
      expect((await scorecard(officer))[STREET!]).toMatchObject({ reports: 3, answered: 3, medianAnswerHours: 10 });
      await say(id, 'moved');
      await say(id, 'moved');
      expect((await scorecard(officer))[STREET!]).toMatchObject({ reports: 5, answered: 3, medianAnswerHours: 30 });
      await say(id, 'moved');
      await say(id, 'moved');
      expect((await scorecard(officer))[STREET!]).toMatchObject({ reports: 7, answered: 3, medianAnswerHours: null });
    });

    it('adds up days without water, overlapping reports once, in the last 90 days', async () => {
      await begin();
      const [a, b] = await addSites(connection.db, makeSite(here(STREET!)), makeSite(here(STREET!)));
      await answer(await say(a!, 'no_water', { ago: 10 * DAY_MS }), 6 * DAY_MS);
      await answer(await say(a!, 'no_water', { ago: 8 * DAY_MS }), 5 * DAY_MS);
      await answer(await say(a!, 'no_water', { ago: 2 * DAY_MS }), 36 * HOUR_MS);
      await say(a!, 'locked', { ago: 50 * DAY_MS });
      expect((await scorecard(officer))[STREET!]!.stockOutDays, '10 to 5 days ago, and half a day').toBe(5.5);
      await say(b!, 'no_water', { ago: 100 * DAY_MS });
      await answer(await say(b!, 'no_water', { ago: 95 * DAY_MS }), 93 * DAY_MS);
      expect((await scorecard(officer))[STREET!]!.stockOutDays, 'and one that never ended').toBe(95.5);
    });
  });

  describe('the export', () => {
    it('is GeoJSON of what fits, in its order, with the words of the screens', async () => {
      await begin();
      await addSites(
        connection.db,
        makeSite({ id: 'b', name: '乙', ...here(STREET!), organisationId: BANK, ...checkedAll(TODAY) }, [
          { service: 'rest', hours: '08:00-20:00', facilities: { wifi: true, toilet: false } },
          { service: 'water', hours: '24/7' },
        ]),
        makeSite({ id: 'a', name: '丙', ...here(STREET!), point: null, precisionM: null }),
      );
      await say('b', 'locked');
      const response = await get(officer, 'export?format=geojson&sort=name');
      expect(response.headers.get('content-type')).toBe('application/geo+json; charset=utf-8');
      expect(response.headers.get('content-disposition')).toBe('attachment; filename="luyi-2026-03-10.geojson"');
      const { features } = (await response.json()) as { features: { geometry: unknown; properties: object }[] };
      expect(features).toMatchObject([
        { id: 'a', geometry: null },
        {
          id: 'b',
          geometry: { type: 'Point', coordinates: [118.118, 24.4885] },
          properties: {
            name: '乙',
            district: '甲区',
            street: '一街',
            status: '开放',
            services: '休息、饮水',
            hours: '休息: 08:00-20:00\n饮水: 24/7',
            facilities: 'WiFi',
            facilitiesMissing: '厕所',
            organisation: '测试银行',
            hoursVerified: TODAY,
            openReports: 1,
            demo: '否',
          },
        },
      ]);
      const english = await get(officer, 'export?format=geojson&lang=en&q=%E4%B9%99');
      expect(((await english.json()) as typeof response & { features: object[] }).features).toMatchObject([
        { properties: { status: 'open', services: 'rest, water', facilities: 'wifi' } },
      ]);
    });

    it('refuses more rows than one file holds, and says what to do', async () => {
      await begin();
      await addSites(connection.db, makeSite(), makeSite(), makeSite());
      const filter = officeFilterQuery.parse({});
      expect(await exportSites(connection.db, coordinator, filter, 'zh', NOON, 3)).toHaveLength(3);
      await expect(exportSites(connection.db, coordinator, filter, 'zh', NOON, 2)).rejects.toMatchObject({
        code: 'too_many_rows',
        message: expect.stringContaining('Narrow it by district or street'),
      });
    });

    it('writes spreadsheets with titles in either language, which read back the same', async () => {
      await begin();
      await addSite(connection.db, { id: 'one', name: '=甲站', ...here(STREET!) });
      for (const [format, lang, title] of [
        ['csv', 'zh', '名称'],
        ['xlsx', 'en', 'Name'],
      ] as const) {
        const response = await get(officer, `export?format=${format}&lang=${lang}`);
        expect(response.status).toBe(200);
        expect(response.headers.get('content-disposition')).toContain(`.${format}"`);
        const table = await readTable(Buffer.from(await response.arrayBuffer()), `places.${format}`);
        expect(table.rows.map(({ cells }) => cells[table.header.indexOf(title)])).toEqual(['=甲站']);
      }
    });
  });

  it('lists the organisations that may keep places', async () => {
    await begin();
    const { organisations: all } = (await (await get(officer, 'organisations')).json()) as { organisations: object[] };
    expect(all).toContainEqual({ id: BANK, name: '测试银行' });
  });
});
