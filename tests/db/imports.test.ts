import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SiteDocument } from '#domain/places/site-document.ts';
import type { Connection } from '../../db/connect.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import { ImportStopped, storeImport } from '../../api/places/import/store-import.ts';
import { makeActor } from '../support/actors.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { addSite, createTestApp, type TestApp } from '../support/factories.ts';
import { csvOf, importClient, type ImportClient, listRow, type ListRow } from '../support/imports.ts';

const COORDINATOR = makeActor('coordinator', { role: 'coordinator' });
const OFFICER = makeActor('officer', { role: 'officer', jurisdictionCode: '350206005' });

const list = (count: number, change: (n: number) => ListRow = () => ({})) =>
  Array.from({ length: count }, (_, n) => listRow(n, change(n)));

describe.each(testEngines())('an import on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  let office: ImportClient;
  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  beforeEach(async () => {
    await emptyTestDatabase(connection);
    app = await createTestApp(connection);
    office = importClient(app, COORDINATOR);
    return () => app.close();
  });
  afterAll(() => connection.close());

  /** From the upload to the last row stored. */
  async function bring(rows: readonly ListRow[], options: Parameters<ImportClient['upload']>[1] = {}) {
    const checked = await office.upload(csvOf(rows), options);
    const chosen = checked.settings.crs ? checked : await office.choose(checked);
    return office.store(chosen);
  }
  const versionNow = async () => (await connection.sql`select value from sites_version`)[0]!.value as string;
  const siteOf = async (externalId: string) => {
    const [row] = await connection.sql`
      select s.*, s.location_date::text as location_date, s.hours_date::text as hours_date,
        (select jsonb_agg(to_jsonb(p) order by position) from service_points p where p.site_id = s.id) as services
      from sites s join site_external_ids e on e.site_id = s.id where e.external_id = ${externalId}`;
    return row as Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- a row as it stands
  };
  const historyOf = (siteId: string) =>
    connection.sql`select revision, document, person_id, reason, import_id, restored_from from site_revisions
      where site_id = ${siteId} order by revision`;

  it('makes sites with their coordinate as given, facts from the list, a revision, a number and one audit record', async () => {
    const view = await bring(list(3));
    expect(view).toMatchObject({ state: 'stored', counts: { new: 3 }, problem: null });
    const site = await siteOf('X-1');
    expect(site).toMatchObject({
      name: '第1号乙驿站',
      district_code: '350206',
      street_code: '350206005',
      original_lng: 118.1185,
      original_lat: 24.4885,
      original_crs: 'WGS84',
      precision_m: 50,
      location_status: 'reported',
      location_date: '2026-03-10',
      location_source: '总工会名单 (名单.csv)',
      hours_status: 'reported',
      facilities_status: 'reported',
      revision: 1,
      services: [
        {
          service: 'rest',
          hours: 'Mo-Fr 08:30-12:00,14:30-18:00',
          facilities: { aircon: true, drinking_water: true },
        },
      ],
    });
    const [revision, ...more] = await historyOf(site.id);
    expect(more).toEqual([]);
    expect(revision).toMatchObject({ revision: 1, person_id: 'coordinator', import_id: view.id });
    expect(SiteDocument.parse(revision!.document)).toMatchObject({ name: '第1号乙驿站', precisionM: 50 });
    expect(await connection.sql`select action, after from audit_records`).toMatchObject([
      { action: 'import.store', after: { counts: { new: 3 } } },
    ]);
    expect((await verifyAudit(connection.db)).fault).toBeNull();
    await app.store.refresh();
    expect(app.store.sites.map(({ id }) => id)).toContain(site.id);
  });

  it('changes nothing when the same file comes again, not even the version', async () => {
    const first = await bring(list(5));
    const version = await versionNow();
    const again = await bring(list(5));
    expect(again).toMatchObject({ state: 'stored', counts: { same: 5 }, remembered: true, sameFileAs: first.id });
    expect(await versionNow()).toBe(version);
    expect(await connection.sql`select 1 from site_revisions`).toHaveLength(5);
  });

  it('changes what the next edition says differently, and only that', async () => {
    await bring(list(3));
    await connection.sql`update sites set access = 'code', access_note = '门禁 1234' where revision = 1`;
    const view = await bring(list(3, (n) => (n === 1 ? { 地址: '新地址', 开放时间: '24小时', 设施: '' } : {})));
    expect(view.counts).toEqual({ changed: 1, same: 2 });
    const site = await siteOf('X-1');
    expect(site).toMatchObject({ address: '新地址', revision: 2, access: 'code', access_note: '门禁 1234' });
    expect(site.services).toMatchObject([{ hours: '24/7', facilities: { aircon: true, drinking_water: true } }]);
    const history = await historyOf(site.id);
    expect(history.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(history[1]).toMatchObject({ import_id: view.id, document: { address: '新地址', access: 'code' } });
  });

  it('keeps what an officer corrected when the list only repeats itself, and what was verified since the list', async () => {
    await bring(list(2));
    const corrected = await siteOf('X-0');
    await connection.sql`update sites set address = '改正' , revision = 2 where id = ${corrected.id}`;
    await connection.sql`
      insert into site_revisions (site_id, revision, document, person_id, at)
      select site_id, 2, document || '{"address": "改正"}', 'officer', now() from site_revisions
      where site_id = ${corrected.id}`;
    const verified = await siteOf('X-1');
    await connection.sql`
      update sites set hours_status = 'verified', hours_date = '2026-03-10' where id = ${verified.id}`;
    const repeated = await bring(list(2, (n) => (n === 1 ? { 开放时间: '8:00-9:00' } : {})));
    expect(repeated.counts).toEqual({ same: 2 });
    expect(await siteOf('X-0')).toMatchObject({ address: '改正', revision: 2 });
    // News after all: the list itself changed.
    const news = await bring(list(2, (n) => (n === 0 ? { 地址: '再改' } : {})));
    expect(news.counts).toEqual({ changed: 1, same: 1 });
    expect(await siteOf('X-0')).toMatchObject({ address: '再改', revision: 3 });
  });

  it('finds a place again by its number, wherever and whatever it is called now', async () => {
    await bring(list(2));
    const { id } = await siteOf('X-1');
    await bring(list(2, (n) => (n === 1 ? { 站点名称: '全新的名字', 经度: '118.14', 纬度: '24.5' } : {})));
    expect(await siteOf('X-1')).toMatchObject({
      id,
      name: '全新的名字',
      original_lng: 118.14,
      location_status: 'reported',
    });
  });

  describe('near-duplicates', () => {
    const twin: ListRow = { 编号: 'T-1', 站点名称: '观日路驿站', 经度: '118.1180', 纬度: '24.4885' };
    beforeEach(() =>
      addSite(connection.db, {
        id: 'known',
        name: '观日路服务站',
        point: { lng: 118.1181, lat: 24.4885 },
        precisionM: 20,
      }),
    );

    it('wait for a decision, one by one', async () => {
      const view = await office.choose(await office.upload(csvOf([listRow(0, twin)])));
      expect(view).toMatchObject({ counts: { duplicate: 1 }, missing: ['duplicates'] });
      const refused = await office.send('POST', `/${view.id}/store`);
      expect(refused.status).toBe(409);
      const { rows } = await office.rows(view, '?fate=duplicate');
      expect(rows[0]!.site).toMatchObject({ id: 'known', name: '观日路服务站', likeness: 1 });
      await office.send('PUT', `/${view.id}/rows/2/decision`, { decision: 'same' });
      expect(await office.view(view.id)).toMatchObject({ counts: { changed: 1, duplicate: 0 }, missing: [] });
      await office.store(view);
      expect(await siteOf('T-1')).toMatchObject({ id: 'known', name: '观日路驿站', revision: 1 });
      expect((await historyOf('known')).map(({ revision, import_id }) => [revision, import_id])).toEqual([
        [0, null],
        [1, view.id],
      ]);
    });

    it.each([
      ['same', { changed: 1 }],
      ['new', { new: 1 }],
      ['skip', { skipped: 1 }],
    ] as const)(
      'are decided by the rule "%s"; a decision counts more and survives another check',
      async (rule, counts) => {
        const checked = await office.upload(csvOf([listRow(0, twin)]));
        const view = await office.choose(checked, { duplicates: rule });
        expect(view).toMatchObject({ counts, missing: [] });
        await office.send('PUT', `/${view.id}/rows/2/decision`, { decision: 'skip' });
        expect((await office.choose(view, { duplicates: rule })).counts).toEqual({ skipped: 1 });
        await office.send('PUT', `/${view.id}/rows/2/decision`, { decision: null });
        expect((await office.store(view)).counts).toMatchObject(counts);
      },
    );
  });

  describe('undoing', () => {
    it('withdraws new places, takes changed ones back with their facts, and lets the file come again', async () => {
      await bring(list(2));
      const before = await siteOf('X-1');
      const view = await bring(
        list(3, (n) => (n === 1 ? { 开放时间: '24小时', 经度: '118.14' } : {})),
        { fileName: '2.csv' },
      );
      const added = await siteOf('X-2');
      expect(await office.undo(view, '错了')).toMatchObject({ state: 'undone', kept: [] });
      const { version: _v, updated_at: _u, revision, ...after } = await siteOf('X-1');
      expect(before).toMatchObject(after);
      expect(revision).toBe(3);
      expect((await historyOf(before.id)).at(-1)).toMatchObject({
        restored_from: 1,
        reason: '错了',
        import_id: view.id,
      });
      const [gone] = await connection.sql`select status, revision from sites where id = ${added.id}`;
      expect(gone).toEqual({ status: 'withdrawn', revision: 2 });
      expect(await connection.sql`select 1 from site_external_ids`).toHaveLength(2);
      expect((await app.request(`/api/sites/${added.id}`)).status).toBe(410);
      expect((await bring(list(3))).counts).toEqual({ same: 2, new: 1 });
      expect((await verifyAudit(connection.db)).fault).toBeNull();
    });

    it('leaves what was edited or verified since, and names it', async () => {
      const view = await bring(list(3));
      const [edited, verified] = [await siteOf('X-0'), await siteOf('X-1')];
      await connection.sql`update sites set name = '改过', revision = 2 where id = ${edited.id}`;
      await connection.sql`
        insert into site_verifications (id, site_id, fact, method, day, person_id, at)
        values (gen_random_uuid(), ${verified.id}, 'hours', 'on_site', '2026-03-10', 'officer', now())`;
      expect(await office.undo(view)).toMatchObject({ kept: [edited.id, verified.id] });
      expect(await siteOf('X-0')).toMatchObject({ name: '改过', status: 'open' });
      expect(await connection.sql`select 1 from sites where status = 'withdrawn'`).toHaveLength(1);
    });
  });

  it('stays out as a whole when it is stopped while it is stored', async () => {
    const view = await office.choose(await office.upload(csvOf(list(4))));
    const version = await versionNow();
    await connection.sql`update imports set state = 'storing' where id = ${view.id}`;
    let asked = 0;
    const storing = connection.db.transaction((tx) =>
      storeImport(tx, view.id, COORDINATOR, {
        nowMs: app.clock.nowMs,
        shouldStop: () => ++asked > 4,
        onProgress: () => {},
      }),
    );
    await expect(storing).rejects.toThrow(ImportStopped);
    expect(asked).toBe(5);
    expect(await versionNow()).toBe(version);
    for (const table of ['sites', 'site_revisions', 'site_external_ids', 'audit_records']) {
      expect(await connection.sql`select 1 from ${connection.sql(table)}`, table).toHaveLength(0);
    }
    await connection.sql`update imports set state = 'checked' where id = ${view.id}`;
    expect(await office.store(view)).toMatchObject({ state: 'stored', counts: { new: 4 } });
  });

  it('takes an officer only as far as the street', async () => {
    await addSite(connection.db, { id: 'elsewhere', name: '别处', streetCode: '350203001', districtCode: '350203' });
    await connection.sql`insert into site_external_ids (source, external_id, site_id) values ('总工会名单', 'X-9', 'elsewhere')`;
    const officer = importClient(app, OFFICER);
    const rows = [listRow(0), listRow(1, { 所属区: '思明区', 所属街道: '厦港街道' }), listRow(9)];
    const view = await officer.choose(await officer.upload(csvOf(rows)));
    expect(view.counts).toEqual({ new: 1, error: 2 });
    const { rows: errors } = await officer.rows(view, '?fate=error');
    expect(errors.map(({ row, issues }) => [row, issues.at(-1)!.code])).toEqual([
      [3, 'outside_scope'],
      [4, 'outside_scope'],
    ]);
    // Even if the staged rows said otherwise: the rule is in the statements that store.
    await connection.sql`update import_rows set fate = 'new', site_id = 'forged-1', document = (
      select document || '{"streetCode": "350203001", "districtCode": "350203"}' from import_rows where row = 2)
      where row = 3`;
    expect((await officer.store(view)).counts).toEqual({ new: 1, error: 2 });
    expect(await connection.sql`select id from sites where id = 'forged-1'`).toHaveLength(0);
  });

  it('leaves out, in words, what has changed between checking and storing', async () => {
    await bring(list(3));
    const view = await office.upload(csvOf(list(4, (n) => ({ 地址: `别的路${n}号` }))));
    expect(view.counts).toEqual({ changed: 3, new: 1 });
    const { id } = await siteOf('X-1');
    await connection.sql`update sites set name = '刚改', revision = revision + 1 where id = ${id}`;
    expect((await office.store(view)).counts).toEqual({ changed: 2, new: 1, error: 1 });
    const { rows } = await office.rows(view, '?fate=error');
    expect(rows[0]!.issues.at(-1)).toMatchObject({ code: 'changed_meanwhile' });
    expect(await siteOf('X-1')).toMatchObject({ name: '刚改' });
  });
});
