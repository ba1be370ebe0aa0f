import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OfficeSite } from '#domain/places/office-contract.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Connection } from '../../db/connect.ts';
import { makeActor, signedInAs } from '../support/actors.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';
import { addSite, createTestApp, NOON, type TestApp } from '../support/factories.ts';

const [STREET, NEXT_STREET] = ['350203001', '350203002'];
const officer = makeActor('officer', { role: 'officer', jurisdictionCode: STREET! });
const neighbour = makeActor('neighbour', { role: 'officer', jurisdictionCode: NEXT_STREET! });
const supervisor = makeActor('supervisor', { role: 'supervisor' });

describe.each(testEngines())('a place whole, for its office, on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  let id: string;

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    await emptyTestDatabase(connection);
    app = await createTestApp(connection);
    id = await addSite(connection.db, { streetCode: STREET!, districtCode: '350203' });
    await app.store.refresh();
  });
  afterAll(async () => {
    await app.close();
    await connection.close();
  });

  const ask = (actor: Actor | null, siteId = id) =>
    app.request(`/api/office/sites/${siteId}`, actor ? { headers: signedInAs(actor) } : {});

  it('comes with its revision, its facts and what riders say of it', async () => {
    const observedAt = new Date(NOON).toISOString();
    const report = { id: randomUUID(), kind: 'hours_wrong', observedAt, note: '关着' };
    expect((await app.post(`/api/sites/${id}/reports`, report)).status).toBeLessThan(300);
    const response = await ask(officer);
    expect(response.status).toBe(200);
    const site = OfficeSite.parse(await response.json());
    expect(response.headers.get('etag')).toBe(`"r${site.revision}"`);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(site).toMatchObject({ id, mayEdit: true, document: { streetCode: STREET }, organisation: null });
    expect(site.facts.map(({ fact }) => fact)).toEqual(['location', 'hours', 'facilities']);
    expect(site.reports).toMatchObject([{ kind: 'hours_wrong', count: 1, reportIds: [report.id], notes: ['关着'] }]);
  });

  it('says who may only look at it', async () => {
    expect(OfficeSite.parse(await (await ask(supervisor)).json()).mayEdit).toBe(false);
  });

  it.each([
    ['nobody', null, 401, 'not_signed_in'],
    ['another street', neighbour, 404, 'site_not_found'],
  ] as const)('is not shown to %s', async (_who, actor, status, code) => {
    const response = await ask(actor);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });

  it('that does not exist is said so', async () => {
    expect((await ask(officer, 'no-such-place')).status).toBe(404);
  });
});
