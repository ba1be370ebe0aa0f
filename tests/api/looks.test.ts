import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONSENT_FOR_FIELD, currentWording } from '#domain/accounts/consent-wordings.ts';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import { ProblemBody } from '../../api/http/problem.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import type { Connection } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { addStaff, nextPhoneNumber, signIn, type SignedIn, signInRider } from '../support/accounts.ts';
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
const OTHER_ID = '11010519491231002X';
const consentFor = (field: PersonalField) => ({
  purpose: CONSENT_FOR_FIELD[field],
  wordingVersion: currentWording(CONSENT_FOR_FIELD[field]).version,
});
const keep = (who: SignedIn, field: PersonalField, value: string) =>
  app.request(`/api/me/personal-data/${field}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...who.headers },
    body: JSON.stringify({ value, consent: consentFor(field) }),
  });
async function problem(response: Response, status: number): Promise<ProblemBody> {
  expect(response.status).toBe(status);
  return ProblemBody.parse(await response.json());
}
const deedsAbout = (personId: string) =>
  connection.db.select().from(auditRecords).where(eq(auditRecords.subjectId, personId)).orderBy(auditRecords.seq);

const reveal = (who: SignedIn, id: string, body: unknown = { field: 'id_number', reason: '核对理赔材料' }) =>
  app.post(`/api/people/${id}/reveal`, body, who.headers);

type Found = { id: string; name: string; phoneMasked: string | null; fields: { field: string; masked: string }[] };
const find = (who: Pick<SignedIn, 'headers'>, body: unknown) => app.post('/api/people/find', body, who.headers);
async function found(who: SignedIn, by: 'phone' | 'id_number', value: string): Promise<Found[]> {
  const response = await find(who, { by, value });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return ((await response.json()) as { people: Found[] }).people;
}
const looksOf = async (who: SignedIn) =>
  ((await (await app.request('/api/me/looks', { headers: who.headers })).json()) as { looks: unknown[] }).looks;

describe('a look at somebody’s data', () => {
  it('is for an administrator with a reason, and the person finds it in their export', async () => {
    const rider = await signInRider(app);
    await keep(rider, 'id_number', ID_NUMBER);
    const admin = await signIn(app, { role: 'administrator' });
    const response = await reveal(admin, rider.personId);
    expect(await response.json()).toEqual({ value: ID_NUMBER });
    expect(response.headers.get('cache-control')).toBe('no-store');
    const [deed] = (await deedsAbout(rider.personId)).slice(-1);
    expect(deed).toMatchObject({
      actorId: admin.personId,
      action: 'person.reveal',
      after: { field: 'id_number' },
      reason: '核对理赔材料',
    });
    const { deeds } = (await (await app.request('/api/me/export', { headers: rider.headers })).json()) as {
      deeds: { action: string; byMe: boolean }[];
    };
    expect(deeds.at(-1)).toMatchObject({ action: 'person.reveal', byMe: false, reason: '核对理赔材料' });
  });

  it.each<[unknown, number]>([
    [{ field: 'id_number' }, 400],
    [{ field: 'id_number', reason: '' }, 400],
    [{ field: 'id_number', reason: 'x'.repeat(501) }, 400],
    [{ field: 'everything', reason: '核对理赔材料' }, 400],
    [{ field: 'medical', reason: '核对理赔材料' }, 404],
  ])('is refused: %j', async (body, status) => {
    const rider = await signInRider(app);
    const admin = await signIn(app, { role: 'administrator' });
    const before = await connection.db.$count(auditRecords);
    expect((await reveal(admin, rider.personId, body)).status).toBe(status);
    expect(await connection.db.$count(auditRecords)).toBe(before);
  });

  it.each(['officer', 'coordinator', 'supervisor', 'rider'] as const)('is not for a %s', async (role) => {
    const rider = await signInRider(app);
    await keep(rider, 'id_number', ID_NUMBER);
    const other = await signIn(app, { role, ...(role === 'officer' && { jurisdictionCode: '350203011' }) });
    expect((await problem(await reveal(other, rider.personId), 403)).code).toBe('not_allowed');
    expect((await reveal({ ...other, headers: { cookie: '' } }, rider.personId)).status).toBe(401);
  });

  it('leaves nothing in the log, whatever is sent', async () => {
    const admin = await signIn(app, { role: 'administrator' });
    for (const id of ['%00', '..%2F..', "1'%20or%201=1", 'x'.repeat(100), '%E0%A4%A']) {
      expect([400, 404]).toContain((await reveal(admin, id)).status);
    }
    expect(app.log).toEqual([]);
    await addStaff(app, []);
  });
});

describe('finding somebody', () => {
  it('takes the whole number in any spelling and gives masked values; both leave a record without the number', async () => {
    const phone = nextPhoneNumber();
    const rider = await signInRider(app, phone);
    const another = await signInRider(app);
    await keep(rider, 'name', '王小明');
    await keep(rider, 'id_number', OTHER_ID);
    await keep(another, 'phone', phone);
    const admin = await signIn(app, { role: 'administrator' });

    const byId = await found(admin, 'id_number', ` ${OTHER_ID.slice(0, 6)} ${OTHER_ID.slice(6)}`);
    expect(byId).toMatchObject([
      {
        id: rider.personId,
        phoneMasked: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
        fields: [
          { field: 'id_number', masked: expect.stringContaining('***********') },
          { field: 'name', masked: '王**' },
        ],
      },
    ]);
    // The phone that one signs in with, and the one that another gave as theirs.
    const byPhone = await found(admin, 'phone', `+86 ${phone}`);
    expect(new Set(byPhone.map(({ id }) => id))).toEqual(new Set([rider.personId, another.personId]));
    expect(JSON.stringify([byId, byPhone])).not.toMatch(new RegExp(`${OTHER_ID}|${phone}|王小明`));
    expect(await found(admin, 'phone', phone.slice(0, 10))).toEqual([]);
    expect(await found(admin, 'id_number', phone)).toEqual([]);

    const deeds = await connection.db.select().from(auditRecords).where(eq(auditRecords.actorId, admin.personId));
    expect(deeds.map(({ action, subjectKind }) => `${action} ${subjectKind}`)).toEqual([
      'person.find person',
      'person.find person',
      'person.find person',
      'person.find search',
      'person.find search',
    ]);
    expect(JSON.stringify(deeds)).not.toMatch(new RegExp(`${OTHER_ID}|${phone}`));
    expect(app.log).toEqual([]);
  });

  it('finds nobody who was erased', async () => {
    const phone = nextPhoneNumber();
    const rider = await signInRider(app, phone);
    await keep(rider, 'phone', phone);
    await app.post('/api/me/erase', { confirm: true }, rider.headers);
    const admin = await signIn(app, { role: 'administrator' });
    expect(await found(admin, 'phone', phone)).toEqual([]);
  });

  it.each<[unknown]>([
    [{ by: 'name', value: '王小明' }],
    [{ by: 'bank_account', value: '6222021234567890' }],
    [{ by: 'phone', value: '138' }],
    [{ by: 'phone', value: '1'.repeat(41) }],
    [{ by: 'phone', value: '1380000\u00000000' }],
    [{ by: 'phone' }],
    [{ by: 'phone', value: '13800000000', all: true }],
  ])('takes nothing like %j', async (body) => {
    const admin = await signIn(app, { role: 'administrator' });
    expect((await problem(await find(admin, body), 400)).code).toBe('invalid_request');
  });

  it('is limited, and for nobody else', async () => {
    const admin = await signIn(app, { role: 'administrator' });
    const body = { by: 'phone', value: nextPhoneNumber() };
    for (let i = 0; i < 60; i++) expect((await find(admin, body)).status).toBe(200);
    expect((await problem(await find(admin, body), 429)).code).toBe('too_many_requests');
    for (const role of ['coordinator', 'supervisor', 'rider'] as const) {
      expect((await problem(await find(await signIn(app, { role }), body), 403)).code).toBe('not_allowed');
    }
    expect((await find({ headers: { cookie: '' } }, body)).status).toBe(401);
  });
});

describe('who looked at my data', () => {
  it('is shown to me, the newest first, and not to others', async () => {
    const rider = await signInRider(app);
    const other = await signInRider(app);
    await keep(rider, 'id_number', ID_NUMBER);
    const admin = await signIn(app, { role: 'administrator' });
    await app.post('/api/people/find', { by: 'id_number', value: ID_NUMBER }, admin.headers);
    await reveal(admin, rider.personId);
    const [{ name } = { name: '' }] = await connection.db.select().from(users).where(eq(users.id, admin.personId));
    const at = new Date(app.clock.nowMs).toISOString();
    expect(await looksOf(rider)).toEqual([
      { at, what: 'person.reveal', field: 'id_number', by: name, reason: '核对理赔材料' },
      { at, what: 'person.find', field: 'id_number', by: name, reason: null },
    ]);
    expect(await looksOf(other)).toEqual([]);
    expect(await looksOf(admin)).toEqual([]);
  });

  it('holds links to a new password for my account', async () => {
    const person = await signIn(app, { role: 'supervisor' });
    const admin = await signIn(app, { role: 'administrator' });
    const body = { username: person.username, reason: '忘记密码' };
    expect((await app.post('/api/people/resets', body, admin.headers)).status).toBe(201);
    expect(await looksOf(person)).toMatchObject([{ what: 'account.reset_link', field: null, reason: '忘记密码' }]);
  });
});
