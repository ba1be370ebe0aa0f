import { ACTIONS, PERMISSIONS } from '#domain/accounts/permissions.ts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemBody } from '../../api/http/problem.ts';
import type { Connection } from '../../db/connect.ts';
import { credentials, twoFactors, users } from '../../db/tables/accounts.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { addStaff, cookiesOf, signIn, type SignedIn, signInRider, TEST_PASSWORD } from '../support/accounts.ts';
import { openTestDatabase } from '../support/database.ts';
import { createTestApp, NOON, type TestApp } from '../support/factories.ts';
import { totpOf } from '../support/totp.ts';

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

const post = (path: string, body: unknown, cookie?: string) =>
  app.post(`/api/auth${path}`, body, cookie ? { cookie } : {});
const byName = (username: string, password: string = TEST_PASSWORD, cookie?: string) =>
  post('/sign-in/username', { username, password }, cookie);
async function codeIn(response: Response): Promise<string> {
  return ((await response.json()) as ProblemBody).code;
}

/**
 * The code of the step to come, which is taken too. The library reads the real clock for second codes; ours only says
 * how long a used one is remembered.
 */
const nextCode = (uri: string) => totpOf(uri, Date.now() + 30_000);

/** Staff with a second factor set up and confirmed. */
async function withSecondFactor(): Promise<SignedIn & { uri: string; backupCodes: string[]; confirmedBy: string }> {
  const person = await signIn(app, { role: 'coordinator' });
  const enabled = await post('/two-factor/enable', { password: TEST_PASSWORD }, person.headers.cookie);
  expect(enabled.status).toBe(200);
  const { totpURI: uri, backupCodes } = (await enabled.json()) as { totpURI: string; backupCodes: string[] };
  const confirmedBy = totpOf(uri, Date.now());
  const confirmed = await post('/two-factor/verify-totp', { code: confirmedBy }, person.headers.cookie);
  expect(confirmed.status).toBe(200);
  return { ...person, headers: { cookie: cookiesOf(confirmed, person.headers.cookie) }, uri, backupCodes, confirmedBy };
}

describe('staff', () => {
  it('sign in by name and password, in any letters', async () => {
    const { username, personId } = await addStaff(app, [{ role: 'officer', jurisdictionCode: '350203011' }]);
    const response = await byName(username.toUpperCase());
    expect(await response.json()).toEqual({ status: true });
    const me = (await (await app.request('/api/me', { headers: { cookie: cookiesOf(response) } })).json()) as {
      person: { id: string; username: string };
      memberships: unknown[];
      actions: string[];
    };
    expect(me.person).toMatchObject({ id: personId, username, phoneMasked: null });
    expect(me.memberships).toEqual([
      {
        role: 'officer',
        organisationId: null,
        organisation: null,
        jurisdictionCode: '350203011',
        jurisdiction: '嘉莲街道',
      },
    ]);
    expect(me.actions).toEqual(expect.arrayContaining(['site.edit', 'own.data']));
    expect(me.actions).not.toContain('membership.grant');
  });

  it('are refused in the same words, whatever did not fit', async () => {
    const { username } = await addStaff(app, [{ role: 'supervisor' }]);
    const answers = await Promise.all([
      byName(username, 'another password'),
      byName('nobody_has_this_name'),
      byName('x'),
      byName('名字'),
      byName('a'.repeat(100)),
      byName("' or 1=1 --"),
    ]);
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0]!)).toMatchObject({ code: 'sign_in_failed' });
  });

  it('may try a name ten times in a quarter of an hour', async () => {
    const { username } = await addStaff(app, [{ role: 'supervisor' }]);
    for (let i = 0; i < 10; i++) expect((await byName(username, 'wrong password')).status).toBe(401);
    const refused = await byName(username);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '900']);
    app.clock.nowMs += 900_000;
    expect((await byName(username)).status).toBe(200);
    app.clock.nowMs = NOON;
  });

  it('are not shut out of their own browser by strangers who try their name', async () => {
    const { username } = await addStaff(app, [{ role: 'supervisor' }]);
    const own = cookiesOf(await byName(username));
    expect(own).toContain('luyi_known=');
    for (let i = 0; i < 10; i++) await byName(username, 'wrong password');
    expect((await byName(username)).status).toBe(429);
    expect((await byName(username, TEST_PASSWORD, own)).status).toBe(200);
    const { username: other } = await addStaff(app, [{ role: 'supervisor' }]);
    for (let i = 0; i < 10; i++) await byName(other, 'wrong password');
    expect((await byName(other, TEST_PASSWORD, own)).status).toBe(429);
  });

  it('change their password; other sessions end, the old password is worth nothing', async () => {
    const person = await signIn(app, { role: 'supervisor' });
    const elsewhere = cookiesOf(await byName(person.username!));
    const newPassword = 'another password for tests';
    const change = (currentPassword: string) =>
      post('/change-password', { currentPassword, newPassword }, person.headers.cookie);
    expect(await codeIn(await change('not the password'))).toBe('password_wrong');
    const changed = await change(TEST_PASSWORD);
    expect(changed.status).toBe(200);
    expect((await app.request('/api/me', { headers: { cookie: elsewhere } })).status).toBe(401);
    const here = { cookie: cookiesOf(changed, person.headers.cookie) };
    expect((await app.request('/api/me', { headers: here })).status).toBe(200);
    expect((await byName(person.username!)).status).toBe(401);
    expect((await byName(person.username!, newPassword)).status).toBe(200);
    const deeds = await connection.db.select().from(auditRecords).where(eq(auditRecords.actorId, person.personId));
    expect(deeds.map(({ action }) => action)).toEqual(['account.password_changed']);
    expect(JSON.stringify(deeds)).not.toContain(newPassword);
  });

  it('whose role has ended are people with their own data only', async () => {
    const admin = await signIn(app, { role: 'administrator' });
    const person = await signIn(app, { role: 'coordinator' });
    const list = await app.request('/api/memberships', { headers: admin.headers });
    const { memberships } = (await list.json()) as { memberships: { id: string; userId: string }[] };
    const { id } = memberships.find(({ userId }) => userId === person.personId)!;
    expect((await app.post(`/api/memberships/${id}/end`, '', admin.headers)).status).toBe(200);
    const me = (await (await app.request('/api/me', { headers: person.headers })).json()) as { actions: string[] };
    expect(me.actions).toEqual(ACTIONS.filter((action) => PERMISSIONS.rider[action] === 'own'));
  });

  it('have passwords that are stored hashed', async () => {
    const { personId } = await addStaff(app, [{ role: 'supervisor' }]);
    const [row] = await connection.db.select().from(credentials).where(eq(credentials.userId, personId));
    expect(row!.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
  });
});

describe('a second factor', () => {
  it('is asked for after the password, and nothing is open before it', async () => {
    const { username, uri, personId } = await withSecondFactor();
    const response = await byName(username!);
    expect(await response.json()).toEqual({ twoFactorRedirect: true });
    const halfway = cookiesOf(response);
    expect(halfway).not.toContain('session_token');
    expect((await app.request('/api/me', { headers: { cookie: halfway } })).status).toBe(401);
    const verified = await post('/two-factor/verify-totp', { code: nextCode(uri) }, halfway);
    expect(await verified.json()).toEqual({ status: true });
    const me = await app.request('/api/me', { headers: { cookie: cookiesOf(verified, halfway) } });
    expect(await me.json()).toMatchObject({ person: { id: personId, twoFactor: true } });
  });

  it('takes the same code once only, in whichever session', async () => {
    const { username, uri, confirmedBy } = await withSecondFactor();
    const halfway = cookiesOf(await byName(username!));
    expect(await codeIn(await post('/two-factor/verify-totp', { code: confirmedBy }, halfway))).toBe(
      'second_factor_failed',
    );
    const code = nextCode(uri);
    const [one, two] = [cookiesOf(await byName(username!)), cookiesOf(await byName(username!))];
    const both = await Promise.all([one, two].map((cookie) => post('/two-factor/verify-totp', { code }, cookie)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const again = await post('/two-factor/verify-totp', { code }, cookiesOf(await byName(username!)));
    expect(await codeIn(again)).toBe('second_factor_failed');
  });

  it('is not passed by a phone code, nor by a code without a password', async () => {
    const { uri } = await withSecondFactor();
    expect((await post('/two-factor/verify-totp', { code: nextCode(uri) })).status).toBe(401);
    const forged = 'luyi.two_factor=2fa-abcdefghijklmnopqrst.c2lnbmF0dXJl';
    expect((await post('/two-factor/verify-totp', { code: nextCode(uri) }, forged)).status).toBe(401);
  });

  it('ends the attempt after five wrong codes', async () => {
    const { username, uri } = await withSecondFactor();
    const halfway = cookiesOf(await byName(username!));
    const right = nextCode(uri);
    const wrong = ['111111', '222222', '333333', '444444', '555555'].filter((code) => code !== right);
    for (const code of wrong) {
      expect(await codeIn(await post('/two-factor/verify-totp', { code }, halfway))).toBe('second_factor_failed');
    }
    await post('/two-factor/verify-totp', { code: '666666' }, halfway);
    expect((await post('/two-factor/verify-totp', { code: right }, halfway)).status).toBe(401);
  });

  it('can be stood in for by each backup code once', async () => {
    const { username, backupCodes } = await withSecondFactor();
    const [code] = backupCodes;
    const first = await post('/two-factor/verify-backup-code', { code }, cookiesOf(await byName(username!)));
    expect(first.status).toBe(200);
    const again = await post('/two-factor/verify-backup-code', { code }, cookiesOf(await byName(username!)));
    expect(await codeIn(again)).toBe('second_factor_failed');
  });

  it('is set up and taken away only with the password, and both are in the trail', async () => {
    const { headers, personId, username } = await withSecondFactor();
    expect(await codeIn(await post('/two-factor/disable', { password: 'wrong password' }, headers.cookie))).toBe(
      'password_wrong',
    );
    const disabled = await post('/two-factor/disable', { password: TEST_PASSWORD }, headers.cookie);
    expect(disabled.status).toBe(200);
    expect(await (await byName(username!)).json()).toEqual({ status: true });
    const deeds = await connection.db.select().from(auditRecords).where(eq(auditRecords.actorId, personId));
    expect(deeds.map(({ action }) => action)).toEqual([
      'account.second_factor_begun',
      'account.second_factor_confirmed',
      'account.second_factor_removed',
    ]);
  });

  it('has a secret that the database holds encrypted', async () => {
    const { uri, personId, backupCodes } = await withSecondFactor();
    const [row] = await connection.db.select().from(twoFactors).where(eq(twoFactors.userId, personId));
    expect(row!.secret).not.toContain(new URL(uri).searchParams.get('secret'));
    expect(row!.backupCodes).not.toContain(backupCodes[0]);
  });

  it('is nothing for riders, who have no password', async () => {
    const { headers } = await signInRider(app);
    const response = await post('/two-factor/enable', { password: 'x' }, headers.cookie);
    expect([response.status, await codeIn(response)]).toEqual([400, 'password_wrong']);
    const [user] = await connection.db.select().from(users).where(eq(users.twoFactorEnabled, true)).limit(1);
    expect(user?.phoneNumber ?? null).toBeNull();
  });

  it('needs somebody who is signed in', async () => {
    for (const path of ['/two-factor/enable', '/two-factor/disable']) {
      expect((await post(path, { password: TEST_PASSWORD })).status).toBe(401);
    }
    const body = { currentPassword: TEST_PASSWORD, newPassword: TEST_PASSWORD };
    expect((await post('/change-password', body)).status).toBe(401);
  });
});

describe('the sign-in page', () => {
  it('offers demo accounts in a demo only', async () => {
    expect(await (await app.request('/api/sign-in-options')).json()).toEqual({ demoAccounts: [], demoPassword: null });
    const demo = await createTestApp(connection, { demo: true });
    const options = (await (await demo.request('/api/sign-in-options')).json()) as {
      demoAccounts: { username: string; role: string }[];
      demoPassword: string;
    };
    expect(options.demoPassword).toBe('luyi-demo-2026');
    expect(options.demoAccounts.map(({ username }) => username)).toEqual([
      'officer',
      'district',
      'keeper',
      'employer',
      'insurer',
      'assessor',
      'approver',
      'mediator',
      'department',
      'coordinator',
      'supervisor',
      'admin',
    ]);
    await demo.close();
  });
});
