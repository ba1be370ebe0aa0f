import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ProblemBody } from '../../api/http/problem.ts';
import type { Connection } from '../../db/connect.ts';
import { credentials, sessions, users, verifications } from '../../db/tables/accounts.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { addStaff, cookiesOf, signIn, type SignedIn, signInRider, TEST_PASSWORD } from '../support/accounts.ts';
import { openTestDatabase } from '../support/database.ts';
import { createTestApp, NOON, type TestApp } from '../support/factories.ts';
import { totpOf } from '../support/totp.ts';

let connection: Connection;
let app: TestApp;
let admin: SignedIn;

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection);
  admin = await signIn(app, { role: 'administrator' });
});
beforeEach(() => {
  app.clock.nowMs = NOON;
});
afterAll(async () => {
  await app.close();
  await connection.close();
});

const NEW_PASSWORD = 'a new password for tests';
const reason = '忘记密码，已当面核对工作证';
const wish = (username: string | null, more = {}) => ({ username, reason, ...more });
const make = (body: unknown, who: Pick<SignedIn, 'headers'> = admin) =>
  app.post('/api/people/resets', body, who.headers);
async function linkFor(username: string | null, more = {}): Promise<string> {
  const response = await make(wish(username, more));
  expect(response.status).toBe(201);
  return ((await response.json()) as { token: string }).token;
}
const look = (token: string) => app.post('/api/auth/reset/look', { token });
const use = (token: string, newPassword = NEW_PASSWORD) => app.post('/api/auth/reset/use', { token, newPassword });
const byName = (username: string | null, password: string) =>
  app.post('/api/auth/sign-in/username', { username, password });
const isIn = async (cookie: string) => (await app.request('/api/me', { headers: { cookie } })).status === 200;
async function problem(response: Response, status: number): Promise<string> {
  expect(response.status).toBe(status);
  return ProblemBody.parse(await response.json()).code;
}
const deedsAbout = (personId: string) =>
  connection.db.select().from(auditRecords).where(eq(auditRecords.subjectId, personId)).orderBy(auditRecords.seq);

/** Staff with a confirmed second factor. */
async function withSecondFactor(): Promise<SignedIn & { uri: string }> {
  const person = await signIn(app, { role: 'coordinator' });
  const enabled = await app.post('/api/auth/two-factor/enable', { password: TEST_PASSWORD }, person.headers);
  const { totpURI: uri } = (await enabled.json()) as { totpURI: string };
  const code = totpOf(uri, Date.now());
  const confirmed = await app.post('/api/auth/two-factor/verify-totp', { code }, person.headers);
  expect(confirmed.status).toBe(200);
  return { ...person, headers: { cookie: cookiesOf(confirmed, person.headers.cookie) }, uri };
}

describe('a link to a new password', () => {
  it('says whose it is, sets the password once, ends every session, and is in the trail with its reason', async () => {
    const person = await signIn(app, { role: 'supervisor' });
    const response = await make(wish(person.username!.toUpperCase()));
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { token, expiresAt } = (await response.json()) as { token: string; expiresAt: string };
    expect(Date.parse(expiresAt)).toBe(NOON + 30 * 60_000);
    expect(await isIn(person.headers.cookie)).toBe(true);
    expect(await (await look(token)).json()).toMatchObject({ username: person.username, removeSecondFactor: false });

    expect((await use(token)).status).toBe(200);
    expect(await isIn(person.headers.cookie)).toBe(false);
    expect(await connection.db.$count(sessions, eq(sessions.userId, person.personId))).toBe(0);
    expect((await byName(person.username, TEST_PASSWORD)).status).toBe(401);
    expect((await byName(person.username, NEW_PASSWORD)).status).toBe(200);
    expect(await problem(await use(token, 'yet another password'), 410)).toBe('reset_void');
    expect(await problem(await look(token), 410)).toBe('reset_void');

    const deeds = await deedsAbout(person.personId);
    expect(deeds.map(({ action, actorId, reason: why }) => [action, actorId, why])).toEqual([
      ['account.create', null, null],
      ['account.reset_link', admin.personId, reason],
      ['account.password_reset', person.personId, null],
    ]);
    expect(deeds.at(-1)!.after).toEqual({ byLinkOf: admin.personId });
    expect(JSON.stringify(deeds)).not.toMatch(new RegExp(`${token}|${NEW_PASSWORD}`));
  });

  it('is in the database as a hash only', async () => {
    const { username } = await addStaff(app, [{ role: 'supervisor' }]);
    const token = await linkFor(username);
    expect(JSON.stringify(await connection.db.select().from(verifications))).not.toContain(token);
  });

  it('gives the password to one of many who come at once', async () => {
    const { username } = await addStaff(app, [{ role: 'supervisor' }]);
    const token = await linkFor(username);
    const passwords = Array.from({ length: 4 }, (_, i) => `password number ${i}`);
    const answers = await Promise.all(passwords.map((password) => use(token, password)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410]);
    const winner = passwords[answers.findIndex(({ status }) => status === 200)]!;
    expect((await byName(username, winner)).status).toBe(200);
  });

  it('is over after 30 minutes, and void once there is a newer one', async () => {
    const { username } = await addStaff(app, [{ role: 'supervisor' }]);
    const first = await linkFor(username);
    const second = await linkFor(username);
    expect(await problem(await use(first), 410)).toBe('reset_void');
    app.clock.nowMs = NOON + 30 * 60_000 - 1;
    expect((await look(second)).status).toBe(200);
    app.clock.nowMs += 1;
    expect(await problem(await use(second), 410)).toBe('reset_void');
    expect((await byName(username, TEST_PASSWORD)).status).toBe(200);
  });

  it('keeps the second factor unless that was chosen, which is a deed of its own', async () => {
    const person = await withSecondFactor();
    const halfway = cookiesOf(await byName(person.username, TEST_PASSWORD));
    await use(await linkFor(person.username));
    const code = () => totpOf(person.uri, Date.now() + 30_000);
    // Whoever had given the old password and was asked for the code begins again.
    const late = await app.post('/api/auth/two-factor/verify-totp', { code: code() }, { cookie: halfway });
    expect(late.status).toBe(401);
    expect(await (await byName(person.username, NEW_PASSWORD)).json()).toEqual({ twoFactorRedirect: true });

    const token = await linkFor(person.username, { removeSecondFactor: true });
    expect(await (await look(token)).json()).toMatchObject({ removeSecondFactor: true });
    await use(token);
    const signedIn = await byName(person.username, NEW_PASSWORD);
    expect(await signedIn.json()).toEqual({ status: true });
    const [user] = await connection.db.select().from(users).where(eq(users.id, person.personId));
    expect(user!.twoFactorEnabled).toBe(false);
    const deeds = (await deedsAbout(person.personId)).map(({ action }) => action);
    expect(deeds.slice(-3)).toEqual(['account.reset_link', 'account.password_reset', 'account.second_factor_reset']);
    // And it can be set up anew.
    const enabled = await app.post(
      '/api/auth/two-factor/enable',
      { password: NEW_PASSWORD },
      { cookie: cookiesOf(signedIn) },
    );
    expect(enabled.status).toBe(200);
  });

  it.each([
    ['too short', 400],
    ['x'.repeat(129), 400],
  ])('takes no password like %s', async (password, status) => {
    const { username } = await addStaff(app, [{ role: 'supervisor' }]);
    const token = await linkFor(username);
    expect(await problem(await use(token, password), status)).toBe('invalid_request');
    expect((await use(token)).status).toBe(200);
  });

  it.each(['', 'x', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}'`, 7])('is not %j', async (token) => {
    expect(await problem(await use(token as string), 400)).toBe('invalid_request');
  });

  it('cannot be guessed at without end', async () => {
    const first = await look('a'.repeat(43));
    const cookie = cookiesOf(first);
    const again = () => app.post('/api/auth/reset/look', { token: 'a'.repeat(43) }, { cookie });
    const statuses = [first.status];
    for (let i = 0; i < 20; i++) statuses.push((await again()).status);
    expect(statuses.filter((status) => status === 410)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('nobody makes a link', () => {
  it('to their own account, to a demo account, or to one that is not there', async () => {
    expect(await problem(await make(wish(admin.username)), 409)).toBe('own_account');
    expect(await problem(await make(wish('nobody_here')), 404)).toBe('person_not_found');
    const { personId, username } = await addStaff(app, [{ role: 'supervisor' }]);
    await connection.db.update(users).set({ demo: true }).where(eq(users.id, personId));
    expect(await problem(await make(wish(username)), 403)).toBe('demo_account');
    expect((await deedsAbout(personId)).map(({ action }) => action)).toEqual(['account.create']);
  });

  it('that still works for an account that became a demo or was erased meanwhile', async () => {
    const { personId, username } = await addStaff(app, [{ role: 'supervisor' }]);
    const token = await linkFor(username);
    await connection.db.update(users).set({ demo: true }).where(eq(users.id, personId));
    expect(await problem(await use(token), 403)).toBe('demo_account');
    await connection.db.update(users).set({ demo: false }).where(eq(users.id, personId));
    await connection.db.delete(credentials).where(eq(credentials.userId, personId));
    expect(await problem(await use(token), 404)).toBe('person_not_found');
  });

  it.each<[unknown]>([[{ username: 'x' }], [{ username: 'x', reason: 'x' }], [{ reason }], [{ ...wish('x'), to: 1 }]])(
    'with %j',
    async (body) => {
      expect(await problem(await make(body), 400)).toBe('invalid_request');
    },
  );

  it.each(['officer', 'coordinator', 'supervisor', 'rider'] as const)('as %s', async (role) => {
    const other = await signIn(app, { role, ...(role === 'officer' && { jurisdictionCode: '350203011' }) });
    const { username } = await addStaff(app, [{ role: 'mediator', organisationId: 'xiamen-ftu' }]);
    expect(await problem(await make(wish(username), other), 403)).toBe('not_allowed');
    expect(await problem(await make(wish(username), { headers: { cookie: '' } }), 401)).toBe('not_signed_in');
  });
});

describe('backup codes', () => {
  it('are made anew with the password only; the old ones are void, each use is in the trail', async () => {
    const person = await withSecondFactor();
    const again = (password: string) =>
      app.post('/api/auth/two-factor/generate-backup-codes', { password }, person.headers);
    expect(await problem(await again('not the password'), 400)).toBe('password_wrong');
    const { backupCodes: old } = (await (await again(TEST_PASSWORD)).json()) as { backupCodes: string[] };
    const { backupCodes: codes } = (await (await again(TEST_PASSWORD)).json()) as { backupCodes: string[] };
    expect([old.length, codes.length]).toEqual([10, 10]);
    const enter = async (code: string) => {
      const cookie = cookiesOf(await byName(person.username, TEST_PASSWORD));
      return (await app.post('/api/auth/two-factor/verify-backup-code', { code }, { cookie })).status;
    };
    expect(await enter(old[0]!)).toBe(401);
    const together = await Promise.all([enter(codes[0]!), enter(codes[0]!)]);
    expect(together.sort()).toEqual([200, 401]);
    const deeds = (await deedsAbout(person.personId)).map(({ action }) => action);
    expect(deeds.slice(-3)).toEqual([
      'account.backup_codes_made',
      'account.backup_codes_made',
      'account.backup_code_used',
    ]);
  });

  it('are nothing for somebody without a second factor, nor for riders', async () => {
    const person = await signIn(app, { role: 'supervisor' });
    const body = { password: TEST_PASSWORD };
    const none = await app.post('/api/auth/two-factor/generate-backup-codes', body, person.headers);
    expect(await problem(none, 409)).toBe('second_factor_state');
    const rider = await signInRider(app);
    const riders = await app.post('/api/auth/two-factor/generate-backup-codes', body, rider.headers);
    expect([400, 409]).toContain(riders.status);
  });
});
