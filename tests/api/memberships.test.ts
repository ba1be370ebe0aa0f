import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemBody } from '../../api/http/problem.ts';
import type { Connection } from '../../db/connect.ts';
import { memberships } from '../../db/tables/accounts.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { addStaff, signIn, type SignedIn, signInRider } from '../support/accounts.ts';
import { openTestDatabase } from '../support/database.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';

let connection: Connection;
let app: TestApp;
let admin: SignedIn;

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection);
  admin = await signIn(app, { role: 'administrator' });
});
afterAll(async () => {
  await app.close();
  await connection.close();
});

type Row = { id: string; userId: string; role: string; jurisdiction: string | null; endedAt: string | null };
type Page = { memberships: Row[]; next: string | null };
const list = async (who: SignedIn, query = '') =>
  (await (await app.request(`/api/memberships${query}`, { headers: who.headers })).json()) as Page;
const grant = (body: unknown, who: SignedIn = admin) => app.post('/api/memberships', body, who.headers);
const end = (id: string, who: SignedIn = admin) => app.post(`/api/memberships/${id}/end`, '', who.headers);
async function problem(response: Response, status: number): Promise<ProblemBody> {
  expect(response.status).toBe(status);
  return ProblemBody.parse(await response.json());
}

describe('an administrator', () => {
  it('makes an account, gives it a role and takes it away; all of it is in the trail', async () => {
    const made = await app.post(
      '/api/people',
      { username: 'Lin.Xiaomei', name: '林小梅', password: 'a password of hers' },
      admin.headers,
    );
    expect(made.status).toBe(201);
    const { id: userId } = (await made.json()) as { id: string };
    const given = await grant({ username: 'lin.xiaomei', role: 'officer', jurisdictionCode: '350203011' });
    expect(given.status).toBe(201);
    const { id } = (await given.json()) as { id: string };
    const row = (await list(admin)).memberships.find((membership) => membership.id === id);
    expect(row).toMatchObject({
      userId,
      name: '林小梅',
      username: 'lin.xiaomei',
      role: 'officer',
      jurisdictionCode: '350203011',
      jurisdiction: '嘉莲街道',
      endedAt: null,
    });
    expect((await end(id)).status).toBe(200);
    expect((await problem(await end(id), 404)).code).toBe('membership_not_found');
    const deeds = await connection.db.select().from(auditRecords).where(eq(auditRecords.actorId, admin.personId));
    expect(deeds.map(({ action }) => action)).toEqual(['account.create', 'membership.grant', 'membership.end']);
    expect(JSON.stringify(deeds)).not.toContain('a password of hers');
    // A role that has ended can be given again.
    expect((await grant({ userId, role: 'officer', jurisdictionCode: '350203011' })).status).toBe(201);
  });

  it.each([
    ['name_taken', 409, { username: 'Taken', name: 'x', password: 'long enough password' }],
    ['invalid_request', 400, { username: 'ab', name: 'x', password: 'long enough password' }],
    ['invalid_request', 400, { username: 'with space', name: 'x', password: 'long enough password' }],
    ['invalid_request', 400, { username: 'name', name: '', password: 'long enough password' }],
    ['invalid_request', 400, { username: 'name', name: 'x', password: 'too short' }],
    ['invalid_request', 400, { username: 'name', name: 'x', password: 'long enough password', demo: true }],
  ])('is told %s (%i) for %j', async (code, status, body) => {
    if (code === 'name_taken') await app.post('/api/people', { ...body, username: 'taken' }, admin.headers);
    expect((await problem(await app.post('/api/people', body, admin.headers), status)).code).toBe(code);
  });

  it.each<[string, number, Record<string, unknown>]>([
    ['person_not_found', 404, { username: 'nobody_here', role: 'supervisor' }],
    ['person_not_found', 404, { userId: 'nobody-here', role: 'supervisor' }],
    ['invalid_request', 400, { role: 'supervisor' }],
    ['invalid_request', 400, { username: 'x', userId: 'y', role: 'supervisor' }],
    ['invalid_request', 400, { username: 'x', role: 'king' }],
    ['invalid_request', 400, { username: 'x', role: 'supervisor', grantedBy: 'me' }],
  ])('is told %s (%i) for %j', async (code, status, body) => {
    expect((await problem(await grant(body), status)).code).toBe(code);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ role: 'officer' }, 'jurisdictionCode'],
    [{ role: 'officer', jurisdictionCode: '350203' }, 'jurisdictionCode'],
    [{ role: 'officer', jurisdictionCode: '999999999' }, 'jurisdictionCode'],
    [{ role: 'officer', jurisdictionCode: '350203011', organisationId: 'xiamen-ftu' }, 'organisationId'],
    [{ role: 'district_officer', jurisdictionCode: '350203011' }, 'jurisdictionCode'],
    [{ role: 'keeper' }, 'organisationId'],
    [{ role: 'keeper', organisationId: 'no-such' }, 'organisationId'],
    [{ role: 'keeper', organisationId: 'xiamen-ftu', jurisdictionCode: '350203' }, 'jurisdictionCode'],
    [{ role: 'coordinator', organisationId: 'xiamen-ftu' }, 'organisationId'],
    [{ role: 'administrator', jurisdictionCode: '350203' }, 'jurisdictionCode'],
  ])('gives no role where it is not held: %j', async (membership, path) => {
    const { username } = await addStaff(app, []);
    const { errors } = await problem(await grant({ username, ...membership }), 400);
    expect(errors?.map((error) => error.path)).toEqual([path]);
    expect((await list(admin)).memberships.some((row) => 'username' in row && row.username === username)).toBe(false);
  });

  it('gives the same role in the same place once, also when asked twice at once', async () => {
    const { username } = await addStaff(app, []);
    const body = { username, role: 'keeper', organisationId: 'xiamen-ftu' };
    const answers = await Promise.all([grant(body), grant(body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await grant({ username, role: 'keeper', organisationId: 'icbc-jiangtou' })).status).toBe(201);
  });

  it('makes no staff of somebody who signs in by phone only', async () => {
    const rider = await signInRider(app);
    expect((await problem(await grant({ userId: rider.personId, role: 'supervisor' }), 409)).code).toBe(
      'needs_password',
    );
    expect((await app.request('/api/me', { headers: rider.headers })).status).toBe(200);
  });

  it('cannot take the last administrator’s role', async () => {
    const rows = await connection.db.select().from(memberships).where(eq(memberships.userId, admin.personId));
    expect((await problem(await end(rows[0]!.id), 409)).code).toBe('last_administrator');
  });

  it('reads the list page by page, every membership once', async () => {
    for (let i = 0; i < 230; i++) {
      await connection.db
        .insert(memberships)
        .values({ userId: admin.personId, role: 'officer', jurisdictionCode: '350203011', endedAt: new Date(0) });
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page: Page = await list(admin, cursor ? `?cursor=${cursor}` : '');
      seen.push(...page.memberships.map(({ id }) => id));
      cursor = page.next;
      pages += 1;
    } while (cursor);
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(await connection.db.$count(memberships));
  });

  it.each(['?cursor=x', '?cursor=1%00', '?cursor='])('is told that %s is no page', async (query) => {
    const response = await app.request(`/api/memberships${query}`, { headers: admin.headers });
    expect(response.status).toBe(400);
  });
});

describe('others', () => {
  it('see the list as supervisors, and change nothing', async () => {
    const supervisor = await signIn(app, { role: 'supervisor' });
    expect((await list(supervisor)).memberships.length).toBeGreaterThan(0);
    const { username } = await addStaff(app, []);
    expect((await problem(await grant({ username, role: 'administrator' }, supervisor), 403)).code).toBe('not_allowed');
    const [some] = (await list(supervisor)).memberships;
    expect((await end(some!.id, supervisor)).status).toBe(403);
    const body = { username: 'somebody', name: 'x', password: 'long enough password' };
    expect((await app.post('/api/people', body, supervisor.headers)).status).toBe(403);
  });

  it.each(['officer', 'coordinator', 'mediator'] as const)('see nothing as %s', async (role) => {
    const home = {
      officer: { jurisdictionCode: '350203011' },
      coordinator: {},
      mediator: { organisationId: 'xiamen-ftu' },
    };
    const person = await signIn(app, { role, ...home[role] });
    expect((await app.request('/api/memberships', { headers: person.headers })).status).toBe(403);
  });
});
