/** Sites for tests, and the service around them. Each test makes the places it speaks of. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type AppDependencies } from '../../api/app.ts';
import { readConfig } from '../../api/config.ts';
import { getReachData } from '../../api/places/city.ts';
import { openSiteStore, type SiteStore } from '../../api/places/site-store.ts';
import { createLandNetwork, type LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import { holidayCalendar } from '#domain/time/holiday-source.ts';
import type { Connection, Database } from '../../db/connect.ts';
import { insertSites } from '../../seed/insert-sites.ts';
import { createImportJobs, type ImportJobs } from '../../api/places/import/import-jobs.ts';
import { runCheck } from '../../api/places/import/run-check.ts';
import { seedBase } from '../../seed/reference/load.ts';
import { findTestActor } from './actors.ts';
import type { ServiceSeed, SiteSeed } from '../../seed/site-seed.ts';

/** Noon on an ordinary Tuesday in Xiamen. */
export const NOON = Date.parse('2026-03-10T12:00:00+08:00');

/** Where tests stand: on the island unless the name says otherwise. */
export const AT = {
  centre: { lng: 118.118, lat: 24.4885 },
  north: { lng: 118.13, lat: 24.53 },
  gulangyu: { lng: 118.067, lat: 24.447 },
  jimei: { lng: 118.1, lat: 24.6 },
  haicang: { lng: 118.03, lat: 24.48 },
  bridge: { lng: 118.103, lat: 24.5545 },
  farSea: { lng: 118.35, lat: 24.42 },
} as const satisfies Record<string, Point>;

/** About that many metres to the east of a point in Xiamen. */
export function eastOf({ lng, lat }: Point, metres: number): Point {
  return { lng: lng + metres / 101_350, lat };
}

let made = 0;

/** An open rest stop at the centre with hours not known, and whatever is said otherwise. */
export function makeSite(
  { id = `place-${++made}`, point = AT.centre, ...site }: Partial<SiteSeed['site']> = {},
  services: ServiceSeed[] = [{ service: 'rest' }],
): SiteSeed {
  const precisionM = point === null ? null : 50;
  return { site: { id, name: `驿站 ${id}`, point, precisionM, access: 'open', ...site }, services };
}

/** Stores sites as `makeSite` makes them, in one transaction, and returns their ids. */
export async function addSites(db: Database, ...seeds: SiteSeed[]): Promise<string[]> {
  await db.transaction((tx) => insertSites(tx, seeds));
  return seeds.map(({ site }) => site.id);
}

export async function addSite(db: Database, ...of: Parameters<typeof makeSite>): Promise<string> {
  const [id] = await addSites(db, makeSite(...of));
  return id!;
}

export type TestApp = {
  store: SiteStore;
  network: LandNetwork;
  /** The clock that the service reads; set it forward at will. */
  clock: { nowMs: number };
  /** Everything the service logged. */
  log: string[];
  importJobs: ImportJobs;
  request: (path: string, init?: RequestInit) => Promise<Response>;
  /** A POST of JSON. A string is sent as it stands. */
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
  close: () => Promise<void>;
};

/**
 * The service on a database, with the city's base data, without a web app. Close it before the connection. What a test
 * writes past the API is seen after `store.refresh()`.
 */
export async function createTestApp(
  connection: Connection,
  options: Partial<Omit<AppDependencies, 'connection' | 'store' | 'clock' | 'log'>> = {},
): Promise<TestApp> {
  await seedBase(connection.db);
  const reach = await getReachData(connection.db);
  const network = createLandNetwork(reach.zones, reach.crossings);
  const log: string[] = [];
  const store = await openSiteStore(connection, network, (error) => log.push(`following failed: ${String(error)}`));
  const clock = { nowMs: NOON };
  const uploadsDir = await mkdtemp(join(tmpdir(), 'luyi-test-uploads-'));
  const importJobs = createImportJobs({
    connection,
    uploadsDir,
    clock: () => clock.nowMs,
    log: (line) => log.push(line),
    runCheck, // starting a worker takes longer than most tests
  });
  const app = createApp({
    connection,
    store,
    network,
    reach,
    calendar: holidayCalendar([2025, 2026, 2027]),
    baseMap: readConfig({}, '/').baseMap,
    clock: () => clock.nowMs,
    trustedProxies: 0,
    findActor: findTestActor,
    importJobs,
    log: (line) => log.push(line),
    ...options,
  });
  return {
    store,
    network,
    clock,
    log,
    importJobs,
    request: async (path, init) => app.request(path, init),
    post: async (path, body, headers = {}) =>
      app.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async close() {
      await importJobs.close();
      await store.close();
      await rm(uploadsDir, { recursive: true, force: true });
    },
  };
}
