/** Sites for tests, and the service around them. Each test makes the places it speaks of. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Accounts, createAccounts } from '../../api/accounts/accounts.ts';
import { createApp, type AppDependencies } from '../../api/app.ts';
import { otherRoomsData } from '../../api/other-rooms-data.ts';
import { readConfig } from '../../api/config.ts';
import {
  createEmployerFileJobs,
  type EmployerFileJobs,
} from '../../api/insurance/employer-files/employer-file-jobs.ts';
import { readEmployerTable } from '../../api/insurance/employer-files/read-employer-table.ts';
import type { FindActor } from '../../api/http/actor.ts';
import { developmentOutbox, outboxFile } from '../../api/platform/notifications/development-outbox.ts';
import type { SendMessage } from '../../api/platform/notifications/message.ts';
import { simulatedPayments } from '../../api/platform/payments/simulated-payments.ts';
import { createFiles, type Files } from '../../api/platform/files/files.ts';
import { openLocalStorage } from '../../api/platform/files/local-storage.ts';
import type { FileStorage } from '../../api/platform/files/storage.ts';
import { openVault } from '../../api/platform/vault.ts';
import { getReachData } from '../../api/places/city.ts';
import type { Actor, Role } from '#domain/accounts/roles.ts';
import { openSiteStore, type SiteStore } from '../../api/places/site-store.ts';
import { createLandNetwork, type LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import { compileHolidays } from '#domain/time/holidays.ts';
import { holidayCalendar } from '#domain/time/holiday-source.ts';
import type { Connection, Database } from '../../db/connect.ts';
import { insertSites } from '../../seed/insert-sites.ts';
import { createImportJobs, type ImportJobs } from '../../api/places/import/import-jobs.ts';
import { runCheck } from '../../api/places/import/run-check.ts';
import { seedBase } from '../../seed/reference/load.ts';
import { findTestActor } from './actors.ts';
import { TEST_MASTER_KEY } from './test-master-key.ts';
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

export type SentMessage = { to: string; text: string; code: string | null };
/** Somebody with one role: a code of digits is a jurisdiction, anything else an organisation. */
export function makeActor(role: Role, home: string | null = null): Actor {
  const isCode = home !== null && /^\d+$/.test(home);
  const membership = { role, organisationId: isCode ? null : home, jurisdictionCode: isCode ? home : null };
  return { personId: `person-${role}-${home ?? 'city'}`, memberships: [membership] };
}

export type TestApp = {
  connection: Connection;
  accounts: Accounts;
  /** Every message to a phone, in the order in which they were sent. */
  outbox: () => Promise<SentMessage[]>;
  store: SiteStore;
  network: LandNetwork;
  /** The clock that the service reads; set it forward at will. */
  clock: { nowMs: number };
  /** Everything the service logged. */
  log: string[];
  /** Who is signed in, by the Authorization header of a request. */
  actors: Map<string, Actor>;
  /** A request of somebody who is signed in, with a body as JSON unless it is a string. */
  as: (
    actor: Actor,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>;
  importJobs: ImportJobs;
  files: Files;
  /** Where its files lie. */
  filesFolder: string;
  employerFileJobs: EmployerFileJobs;
  request: (path: string, init?: RequestInit) => Promise<Response>;
  /** The same as a handler, for a server in front of it. */
  fetch: ReturnType<typeof createApp>['fetch'];
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
  {
    demo = false,
    sendMessage,
    storage,
    ...options
  }: Partial<Omit<AppDependencies, 'accounts' | 'connection' | 'store' | 'clock' | 'log'>> & {
    demo?: boolean;
    sendMessage?: SendMessage;
    storage?: FileStorage;
  } = {},
): Promise<TestApp> {
  await seedBase(connection.db);
  const reach = await getReachData(connection.db);
  const network = createLandNetwork(reach.zones, reach.crossings);
  const log: string[] = [];
  const store = await openSiteStore(connection, network, (error) => log.push(`following failed: ${String(error)}`));
  const clock = { nowMs: NOON };
  const dataDir = await mkdtemp(join(tmpdir(), 'luyi-test-'));
  const vault = await openVault(connection.db, TEST_MASTER_KEY);
  const filesFolder = join(dataDir, 'files');
  const files = createFiles({
    db: connection.db,
    vault,
    storage: storage ?? (await openLocalStorage(filesFolder)),
    clock: () => clock.nowMs,
    log: (line) => log.push(line),
  });
  const accounts = createAccounts({
    db: connection.db,
    vault,
    ...otherRoomsData(
      { db: connection.db, vault, holidays: compileHolidays(holidayCalendar([2026])) },
      () => clock.nowMs,
    ),
    sendMessage: sendMessage ?? developmentOutbox(dataDir, () => {}),
    clock: () => clock.nowMs,
    trustedProxies: options.trustedProxies ?? 0,
    publicUrl: options.publicUrl,
    demo,
  });
  const actors = new Map<string, Actor>();
  const findActor: FindActor = async (headers) =>
    actors.get(headers.get('authorization') ?? '') ?? (await findTestActor(headers)) ?? accounts.findActor(headers);
  const importJobs = createImportJobs({
    connection,
    uploadsDir: join(dataDir, 'uploads'),
    clock: () => clock.nowMs,
    log: (line) => log.push(line),
    runCheck, // starting a worker takes longer than most tests
  });
  const payments = options.payments ?? { current: simulatedPayments, all: [simulatedPayments] };
  const employerFileJobs = createEmployerFileJobs({
    connection,
    vault,
    sendMessage: accounts.sendMessage,
    payments,
    clock: () => clock.nowMs,
    log: (line) => log.push(line),
    read: readEmployerTable,
  });
  const app = createApp({
    connection,
    accounts: { ...accounts, findActor },
    store,
    network,
    reach,
    calendar: holidayCalendar([2025, 2026, 2027]),
    baseMap: readConfig({}, '/').baseMap,
    clock: () => clock.nowMs,
    trustedProxies: 0,
    importJobs,
    files,
    payments,
    employerFileJobs,
    log: (line) => log.push(line),
    ...options,
  });
  return {
    connection,
    accounts,
    outbox: async () => {
      const lines = await readFile(outboxFile(dataDir), 'utf8').catch(() => '');
      return lines
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as SentMessage);
    },
    store,
    network,
    clock,
    log,
    actors,
    as: async (actor, method, path, body, headers = {}) => {
      actors.set(actor.personId, actor);
      return app.request(path, {
        method,
        headers: {
          authorization: actor.personId,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
    },
    importJobs,
    files,
    filesFolder,
    employerFileJobs,
    request: async (path, init) => app.request(path, init),
    fetch: app.fetch,
    post: async (path, body, headers = {}) =>
      app.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    close: async () => {
      await importJobs.close();
      await employerFileJobs.close();
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
