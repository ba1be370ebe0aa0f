import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#domain/accounts/roles.ts';
import {
  DraftView,
  FactState,
  HandoverView,
  ReportState,
  RevisionView,
  type SaveDraft as SaveDraftSchema,
  type VerifyFact,
  Workbench,
} from '#domain/places/office-contract.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import type { Connection } from '../../db/connect.ts';
import { reportAnswers, siteDrafts, siteHandovers, siteVerifications } from '../../db/tables/office.ts';
import { sites } from '../../db/tables/places.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { addSite, AT, createTestApp, NOON, type TestApp } from '../support/factories.ts';
import * as office from '../support/office.ts';
import {
  auditOf,
  documentOf,
  HULI,
  JIALIAN,
  JIALIAN_PLACE,
  JIANGTOU,
  keeper,
  LIANQIAN,
  makeDocument,
  makeService,
  neighbour,
  officer,
  parsed,
  put,
  refused,
  revisionsOf,
  saved,
  siteRow,
} from '../support/office.ts';

type SaveDraft = z.input<typeof SaveDraftSchema>;

const check = (of: Partial<VerifyFact> = {}) => ({
  id: randomUUID(),
  fact: 'location',
  method: 'on_site',
  day: '2026-03-10',
  ...of,
});

describe.each(testEngines())('the office, on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection, { trustedProxies: 1 });
  });
  afterAll(async () => {
    expect(await verifyAudit(connection.db)).toMatchObject({ fault: null });
    expect(app.log).toEqual([]);
    await app.close();
    await connection.close();
  });

  /** A place of 嘉莲街道 that the union keeps. */
  const add = (site: Parameters<typeof addSite>[1] = {}, services?: Parameters<typeof addSite>[2]) =>
    addSite(connection.db, { ...JIALIAN_PLACE, organisationId: 'xiamen-ftu', ...site }, services);
  const changed = async (id: string, change: Partial<SiteDocument>) => ({
    ...(await documentOf(connection.db, id)),
    ...change,
  });
  async function edit(id: string, revision: number, change: Partial<SiteDocument>, actor = officer) {
    return saved(await put(app, actor, id, revision, { document: await changed(id, change) }));
  }
  let phones = 0;
  async function report(siteId: string, kind: string, day = '2026-03-10', more: object = {}): Promise<string> {
    const id = randomUUID();
    const body = { id, kind, observedAt: `${day}T09:00:00+08:00`, ...more };
    const response = await app.post(`/api/sites/${siteId}/reports`, body, { 'x-forwarded-for': `10.2.0.${++phones}` });
    expect(response.status).toBe(201);
    return id;
  }

  const verify = (actor: Actor, id: string, body: object) =>
    app.as(actor, 'POST', `/api/office/sites/${id}/verifications`, body);
  const list = (actor: Actor, id: string, query = '') =>
    app.as(actor, 'GET', `/api/office/sites/${id}/revisions${query}`);
  const restore = (actor: Actor, id: string, at: number, revision: number, more: object = {}) =>
    app.as(actor, 'POST', `/api/office/sites/${id}/restore`, { revision, ...more }, { 'if-match': `"r${at}"` });
  const answer = (actor: Actor, reportIds: string[], more: object = {}) =>
    app.as(actor, 'POST', '/api/office/reports/answers', { reportIds, outcome: 'was_right', ...more });
  const stateOf = async (id: string) => parsed(await app.request(`/api/reports/${id}`), ReportState);
  const saveDraft = (actor: Actor, id: string, draft: Partial<SaveDraft>) =>
    app.as(actor, 'PUT', `/api/office/drafts/${id}`, { kind: 'proposal', siteId: null, baseRevision: 0, ...draft });
  const decideDraft = (actor: Actor, id: string, accept: boolean, reason?: string) =>
    app.as(actor, 'POST', `/api/office/drafts/${id}/decision`, { accept, reason });
  const ask = (actor: Actor, siteId: string, body: object) =>
    app.as(actor, 'POST', `/api/office/sites/${siteId}/handovers`, body);
  const decideHandover = (actor: Actor, id: string, accept: boolean) =>
    app.as(actor, 'POST', `/api/office/handovers/${id}/decision`, { accept, reason: '同意' });

  async function propose(siteId: string, change: Partial<SiteDocument>, more: Partial<SaveDraft> = {}) {
    const id = randomUUID();
    const document = await changed(siteId, change);
    await parsed(await saveDraft(keeper, id, { siteId, document, reason: '我们的站', ...more }), DraftView);
    return id;
  }
  async function asked(siteId: string, toStreet = LIANQIAN) {
    const id = randomUUID();
    await parsed(await ask(officer, siteId, { id, toStreet, reason: '在对面' }), HandoverView, 201);
    return id;
  }

  describe('verifies', () => {
    const facts = { parse: (value: unknown) => FactState.array().parse((value as { facts: unknown }).facts) };

    it('a fact, once per id, without a revision', async () => {
      const id = await add();
      const body = check({ note: '到了现场' });
      for (let i = 0; i < 2; i++) {
        const [location, ...others] = await parsed(await verify(officer, id, body), facts, 201);
        expect(location).toEqual({
          fact: 'location',
          freshness: 'fresh',
          verifiedOn: '2026-03-10',
          method: 'on_site',
          source: '嘉莲街道（现场核实）',
        });
        expect(others).toMatchObject([
          { fact: 'hours', freshness: 'never', verifiedOn: null, method: null },
          { fact: 'facilities', freshness: 'never', verifiedOn: null, method: null },
        ]);
      }
      const stored = await connection.db.select().from(siteVerifications).where(eq(siteVerifications.siteId, id));
      expect(stored).toEqual([{ ...body, siteId: id, personId: officer.personId, at: new Date(NOON) }]);
      expect(await revisionsOf(connection.db, id)).toEqual([]);
      expect(await auditOf(connection.db, 'site', id)).toMatchObject([
        { action: 'site.verify', reason: '到了现场', after: { verified: [{ id: body.id }] } },
      ]);
    });

    it('and settles what riders said of that fact up to the day', async () => {
      const id = await add({}, [{ service: 'rest', hours: '24/7', facilities: { toilet: true } }]);
      for (const kind of ['locked', 'moved', 'no_water']) await report(id, kind, '2026-03-08');
      await report(id, 'hours_wrong', '2026-03-10');
      await parsed(await verify(officer, id, check({ fact: 'hours', day: '2026-03-09' })), facts, 201);
      const { reported } = await siteRow(connection.db, id);
      expect(Object.keys(reported!).sort()).toEqual(['hours_wrong', 'moved', 'no_water']);
      await parsed(await verify(officer, id, check({ fact: 'hours' })), facts, 201);
      await parsed(await verify(officer, id, check()), facts, 201);
      await parsed(await verify(officer, id, check({ fact: 'facilities' })), facts, 201);
      expect((await siteRow(connection.db, id)).reported).toBeNull();
    });

    it('and keeps what was found out later', async () => {
      const id = await add();
      await parsed(await verify(officer, id, check({ day: '2026-03-05' })), facts, 201);
      const [location] = await parsed(await verify(officer, id, check({ day: '2026-03-01' })), facts, 201);
      expect(location).toMatchObject({ verifiedOn: '2026-03-05' });
    });

    it.each<[string, Actor, object, number, string]>([
      ['a day to come', officer, { day: '2026-03-11' }, 422, 'day_to_come'],
      ['hours that nobody knows', officer, { fact: 'hours' }, 422, 'nothing_to_verify'],
      ['no facility', officer, { fact: 'facilities' }, 422, 'nothing_to_verify'],
      ['nothing', officer, { fact: 'colour' }, 400, 'invalid_request'],
      ['places of others', office.stranger, {}, 404, 'site_not_found'],
      ['as a keeper', keeper, {}, 403, 'not_allowed'],
    ])('not %s', async (_, actor, body, status, code) => {
      await refused(await verify(actor, await add(), { ...check(), ...body }), status, code);
    });

    it('not under an id that is taken', async () => {
      const body = check();
      await parsed(await verify(officer, await add(), body), facts, 201);
      await refused(await verify(officer, await add(), body), 409, 'id_taken');
    });
  });

  describe('remembers', () => {
    const revisions = {
      parse: (value: unknown) => RevisionView.array().parse((value as { revisions: unknown }).revisions),
    };

    it('every revision, newest first, with what it changed', async () => {
      const id = await add();
      expect(await parsed(await list(officer, id), revisions)).toEqual([]);
      await edit(id, 0, { note: '一' });
      await edit(id, 1, { note: '二', phone: '120' }, office.siming);
      const all = await parsed(await list(keeper, id), revisions);
      expect(all.map(({ revision, by, changes }) => ({ revision, by, changes }))).toEqual([
        {
          revision: 2,
          by: office.siming.personId,
          changes: [
            { path: 'phone', before: null, after: '120' },
            { path: 'note', before: '一', after: '二' },
          ],
        },
        { revision: 1, by: officer.personId, changes: [{ path: 'note', before: null, after: '一' }] },
        { revision: 0, by: null, changes: [] },
      ]);
      expect(await parsed(await list(officer, id, '?before=2'), revisions)).toEqual(all.slice(1));
      await refused(await list(office.stranger, id), 404, 'site_not_found');
      await refused(await list(office.rider, id), 403, 'not_allowed');
      await refused(await list(officer, id, '?before=x'), 400, 'invalid_request');
    });

    it('and restores one as a new one', async () => {
      const id = await add({}, [{ service: 'rest' }, { service: 'water', hours: '24/7' }]);
      const first = await documentOf(connection.db, id);
      await edit(id, 0, { name: '改坏了', services: [] });
      await refused(await restore(officer, id, 0, 0), 412, 'changed_meanwhile');
      const response = await restore(officer, id, 1, 0, { reason: '改错了' });
      expect(response.headers.get('etag')).toBe('"r2"');
      expect(await saved(response)).toMatchObject({ revision: 2, document: first });
      expect(await documentOf(connection.db, id)).toEqual(first);
      const [newest] = await parsed(await list(officer, id), revisions);
      expect(newest).toMatchObject({ revision: 2, restoredFrom: 0, reason: '改错了' });
      expect(await saved(await restore(officer, id, 2, 2))).toMatchObject({ revision: 2, changes: [] });
      await refused(await restore(officer, id, 2, 9), 404, 'revision_not_found');
      await refused(await restore(office.stranger, id, 2, 0), 404, 'site_not_found');
      await refused(await restore(keeper, id, 2, 0), 403, 'not_allowed');
      const path = `/api/office/sites/${id}/restore`;
      await refused(await app.as(officer, 'POST', path, { revision: 0 }), 428, 'precondition_required');
    });

    it('a point as it was, but no street that is not the actor’s any more', async () => {
      const id = await add({ point: AT.north });
      await edit(id, 0, { point: AT.centre });
      await saved(await restore(officer, id, 1, 0));
      await edit(id, 2, { point: AT.centre, streetCode: LIANQIAN }, office.siming);
      await refused(await restore(neighbour, id, 3, 0), 409, 'needs_handover');
    });
  });

  describe('answers reports', () => {
    it('once, and the phone that sent one is told', async () => {
      const id = await add();
      const [one, two] = [await report(id, 'locked'), await report(id, 'moved')];
      expect(await stateOf(one)).toEqual({ state: 'open', outcome: null, words: null, answeredOn: null });
      const first = await answer(officer, [one, one], { words: '已开门' });
      expect(await first.json()).toEqual({ answered: 1 });
      expect(await (await answer(keeper, [one, two])).json()).toEqual({ answered: 1 });
      expect(await (await answer(keeper, [one, two])).json()).toEqual({ answered: 0 });
      expect(await stateOf(one)).toEqual({
        state: 'answered',
        outcome: 'was_right',
        words: '已开门',
        answeredOn: '2026-03-10',
      });
      expect(await stateOf(two)).toMatchObject({ state: 'answered', words: null });
      expect(await auditOf(connection.db, 'report', one)).toMatchObject([
        { action: 'report.answer', reason: '已开门' },
      ]);
    });

    it('with the revision that came of them', async () => {
      const id = await add();
      const reportId = await report(id, 'hours_wrong');
      const answers = { reportIds: [reportId], outcome: 'changed' as const };
      const document = await changed(id, { services: [makeService({ hours: '24/7' })] });
      await saved(await put(app, officer, id, 0, { document, answers }));
      const [stored] = await connection.db.select().from(reportAnswers).where(eq(reportAnswers.reportId, reportId));
      expect(stored).toMatchObject({ outcome: 'changed', revision: 1, personId: officer.personId });
    });

    it('all or none, and of its own places only', async () => {
      const [mine, theirs] = [await add(), await add({ streetCode: LIANQIAN, organisationId: null })];
      const ids = [await report(mine, 'locked'), await report(theirs, 'locked')];
      for (const actor of [officer, neighbour, keeper, office.huli]) {
        await refused(await answer(actor, ids), 404, 'report_not_found');
      }
      await refused(await answer(officer, [randomUUID()]), 404, 'report_not_found');
      await refused(await answer(office.supervisor, ids), 403, 'not_allowed');
      const document = await changed(mine, { note: '改' });
      const answers = { reportIds: [ids[1]!], outcome: 'changed' as const };
      await refused(await put(app, office.centre, mine, 0, { document, answers }), 404, 'report_not_found');
      for (const id of ids) expect(await stateOf(id)).toMatchObject({ state: 'open' });
      expect(await (await answer(office.centre, ids)).json()).toEqual({ answered: 2 });
    });

    it('but says nothing of a report that is not there', async () => {
      await refused(await app.request(`/api/reports/${randomUUID()}`), 404, 'report_not_found');
      await refused(await app.request('/api/reports/1'), 400, 'invalid_request');
    });

    it('of two who answer the same at once, each report by one', async () => {
      const id = await add();
      const ids: string[] = [];
      for (let i = 0; i < 6; i++) ids.push(await report(id, 'locked'));
      const answers = await Promise.all([answer(officer, ids), answer(keeper, ids.toReversed()), answer(officer, ids)]);
      const counts = await Promise.all(
        answers.map(async (one) => ((await one.json()) as { answered: number }).answered),
      );
      expect(counts.sort()).toEqual([0, 0, 6]);
    });
  });

  describe('takes proposals', () => {
    it('of a keeper, goes on with them, and the street accepts', async () => {
      const siteId = await add();
      const id = await propose(siteId, { phone: '0592-1' });
      const document = await changed(siteId, { phone: '0592-2', accessNote: '按门铃' });
      const view = await parsed(await saveDraft(keeper, id, { siteId, document }), DraftView);
      expect(view).toMatchObject({ id, kind: 'proposal', state: 'open', mine: true, site: { id: siteId } });
      expect(view.changes.map(({ path }) => path)).toEqual(['phone', 'accessNote']);
      expect(await documentOf(connection.db, siteId)).toMatchObject({ phone: null });

      await edit(siteId, 0, { note: '街道同时改了别的' });
      const accepted = await parsed(await decideDraft(officer, id, true, '好'), DraftView);
      expect(accepted).toMatchObject({ state: 'accepted', mine: false, decisionReason: '好' });
      expect(await documentOf(connection.db, siteId)).toEqual({ ...document, note: '街道同时改了别的' });
      expect(await revisionsOf(connection.db, siteId)).toMatchObject([
        { revision: 0 },
        { revision: 1 },
        { revision: 2, personId: officer.personId },
      ]);
      const trail = await auditOf(connection.db, 'site', siteId);
      expect(trail.at(-1)).toMatchObject({
        action: 'proposal.accept',
        after: { draftId: id, proposedBy: keeper.personId, phone: '0592-2' },
      });
      await refused(await decideDraft(officer, id, false), 409, 'already_decided');
      await refused(await saveDraft(keeper, id, { siteId, document }), 409, 'already_decided');
      await refused(await app.as(keeper, 'DELETE', `/api/office/drafts/${id}`), 409, 'already_decided');
    });

    it('but not over a newer change of the same field', async () => {
      const siteId = await add();
      const id = await propose(siteId, { phone: '0592-1', address: '湖滨南路' });
      await edit(siteId, 0, { phone: '0592-9' });
      const problem = await refused(await decideDraft(officer, id, true), 412, 'changed_meanwhile');
      expect(problem.detail).toContain('phone');
      expect(problem.detail).not.toContain('address');
      expect(problem.current).toMatchObject({ revision: 1, document: { phone: '0592-9' } });
      expect(await documentOf(connection.db, siteId)).toMatchObject({ address: null });
      expect(await parsed(await decideDraft(officer, id, false, '已更新'), DraftView)).toMatchObject({
        state: 'rejected',
      });
    });

    it('of a new place, which then gets its id', async () => {
      const id = randomUUID();
      const document = makeDocument({ organisationId: 'xiamen-ftu', name: '工会新站' });
      expect(await parsed(await saveDraft(keeper, id, { document }), DraftView)).toMatchObject({
        site: null,
        changes: [],
      });
      await refused(await decideDraft(office.stranger, id, true), 404, 'draft_not_found');
      const { site } = await parsed(await decideDraft(officer, id, true), DraftView);
      expect(site).toMatchObject({ name: '工会新站', streetCode: JIALIAN });
      expect(await documentOf(connection.db, site!.id)).toEqual(document);
    });

    it('that turn out to be wrong stay open', async () => {
      const siteId = await add();
      const id = await propose(siteId, { point: { lng: 118.118, lat: 24.421 }, precisionM: 20 });
      await refused(await decideDraft(officer, id, true), 422, 'point_at_sea');
      const [stored] = await connection.db.select().from(siteDrafts).where(eq(siteDrafts.id, id));
      expect(stored).toMatchObject({ state: 'open', decidedAt: null });
    });

    it('of its own places only, from whoever may', async () => {
      const [mine, theirs] = [await add(), await add({ organisationId: null })];
      const document = makeDocument();
      await refused(await saveDraft(keeper, randomUUID(), { siteId: theirs, document }), 404, 'site_not_found');
      await refused(await saveDraft(keeper, randomUUID(), { document }), 403, 'not_allowed');
      await refused(
        await saveDraft(keeper, randomUUID(), { kind: 'draft', siteId: theirs, document }),
        404,
        'site_not_found',
      );
      await refused(await saveDraft(office.rider, randomUUID(), { siteId: mine, document }), 403, 'not_allowed');
      await refused(
        await saveDraft(keeper, randomUUID(), { siteId: mine, baseRevision: 3, document }),
        404,
        'revision_not_found',
      );
      const lost = { ...document, organisationId: 'nobody' };
      await refused(await saveDraft(keeper, randomUUID(), { siteId: mine, document: lost }), 422, 'no_such_reference');
      const proposal = await propose(mine, { note: '改' });
      await refused(await decideDraft(keeper, proposal, true), 403, 'not_allowed');
      await refused(await decideDraft(office.stranger, proposal, true), 404, 'site_not_found');
      await refused(await decideDraft(officer, randomUUID(), true), 404, 'draft_not_found');
      await refused(await saveDraft(office.siming, proposal, { siteId: mine, document }), 409, 'id_taken');
      await refused(
        await saveDraft(keeper, proposal, { siteId: null, document: makeDocument({ organisationId: 'xiamen-ftu' }) }),
        409,
        'id_taken',
      );
    });

    it('and lets a keeper keep a draft of its own place, which its colleagues find', async () => {
      const siteId = await add();
      const id = randomUUID();
      const draft = { kind: 'draft' as const, siteId, document: await changed(siteId, { note: '没写完' }) };
      await parsed(await saveDraft(keeper, id, draft), DraftView);
      const colleague = { ...keeper, personId: office.stranger.personId };
      for (const [actor, mine] of [
        [keeper, true],
        [colleague, false],
      ] as const) {
        const { drafts } = await parsed(await app.as(actor, 'GET', '/api/office/workbench'), Workbench);
        expect(drafts.find((one) => one.id === id)).toMatchObject({ mine, state: 'open' });
      }
      expect((await app.as(keeper, 'DELETE', `/api/office/drafts/${id}`)).status).toBe(204);
    });

    it('and keeps drafts, which nobody decides and their writer withdraws', async () => {
      const siteId = await add();
      const id = randomUUID();
      const draft = { kind: 'draft' as const, siteId, document: await changed(siteId, { note: '没写完' }) };
      expect(await parsed(await saveDraft(officer, id, draft), DraftView)).toMatchObject({
        kind: 'draft',
        state: 'open',
      });
      await refused(await decideDraft(officer, id, true), 403, 'not_allowed');
      await refused(await app.as(office.siming, 'DELETE', `/api/office/drafts/${id}`), 404, 'draft_not_found');
      for (let i = 0; i < 2; i++) {
        expect((await app.as(officer, 'DELETE', `/api/office/drafts/${id}`)).status).toBe(204);
      }
      await refused(await saveDraft(officer, id, draft), 409, 'already_decided');
      await refused(await app.as(office.rider, 'DELETE', `/api/office/drafts/${id}`), 403, 'not_allowed');
    });
  });

  describe('hands places over', () => {
    it.each([
      ['the receiving street', neighbour],
      ['the district of both', office.siming],
      ['the centre', office.centre],
    ])('when %s agrees', async (_, actor) => {
      const siteId = await add();
      const id = await asked(siteId);
      const view = await parsed(await decideHandover(actor, id, true), HandoverView);
      expect(view).toMatchObject({ id, fromStreet: JIALIAN, toStreet: LIANQIAN, mayDecide: false });
      expect(await siteRow(connection.db, siteId)).toMatchObject({ streetCode: LIANQIAN, revision: 1 });
      await refused(await decideHandover(actor, id, true), 409, 'already_decided');
      await refused(await put(app, officer, siteId, 1, { document: makeDocument() }), 404, 'site_not_found');
      const [row] = await connection.db.select().from(siteHandovers).where(eq(siteHandovers.id, id));
      expect(row).toMatchObject({ accepted: true, decidedBy: actor.personId });
      expect((await auditOf(connection.db, 'site', siteId)).map(({ action }) => action)).toEqual([
        'handover.ask',
        'handover.accept',
        'handover.decide',
      ]);
    });

    it('to another district with it, when the pin lies there', async () => {
      const siteId = await add({ point: AT.north });
      const id = await asked(siteId, JIANGTOU);
      await refused(await decideHandover(office.siming, id, true), 403, 'not_allowed');
      await parsed(await decideHandover(office.huli, id, true), HandoverView);
      expect(await siteRow(connection.db, siteId)).toMatchObject({ streetCode: JIANGTOU, districtCode: HULI });
      const wrong = await asked(await add(), JIANGTOU);
      await refused(await decideHandover(office.stranger, wrong, true), 422, 'other_district');
    });

    it('not when declined, or called off by who asked', async () => {
      for (const actor of [neighbour, officer]) {
        const siteId = await add();
        const id = await asked(siteId);
        expect(await parsed(await decideHandover(actor, id, false), HandoverView)).toMatchObject({
          accepted: false,
          mayDecide: false,
          mayCallOff: false,
        });
        // Who asked is told what another decided, and not what they did themselves.
        const { handovers } = await parsed(await app.as(officer, 'GET', '/api/office/workbench'), Workbench);
        expect(handovers.some((one) => one.id === id)).toBe(actor !== officer);
        expect(await siteRow(connection.db, siteId)).toMatchObject({ streetCode: JIALIAN, revision: 0 });
        await asked(siteId); // and may be asked again
      }
    });

    it('not by anybody else', async () => {
      const siteId = await add();
      const id = await asked(siteId);
      await refused(await decideHandover(officer, id, true), 403, 'not_allowed');
      await refused(await decideHandover(office.stranger, id, true), 404, 'handover_not_found');
      await refused(await decideHandover(keeper, id, true), 403, 'not_allowed');
      await refused(await decideHandover(neighbour, randomUUID(), true), 404, 'handover_not_found');
      await refused(await ask(neighbour, siteId, { id: randomUUID(), toStreet: LIANQIAN }), 404, 'site_not_found');
      await refused(await ask(keeper, siteId, { id: randomUUID(), toStreet: LIANQIAN }), 403, 'not_allowed');
    });

    it('one at a time, to a street that is there', async () => {
      const siteId = await add();
      const body = { id: randomUUID(), toStreet: LIANQIAN };
      for (let i = 0; i < 2; i++) await parsed(await ask(officer, siteId, body), HandoverView, 201);
      await refused(await ask(officer, siteId, { ...body, toStreet: JIANGTOU }), 409, 'id_taken');
      await refused(await ask(officer, siteId, { ...body, id: randomUUID() }), 409, 'handover_open');
      for (const toStreet of [JIALIAN, '350203999']) {
        await refused(await ask(officer, await add(), { id: randomUUID(), toStreet }), 422, 'no_such_reference');
      }
      await connection.db.update(sites).set({ streetCode: JIANGTOU, districtCode: HULI }).where(eq(sites.id, siteId));
      await refused(await decideHandover(neighbour, body.id, true), 412, 'changed_meanwhile');
    });
  });
});
