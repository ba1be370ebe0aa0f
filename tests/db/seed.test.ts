import { eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../db/connect.ts';
import {
  crossings,
  jurisdictions,
  organisations,
  reachZones,
  servicePoints,
  siteReports,
  sites,
  sitesVersion,
} from '../../db/tables/places.ts';
import { makeDemoSites, seedDemo } from '../../seed/demo/load.ts';
import { seedBase, seedReference } from '../../seed/reference/load.ts';
import { seed } from '../../seed/seed.ts';
import { emptyTestDatabase, openTestDatabase, testEngines } from '../support/database.ts';

const TODAY = '2026-03-10';

describe.each(testEngines())('seeds on %s', (engine) => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await openTestDatabase(engine);
  });
  beforeEach(() => emptyTestDatabase(connection));
  afterAll(() => connection.close());

  const run = async (which: Parameters<typeof seed>[1]) => {
    const said: string[] = [];
    await seed(connection.db, which, { today: TODAY, onProgress: (message) => said.push(message) });
    return said;
  };
  const version = async () => (await connection.db.select().from(sitesVersion))[0]!.value;

  it('fill the base without a single place when none are wanted', async () => {
    expect(await run('none')).toEqual([]);
    const { db } = connection;
    expect(await db.$count(jurisdictions)).toBe(6 + 45);
    expect(await db.$count(jurisdictions, sql`shape is not null`)).toBe(6);
    expect(await db.$count(jurisdictions, sql`shape is not null and not ST_IsValid(shape)`)).toBe(0);
    expect(await db.$count(reachZones)).toBe(4);
    expect(await db.$count(crossings)).toBeGreaterThan(5);
    expect(await db.$count(organisations)).toBeGreaterThan(0);
    expect(await db.$count(sites)).toBe(0);
  });

  it('add the 76 real places, 50 of them with a point', async () => {
    expect(await run('reference')).toEqual(['Adding the real places …', '76 real places added.']);
    const { db } = connection;
    expect(await db.$count(sites)).toBe(76);
    expect(await db.$count(sites, sql`point is not null`)).toBe(50);
    expect(await db.$count(sites, eq(sites.demo, true))).toBe(0);
    const offices = await db.$count(servicePoints, eq(servicePoints.service, 'insurance_office'));
    expect(offices).toBe(45 + 1);
  });

  it('add the demo city beside the real places, with every service point and report', async () => {
    await run('demo');
    const { db } = connection;
    const made = makeDemoSites(TODAY);
    expect(await db.$count(sites, eq(sites.demo, true))).toBe(made.length);
    expect(await db.$count(sites)).toBe(made.length + 76);
    const demoIds = made.map(({ site }) => site.id);
    expect(await db.$count(servicePoints, inArray(servicePoints.siteId, demoIds))).toBe(
      made.reduce((sum, { services }) => sum + services.length, 0),
    );
    expect(await db.$count(siteReports)).toBe(made.reduce((sum, { reports }) => sum + (reports?.length ?? 0), 0));
    // One service point each comes first.
    expect(await db.$count(servicePoints, eq(servicePoints.position, 0))).toBe(made.length + 76);
  });

  it('leave a database that has places alone, and say so', async () => {
    await run('reference');
    expect(await run('demo')).toEqual(['The database has 76 places; they are left as they are.']);
    expect(await connection.db.$count(sites, eq(sites.demo, true))).toBe(0);
  });

  it('change nothing when they run twice, not even the version', async () => {
    const { db } = connection;
    await run('demo');
    const before = { version: await version(), sites: await db.select().from(sites).orderBy(sites.id) };
    await seedBase(db);
    expect(await seedReference(db)).toBe(0);
    expect(await seedDemo(db, { today: '2026-05-01' })).toBe(0);
    expect({ version: await version(), sites: await db.select().from(sites).orderBy(sites.id) }).toEqual(before);
  });

  it('keep what an operator has changed or taken away', async () => {
    const { db } = connection;
    await run('reference');
    await db.update(sites).set({ name: '新名字', status: 'closed_for_now' }).where(eq(sites.id, 'centre'));
    await db.delete(servicePoints).where(sql`site_id = 'centre' and service = 'skills'`);
    await db.update(crossings).set({ enabled: false });
    await seedBase(db);
    await seedReference(db);
    const [centre] = await db
      .select({ name: sites.name, status: sites.status })
      .from(sites)
      .where(eq(sites.id, 'centre'));
    expect(centre).toEqual({ name: '新名字', status: 'closed_for_now' });
    expect(await db.$count(servicePoints, eq(servicePoints.siteId, 'centre'))).toBe(11);
    expect(await db.$count(crossings, eq(crossings.enabled, true))).toBe(0);
  });

  it('lie in their districts as the database sees it', async () => {
    await run('demo');
    const strays = await connection.sql`
      select sites.id from sites join jurisdictions on jurisdictions.code = sites.district_code
      where point is not null and not ST_Covers(jurisdictions.shape, point)`;
    expect([...strays]).toEqual([]);
  });
});
