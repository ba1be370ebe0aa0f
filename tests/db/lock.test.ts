import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  askOwner,
  DataFolderInUse,
  lockDataFolder,
  socketFolder,
  type DataFolderLock,
} from '../../db/embedded/lock.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'luyi-lock-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const since = '2025-01-01T00:00:00.000Z';
const lockAs = (pid: number, folder = dataDir): Promise<DataFolderLock> =>
  lockDataFolder(folder, { owner: () => ({ pid, host: 'harbour', since, url: 'http://localhost:3000' }) });

/** Leaves the socket of a process that was killed: bound by a process that then had no time to remove it. */
async function leaveDeadSocket(path: string): Promise<void> {
  const code = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  const child = spawn(process.execPath, ['-e', code]);
  await new Promise((resolve) => child.once('exit', resolve));
}

describe('the lock on a data folder', () => {
  it('refuses a second owner and names the first', async () => {
    const lock = await lockAs(1);
    await expect(lockAs(2)).rejects.toThrow(
      `The data folder ${dataDir} is in use by process 1 on harbour (http://localhost:3000), since ${since}.`,
    );
    expect(await askOwner(dataDir, { ask: 'owner' })).toMatchObject({ owner: { pid: 1 } });
    await lock.release();
  });

  it('can be taken again after it was released, and leaves nothing behind', async () => {
    for (const pid of [1, 2, 3]) await (await lockAs(pid)).release();
    expect(await readdir(dataDir)).toEqual([]);
    expect(await askOwner(dataDir, { ask: 'owner' })).toBeNull();
  });

  it('is taken over from a process that was killed', async () => {
    await leaveDeadSocket(join(dataDir, 'owner.7.sock'));
    const lock = await lockAs(1);
    expect(await readdir(dataDir)).toEqual(['owner.8.sock']);
    await lock.release();
  });

  it('goes to exactly one of many that start together, with and without a dead owner', async () => {
    for (const dead of [false, true]) {
      if (dead) await leaveDeadSocket(join(dataDir, 'owner.1.sock'));
      const outcomes = await Promise.allSettled(Array.from({ length: 12 }, (_, pid) => lockAs(pid)));
      const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      expect(winners).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(DataFolderInUse);
      }
      await winners[0]!.value.release();
    }
  });

  it('is respected even if its owner does not answer the question', async () => {
    const silent = createServer((socket) => void socket.end());
    await new Promise<void>((resolve) => void silent.listen(join(dataDir, 'owner.1.sock'), resolve));
    await expect(lockAs(1)).rejects.toThrow('in use by a process that does not say who it is');
    silent.close();
  });

  it('works in a folder whose path is too long for a socket', async () => {
    const deep = join(dataDir, '深'.repeat(40), 'data');
    const lock = await lockAs(1, deep);
    await expect(lockAs(2, deep)).rejects.toThrow(DataFolderInUse);
    await lock.release();
    await rm(await socketFolder(deep), { recursive: true });
  });

  it('asks the owner for a backup, and passes on why there is none', async () => {
    const owner = { pid: 1, host: 'harbour', since };
    const lock = await lockDataFolder(dataDir, { owner: () => owner, backUp: () => Promise.reject(new Error('full')) });
    expect(await askOwner(dataDir, { ask: 'backup' })).toEqual({ error: 'Error: full' });
    await lock.release();
  });
});
