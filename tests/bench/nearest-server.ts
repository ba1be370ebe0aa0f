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
import { connectDatabase } from '../../db/connect.ts';
import { RedisClient } from './redis.ts';
import { mountRivals } from './rivals.ts';
import { assembleApp } from '../support/assemble-app.ts';

const url = process.env.DATABASE_URL!;
/** A Tuesday at 15:00 in Xiamen: most places are open. The clock runs on from there. */
const STARTS_AT_MS = Date.parse('2026-03-10T15:00:00+08:00');
const clock = () => STARTS_AT_MS + performance.now();

const connection = await connectDatabase({ url, dataDir: '', poolSize: 10 });
const { app, store, network, calendar, loadMs } = await assembleApp({
  connection,
  clock,
  filesFolder: await mkdtemp(join(tmpdir(), 'luyi-bench-files-')),
  // The load comes from one address; it poses as many, as the rate limiter lets through.
  trustedProxies: 1,
});
globalThis.gc?.();
const rssMb = process.memoryUsage().rss / 2 ** 20;

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
