import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataFolderInUse } from '../../db/embedded/lock.ts';
import { startEmbedded } from '../../db/embedded/start.ts';
import { seededRandom } from '../support/random.ts';
import { newDataDir } from '../support/template.ts';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 10);
const ROUND_LIMIT_MS = 60_000;

let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  dataDir = await newDataDir();
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true });
});

function startWriter(): { child: ChildProcess; lines: AsyncIterable<string>; exited: Promise<unknown> } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/writer.ts'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  return { child, lines: createInterface({ input: child.stdout! }), exited };
}

describe('kill -9', () => {
  it(
    `loses nothing that was acknowledged, ${ROUNDS} times over`,
    async () => {
      const random = seededRandom(9);
      const acknowledged = new Set<number>();
      for (let round = 0; round <= ROUNDS; round++) {
        const { child, lines, exited } = startWriter();
        for await (const line of lines) {
          const [word, ...ids] = line.split(' ');
          if (word === 'found') {
            const found = new Set(ids.map(Number));
            expect([...acknowledged].filter((id) => !found.has(id))).toEqual([]);
            // At any moment of the writing, and now and then before the first row.
            void sleep(round === ROUNDS ? 0 : random() * 400).then(() => child.kill('SIGKILL'));
          } else if (word === 'wrote') {
            acknowledged.add(Number(ids[0]));
          }
        }
        await exited;
      }
      expect(acknowledged.size).toBeGreaterThan(ROUNDS);
    },
    ROUND_LIMIT_MS * (ROUNDS + 1),
  );

  it(
    'leaves a folder that says who owns it while it is owned, and can be opened when it is not',
    async () => {
      const { child, lines, exited } = startWriter();
      for await (const line of lines) if (line.startsWith('wrote')) break;
      const refused = await startEmbedded({ dataDir }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(DataFolderInUse);
      expect((refused as DataFolderInUse).message).toContain(`is in use by process ${child.pid} on `);
      child.kill('SIGKILL');
      await exited;
      const embedded = await startEmbedded({ dataDir });
      await embedded.close();
    },
    ROUND_LIMIT_MS,
  );
});
