import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkMade, SessionEntries, SessionJoined, SessionView } from '#domain/cases/mediation/session-contract.ts';
import type { RequestPage, RequestView } from '#domain/cases/request-contract.ts';
import { ProblemBody } from '../../api/http/problem.ts';
import type { Connection } from '../../db/connect.ts';
import { nextPhoneNumber } from '../support/accounts.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';
import {
  type Accepted,
  addAccepted,
  addMediationStaff,
  type Headers,
  type MediationStaff,
  openTestSession,
  SECRET_NAME,
  SECRET_PHONE,
} from '../support/mediation.ts';

const DAY_MS = 86_400_000;
const SETTLEMENT = { text: '甲平台退还扣款三百元。', amountFen: 30_000, payBy: '2026-03-20' };

const say = (text: string, room = 'plenary') => ({ id: randomUUID(), room, text });
const problem = async (response: Response, status: number) => {
  expect(response.status).toBe(status);
  return ProblemBody.parse(await response.json());
};

describe.each(testEngines())('mediation on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  let staff: MediationStaff;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection);
    staff = await addMediationStaff(app);
  });
  afterAll(async () => {
    await app.close();
    await connection.close();
  });

  const post = (path: string, who: Headers, body: unknown) => app.post(`/api/sessions/${path}`, body, who);
  const done = async (path: string, who: Headers, body: unknown) => {
    const response = await post(path, who, body);
    if (response.status >= 300) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as SessionView;
  };
  const look = async (id: string, who: Headers) =>
    (await (await app.request(`/api/sessions/${id}`, { headers: who })).json()) as SessionView;
  const messages = async (id: string, who: Headers, after = 0) =>
    (await (
      await app.request(`/api/sessions/${id}/messages?after=${after}`, { headers: who })
    ).json()) as SessionEntries;
  const requestNow = async (request: Accepted) =>
    (await (await app.request(`/api/requests/${request.id}`, { headers: request.claimant })).json()) as RequestView;
  const start = async (naming?: 'named' | 'confidential' | 'anonymous', form?: 'online' | 'phone') => {
    const request = await addAccepted(app, staff, naming);
    return { request, session: await openTestSession(app, staff, request, form) };
  };
  const code = async (phone: string) =>
    (await app.outbox()).findLast(({ to, code: sent }) => to === phone && sent)!.code!;
  const sentCode = async () => (await app.outbox()).at(-1)!.code!;
  /** The respondent by a link that went to a phone of its own. */
  const joinByLink = async (sessionId: string) => {
    const phone = nextPhoneNumber();
    const response = await post(`${sessionId}/links`, staff.mediator.headers, { phone });
    const { token } = (await response.json()) as LinkMade;
    const joined = (await (await app.post('/api/sessions/join', { token, id: randomUUID() })).json()) as SessionJoined;
    return { phone, token, headers: { 'x-session-token': joined.token } as Headers };
  };

  it('opens with the request, once, by a mediator of the body that has it', async () => {
    const request = await addAccepted(app, staff);
    const path = `/api/office/requests/${request.id}/sessions`;
    const body = { id: randomUUID(), form: 'online' };
    expect((await problem(await app.post(path, body, staff.stranger.headers), 404)).code).toBe('request_not_found');
    await problem(await app.post(path, body, staff.employer.headers), 403);
    await problem(await app.post(path, body), 401);
    const opened = await app.post(path, body, staff.mediator.headers);
    expect(opened.status).toBe(201);
    expect(await opened.json()).toMatchObject({
      isOpen: true,
      party: 'mediator',
      acceptedOn: '2026-03-10',
      dueAt: '2026-03-25T16:00:00.000Z',
      names: { claimant: '申请人', respondent: '甲平台' },
    });
    expect((await app.post(path, body, staff.mediator.headers)).status).toBe(200);
    expect((await problem(await app.post(path, { ...body, id: randomUUID() }, staff.mediator.headers), 409)).code).toBe(
      'session_state',
    );
    expect(await requestNow(request)).toMatchObject({ state: 'in_mediation', dueAt: '2026-03-25T16:00:00.000Z' });
    for (const who of [request.claimant, staff.employer.headers]) {
      const list = await app.request(`/api/requests/${request.id}/sessions`, { headers: who });
      expect(await list.json()).toMatchObject({ rows: [{ id: body.id, isOpen: true }] });
    }
    const foreign = await app.request(`/api/requests/${request.id}/sessions`, { headers: staff.otherEmployer.headers });
    await problem(foreign, 404);
  });

  it('is settled by the second code only, and concluded when the money has come', async () => {
    const { request, session } = await start('anonymous');
    const link = await joinByLink(session.id);
    const view = await done(`${session.id}/settlements`, staff.mediator.headers, { id: randomUUID(), ...SETTLEMENT });
    const { version, hash, document } = view.settlements[0]!;
    expect(document).toContain(SETTLEMENT.text);
    expect(document).toContain('300.00');
    expect((await look(session.id, link.headers)).settlements).toEqual(
      (await look(session.id, request.claimant)).settlements,
    );
    const path = `${session.id}/settlements/${version}`;

    // Nobody settles without the codes: not the mediator's button, not the other side, not a guess.
    const { version: at } = await requestNow(request);
    const forced = await app.post(
      `/api/requests/${request.id}/actions`,
      { action: 'settle', version: at },
      staff.mediator.headers,
    );
    expect((await problem(forced, 409)).code).toBe('request_state');
    await problem(await post(`${path}/code`, staff.mediator.headers, { hash, side: 'claimant' }), 403);
    await problem(await post(`${path}/confirm`, link.headers, { hash, code: '000000', side: 'claimant' }), 403);
    expect((await problem(await post(`${path}/confirm`, link.headers, { hash, code: '000000' }), 400)).code).toBe(
      'code_wrong',
    );
    await problem(await post(`${path}/code`, request.claimant, { hash }), 400); // whose phone nobody knows

    await done(`${path}/code`, link.headers, { hash });
    const ofRespondent = await code(link.phone);
    const phone = nextPhoneNumber();
    await done(`${path}/code`, request.claimant, { hash, phone });
    const ofClaimant = await code(phone);
    expect(
      (await problem(await post(`${path}/confirm`, request.claimant, { hash, code: ofRespondent, phone }), 400)).code,
    ).toBe('code_wrong');
    await done(`${path}/confirm`, link.headers, { hash, code: ofRespondent });
    expect(await requestNow(request)).toMatchObject({ state: 'in_mediation' });
    await done(`${path}/confirm`, link.headers, { hash, code: ofRespondent }); // its answer was lost
    expect(await requestNow(request)).toMatchObject({ state: 'in_mediation' });
    const settled = await done(`${path}/confirm`, request.claimant, { hash, code: ofClaimant, phone });
    expect(settled).toMatchObject({ isOpen: false, settlements: [{ state: 'confirmed', performance: 'due' }] });
    expect(await requestNow(request)).toMatchObject({ state: 'settled', dueAt: '2026-03-20T16:00:00.000Z' });
    await problem(await post(`${session.id}/messages`, link.headers, say('too late')), 409);

    await problem(await post(`${path}/performance`, link.headers, { report: 'received' }), 409);
    await done(`${path}/performance`, link.headers, { report: 'paid' });
    expect(
      (await done(`${path}/performance`, request.claimant, { report: 'not_received' })).settlements[0]!.performance,
    ).toBe('disputed');
    await done(`${path}/performance`, request.claimant, { report: 'received' });
    expect(await requestNow(request)).toMatchObject({ state: 'concluded', outcome: 'settled_paid' });
    const told = (await messages(session.id, link.headers)).entries.map(({ kind }) => kind);
    expect(told).toEqual([
      'opened',
      'joined',
      'settlement',
      'confirmed',
      'confirmed',
      'ended',
      'performance',
      'performance',
      'performance',
    ]);
  });

  it('confirms exactly one text: another version, tries and time make codes void', async () => {
    const { request, session } = await start();
    const first = await done(`${session.id}/settlements`, staff.mediator.headers, { id: randomUUID(), ...SETTLEMENT });
    const { hash } = first.settlements[0]!;
    await done(`${session.id}/settlements/1/code`, request.claimant, { hash });
    const old = await sentCode();
    const changed = { id: randomUUID(), ...SETTLEMENT, amountFen: 100 };
    const second = await done(`${session.id}/settlements`, staff.mediator.headers, changed);
    expect(second.settlements.map(({ state }) => state)).toEqual(['superseded', 'open']);
    const stale = await post(`${session.id}/settlements/1/confirm`, request.claimant, { hash, code: old });
    expect((await problem(stale, 409)).code).toBe('settlement_changed');
    const now = second.settlements[1]!.hash;
    const wrong = await post(`${session.id}/settlements/2/confirm`, request.claimant, { hash: now, code: old });
    expect((await problem(wrong, 400)).code).toBe('code_wrong');
    await done(`${session.id}/settlements/2/code`, request.claimant, { hash: now });
    const right = await sentCode();
    const guess = right === '000000' ? '000001' : '000000';
    for (let i = 0; i < 3; i += 1) {
      await problem(
        await post(`${session.id}/settlements/2/confirm`, request.claimant, { hash: now, code: guess }),
        400,
      );
    }
    await problem(await post(`${session.id}/settlements/2/confirm`, request.claimant, { hash: now, code: right }), 400);
    await done(`${session.id}/settlements/2/code`, request.claimant, { hash: now });
    const late = await sentCode();
    app.clock.nowMs += 5 * 60_000;
    await problem(await post(`${session.id}/settlements/2/confirm`, request.claimant, { hash: now, code: late }), 400);
    expect((await look(session.id, request.claimant)).settlements[1]!.confirmedAt).toEqual({
      claimant: null,
      respondent: null,
    });
  });

  it('takes two confirmations at once for what they are: one settlement', async () => {
    const { request, session } = await start();
    const link = await joinByLink(session.id);
    const { settlements } = await done(`${session.id}/settlements`, staff.mediator.headers, {
      id: randomUUID(),
      ...SETTLEMENT,
    });
    const { hash } = settlements[0]!;
    const path = `${session.id}/settlements/1`;
    await done(`${path}/code`, link.headers, { hash });
    const theirs = await sentCode();
    await done(`${path}/code`, request.claimant, { hash });
    const mine = await sentCode();
    const answers = await Promise.all([
      post(`${path}/confirm`, link.headers, { hash, code: theirs }),
      post(`${path}/confirm`, request.claimant, { hash, code: mine }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { state, timeline } = await requestNow(request);
    expect(state).toBe('settled');
    expect(timeline.filter(({ action }) => action === 'settle')).toHaveLength(1);
  });

  it('opens a link once; its phone gets the answer again, nobody else does', async () => {
    const { session } = await start();
    const { token } = (await (await post(`${session.id}/links`, staff.mediator.headers, {})).json()) as LinkMade;
    const id = randomUUID();
    const join = (of: string, by = id) => app.post('/api/sessions/join', { token: of, id: by });
    const [one, other] = await Promise.all([join(token), join(token, randomUUID())]);
    expect([one.status, other.status].sort()).toEqual([200, 410]);
    const winner = one.status === 200 ? one : other;
    const headers = { 'x-session-token': ((await winner.json()) as SessionJoined).token };
    expect(await look(session.id, headers)).toMatchObject({ party: 'respondent', hasRespondentJoined: true });
    expect((await problem(await join(token, randomUUID()), 410)).code).toBe('join_void');
    if (one.status === 200) expect((await join(token)).status).toBe(200);

    // A new link shuts out the one before, and a foreign token opens nothing.
    const next = (await (await post(`${session.id}/links`, staff.mediator.headers, {})).json()) as LinkMade;
    await problem(await app.request(`/api/sessions/${session.id}`, { headers }), 404);
    const forged = { 'x-session-token': `${headers['x-session-token'].slice(0, -3)}abc` };
    await problem(await app.request(`/api/sessions/${session.id}`, { headers: forged }), 401);
    app.clock.nowMs += 4 * DAY_MS;
    await problem(await join(next.token), 410);
    app.clock.nowMs -= 4 * DAY_MS;
    const { session: elsewhere } = await start();
    const there = await joinByLink(elsewhere.id);
    await problem(await app.request(`/api/sessions/${session.id}`, { headers: there.headers }), 404);
    await problem(await post(`${session.id}/links`, there.headers, {}), 404);
    await problem(await post(`${elsewhere.id}/links`, there.headers, {}), 403);
  });

  it('has offers answered by the other side, and a counter-offer take the place of one', async () => {
    const { request, session } = await start();
    const offer = { id: randomUUID(), amountFen: 10_000, terms: '先付一百元' };
    await done(`${session.id}/offers`, staff.employer.headers, offer);
    await done(`${session.id}/offers`, staff.employer.headers, offer);
    await problem(await post(`${session.id}/offers/1/answer`, staff.employer.headers, { answer: 'accept' }), 409);
    await problem(await post(`${session.id}/offers`, staff.mediator.headers, { ...offer, side: 'claimant' }), 403);
    await done(`${session.id}/offers`, request.claimant, { id: randomUUID(), amountFen: 30_000, terms: '全部退还' });
    await problem(await post(`${session.id}/offers/1/answer`, request.claimant, { answer: 'accept' }), 409);
    const view = await done(`${session.id}/offers/2/answer`, staff.employer.headers, { answer: 'accept' });
    expect(view.offers.map(({ by, state }) => [by, state])).toEqual([
      ['respondent', 'superseded'],
      ['claimant', 'accepted'],
    ]);
  });

  it('runs on the phone: calls, offers and consents are written down, codes go to each side', async () => {
    const { session } = await start('confidential', 'phone');
    const { mediator } = staff;
    await done(`${session.id}/messages`, mediator.headers, { ...say('单位同意退款'), kind: 'call', minutes: 12 });
    await done(`${session.id}/offers`, mediator.headers, {
      id: randomUUID(),
      amountFen: 30_000,
      terms: '退还',
      side: 'respondent',
    });
    await problem(await post(`${session.id}/consents`, mediator.headers, { side: 'claimant' }), 400);
    const online = await start();
    const call = { ...say('x'), kind: 'call' };
    await problem(await post(`${online.session.id}/messages`, mediator.headers, call), 403);
    await problem(
      await post(`${online.session.id}/consents`, mediator.headers, { side: 'claimant', record: '电话' }),
      403,
    );
  });

  it('gives fifteen more days once, when both sides agreed', async () => {
    const { request, session } = await start();
    const extend = () => post(`${session.id}/extend`, staff.mediator.headers, {});
    const now = await requestNow(request);
    const direct = { action: 'extend', version: now.version, consents: { claimant: '口头', respondent: '口头' } };
    await problem(await app.post(`/api/requests/${request.id}/actions`, direct, staff.mediator.headers), 409);
    expect((await problem(await extend(), 409)).code).toBe('session_state');
    await done(`${session.id}/consents`, request.claimant, {});
    await problem(await post(`${session.id}/consents`, request.claimant, { side: 'respondent' }), 403);
    await problem(await extend(), 409);
    await done(`${session.id}/consents`, staff.employer.headers, {});
    await problem(await post(`${session.id}/extend`, request.claimant, {}), 403);
    expect((await extend()).status).toBe(200);
    expect(await requestNow(request)).toMatchObject({ isExtended: true, dueAt: '2026-04-09T16:00:00.000Z' });
    expect((await problem(await extend(), 409)).code).toBe('request_state');
  });

  it('ends unsettled with an outcome and words, whichever way the request leaves', async () => {
    const { request, session } = await start();
    await problem(await post(`${session.id}/end`, staff.mediator.headers, { outcome: 'unsettled_arbitration' }), 400);
    await problem(
      await post(`${session.id}/end`, staff.employer.headers, { outcome: 'unsettled_court', words: '不谈' }),
      403,
    );
    const ended = await done(`${session.id}/end`, staff.mediator.headers, {
      outcome: 'unsettled_arbitration',
      words: '双方没有谈成',
    });
    expect(ended.isOpen).toBe(false);
    expect((await requestNow(request)).timeline.at(-1)).toMatchObject({
      action: 'end_unsettled',
      words: '双方没有谈成',
    });

    const other = await start();
    const { version } = await requestNow(other.request);
    await app.post(
      `/api/requests/${other.request.id}/actions`,
      { action: 'withdraw', version },
      other.request.claimant,
    );
    expect((await look(other.session.id, staff.mediator.headers)).isOpen).toBe(false);
    await problem(await post(`${other.session.id}/messages`, staff.employer.headers, say('still there?')), 409);
  });

  it('tells a respondent no confidential name, and keeps a mediator from telling it', async () => {
    const { request, session } = await start();
    const told = await post(`${session.id}/messages`, staff.mediator.headers, say(`${SECRET_NAME}想要全额退还`));
    expect((await problem(told, 422)).code).toBe('name_confidential');
    const spaced = say(
      `请拨 ${SECRET_PHONE.slice(0, 3)} ${SECRET_PHONE.slice(3, 7)}-${SECRET_PHONE.slice(7)}`,
      'caucus_respondent',
    );
    await problem(await post(`${session.id}/messages`, staff.mediator.headers, spaced), 422);
    const terms = { id: randomUUID(), ...SETTLEMENT, text: `退还${SECRET_NAME}三百元` };
    await problem(await post(`${session.id}/settlements`, staff.mediator.headers, terms), 422);
    await done(`${session.id}/messages`, staff.mediator.headers, say(`您好，${SECRET_NAME}`, 'caucus_claimant'));
    // A respondent who guesses is not told that they guessed right.
    expect((await post(`${session.id}/messages`, staff.employer.headers, say(`是${SECRET_NAME}吗`))).status).toBe(201);
    await done(`${session.id}/messages`, request.claimant, say('我要求全额退还'));
    const seen = JSON.stringify([
      await look(session.id, staff.employer.headers),
      (await messages(session.id, staff.employer.headers)).entries.filter(({ by }) => by !== 'respondent'),
      await (await app.request(`/api/requests/${request.id}`, { headers: staff.employer.headers })).json(),
      (await (await app.request('/api/office/requests', { headers: staff.employer.headers })).json()) as RequestPage,
    ]);
    for (const secret of [SECRET_NAME, SECRET_PHONE]) expect(seen).not.toContain(secret);
  });

  it('refuses what cannot be right, and stores nothing of it', async () => {
    const { request, session } = await start();
    const before = (await look(session.id, staff.mediator.headers)).lastSeq;
    const bad: [path: string, body: unknown, status: number][] = [
      ['messages', { ...say('x'), id: 'x' }, 400],
      ['messages', { ...say('x'), room: 'attic' }, 400],
      ['messages', say('x'.repeat(4001)), 400],
      ['messages', say(' '), 400],
      ['messages', { ...say('x'), files: [randomUUID()] }, 422],
      ['messages', { ...say('x'), files: Array.from({ length: 11 }, () => randomUUID()) }, 400],
      ['messages', { ...say('x'), surprise: 1 }, 400],
      ['messages', '{', 400],
      ['offers', { id: randomUUID(), amountFen: -1, terms: 'x' }, 400],
      ['offers', { id: randomUUID(), amountFen: 1.5, terms: 'x' }, 400],
      ['offers', { id: randomUUID(), amountFen: 1, terms: '' }, 400],
      ['offers/1/answer', { answer: 'accept' }, 409],
      ['offers/0/answer', { answer: 'accept' }, 400],
      ['settlements/1/confirm', { hash: 'x', code: '123456' }, 400],
      ['settlements/1/confirm', { hash: 'a'.repeat(64), code: '123456' }, 409],
      ['settlements/1/confirm', { hash: 'a'.repeat(64), code: '12345' }, 400],
      ['settlements/1/performance', { report: 'received' }, 409],
    ];
    for (const [path, body, status] of bad)
      await problem(await post(`${session.id}/${path}`, request.claimant, body), status);
    const past = { id: randomUUID(), ...SETTLEMENT, payBy: '2026-03-09' };
    await problem(await post(`${session.id}/settlements`, staff.mediator.headers, past), 400);
    await problem(await post(`${session.id}/settlements`, staff.mediator.headers, { ...past, payBy: null }), 400);
    await problem(await post(`${session.id}/settlements`, request.claimant, { id: randomUUID(), ...SETTLEMENT }), 403);
    await problem(await app.post('/api/sessions/join', { token: 'x', id: randomUUID() }), 400);
    await problem(await app.post('/api/sessions/join', { token: 'x'.repeat(43), id: randomUUID() }), 410);
    for (const path of ['', '/messages', '/events']) {
      await problem(await app.request(`/api/sessions/${session.id}${path}`), 401);
      await problem(await app.request(`/api/sessions/${randomUUID()}${path}`, { headers: request.claimant }), 404);
      await problem(await app.request(`/api/sessions/x${path}`, { headers: request.claimant }), 400);
    }
    await problem(
      await app.request(`/api/sessions/${session.id}/messages?after=-1`, { headers: request.claimant }),
      400,
    );
    expect((await look(session.id, staff.mediator.headers)).lastSeq).toBe(before);
  });
});
