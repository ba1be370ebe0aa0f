import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import { codeOf, RETRIEVAL_CODE_BYTES } from '#domain/cases/case-code.ts';
import type { RequestPage, RequestView } from '#domain/cases/request-contract.ts';
import { ProblemBody } from '../../api/http/problem.ts';
import type { Connection } from '../../db/connect.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { organisations } from '../../db/tables/places.ts';
import { signIn, type SignedIn, signInRider } from '../support/accounts.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';

const JIALIAN = '350203011';
const SECRET = '李秘密';
const STORY = '平台扣了我三百块，说我超时';

const request = (changes: Record<string, unknown> = {}) => ({
  id: randomUUID(),
  kind: 'deductions',
  naming: 'confidential',
  account: { whatHappened: STORY, name: SECRET, phone: '13800001111' },
  respondentId: 'platform-a',
  streetCode: JIALIAN,
  amountFen: 30_000,
  channel: 'me',
  identityWording: currentWording('identity').version,
  ...changes,
});

const problem = async (response: Response, status: number) => {
  expect(response.status).toBe(status);
  return ProblemBody.parse(await response.json());
};

describe.each(testEngines())('requests on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  let officer: SignedIn;
  let neighbour: SignedIn;
  let mediator: SignedIn;
  let department: SignedIn;
  let employer: SignedIn;
  let rider: SignedIn;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection);
    await connection.db.insert(organisations).values([
      { id: 'platform-a', kind: 'platform', name: '甲平台' },
      { id: 'union-station', kind: 'union', name: '工会调解站' },
      { id: 'bureau', kind: 'government', name: '某局' },
    ]);
    officer = await signIn(app, { role: 'officer', jurisdictionCode: JIALIAN });
    neighbour = await signIn(app, { role: 'officer', jurisdictionCode: '350206005' });
    mediator = await signIn(app, { role: 'mediator', organisationId: 'union-station' });
    department = await signIn(app, { role: 'department_officer', organisationId: 'bureau' });
    employer = await signIn(app, { role: 'employer', organisationId: 'platform-a' });
    await connection.sql`
      insert into responsibility_rules (id, position, name, kinds, jurisdiction_codes, respondent_ids, target, is_active, version, updated_by, updated_at)
      values (${randomUUID()}, 1, 'street', '{}', '{}', '{}', 'street_of_site', true, 0, 'test', now())`;
  });
  // Each test has a rider of its own: one phone may not send many requests in an hour.
  beforeEach(async () => {
    rider = await signInRider(app);
  });
  afterAll(async () => {
    await app.close();
    await connection.close();
  });

  const send = (body: unknown, who: SignedIn | null = rider) => app.post('/api/requests', body, who?.headers);
  const submit = async (changes: Record<string, unknown> = {}) => {
    const response = await send(request(changes));
    expect(response.status).toBe(201);
    return (await response.json()) as RequestView;
  };
  const look = (id: string, who: SignedIn) => app.request(`/api/requests/${id}`, { headers: who.headers });
  const act = (who: SignedIn, of: Pick<RequestView, 'id' | 'version'>, body: Record<string, unknown>) =>
    app.post(`/api/requests/${of.id}/actions`, { version: of.version, ...body }, who.headers);
  const acted = async (...of: Parameters<typeof act>) => {
    const response = await act(...of);
    expect([response.status, await response.clone().text()]).toEqual([200, expect.anything()]);
    return (await response.json()) as RequestView;
  };
  const queue = async (who: SignedIn, query = '') =>
    (await (await app.request(`/api/office/requests${query}`, { headers: who.headers })).json()) as RequestPage;

  it('are stored once, found a body by rule, and followed by whoever asked', async () => {
    const body = request();
    const first = await send(body);
    expect(first.status).toBe(201);
    const view = (await first.json()) as RequestView;
    expect(view).toMatchObject({
      state: 'submitted',
      responsible: { kind: 'street', id: JIALIAN, name: '嘉莲街道' },
      waitsFor: 'case.triage',
      account: { whatHappened: STORY, name: SECRET },
    });
    expect((await send(body)).status).toBe(200);
    expect((await problem(await send({ ...body, kind: 'pay' }), 409)).code).toBe('id_taken');
    const mine = (await (await app.request('/api/me/requests', { headers: rider.headers })).json()) as RequestPage;
    expect(mine.rows.filter(({ id }) => id === body.id)).toHaveLength(1);
  });

  it('go to the centre’s window when no rule knows better', async () => {
    const view = await submit({ streetCode: undefined });
    expect(view.responsible).toEqual({ kind: 'window', id: null, name: '' });
    expect((await queue(officer)).rows.map(({ id }) => id)).not.toContain(view.id);
  });

  it('are seen by their own body only', async () => {
    const view = await submit();
    expect((await look(view.id, officer)).status).toBe(200);
    for (const stranger of [neighbour, mediator, department, employer, await signInRider(app)]) {
      expect((await problem(await look(view.id, stranger), 404)).code).toBe('request_not_found');
      expect((await act(stranger, view, { action: 'answer', words: 'no' })).status).toBe(404);
      if (stranger.username) expect((await queue(stranger)).rows.map(({ id }) => id)).not.toContain(view.id);
    }
    expect((await queue(officer, '?waitsFor=me')).rows.map(({ id }) => id)).toContain(view.id);
  });

  it('keep every look of staff at somebody’s words', async () => {
    const view = await submit();
    await look(view.id, officer);
    const trail = await connection.db.select().from(auditRecords);
    const looks = trail.filter(({ action, subjectId }) => action === 'request.look' && subjectId === view.id);
    expect(looks.map(({ actorId }) => actorId)).toEqual([officer.personId]);
    expect(JSON.stringify(trail)).not.toContain(SECRET);
    expect(JSON.stringify(trail)).not.toContain(STORY);
  });

  it('tell a respondent nothing of a confidential name, by no way', async () => {
    const view = await submit();
    const accepted = await acted(officer, view, {
      action: 'accept',
      body: { kind: 'organisation', id: 'union-station' },
      summary: '一名骑手对一笔超时扣款有异议',
    });
    expect(accepted).toMatchObject({ state: 'accepted', acceptedOn: '2026-03-10' });
    const seen = await look(view.id, employer);
    expect(seen.status).toBe(200);
    const text = await seen.text();
    expect(JSON.parse(text)).toMatchObject({ account: null, summary: '一名骑手对一笔超时扣款有异议' });
    for (const secret of [SECRET, STORY, '13800001111', rider.personId]) {
      expect(text).not.toContain(secret);
      expect(JSON.stringify(await queue(employer))).not.toContain(secret);
    }
    const refused = await act(employer, accepted, { action: 'conclude', outcome: 'answered', words: 'done' });
    expect(await refused.text()).not.toContain(SECRET);
    expect(refused.status).toBe(403);
  });

  it('go by the table: triage, mediation, referral, back, and there again', async () => {
    let view = await submit();
    view = await acted(officer, view, { action: 'accept', body: { kind: 'organisation', id: 'union-station' } });
    view = await acted(mediator, view, { action: 'open_session' });
    const early = await act(mediator, view, { action: 'refer', receiverId: 'bureau', words: '需要部门处理' });
    expect((await problem(early, 409)).code).toBe('request_state');
    view = await acted(mediator, view, {
      action: 'end_unsettled',
      outcome: 'unsettled_arbitration',
      words: '双方没有谈成',
    });
    view = await acted(mediator, view, { action: 'refer', receiverId: 'bureau', words: '请贵局处理' });
    expect(view.receiver).toMatchObject({ id: 'bureau' });
    expect((await queue(department, '?waitsFor=me')).rows.map(({ id }) => id)).toContain(view.id);
    view = await acted(department, view, { action: 'send_back', words: '缺少材料' });
    expect(view.state).toBe('sent_back');
    view = await acted(mediator, view, { action: 'refer', receiverId: 'bureau', words: '材料已补' });
    expect((await act(department, view, { action: 'take' })).status).toBe(400);
    view = await acted(department, view, { action: 'take', receipt: '收2026-7' });
    view = await acted(department, view, { action: 'report_outcome', outcome: 'referred_resolved', words: '已退款' });
    const own = (await (await look(view.id, rider)).json()) as RequestView;
    expect(own.state).toBe('concluded');
    expect(own.timeline.map(({ action }) => action)).toEqual([
      'submit',
      'accept',
      'open_session',
      'end_unsettled',
      'refer',
      'send_back',
      'refer',
      'take',
      'report_outcome',
    ]);
    expect(own.timeline.at(-1)).toMatchObject({ by: 'department_officer', words: '已退款' });
    const again = await acted(rider, own, { action: 'not_solved', words: '钱还没到' });
    expect(again).toMatchObject({ state: 'not_solved', outcome: null, waitsFor: 'case.triage' });
  });

  it('are acted on by one of two at once; the other is told what changed', async () => {
    const view = await submit();
    const answers = await Promise.all([
      act(officer, view, { action: 'answer', words: '请按规定申诉' }),
      act(officer, view, { action: 'accept', body: { kind: 'street', id: JIALIAN } }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const late = answers.find(({ status }) => status === 412)!;
    const { current } = ProblemBody.parse(await late.json());
    expect(current).toMatchObject({ id: view.id, version: 1 });
  });

  it('can be anonymous, and are found again by number and code only', async () => {
    const retrievalCode = codeOf(randomBytes(RETRIEVAL_CODE_BYTES));
    const body = request({ naming: 'anonymous', retrievalCode, identityWording: undefined });
    const sent = await send(body, null);
    expect(sent.status).toBe(201);
    const view = (await sent.json()) as RequestView;
    expect(view.naming).toBe('anonymous');
    expect((await send(body, null)).status).toBe(200);
    expect((await app.request(`/api/requests/${view.id}`)).status).toBe(401);
    const wrong = { number: view.number, code: codeOf(randomBytes(RETRIEVAL_CODE_BYTES)) };
    expect((await app.post('/api/requests/retrieve', wrong)).status).toBe(404);
    const found = await app.post('/api/requests/retrieve', { number: view.number, code: retrievalCode });
    const { id, token } = (await found.json()) as { id: string; token: string };
    const own = await app.request(`/api/requests/${id}`, { headers: { 'x-request-token': token } });
    expect(await own.json()).toMatchObject({ account: { whatHappened: STORY } });
    const other = await submit();
    const foreign = await app.request(`/api/requests/${other.id}`, { headers: { 'x-request-token': token } });
    expect(foreign.status).toBe(404);
    const forged = await app.request(`/api/requests/${other.id}`, {
      headers: { 'x-request-token': token.replace(id, other.id) },
    });
    expect(forged.status).toBe(401);
  });

  it('count as one collective case from a size on, and a small number is not told', async () => {
    const typed = '某某配送';
    const like = { respondentId: undefined, respondentName: `厦门${typed}有限公司`, kind: 'pay', join: true };
    const similar = async () =>
      (await (
        await app.request(`/api/requests/similar?kind=pay&respondentName=${encodeURIComponent(typed)}`)
      ).json()) as { count: number | null; collective: unknown };
    for (let i = 0; i < 4; i += 1) await submit(like);
    expect(await similar()).toMatchObject({ count: null, collective: null });
    const fifth = await submit(like);
    expect(await similar()).toMatchObject({ count: 5, collective: { id: fifth.collective!.id } });
    expect(fifth.collective).toMatchObject({ members: 5, state: 'open' });
  });

  it('refuse what cannot be right, and store nothing of it', async () => {
    const before = (await connection.sql`select count(*) from requests`)[0]!.count;
    const bad: [Record<string, unknown>, number][] = [
      [{ kind: 'anything' }, 400],
      [{ account: { whatHappened: '' } }, 400],
      [{ account: { whatHappened: 'x'.repeat(4001) } }, 400],
      [{ amountFen: -1 }, 400],
      [{ amountFen: 1.5 }, 400],
      [{ respondentId: 'nobody' }, 422],
      [{ siteId: 'nowhere' }, 422],
      [{ streetCode: '999999999' }, 422],
      [{ identityWording: undefined }, 409],
      [{ identityWording: 'old' }, 409],
      [{ naming: 'anonymous' }, 400],
      [{ onBehalf: true }, 403],
      [{ surprise: 1 }, 400],
    ];
    for (const [changes, status] of bad) await problem(await send(request(changes)), status);
    await problem(await send(request(), null), 401);
    await problem(await app.request('/api/office/requests?cursor=x', { headers: officer.headers }), 400);
    expect((await connection.sql`select count(*) from requests`)[0]!.count).toBe(before);
  });
});
