/**
 * Starts the embedded database in a data folder: takes the lock, runs the engine in a worker, starts it again if it
 * crashes, and makes backups on schedule.
 *
 * The data folder holds `database/` (PGlite's files), `backups/`, and the sockets.
 */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { listBackupFolder, nextBackupDelayMs, rotateBackups } from './backup.ts';
import type { WorkerOptions, WorkerReply, WorkerRequest } from './engine-worker.ts';
import { typeScriptEntry } from '../typescript-entry.ts';
import { lockDataFolder, socketFolder, type Owner } from './lock.ts';

export type EmbeddedDatabase = {
  /** The unix socket that speaks the PostgreSQL protocol. */
  socketPath: string;
  /** Writes a backup, deletes the oldest above the limit, and returns the path of the new file. */
  backUp: () => Promise<string>;
  /** Lets running transactions finish, closes the database and releases the folder. */
  close: () => Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  /** Told to a second process that wants the folder. */
  ownerUrl?: () => string | undefined;
  onProgress?: (message: string) => void;
  /** Called once when the engine is gone for good. By default the error is thrown, which ends the process. */
  onFailure?: (error: Error) => void;
  idleTransactionLimitMs?: number;
  backupEveryMs?: number;
  keepBackups?: number;
};

const HOUR_MS = 3_600_000;
/** An overdue backup waits for this long after a start. */
const FIRST_BACKUP_AFTER_MS = 5 * 60_000;
/** An engine that crashes more often than this within a minute will not get better by starting it again. */
const CRASHES_PER_MINUTE = 5;

/** Where PGlite keeps its files inside a data folder. */
export const databaseFolder = (dataDir: string): string => join(dataDir, 'database');
/** Where the process that owns a data folder speaks the PostgreSQL protocol. */
export const databaseSocket = async (dataDir: string): Promise<string> =>
  join(await socketFolder(dataDir), 'postgresql.sock');
/** Where the backups of a data folder are. */
export const backupFolder = (dataDir: string): string => join(dataDir, 'backups');

/** Opens the database in `dataDir`, creating it if there is none. Throws `DataFolderInUse` if another process has it. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { dataDir, onProgress = () => {}, keepBackups = 7, backupEveryMs = 24 * HOUR_MS } = options;
  const onFailure =
    options.onFailure ??
    ((error) => {
      throw error;
    });
  const since = new Date().toISOString();
  const owner = (): Owner => ({ pid: process.pid, host: hostname(), since, url: options.ownerUrl?.() });
  const lock = await lockDataFolder(dataDir, { owner, backUp: () => backUp() });
  const socketPath = await databaseSocket(dataDir);
  const workerOptions: WorkerOptions = {
    folder: databaseFolder(dataDir),
    socketPath,
    idleTransactionLimitMs: options.idleTransactionLimitMs ?? 30_000,
  };

  onProgress(
    existsSync(join(workerOptions.folder, 'PG_VERSION'))
      ? `Opening the embedded database in ${dataDir} …`
      : `Creating the embedded database in ${dataDir} …`,
  );
  let closing = false;
  let crashTimes: number[] = [];
  let starting = startEngine(workerOptions, onProgress, onEngineExit);
  await starting.catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });

  /** Does what PostgreSQL does when a backend crashes: everybody is disconnected, and the last commit is the truth. */
  function onEngineExit(reason: Error): void {
    if (closing) return;
    const nowMs = Date.now();
    crashTimes = [...crashTimes.filter((atMs) => atMs > nowMs - 60_000), nowMs];
    if (crashTimes.length > CRASHES_PER_MINUTE) {
      onFailure(reason);
      return;
    }
    onProgress(`${reason.message} Starting it again …`);
    starting = startEngine(workerOptions, onProgress, onEngineExit);
    starting.catch(onFailure);
  }

  async function backUp(): Promise<string> {
    const engine = await starting;
    const path = await engine.request<string>({ task: 'back-up', folder: backupFolder(dataDir) });
    await rotateBackups(backupFolder(dataDir), keepBackups);
    return path;
  }

  let backupTimer: NodeJS.Timeout | undefined;
  async function scheduleBackup(): Promise<void> {
    const names = await listBackupFolder(backupFolder(dataDir));
    if (closing) return;
    const delayMs = nextBackupDelayMs(names, Date.now(), backupEveryMs, Math.min(FIRST_BACKUP_AFTER_MS, backupEveryMs));
    backupTimer = setTimeout(() => {
      backUp()
        .catch((error: unknown) => onProgress(`The scheduled backup failed: ${String(error)}`))
        .then(scheduleBackup, onFailure);
    }, delayMs);
    backupTimer.unref();
  }
  await scheduleBackup();

  async function close(): Promise<void> {
    clearTimeout(backupTimer);
    try {
      const engine = await starting;
      closing = true;
      await engine.request({ task: 'close' });
    } finally {
      await lock.release();
    }
  }

  let closed: Promise<void> | undefined;
  return { socketPath, backUp, close: () => (closed ??= close()) };
}

type RequestBody = WorkerRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;
type RunningEngine = { request: <Result>(body: RequestBody) => Promise<Result> };

/** Resolves when the engine takes connections; `onExit` is called when it has gone after that. */
async function startEngine(
  options: WorkerOptions,
  onWarning: (text: string) => void,
  onExit: (reason: Error) => void,
): Promise<RunningEngine> {
  const worker = new Worker(typeScriptEntry(new URL('./engine-worker.ts', import.meta.url)), {
    workerData: options,
    execArgv: [],
  });
  const pending = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  let gone = false;
  let exitReason = new Error('The embedded database has ended.');

  await new Promise<void>((resolve, reject) => {
    let ready = false;
    worker.on('message', (message: WorkerReply) => {
      if (message.kind === 'ready') {
        ready = true;
        resolve();
      } else if (message.kind === 'warning') {
        onWarning(message.text);
      } else if (message.kind === 'crashed') {
        exitReason = new Error(`The embedded database crashed in this statement: ${message.during}`);
      } else {
        const request = pending.get(message.id);
        pending.delete(message.id);
        if (message.kind === 'done') request?.resolve(message.result);
        else request?.reject(new Error(message.message));
      }
    });
    worker.on('error', (error) => {
      exitReason = new Error(`The embedded database failed: ${error.message}`, { cause: error });
    });
    worker.on('exit', () => {
      gone = true;
      for (const { reject: refuse } of pending.values()) refuse(exitReason);
      pending.clear();
      if (ready) onExit(exitReason);
      else reject(exitReason);
    });
  });

  return {
    request: <Result>(body: RequestBody) =>
      new Promise<Result>((resolve, reject) => {
        if (gone) {
          reject(exitReason);
          return;
        }
        const id = ++lastId;
        pending.set(id, { resolve: resolve as (result: unknown) => void, reject });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
        worker.postMessage({ ...body, id });
      }),
  };
}
