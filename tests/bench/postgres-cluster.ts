import { execFile } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, startProcess } from './processes.ts';

const run = promisify(execFile);
const BIN = '/usr/lib/postgresql/15/bin';

/** A PostgreSQL server to measure on. `url` names its maintenance database. */
export type Cluster = { url: string; close: () => Promise<void> };

/** The server of TEST_DATABASE_URL, else a scratch cluster of Debian's PostgreSQL 15; null when there is neither. */
export async function openCluster(): Promise<Cluster | null> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { url, close: async () => {} };
  return existsSync(join(BIN, 'postgres')) ? startCluster() : null;
}

async function startCluster(): Promise<Cluster> {
  const dir = await mkdtemp(join(tmpdir(), 'luyi-bench-postgres-'));
  const owner = await postgresUser();
  if (owner) await chown(dir, owner.uid, owner.gid);
  const data = join(dir, 'data');
  await run(join(BIN, 'initdb'), ['--no-sync', '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-locale', data], {
    cwd: dir,
    ...owner,
  });
  const port = await freePort();
  // A reader's server with room for everything in memory. Writing is not measured, so it need not be safe.
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: dir,
    shared_buffers: '1GB',
    maintenance_work_mem: '512MB',
    random_page_cost: 1.1,
    max_wal_size: '8GB',
    fsync: 'off',
    synchronous_commit: 'off',
    autovacuum: 'off',
  };
  const server = await startProcess(
    join(BIN, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    /ready to accept connections/,
    { cwd: dir, ...owner },
  );
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async close() {
      server.child.kill('SIGINT'); // its "fast" shutdown
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root, so root hands it to the user that Debian made for it. */
async function postgresUser(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => (await run('id', [flag, 'postgres'])).stdout));
  return { uid: Number(uid), gid: Number(gid) };
}
