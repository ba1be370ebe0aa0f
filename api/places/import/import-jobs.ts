import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { drizzle } from 'drizzle-orm/postgres-js';
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Connection, Database } from '../../../db/connect.ts';
import { importRows, imports } from '../../../db/tables/office.ts';
import { typeScriptEntry } from '../../../db/typescript-entry.ts';
import { describeError } from '../../http/describe-error.ts';
import { holdImport } from './hold-import.ts';
import type { CheckOutcome, CheckWork } from './run-check.ts';
import { ImportStopped, storeImport } from './store-import.ts';

/** The long work of imports: one after the other in each process, so that memory is bounded. */
export type ImportJobs = {
  uploadsDir: string;
  /** Whether there is room for one more. */
  hasRoom: () => boolean;
  /** Reads and judges the file of an import that is `checking`. */
  check: (importId: string, actor: Actor) => Promise<void>;
  /** Stores an import that is `storing`. */
  store: (importId: string, actor: Actor) => Promise<void>;
  /** Tells a job of this process to stop; resolves when it has ended, true if there was one. */
  stop: (importId: string) => Promise<boolean>;
  /** Resolves when nothing is left to do. */
  idle: () => Promise<void>;
  /** Stops everything: what was being checked has failed, what was being stored is as before. */
  close: () => Promise<void>;
};

export type ImportJobOptions = {
  connection: Connection;
  uploadsDir: string;
  clock: () => number;
  log: (line: string) => void;
  /** How a file is checked; in a worker thread unless it is said. */
  runCheck?: (work: CheckWork) => Promise<CheckOutcome>;
};

const MAX_WAITING = 4;
/** More means a file that is not a list of places; the worker then ends by itself. */
const WORKER_HEAP_MB = 400;
/** Rows live for a batch: with the usual 16 MB of young space most of them are copied before they are let go. */
const WORKER_YOUNG_MB = 64;
const OFTEN_MS = 500;

type Job = { stopFlag: Int32Array; done: Promise<void> };

export function createImportJobs(options: ImportJobOptions): ImportJobs {
  const { connection, uploadsDir, clock, log, runCheck = runWorker } = options;
  const jobs = new Map<string, Job>();
  let last: Promise<void> = Promise.resolve();
  const { db } = connection;
  const removeFile = (importId: string) => rm(join(uploadsDir, importId), { force: true });

  async function enqueue(importId: string, work: (stopFlag: Int32Array) => Promise<void>): Promise<void> {
    const release = await holdImport(connection, importId);
    const stopFlag = new Int32Array(new SharedArrayBuffer(4));
    const done = last
      .then(() => work(stopFlag))
      .catch((error: unknown) => log(`import ${importId} failed: ${describeError(error)}`))
      .finally(async () => {
        jobs.delete(importId);
        await release().catch(() => {});
      });
    last = done;
    jobs.set(importId, { stopFlag, done });
  }

  async function check(importId: string, actor: Actor, stopFlag: Int32Array): Promise<void> {
    const work: CheckWork = {
      address: connection.address,
      importId,
      filePath: join(uploadsDir, importId),
      actor,
      stopFlag,
    };
    const outcome = await runCheck(work);
    if (outcome.kind === 'checked') return;
    if (outcome.kind === 'failed') log(`checking import ${importId} failed: ${outcome.words}`);
    const problem = outcome.kind === 'problem' ? outcome.words : outcome.kind === 'failed' ? CHECK_FAILED : null;
    await db.delete(importRows).where(eq(importRows.importId, importId));
    await db
      .update(imports)
      .set({
        state: outcome.kind === 'stopped' ? 'stopped' : 'failed',
        problem,
        stopping: false,
        endedAt: new Date(clock()),
      })
      .where(and(eq(imports.id, importId), eq(imports.state, 'checking')));
    await removeFile(importId);
  }

  async function store(importId: string, actor: Actor, stopFlag: Int32Array): Promise<void> {
    const client = connection.openClient(); // without the limits of the pool on how long a statement may take
    const watch = connection.engine === 'postgresql' ? watchProgress(db, importId, stopFlag) : null;
    try {
      await (drizzle(client) as unknown as Database).transaction((tx) =>
        storeImport(tx, importId, actor, {
          nowMs: clock(),
          shouldStop: () => Atomics.load(stopFlag, 0) === 1,
          onProgress: (done) => watch?.tell(done),
        }),
      );
    } catch (error) {
      const problem = error instanceof ImportStopped ? null : STORE_FAILED;
      if (problem) log(`storing import ${importId} failed: ${describeError(error)}`);
      await watch?.end();
      await db
        .update(imports)
        .set({ state: 'checked', stopping: false, problem })
        .where(and(eq(imports.id, importId), eq(imports.state, 'storing')));
      return;
    } finally {
      await watch?.end();
      await client.end({ timeout: 5 });
    }
    await removeFile(importId);
  }

  return {
    uploadsDir,
    hasRoom: () => jobs.size < MAX_WAITING,
    check: (importId, actor) => enqueue(importId, (stopFlag) => check(importId, actor, stopFlag)),
    store: (importId, actor) => enqueue(importId, (stopFlag) => store(importId, actor, stopFlag)),
    async stop(importId) {
      const job = jobs.get(importId);
      if (!job) return false;
      Atomics.store(job.stopFlag, 0, 1);
      await job.done;
      return true;
    },
    idle: () => last,
    async close() {
      for (const { stopFlag } of jobs.values()) Atomics.store(stopFlag, 0, 1);
      await last;
    },
  };
}

const CHECK_FAILED = 'check_failed';
const STORE_FAILED = 'store_failed';

async function runWorker(work: CheckWork): Promise<CheckOutcome> {
  const worker = new Worker(typeScriptEntry(new URL('./check-worker.ts', import.meta.url)), {
    workerData: work,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB, maxYoungGenerationSizeMb: WORKER_YOUNG_MB },
  });
  return new Promise((resolve) => {
    let outcome: CheckOutcome = { kind: 'failed', words: 'the worker ended without a word' };
    worker.once('message', (message: CheckOutcome) => (outcome = message));
    worker.once('error', (error: NodeJS.ErrnoException) => {
      outcome =
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? { kind: 'problem', words: 'The file needs more memory than a list may. Split it into several files.' }
          : { kind: 'failed', words: describeError(error) };
    });
    worker.once('exit', () => resolve(outcome));
  });
}

/** On a server: shows the progress of a transaction to everybody, and hears in it when another process says stop. */
function watchProgress(db: Database, importId: string, stopFlag: Int32Array) {
  let done = 0;
  let working: Promise<void> = Promise.resolve();
  const look = async () => {
    const [now] = await db
      .update(imports)
      .set({ rowsDone: done })
      .where(and(eq(imports.id, importId), eq(imports.state, 'storing')))
      .returning({ stopping: imports.stopping });
    if (now?.stopping) Atomics.store(stopFlag, 0, 1);
  };
  const timer = setInterval(() => {
    working = working.then(look).catch(() => {});
  }, OFTEN_MS);
  return {
    tell: (rows: number) => (done = rows),
    async end() {
      clearInterval(timer);
      await working;
    },
  };
}
