import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import { openSiteStore } from '../../api/places/site-store.ts';
import { connectDatabase, type Connection } from '../../db/connect.ts';
import { organisations, servicePoints, sites } from '../../db/tables/places.ts';
import { readCrossings, readReachZones } from '../../seed/reference/data.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { addSite, addSites, AT, createTestApp, eastOf, makeSite, type TestApp } from '../support/factories.ts';

/** What a rider at the centre is told is nearest. */
async function nearestId(app: TestApp, query = ''): Promise<string | undefined> {
  const { lng, lat } = AT.centre;
  const response = await app.request(`/api/sites/nearest?lng=${lng}&lat=${lat}&limit=1${query}`);
  const { reachable } = (await response.json()) as { reachable: { site: { id: string } }[] };
  return reachable[0]?.site.id;
}

async function snapshotIds(app: TestApp): Promise<string[]> {
  const { features } = (await (await app.request('/api/sites')).json()) as { features: { id: string }[] };
  return features.map(({ id }) => id);
}

/** Resolves when a store shows what it was not asked to look for. */
const told = (shows: () => unknown) => vi.waitUntil(() => Boolean(shows()), { timeout: 20_000, interval: 5 });
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

describe.each(testEngines())('the places in memory, on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;

  beforeEach(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection);
  });
  afterEach(async () => {
    await app.close();
    await connection.close();
  });

  it('show a new place, and a nearer one before it', async () => {
    expect(await nearestId(app)).toBeUndefined();
    const far = await addSite(connection.db, { point: eastOf(AT.centre, 500) });
    await app.store.refresh();
    expect(await nearestId(app)).toBe(far);
    const near = await addSite(connection.db, { point: eastOf(AT.centre, 100) });
    await app.store.refresh();
    expect(await nearestId(app)).toBe(near);
    expect((await snapshotIds(app)).sort()).toEqual([far, near].sort());
  });

  it('follow a place that moves, loses its point and gets it back', async () => {
    const [mover, other] = await addSites(
      connection.db,
      makeSite({ point: eastOf(AT.centre, 100) }),
      makeSite({ point: eastOf(AT.centre, 300) }),
    );
    const move = async (change: Partial<typeof sites.$inferInsert>) => {
      await connection.db.update(sites).set(change).where(eq(sites.id, mover!));
      await app.store.refresh();
    };
    await move({ point: eastOf(AT.centre, 900) });
    expect(await nearestId(app)).toBe(other);
    await move({ point: null, precisionM: null });
    expect(await nearestId(app)).toBe(other);
    expect(await snapshotIds(app)).toContain(mover);
    await move({ point: AT.centre, precisionM: 20 });
    expect(await nearestId(app)).toBe(mover);
  });

  it('show the new name of a keeper on its places', async () => {
    await connection.db.insert(organisations).values({ id: 'keeper', kind: 'bank', name: '旧名银行' });
    const id = await addSite(connection.db, { organisationId: 'keeper' });
    await connection.db.update(organisations).set({ name: '新名银行' }).where(eq(organisations.id, 'keeper'));
    await app.store.refresh();
    expect(String(app.store.find(id)!.json)).toContain('新名银行');
  });

  it('remember after a restart that a place now planned was once shown', async () => {
    const [shown, never] = await addSites(connection.db, makeSite(), makeSite({ status: 'planned' }));
    await connection.db.update(sites).set({ status: 'planned' }).where(eq(sites.id, shown!));
    const restarted = await openSiteStore(connection, app.network, (error) => {
      throw error;
    });
    expect(restarted.findRemoved(shown!)).toMatchObject({ id: shown });
    expect(restarted.findRemoved(never!)).toBeUndefined();
    await restarted.close();
  });

  it('let go of a place that closes for good, and take it back', async () => {
    const id = await addSite(connection.db);
    const setStatus = async (status: 'open' | 'closed_for_good' | 'closed_for_now') => {
      await connection.db.update(sites).set({ status }).where(eq(sites.id, id));
      await app.store.refresh();
    };
    await setStatus('closed_for_good');
    expect(await nearestId(app)).toBeUndefined();
    expect(app.store.findRemoved(id)).toMatchObject({ id, replacedBy: null });
    await setStatus('open');
    expect(await nearestId(app)).toBe(id);
    expect(app.store.findRemoved(id)).toBeUndefined();
    await setStatus('closed_for_now');
    expect(await nearestId(app)).toBe(id);
    expect(await nearestId(app, '&open=now')).toBeUndefined();
  });

  it('follow service points that are changed, added and taken away', async () => {
    const id = await addSite(connection.db, {}, [{ service: 'rest', hours: '20:00-21:00' }]);
    await app.store.refresh();
    expect(await nearestId(app, '&open=now')).toBeUndefined();
    await connection.db.update(servicePoints).set({ hours: '24/7' }).where(eq(servicePoints.siteId, id));
    await app.store.refresh();
    expect(await nearestId(app, '&open=now')).toBe(id);
    await connection.db.insert(servicePoints).values({ siteId: id, service: 'water', facilities: { toilet: true } });
    await app.store.refresh();
    expect(await nearestId(app, '&service=water&facilities=toilet')).toBe(id);
    await connection.db.delete(servicePoints).where(eq(servicePoints.service, 'water'));
    await app.store.refresh();
    expect(await nearestId(app, '&service=water')).toBeUndefined();
  });

  it('say when they have changed, once the change can be read, until nobody listens any more', async () => {
    const heard: [number, boolean][] = [];
    const stop = app.store.onChange(() => heard.push([app.store.version, app.store.find('heard-of') !== undefined]));
    await addSite(connection.db, { id: 'heard-of' });
    await app.store.refresh();
    await app.store.refresh();
    expect(heard).toEqual([[app.store.version, true]]);
    stop();
    await addSite(connection.db);
    await app.store.refresh();
    expect(heard).toHaveLength(1);
  });

  it('show nothing of a transaction that was rolled back', async () => {
    const { version } = app.store;
    const rolledBack = connection.db.transaction(async (tx) => {
      await tx.insert(sites).values(makeSite().site);
      throw new Error('changed my mind');
    });
    await expect(rolledBack).rejects.toThrow('changed my mind');
    await app.store.refresh();
    expect(app.store.version).toBe(version);
    expect(await snapshotIds(app)).toEqual([]);
  });

  it('end up the same as places loaded afresh, after many changes at once', async () => {
    const ids = await addSites(
      connection.db,
      ...Array.from({ length: 30 }, (_, i) => makeSite({ point: eastOf(AT.centre, 10 * i) })),
    );
    await Promise.all(
      ids.map(async (id, i) => {
        const { db } = connection;
        if (i % 5 === 0) await db.update(sites).set({ status: 'closed_for_good' }).where(eq(sites.id, id));
        if (i % 5 === 1)
          await db
            .update(sites)
            .set({ point: eastOf(AT.north, i) })
            .where(eq(sites.id, id));
        if (i % 5 === 2) await db.update(servicePoints).set({ hours: '24/7' }).where(eq(servicePoints.siteId, id));
        if (i % 5 === 3) await addSite(db);
        await app.store.refresh();
      }),
    );
    await app.store.refresh();
    const fresh = await createTestApp(connection);
    expect(app.store.version).toBe(fresh.store.version);
    expect(app.store.sites).toEqual(fresh.store.sites);
    expect(app.store.sites.map(({ id }) => app.store.find(id))).toEqual(app.store.sites);
    expect(app.store.removed.toSorted(byId)).toEqual(fresh.store.removed.toSorted(byId));
    await fresh.close();
  });

  it('are told of a commit on another connection, without being asked', async () => {
    const other = connection.openClient();
    await other`
      insert into sites (id, name, point, precision_m)
      values ('from-elsewhere', '别处', ST_SetSRID(ST_MakePoint(118.118, 24.4885), 4326), 20)`;
    await told(() => app.store.find('from-elsewhere'));
    expect(await nearestId(app)).toBe('from-elsewhere');
    await other.end();
  });

  it.runIf(engine === 'postgresql')('are the same in two processes that share a server', async () => {
    const [{ name }] = await connection.sql<[{ name: string }]>`select current_database() as name`;
    const url = new URL(process.env.TEST_DATABASE_URL!);
    url.pathname = `/${name}`;
    const second = await connectDatabase({ url: url.href, dataDir: '', poolSize: 2 });
    const errors: unknown[] = [];
    const network = createLandNetwork(readReachZones(), readCrossings());
    const theirs = await openSiteStore(second, network, (error) => errors.push(error));

    const mine = await addSite(connection.db);
    await told(() => theirs.find(mine));
    const other = await addSite(second.db);
    await told(() => app.store.find(other));
    await second.db.update(sites).set({ status: 'closed_for_good' }).where(eq(sites.id, mine));
    await told(() => app.store.findRemoved(mine));
    expect(await snapshotIds(app)).toEqual([other]);

    expect(errors).toEqual([]);
    await theirs.close();
    await second.close();
  });

  it.runIf(engine === 'postgresql')('catch up on what was committed while their connection was lost', async () => {
    const admin = connection.openClient();
    await admin`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query ilike '%listen%'`;
    await admin`
      insert into sites (id, name, point, precision_m)
      values ('meanwhile', '其间', ST_SetSRID(ST_MakePoint(118.118, 24.4885), 4326), 20)`;
    await told(() => app.store.find('meanwhile'));
    await admin.end();
  });
});
