import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONSENT_FOR_FIELD, currentWording } from '#domain/accounts/consent-wordings.ts';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import { ProblemBody } from '../../api/http/problem.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import type { Connection } from '../../db/connect.ts';
import { consents, credentials, memberships, personalFields, sessions, users } from '../../db/tables/accounts.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { nextPhoneNumber, signIn, type SignedIn, signInRider } from '../support/accounts.ts';
import { openTestDatabase } from '../support/database.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';

let connection: Connection;
let app: TestApp;

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection);
});
afterAll(async () => {
  expect((await verifyAudit(connection.db)).fault).toBeNull();
  await app.close();
  await connection.close();
});

const ID_NUMBER = '35020319900307105X';
const consentFor = (field: PersonalField) => ({
  purpose: CONSENT_FOR_FIELD[field],
  wordingVersion: currentWording(CONSENT_FOR_FIELD[field]).version,
});
const put = (who: SignedIn, field: string, body: unknown) =>
  app.request(`/api/me/personal-data/${field}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...who.headers },
    body: JSON.stringify(body),
  });
const keep = (who: SignedIn, field: PersonalField, value: string) =>
  put(who, field, { value, consent: consentFor(field) });
async function problem(response: Response, status: number): Promise<ProblemBody> {
  expect(response.status).toBe(status);
  return ProblemBody.parse(await response.json());
}
type View = {
  fields: { field: string; masked: string }[];
  consents: { purpose: string; withdrawnAt: string | null }[];
};
const view = async (who: SignedIn) =>
  (await (await app.request('/api/me/personal-data', { headers: who.headers })).json()) as View;
const deedsAbout = (personId: string) =>
  connection.db.select().from(auditRecords).where(eq(auditRecords.subjectId, personId)).orderBy(auditRecords.seq);

const erase = (who: SignedIn, body: unknown = { confirm: true }) => app.post('/api/me/erase', body, who.headers);
describe('my data', () => {
  it('is kept with my consent and shown masked', async () => {
    const me = await signInRider(app);
    expect(await view(me)).toEqual({ fields: [], consents: [] });
    await keep(me, 'name', '王小明');
    await keep(me, 'bank_account', '6222 0212 3456 7890 123');
    const response = await keep(me, 'id_number', ' 350203 19900307 105x');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual(await view(me));
    const { fields, consents: given } = await view(me);
    expect(fields.map(({ field, masked }) => [field, masked])).toEqual([
      ['bank_account', '***************0123'],
      ['id_number', '350***********105X'],
      ['name', '王**'],
    ]);
    expect(given.map(({ purpose, withdrawnAt }) => [purpose, withdrawnAt]).sort()).toEqual([
      ['bank_account', null],
      ['identity', null],
    ]);
  });

  it('is in the trail as ciphertext, before and after', async () => {
    const me = await signInRider(app);
    await keep(me, 'id_number', ID_NUMBER);
    await keep(me, 'id_number', '11010519491231002X');
    const deeds = await deedsAbout(me.personId);
    expect(deeds.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['account.sign_up', me.personId],
      ['person.keep', me.personId],
      ['person.keep', me.personId],
    ]);
    const [, first, second] = deeds as { before: Record<string, string>; after: Record<string, string> }[];
    expect(second!.before.id_number).toBe(first!.after.id_number);
    expect(JSON.stringify(deeds)).not.toMatch(/35020319900307105X|11010519491231002X/);
  });

  it.each<[PersonalField, string]>([
    ['id_number', '350203199003071234'],
    ['id_number', '35020319900230123X'],
    ['phone', '12345'],
    ['name', ' '],
    ['bank_account', 'abc'],
  ])('is refused when it cannot be right, without repeating it: %s %j', async (field, value) => {
    const me = await signInRider(app);
    const { code, detail, errors } = await problem(await keep(me, field, value), 400);
    expect([code, errors?.[0]?.path]).toEqual(['invalid_request', 'value']);
    if (value.trim()) expect(detail).not.toContain(value);
    expect(await view(me)).toEqual({ fields: [], consents: [] });
  });

  it.each<[string, unknown]>([
    [
      'consent_missing',
      { value: '王小明', consent: { purpose: 'medical', wordingVersion: currentWording('medical').version } },
    ],
    ['consent_missing', { value: '王小明', consent: { purpose: 'identity', wordingVersion: '2020-01' } }],
    ['invalid_request', { value: '王小明' }],
    ['invalid_request', { value: '王小明', consent: true }],
    ['invalid_request', { value: '王小明', consent: { purpose: 'everything', wordingVersion: 'x' } }],
    ['invalid_request', { value: 12, consent: consentFor('name') }],
    ['invalid_request', { value: '\u0000', consent: consentFor('name') }],
    ['invalid_request', { value: 'x'.repeat(5000), consent: consentFor('name') }],
    ['invalid_request', { value: '王小明', consent: consentFor('name'), personId: 'somebody' }],
    ['invalid_request', []],
    ['invalid_request', null],
  ])('needs a separate consent to the present wording (%s): %j', async (code, body) => {
    const me = await signInRider(app);
    expect((await problem(await put(me, 'name', body), code === 'consent_missing' ? 409 : 400)).code).toBe(code);
    expect(await view(me)).toEqual({ fields: [], consents: [] });
  });

  it.each(['address', '__proto__', 'constructor', '%00'])('has no field %s', async (field) => {
    const me = await signInRider(app);
    expect((await put(me, field, { value: 'x', consent: consentFor('name') })).status).toBe(400);
  });

  it('goes when I withdraw the consent, the rest stays', async () => {
    const me = await signInRider(app);
    await keep(me, 'name', '王小明');
    await keep(me, 'id_number', ID_NUMBER);
    await keep(me, 'bank_account', '6222021234567890123');
    const withdraw = () => app.post('/api/me/consents/identity/withdraw', '', me.headers);
    expect((await withdraw()).status).toBe(200);
    const { fields, consents: given } = await view(me);
    expect(fields.map(({ field }) => field)).toEqual(['bank_account']);
    expect(given.find(({ purpose }) => purpose === 'identity')?.withdrawnAt).not.toBeNull();
    expect((await problem(await withdraw(), 404)).code).toBe('nothing_kept');
    expect((await deedsAbout(me.personId)).at(-1)?.action).toBe('consent.withdraw');
    await keep(me, 'name', '王小明');
    expect((await view(me)).consents.filter(({ withdrawnAt }) => withdrawnAt === null)).toHaveLength(2);
  });

  it('can be taken away whole, in the clear, by me', async () => {
    const phone = nextPhoneNumber();
    const me = await signInRider(app, phone);
    await keep(me, 'id_number', ID_NUMBER);
    const response = await app.request('/api/me/export', { headers: me.headers });
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(await response.json()).toMatchObject({
      account: { id: me.personId, phone, name: '骑手' },
      personalData: { id_number: ID_NUMBER },
      consents: [{ purpose: 'identity' }],
      memberships: [{ role: 'rider', to: null }],
      sessions: [{}],
      deeds: [
        { action: 'account.sign_up', byMe: true },
        { action: 'person.keep', byMe: true },
      ],
    });
  });

  it.each(['/api/me', '/api/me/personal-data', '/api/me/export', '/api/memberships'])(
    'is nobody else’s: %s',
    async (path) => {
      expect((await problem(await app.request(path), 401)).code).toBe('not_signed_in');
    },
  );
});

describe('erasure', () => {
  it('leaves nothing that can be read, and the trail whole', async () => {
    const phone = nextPhoneNumber();
    const me = await signInRider(app, phone);
    const elsewhere = await signInRider(app, phone);
    await keep(me, 'id_number', ID_NUMBER);
    const [ciphertext] = await connection.db
      .select()
      .from(personalFields)
      .where(eq(personalFields.personId, me.personId));
    expect((await erase(me)).status).toBe(200);

    for (const { headers } of [me, elsewhere]) expect((await app.request('/api/me', { headers })).status).toBe(401);
    const [user] = await connection.db.select().from(users).where(eq(users.id, me.personId));
    expect(user).toMatchObject({ name: '已注销', phoneNumber: null, username: null, phoneNumberVerified: false });
    expect(await connection.db.$count(sessions, eq(sessions.userId, me.personId))).toBe(0);
    expect(await connection.db.$count(personalFields, eq(personalFields.personId, me.personId))).toBe(0);
    const [consent] = await connection.db.select().from(consents).where(eq(consents.personId, me.personId));
    expect(consent!.withdrawnAt).not.toBeNull();
    const [membership] = await connection.db.select().from(memberships).where(eq(memberships.userId, me.personId));
    expect(membership!.endedAt).not.toBeNull();
    await connection.db.insert(personalFields).values(ciphertext!);
    expect(await app.accounts.vault.getPersonal(connection.db, me.personId, 'id_number')).toBeNull();
    expect((await deedsAbout(me.personId)).at(-1)?.action).toBe('person.erase');
    expect((await verifyAudit(connection.db)).fault).toBeNull();
  });

  it('lets the same phone begin anew as somebody else', async () => {
    const phone = nextPhoneNumber();
    const me = await signInRider(app, phone);
    await erase(me);
    const again = await signInRider(app, phone);
    expect(again.personId).not.toBe(me.personId);
    expect(await view(again)).toEqual({ fields: [], consents: [] });
  });

  it.each([{}, { confirm: false }, { confirm: 'true' }, null])('needs a confirmation: %j is none', async (body) => {
    const me = await signInRider(app);
    expect((await problem(await erase(me, body), 400)).code).toBe('invalid_request');
    expect((await app.request('/api/me', { headers: me.headers })).status).toBe(200);
  });

  it('takes the name and password of staff too', async () => {
    const me = await signIn(app, { role: 'coordinator' });
    expect((await erase(me)).status).toBe(200);
    expect(await connection.db.$count(credentials, eq(credentials.userId, me.personId))).toBe(0);
    const again = await app.post('/api/auth/sign-in/username', {
      username: me.username,
      password: 'a password for tests',
    });
    expect(again.status).toBe(401);
  });

  it('is refused to the last administrator, and to one of two who leave at the same time', async () => {
    const first = await signIn(app, { role: 'administrator' });
    expect((await problem(await erase(first), 409)).code).toBe('last_administrator');
    const second = await signIn(app, { role: 'administrator' });
    const both = await Promise.all([erase(first), erase(second)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('is refused to a demo account', async () => {
    const me = await signIn(app, { role: 'supervisor' });
    await connection.db.update(users).set({ demo: true }).where(eq(users.id, me.personId));
    expect((await problem(await erase(me), 403)).code).toBe('demo_account');
    const body = { currentPassword: 'a password for tests', newPassword: 'another password for tests' };
    expect((await problem(await app.post('/api/auth/change-password', body, me.headers), 403)).code).toBe(
      'demo_account',
    );
  });
});
