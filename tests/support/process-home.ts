/** Where a process under test lives, and that process when it is there to be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Connection } from '../../db/connect.ts';
import { openTestDatabase } from './database.ts';
import { databaseUrl } from './start-database.ts';
import { newDataDir } from './template.ts';

export type ProcessHome = {
  dataDir: string;
  /** What the process finds in its environment. */
  settings: Record<string, string>;
  /** The test's own way in on a server; null on the embedded database, which belongs to the process. */
  database: Connection | null;
  /** Removes it; the process must have ended. */
  close: () => Promise<void>;
};

/** A data folder and, on a server, a database of its own, both empty and migrated. */
export async function openProcessHome(
  engine: Connection['engine'],
  more: Record<string, string> = {},
): Promise<ProcessHome> {
  const dataDir = await newDataDir();
  const settings: Record<string, string> = { DATA_DIR: dataDir, ...more };
  let database: Connection | null = null;
  if (engine === 'postgresql') {
    database = await openTestDatabase(engine);
    const [row] = await database.sql<{ name: string }[]>`select current_database() as name`;
    settings.DATABASE_URL = databaseUrl(process.env.TEST_DATABASE_URL!, row!.name);
  }
  async function close(): Promise<void> {
    await database?.close();
    await rm(dataDir, { recursive: true, force: true });
  }
  return { dataDir, settings, database, close };
}

export type KilledServer = ProcessHome & {
  /** Starts the service, whose requests say themselves who sends them, and answers its address. */
  start: () => Promise<string>;
  /** What sends SIGKILL to the process that runs now, whenever it is called, also when another runs by then. */
  aim: () => () => void;
  /** SIGKILL; resolves when it has ended. */
  kill: () => Promise<void>;
};

/** The service of `test-server.ts` in a home of its own. `close` ends it too. */
export async function openKilledServer(
  engine: Connection['engine'],
  more: Record<string, string> = {},
): Promise<KilledServer> {
  const home = await openProcessHome(engine, more);
  let child: ChildProcess | undefined;
  const hasEnded = () => !child || child.exitCode !== null || child.signalCode !== null;

  async function start(): Promise<string> {
    const { PATH, HOME } = process.env;
    child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/test-server.ts'], {
      env: { PATH, HOME, ...home.settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout! })) {
      if (line.startsWith('ready ')) return line.slice(6);
    }
    throw new Error('The server ended before it was ready.');
  }
  async function kill(): Promise<void> {
    if (hasEnded()) return;
    const gone = once(child!, 'exit');
    child!.kill('SIGKILL');
    await gone;
  }
  async function close(): Promise<void> {
    await kill();
    await home.close();
  }
  function aim(): () => void {
    const doomed = child;
    return () => void doomed?.kill('SIGKILL');
  }
  return { ...home, start, aim, kill, close };
}
