import { ACTIONS, PERMISSIONS } from '#domain/accounts/permissions.ts';
import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purgeExpired } from '../../api/accounts/purge-expired.ts';
import type { ProblemBody } from '../../api/http/problem.ts';
import { MessageNotSent } from '../../api/platform/notifications/webhook.ts';
import type { Connection } from '../../db/connect.ts';
import { credentials, memberships, rateLimits, sessions, users, verifications } from '../../db/tables/accounts.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { addStaff, codeSentTo, cookiesOf, nextPhoneNumber, signInRider } from '../support/accounts.ts';
import { openTestDatabase } from '../support/database.ts';
import { createTestApp, NOON, type TestApp } from '../support/factories.ts';

let connection: Connection;
let app: TestApp;

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection, { trustedProxies: 1 });
});
afterAll(async () => {
  await app.close();
  await connection.close();
});

const send = (phoneNumber: unknown, headers: Record<string, string> = {}) =>
  app.post('/api/auth/phone-number/send-otp', { phoneNumber }, headers);
const verify = (phoneNumber: string, code: string, headers: Record<string, string> = {}) =>
  app.post('/api/auth/phone-number/verify', { phoneNumber, code }, headers);
/** Everything of an answer that could tell something; cookies are random, of their names is told. */
async function traces(response: Response) {
  const { date: _, 'x-request-id': __, 'set-cookie': ___, ...headers } = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split('=')[0]);
  return { status: response.status, headers, cookies, body: await response.text() };
}
async function problem(response: Response, status: number): Promise<ProblemBody> {
  const body = (await response.json()) as ProblemBody;
  expect(response.status).toBe(status);
  expect(body.detail).toMatch(/.{10}/);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return body;
}
/** A code that is wrong for sure. */
const notThe = (code: string) => (code === '000000' ? '000001' : '000000');

describe('a rider', () => {
  it('signs in by the code on the phone, and is the same person the next time', async () => {
    const phone = nextPhoneNumber();
    const first = await signInRider(app, phone);
    const me = await app.request('/api/me', { headers: first.headers });
    expect(me.status).toBe(200);
    expect(me.headers.get('cache-control')).toBe('no-store');
    expect(me.headers.get('access-control-allow-origin')).toBeNull();
    expect(await me.json()).toEqual({
      person: {
        id: first.personId,
        name: '骑手',
        username: null,
        phoneMasked: `138****${phone.slice(-4)}`,
        demo: false,
        twoFactor: false,
      },
      memberships: [
        { role: 'rider', organisationId: null, organisation: null, jurisdictionCode: null, jurisdiction: null },
      ],
      actions: ACTIONS.filter((action) => PERMISSIONS.rider[action] === 'own'),
    });
    expect((await signInRider(app, phone)).personId).toBe(first.personId);
    const deeds = await connection.db.select().from(auditRecords).where(eq(auditRecords.actorId, first.personId));
    expect(deeds.map(({ action }) => action)).toEqual(['account.sign_up']);
  });

  it('is signed in by a cookie that scripts and other sites do not get', async () => {
    const phone = nextPhoneNumber();
    await send(phone);
    const response = await verify(phone, await codeSentTo(app, phone));
    const cookie = response.headers.getSetCookie().find((text) => text.startsWith('luyi.session_token='))!;
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(await response.json()).toEqual({ status: true });
  });

  it('signs out, and the cookie is worth nothing any more', async () => {
    const { headers } = await signInRider(app);
    const response = await app.request('/api/auth/sign-out', { method: 'POST', headers });
    expect(response.status).toBe(200);
    expect(cookiesOf(response, headers.cookie)).not.toContain('session_token');
    expect((await problem(await app.request('/api/me', { headers }), 401)).code).toBe('not_signed_in');
  });

  it('leaves neither address nor browser behind', async () => {
    const phone = nextPhoneNumber();
    const sent = { 'x-forwarded-for': '203.0.113.77', 'user-agent': 'PhoneOfARider/1.0' };
    await send(phone, sent);
    await verify(phone, await codeSentTo(app, phone), sent);
    const everything = JSON.stringify([
      await connection.db.select().from(sessions),
      await connection.db.select().from(verifications),
      await connection.db.select().from(rateLimits),
      await connection.db.select().from(auditRecords),
    ]);
    for (const trace of ['203.0.113.77', 'PhoneOfARider', phone]) expect(everything).not.toContain(trace);
    const [user] = await connection.db.select().from(users).where(eq(users.phoneNumber, phone));
    expect(`${user!.name} ${user!.email}`).not.toContain(phone);
    expect(user!.email).toMatch(/\.invalid$/);
  });
});

describe('a code', () => {
  it('is in no answer, no log and not in the database', async () => {
    const phone = nextPhoneNumber();
    const response = await send(phone);
    const answer = JSON.stringify(await traces(response));
    const code = await codeSentTo(app, phone);
    const wrong = JSON.stringify(await traces(await verify(phone, notThe(code))));
    const stored = JSON.stringify(await connection.db.select().from(verifications));
    for (const text of [answer, wrong, app.log.join('\n')]) expect(text).not.toContain(code);
    expect(stored).not.toMatch(new RegExp(`"${code}|:${code}`));
  });

  it('has six digits and comes with words in both languages', async () => {
    const phone = nextPhoneNumber();
    await send(phone);
    const message = (await app.outbox()).findLast(({ to }) => to === phone)!;
    expect(message.code).toMatch(/^\d{6}$/);
    expect(message.text).toContain(`验证码 ${message.code}`);
    expect(message.text).toContain(`code is ${message.code}`);
  });

  it('is void after three wrong tries, also for the right one', async () => {
    const phone = nextPhoneNumber();
    await send(phone);
    const code = await codeSentTo(app, phone);
    for (let i = 0; i < 3; i++) expect((await problem(await verify(phone, notThe(code)), 400)).code).toBe('code_wrong');
    expect((await problem(await verify(phone, code), 400)).code).toBe('code_wrong');
  });

  it('is good at the third try', async () => {
    const phone = nextPhoneNumber();
    await send(phone);
    const code = await codeSentTo(app, phone);
    for (let i = 0; i < 2; i++) await verify(phone, notThe(code));
    expect((await verify(phone, code)).status).toBe(200);
  });

  it('cannot be guessed by many at once', async () => {
    const phone = nextPhoneNumber();
    await send(phone);
    const code = await codeSentTo(app, phone);
    const guesses = await Promise.all(Array.from({ length: 8 }, () => verify(phone, notThe(code))));
    expect(guesses.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 400));
    expect((await verify(phone, code)).status).toBe(400);
  });

  it('works once, also when it is sent twice at the same time', async () => {
    const phone = nextPhoneNumber();
    await send(phone);
    const code = await codeSentTo(app, phone);
    const both = await Promise.all([verify(phone, code), verify(phone, code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect((await verify(phone, code)).status).toBe(400);
  });

  it.each([
    [299, 200],
    [300, 400],
  ])('%i s old gets %i', async (ageS, status) => {
    const phone = nextPhoneNumber();
    await send(phone);
    app.clock.nowMs += ageS * 1000;
    expect((await verify(phone, await codeSentTo(app, phone))).status).toBe(status);
    app.clock.nowMs = NOON;
  });

  it('of before is void when a new one was asked for', async () => {
    const phone = nextPhoneNumber();
    await send(phone);
    const first = await codeSentTo(app, phone);
    await send(phone);
    const second = await codeSentTo(app, phone);
    if (first !== second) expect((await verify(phone, first)).status).toBe(400);
    expect((await verify(phone, second)).status).toBe(200);
  });

  it('of one phone opens no other', async () => {
    const [mine, yours] = [nextPhoneNumber(), nextPhoneNumber()];
    await send(mine);
    await send(yours);
    const [myCode, yourCode] = [await codeSentTo(app, mine), await codeSentTo(app, yours)];
    if (myCode !== yourCode) expect((await verify(yours, myCode)).status).toBe(400);
    expect((await verify(yours, yourCode)).status).toBe(200);
  });

  it('that was never used is purged, and so are counts that count no more', async () => {
    await send(nextPhoneNumber());
    await purgeExpired(connection.db, NOON + 25 * 3_600_000);
    expect(await connection.db.$count(verifications)).toBe(0);
    expect(await connection.db.$count(rateLimits)).toBe(0);
  });
});

describe('nobody learns whether a phone is known', () => {
  it('when a code is asked for or a wrong one is given', async () => {
    const known = nextPhoneNumber();
    await signInRider(app, known);
    const unknown = nextPhoneNumber();
    const staff = nextPhoneNumber();
    const { personId } = await addStaff(app, [{ role: 'coordinator' }]);
    await connection.db.update(users).set({ phoneNumber: staff }).where(eq(users.id, personId));
    const [a, b, c] = await Promise.all([known, unknown, staff].map(async (phone) => traces(await send(phone))));
    expect(b).toEqual(a);
    expect(c).toEqual(a);
    const [d, e, f] = await Promise.all(
      [known, unknown, staff].map(async (phone) => traces(await verify(phone, '123456'))),
    );
    expect(e).toEqual(d);
    expect(f).toEqual(d);
    const neverAsked = await traces(await verify(nextPhoneNumber(), '123456'));
    expect(neverAsked).toEqual(d);
  });
});

async function staffPhone(how: 'role' | 'password' | 'second factor'): Promise<string> {
  const phone = nextPhoneNumber();
  const { personId } = await signInRider(app, phone);
  if (how === 'role') await connection.db.insert(memberships).values({ userId: personId, role: 'assessor' });
  if (how === 'second factor') {
    await connection.db.update(users).set({ twoFactorEnabled: true }).where(eq(users.id, personId));
  }
  if (how === 'password') {
    await connection.db
      .insert(credentials)
      .values({ id: personId, userId: personId, accountId: personId, providerId: 'credential', password: 'x:y' });
  }
  return phone;
}

describe('the phone of staff', () => {
  it.each(['role', 'password', 'second factor'] as const)('(%s) gets words instead of a code', async (how) => {
    const phone = await staffPhone(how);
    expect((await send(phone)).status).toBe(200);
    const message = (await app.outbox()).findLast(({ to }) => to === phone)!;
    expect(message.code).toBeNull();
    expect(message.text).toContain('工作账号');
    expect(message.text).not.toMatch(/\d{6}/);
  });

  it('opens nothing by a code that was sent before its owner became staff', async () => {
    const phone = nextPhoneNumber();
    const { personId } = await signInRider(app, phone);
    await send(phone);
    await connection.db.insert(memberships).values({ userId: personId, role: 'approver' });
    expect((await problem(await verify(phone, await codeSentTo(app, phone)), 400)).code).toBe('code_wrong');
  });
});

describe('the limits', () => {
  const fromCarrier = { 'x-forwarded-for': '198.51.100.1' };

  it('let a phone have 5 codes an hour and 10 a day, and say how long to wait', async () => {
    const phone = nextPhoneNumber();
    const hours = async (count: number) => {
      const statuses = [];
      for (let i = 0; i < count; i++) statuses.push((await send(phone)).status);
      return statuses;
    };
    expect(await hours(5)).toEqual([200, 200, 200, 200, 200]);
    app.clock.nowMs += 600_000;
    const refused = await send(phone);
    expect(refused.headers.get('retry-after')).toBe('3000');
    expect((await problem(refused, 429)).detail).toContain('50 minutes');
    app.clock.nowMs = NOON + 3_600_000;
    expect(await hours(6)).toEqual([200, 200, 200, 200, 200, 429]);
    app.clock.nowMs = NOON + 2 * 3_600_000;
    const tomorrow = await send(phone);
    expect(tomorrow.status).toBe(429);
    expect(Number(tomorrow.headers.get('retry-after'))).toBeGreaterThan(20 * 3600);
    app.clock.nowMs = NOON + 24 * 3_600_000;
    expect((await send(phone)).status).toBe(200);
    app.clock.nowMs = NOON;
  });

  it('let a device ask for 10 phones an hour', async () => {
    const first = await send(nextPhoneNumber());
    const cookie = { cookie: cookiesOf(first) };
    expect(cookie.cookie).toMatch(/^luyi_device=[\w-]{22}$/);
    for (let i = 1; i < 10; i++) expect((await send(nextPhoneNumber(), cookie)).status).toBe(200);
    expect((await send(nextPhoneNumber(), cookie)).status).toBe(429);
    expect((await send(nextPhoneNumber())).status).toBe(200);
  });

  it('do not trouble many riders behind one address of a carrier', async () => {
    const statuses = [];
    for (let i = 0; i < 60; i++) statuses.push((await send(nextPhoneNumber(), fromCarrier)).status);
    expect(statuses.every((status) => status === 200)).toBe(true);
  });

  it('stop a flood from one address, without charging the phones for it', async () => {
    const flooding = { 'x-forwarded-for': '198.51.100.99' };
    for (let i = 0; i < 2000; i++) await app.accounts.limits.take('send_code', { address: '198.51.100.99' });
    expect((await send(nextPhoneNumber(), flooding)).status).toBe(429);
    expect((await send(nextPhoneNumber(), fromCarrier)).status).toBe(200);
  });

  it('count across several processes', async () => {
    const other = await createTestApp(connection);
    const phone = nextPhoneNumber();
    for (let i = 0; i < 3; i++) expect((await send(phone)).status).toBe(200);
    for (let i = 0; i < 2; i++) {
      expect((await other.post('/api/auth/phone-number/send-otp', { phoneNumber: phone })).status).toBe(200);
    }
    expect((await send(phone)).status).toBe(429);
    await other.close();
  });

  it('count every one of many at once', async () => {
    const phone = nextPhoneNumber();
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(phone)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
  });

  it('bound how often a phone may be tried at', async () => {
    const phone = nextPhoneNumber();
    const answers = [];
    for (let i = 0; i < 21; i++) answers.push((await verify(phone, '123456')).status);
    expect(answers.filter((status) => status === 429)).toHaveLength(1);
  });
});

describe('what cannot be taken', () => {
  it.each([
    '12812345678',
    '1381234567',
    '138123456789',
    '+8613812345678',
    '１３８１２３４５６７８',
    '13812345678\n',
    '',
    'abc',
    13_812_345_678,
    null,
    ['13812345678'],
    { $ne: '' },
    'x'.repeat(5000),
  ])('as a phone: %j', async (phone) => {
    expect((await problem(await send(phone), 400)).code).toBe('invalid_request');
  });

  it.each<[string, unknown]>([
    ['/phone-number/send-otp', { phoneNumber: '13812345678', more: 1 }],
    ['/phone-number/verify', { phoneNumber: '13812345678', code: '12345' }],
    ['/phone-number/verify', { phoneNumber: '13812345678', code: 123_456 }],
    ['/phone-number/verify', { phoneNumber: '13812345678', code: '123456', disableSession: true }],
    ['/phone-number/verify', { phoneNumber: '13812345678', code: '123456', updatePhoneNumber: true }],
    ['/phone-number/verify', { phoneNumber: '13812345678', code: '123456', name: 'x', demo: true }],
    ['/sign-in/username', { username: 'admin' }],
    ['/sign-in/username', { username: 'admin', password: 'x'.repeat(129) }],
    ['/sign-in/username', { username: 'admin', password: 'x', callbackURL: 'https://evil.example' }],
    ['/two-factor/verify-totp', { code: 'abcdef' }],
    ['/two-factor/verify-totp', { code: '123456', trustDevice: true }],
  ])('at %s: %j', async (path, body) => {
    expect((await problem(await app.post(`/api/auth${path}`, body), 400)).code).toBe('invalid_request');
  });

  it.each([
    'sign-up/email',
    'sign-in/email',
    'sign-in/phone-number',
    'sign-in/social',
    'phone-number/request-password-reset',
    'phone-number/reset-password',
    'is-username-available',
    'update-user',
    'delete-user',
    'change-email',
    'get-session',
    'list-sessions',
    'two-factor/send-otp',
    'two-factor/verify-otp',
    'two-factor/get-totp-uri',
    'request-password-reset',
    'reset-password',
    'ok',
  ])('is not there: %s', async (path) => {
    for (const method of ['GET', 'POST']) {
      const response = await app.request(`/api/auth/${path}`, {
        method,
        ...(method === 'POST' && { headers: { 'content-type': 'application/json' }, body: '{}' }),
      });
      expect((await problem(response, 404)).code).toBe('not_found');
    }
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:1234' },
    { 'sec-fetch-site': 'cross-site' },
  ])('comes from another page with our cookie: %j', async (headers) => {
    const { headers: mine } = await signInRider(app);
    const response = await app.request('/api/auth/sign-out', {
      method: 'POST',
      headers: { ...mine, ...headers },
    });
    expect((await problem(response, 403)).code).toBe('foreign_page');
    expect((await app.request('/api/me', { headers: mine })).status).toBe(200);
  });

  it('comes from our own page: that may', async () => {
    const { headers } = await signInRider(app);
    const ours = { ...headers, origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };
    expect((await app.request('/api/auth/sign-out', { method: 'POST', headers: ours })).status).toBe(200);
  });

  it.each([
    'luyi.session_token=x',
    'luyi.session_token=a.b',
    'luyi.session_token=%E0%A4%A',
    `luyi.session_token=${'x'.repeat(3000)}`,
  ])('is a cookie: %s', async (cookie) => {
    expect((await app.request('/api/me', { headers: { cookie } })).status).toBe(401);
    expect(app.log).toEqual([]);
  });

  it('is told when the gateway does not take the message, the same for every phone', async () => {
    const failing = await createTestApp(connection, {
      sendMessage: async () => {
        throw new MessageNotSent('The message gateway answered 500.');
      },
    });
    const phone = `139${String(randomInt(1e8)).padStart(8, '0')}`;
    const response = await failing.post('/api/auth/phone-number/send-otp', { phoneNumber: phone });
    expect((await problem(response, 503)).code).toBe('message_not_sent');
    expect(failing.log.join('\n')).not.toContain(phone);
    await failing.close();
  });
});
