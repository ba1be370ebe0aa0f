import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#domain/accounts/demo-accounts.ts';
import { isStaff, ROLES } from '#domain/accounts/roles.ts';
import { verifyAudit } from '../../api/platform/audit.ts';
import type { Connection } from '../../db/connect.ts';
import { credentials, memberships, sessions, users } from '../../db/tables/accounts.ts';
import { jurisdictions, sites } from '../../db/tables/places.ts';
import { settleDemoAccounts } from '../../seed/demo/accounts.ts';
import { DEMO_KINDS } from '../../seed/demo/kinds.ts';
import { seedBase } from '../../seed/reference/load.ts';
import { cookiesOf } from '../support/accounts.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { addSite, createTestApp, NOON } from '../support/factories.ts';

const of = (username: string) => DEMO_ACCOUNTS.find((account) => account.username === username)!;

describe.each(testEngines())('demo accounts on %s', (engine) => {
  let connection: Connection;
  const said: string[] = [];
  const settle = (wanted: boolean) =>
    settleDemoAccounts(connection.db, { wanted, nowMs: NOON, onProgress: (line) => said.push(line) });

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  beforeEach(async () => {
    await emptyTestDatabase(connection);
    await seedBase(connection.db);
    said.length = 0;
  });
  afterAll(() => connection.close());

  it('are one for every role of staff', () => {
    expect(DEMO_ACCOUNTS.map(({ role }) => role).sort()).toEqual(ROLES.filter(isStaff).sort());
  });

  it('are made once, marked, each with its role, by whichever process is first', async () => {
    await addSite(connection.db, { demo: true });
    expect(await Promise.all([settle(true), settle(true)])).toEqual([true, true]);
    expect(await settle(true)).toBe(true);
    const rows = await connection.db
      .select({ username: users.username, demo: users.demo, role: memberships.role })
      .from(users)
      .innerJoin(memberships, eq(memberships.userId, users.id));
    expect(rows.map(({ username, role, demo }) => [username, role, demo]).sort()).toEqual(
      DEMO_ACCOUNTS.map(({ username, role }) => [username, role, true]).sort(),
    );
    expect(said.join('\n')).toContain(DEMO_PASSWORD);
    expect((await verifyAudit(connection.db)).fault).toBeNull();
  });

  it('have a street, a district and an organisation that there are', async () => {
    const places = await connection.db.select().from(jurisdictions);
    const named = (code: string | undefined) => places.find((place) => place.code === code)?.name;
    expect([named(of('officer').jurisdictionCode), named(of('district').jurisdictionCode)]).toEqual([
      '嘉莲街道',
      '思明区',
    ]);
    expect(DEMO_KINDS.some(({ organisationId }) => organisationId === of('keeper').organisationId)).toBe(true);
  });

  it('are not made in a database without the demo city, nor where no demo is wanted', async () => {
    await addSite(connection.db);
    expect(await settle(true)).toBe(false);
    await connection.db.update(sites).set({ demo: true });
    expect(await settle(false)).toBe(false);
    expect(await connection.db.$count(users)).toBe(0);
  });

  it('are shut when the demo is over, their sessions too, and opened when it comes back', async () => {
    await addSite(connection.db, { demo: true });
    await settle(true);
    const app = await createTestApp(connection, { demo: true });
    const signIn = () => app.post('/api/auth/sign-in/username', { username: 'admin', password: DEMO_PASSWORD });
    const cookie = cookiesOf(await signIn());
    expect(await (await app.request('/api/me', { headers: { cookie } })).json()).toMatchObject({
      person: { demo: true, username: 'admin' },
    });
    expect(await settle(false)).toBe(false);
    expect(said.at(-1)).toContain('shut');
    expect((await app.request('/api/me', { headers: { cookie } })).status).toBe(401);
    expect((await signIn()).status).toBe(401);
    expect([await connection.db.$count(credentials), await connection.db.$count(sessions)]).toEqual([0, 0]);
    await settle(true);
    expect((await signIn()).status).toBe(200);
    expect(await connection.db.$count(users)).toBe(DEMO_ACCOUNTS.length);
    await app.close();
  });

  it('leave a real person their name', async () => {
    await addSite(connection.db, { demo: true });
    await connection.db
      .insert(users)
      .values({ id: 'real', name: '真人', username: 'admin', email: 'real@test.invalid' });
    await settle(true);
    const [real] = await connection.db.select().from(users).where(eq(users.username, 'admin'));
    expect(real).toMatchObject({ id: 'real', demo: false });
    expect(await connection.db.$count(memberships, eq(memberships.userId, 'real'))).toBe(0);
    await settle(false);
    expect(await connection.db.$count(users, eq(users.id, 'real'))).toBe(1);
  });
});
