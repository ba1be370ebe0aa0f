/**
 * The server that the nearest bench asks: the program's own app over a database of synthetic sites, with the rivals
 * mounted beside it. DATABASE_URL, and REDIS_PORT when there is one. Says `ready {…}` with what it took to get there.
 */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import { holidayCalendar } from '#domain/time/holiday-source.ts';
import { createAccounts } from '../../api/accounts/accounts.ts';
import { createApp } from '../../api/app.ts';
import { readConfig } from '../../api/config.ts';
import { parseMasterKey } from '../../api/platform/master-key.ts';
import { simulatedPayments } from '../../api/platform/payments/simulated-payments.ts';
import { createFiles } from '../../api/platform/files/files.ts';
import { openLocalStorage } from '../../api/platform/files/local-storage.ts';
import { openVault } from '../../api/platform/vault.ts';
import { getReachData } from '../../api/places/city.ts';
import { createImportJobs } from '../../api/places/import/import-jobs.ts';
import { openSiteStore } from '../../api/places/site-store.ts';
import { connectDatabase } from '../../db/connect.ts';
import { RedisClient } from './redis.ts';
import { mountRivals } from './rivals.ts';

const url = process.env.DATABASE_URL!;
/** A Tuesday at 15:00 in Xiamen: most places are open. The clock runs on from there. */
const STARTS_AT_MS = Date.parse('2026-03-10T15:00:00+08:00');
const clock = () => STARTS_AT_MS + performance.now();

const connection = await connectDatabase({ url, dataDir: '', poolSize: 10 });
const reach = await getReachData(connection.db);
const network = createLandNetwork(reach.zones, reach.crossings);
const startedAt = performance.now();
const store = await openSiteStore(connection, network, (error) => console.error(error));
const loadMs = performance.now() - startedAt;
globalThis.gc?.();
const rssMb = process.memoryUsage().rss / 2 ** 20;

const calendar = holidayCalendar([2025, 2026, 2027]);
const vault = await openVault(connection.db, parseMasterKey(Buffer.alloc(32, 1).toString('base64'), 'the bench key'));
const accounts = createAccounts({
  db: connection.db,
  vault,
  sendMessage: async () => {},
  clock,
  trustedProxies: 1,
  demo: false,
});
const app = createApp({
  connection,
  accounts,
  store,
  network,
  reach,
  calendar,
  baseMap: readConfig({}, '/').baseMap,
  clock,
  // The load comes from one address; it poses as many, as the rate limiter lets through.
  trustedProxies: 1,
  files: createFiles({
    db: connection.db,
    vault,
    storage: await openLocalStorage(await mkdtemp(join(tmpdir(), 'luyi-bench-files-'))),
    clock,
    log: (line) => console.error(line),
  }),
  payments: { current: simulatedPayments, all: [simulatedPayments] },
  importJobs: createImportJobs({ connection, uploadsDir: '', clock, log: (line) => console.error(line) }),
  log: (line) => console.error(line),
});
const redisPort = process.env.REDIS_PORT;
await mountRivals(app as unknown as Parameters<typeof mountRivals>[0], {
  sql: postgres(url, { max: 10, onnotice: () => {} }),
  store,
  network,
  calendar,
  clock,
  redis: redisPort ? await RedisClient.connect(Number(redisPort)) : null,
});

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => {
  const { port } = server.address() as AddressInfo;
  console.log(`ready ${JSON.stringify({ port, sites: store.sites.length, loadMs, rssMb })}`);
});
process.on('SIGTERM', () => process.exit(0));
