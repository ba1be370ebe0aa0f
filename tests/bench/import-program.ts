/**
 * The program around one import, in a process of its own whose memory is watched. LIST is the file, LAST_PHONE the number
 * in its last row; CHANGED_LIST is an edition whose first rows have another, CHANGED_ROW (from 0) the last of those and
 * CHANGED_PHONE its number. Prints `result <JSON>`.
 */
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { connectDatabase, migrate } from '../../db/connect.ts';
import { imports } from '../../db/tables/office.ts';
import { beginImport, beginStoring, changeSettings } from '../../api/places/import/import-verbs.ts';
import { openFile } from '../../api/places/import/open-file.ts';
import { seedBase } from '../../seed/reference/load.ts';
import { makeActor } from '../support/actors.ts';
import { assembleApp } from '../support/assemble-app.ts';
import { copySameRows } from './copy-same-rows.ts';

const { LIST, LAST_PHONE, CHANGED_LIST, CHANGED_ROW, CHANGED_PHONE, DATABASE_URL, DATA_DIR = '' } = process.env;
const clock = () => Date.now();
const actor = makeActor('bench', { role: 'coordinator' });
const connection = await connectDatabase({
  dataDir: DATA_DIR,
  poolSize: 4,
  ...(DATABASE_URL && { url: DATABASE_URL }),
});
await migrate(connection);
await seedBase(connection.db);
const uploadsDir = await mkdtemp(join(tmpdir(), 'luyi-bench-uploads-'));
const {
  app,
  store,
  importJobs: jobs,
} = await assembleApp({
  connection,
  clock,
  filesFolder: join(DATA_DIR, 'files'),
  uploadsDir,
});
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

/** A line of a list as it was written: the cells around the two of the point hold no comma or quotation mark. */
async function pointIn(file: string, row: number): Promise<string> {
  const lines = (await readFile(file, 'utf8')).split('\r\n');
  const [, lng, lat] = /,(\d+\.\d+),(\d+\.\d+),/.exec(lines[row + 1]!)!;
  return `${lng},${lat}`;
}

async function newestVersion(): Promise<number> {
  const [{ value }] = await connection.sql<[{ value: string }]>`select value from sites_version`;
  return Number(value);
}

/** When another session could see a version newer than `before`. */
async function commitAfter(before: number): Promise<number> {
  while ((await newestVersion()) === before) await sleep(2);
  return performance.now();
}

const ASK_EVERY_MS = 20;
const MOST_ASKED = 30_000;

/** When the API's own answers, the nearest and the part of the snapshot around a place, both held what the place says now. */
async function answersHold(point: string, phone: string): Promise<number> {
  const [lng, lat] = point.split(',').map(Number) as [number, number];
  const bbox = [lng - 0.0005, lat - 0.0005, lng + 0.0005, lat + 0.0005].map((degrees) => degrees.toFixed(5)).join(',');
  const paths = [`/api/sites/nearest?lng=${lng}&lat=${lat}&limit=50`, `/api/sites?bbox=${bbox}`];
  let asked = 0;
  // One after the other and not too often: asking takes time from what is waited for.
  for (const path of paths) {
    for (;;) {
      asked += 1;
      if (asked > MOST_ASKED) throw new Error(`${path} does not hold ${phone}.`);
      const headers = { 'x-forwarded-for': `10.0.${(asked >> 8) & 255}.${asked & 255}` };
      if ((await (await app.request(path, { headers })).text()).includes(phone)) break;
      await sleep(ASK_EVERY_MS);
    }
  }
  return performance.now();
}

/** A first edition is checked twice by a person who says the system in between; measured is the check that counts. */
async function importList(file: string, row: number, phone: string) {
  const id = randomUUID();
  const point = await pointIn(file, row);
  await copyFile(file, join(uploadsDir, id));
  let checkS = await timed(async () => {
    await beginImport(deps, actor, id, { fileName: 'stations.csv', source: 'bench', fileHash: id });
    await jobs.idle();
  });
  let entry = await getEntry(id);
  if (entry.settings.crs === null) {
    checkS = await timed(async () => {
      await changeSettings(deps, actor, entry, { ...entry.settings, crs: 'WGS84', duplicates: 'new' });
      await jobs.idle();
    });
    entry = await getEntry(id);
  }
  const before = await newestVersion();
  const committed = commitAfter(before);
  let peakAtStoredMb = 0;
  const storeS = await timed(async () => {
    await beginStoring(deps, actor, entry);
    await jobs.idle();
    peakAtStoredMb = peakMb;
  });
  const heldAt = await answersHold(point, phone);
  const { counts, issues } = await getEntry(id);
  return { id, checkS, storeS, followS: (heldAt - (await committed)) / 1000, peakAtStoredMb, counts, issues };
}

async function countRows(file: string): Promise<number> {
  let rows = 0;
  for await (const some of (await openFile(file, 'stations.csv')).rows) rows += some.length;
  return rows;
}

const readS = await timed(() => countRows(LIST!));
globalThis.gc?.();
const beforeMb = rssMb();
peakMb = beforeMb;
const first = await importList(LIST!, (await countRows(LIST!)) - 1, LAST_PHONE!);
const peakAfterMb = peakMb;
const copy = DATABASE_URL ? await copySameRows(connection) : null;
globalThis.gc?.();
const betweenMb = rssMb();
peakMb = betweenMb;
const again = CHANGED_LIST ? await importList(CHANGED_LIST, Number(CHANGED_ROW), CHANGED_PHONE!) : null;

console.log(`result ${JSON.stringify({ readS, first, again, copy, beforeMb, betweenMb, peakAfterMb })}`);
await jobs.close();
await store.close();
await connection.close();
await rm(uploadsDir, { recursive: true, force: true });
process.exit(0);
