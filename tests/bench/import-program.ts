/**
 * The program around one import, in a process of its own whose memory is watched. LIST is the file, CHANGED_LIST an
 * edition with some changes, ROWS how many rows. Prints `result <JSON>`.
 */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { finished } from 'node:stream/promises';
import { eq } from 'drizzle-orm';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import { connectDatabase, migrate } from '../../db/connect.ts';
import { imports } from '../../db/tables/office.ts';
import { createImportJobs } from '../../api/places/import/import-jobs.ts';
import { beginImport, beginStoring, changeSettings } from '../../api/places/import/import-verbs.ts';
import { openFile } from '../../api/places/import/open-file.ts';
import { getReachData } from '../../api/places/city.ts';
import { openSiteStore } from '../../api/places/site-store.ts';
import { seedBase } from '../../seed/reference/load.ts';
import { makeActor } from '../support/actors.ts';

const { LIST, CHANGED_LIST, DATABASE_URL, DATA_DIR = '' } = process.env;
const clock = () => Date.now();
const actor = makeActor('bench', { role: 'coordinator' });
const connection = await connectDatabase({
  dataDir: DATA_DIR,
  poolSize: 4,
  ...(DATABASE_URL && { url: DATABASE_URL }),
});
await migrate(connection);
await seedBase(connection.db);
const reach = await getReachData(connection.db);
const network = createLandNetwork(reach.zones, reach.crossings);
const store = await openSiteStore(connection, network, (error) => console.error(error));
const uploadsDir = await mkdtemp(join(tmpdir(), 'luyi-bench-uploads-'));
const jobs = createImportJobs({ connection, uploadsDir, clock, log: (line) => console.error(line) });
const deps = { connection, jobs, clock };

let peakMb = 0;
const rssMb = () => process.memoryUsage.rss() / 2 ** 20;
setInterval(() => (peakMb = Math.max(peakMb, rssMb())), 20).unref();

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

async function getEntry(id: string) {
  const [entry] = await connection.db.select().from(imports).where(eq(imports.id, id));
  if (entry!.problem) throw new Error(entry!.problem);
  return entry!;
}

/** A first edition is checked twice by a person who says the system in between; measured is the check that counts. */
async function importList(file: string) {
  const id = randomUUID();
  await copyFile(file, join(uploadsDir, id));
  await beginImport(deps, actor, id, { fileName: 'stations.csv', source: 'bench', fileHash: id });
  await jobs.idle();
  let entry = await getEntry(id);
  let checkS = 0;
  if (entry.settings.crs === null) {
    checkS = await timed(async () => {
      await changeSettings(deps, actor, entry, { ...entry.settings, crs: 'WGS84', duplicates: 'new' });
      await jobs.idle();
    });
    entry = await getEntry(id);
  }
  const storeS = await timed(async () => {
    await beginStoring(deps, actor, entry);
    await jobs.idle();
  });
  const storedAt = performance.now();
  const peakAtStoredMb = peakMb;
  const [{ value }] = await connection.sql<[{ value: string }]>`select value from sites_version`;
  while (store.version < Number(value)) await sleep(5);
  const { counts, issues } = await getEntry(id);
  return { id, checkS, storeS, followS: (performance.now() - storedAt) / 1000, peakAtStoredMb, counts, issues };
}

const readS = await timed(async () => {
  const table = await openFile(LIST!, 'stations.csv');
  let rows = 0;
  for await (const some of table.rows) rows += some.length;
  if (rows === 0) throw new Error('The list is empty.');
});
globalThis.gc?.();
const beforeMb = rssMb();
peakMb = beforeMb;
const first = await importList(LIST!);
const peakAfterMb = peakMb;
const copyS = DATABASE_URL ? await copySameRows() : null;
const again = CHANGED_LIST ? await importList(CHANGED_LIST) : null;

/** COPY of the rows that the import has stored, from memory, into tables without index, constraint or trigger. */
async function copySameRows(): Promise<number> {
  let seconds = 0;
  for (const table of ['sites', 'service_points'] as const) {
    const [reader, client] = [connection.openClient(), connection.openClient()];
    const pieces: Buffer[] = [];
    const out = await reader`copy ${reader(table)} to stdout`.readable();
    for await (const piece of out) pieces.push(piece as Buffer);
    await client`create table ${client(`copy_of_${table}`)} (like ${client(table)})`;
    const text = Buffer.concat(pieces);
    seconds += await timed(async () => {
      const into = await client`copy ${client(`copy_of_${table}`)} from stdin`.writable();
      into.setMaxListeners(0);
      for (let at = 0; at < text.length; at += 1 << 18) {
        if (!into.write(text.subarray(at, at + (1 << 18)))) await new Promise((resolve) => into.once('drain', resolve));
      }
      into.end();
      await finished(into);
    });
    await Promise.all([reader.end({ timeout: 1 }), client.end({ timeout: 1 })]);
  }
  return seconds;
}

console.log(`result ${JSON.stringify({ readS, first, again, copyS, beforeMb, peakAfterMb })}`);
await jobs.close();
await store.close();
await connection.close();
await rm(uploadsDir, { recursive: true, force: true });
process.exit(0);
