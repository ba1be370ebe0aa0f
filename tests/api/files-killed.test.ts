import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UploadedFile } from '#domain/files/file-contract.ts';
import { makeActor, signedInAs } from '../support/actors.ts';
import { makePdf } from '../support/pictures.ts';
import { newDataDir } from '../support/template.ts';

const AT_ONCE = 3;
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 1);
const headers = signedInAs(makeActor('somebody', { role: 'rider' }));
let dataDir: string;
let child: ChildProcess | undefined;

beforeAll(async () => {
  dataDir = await newDataDir();
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<string> {
  const { PATH, HOME } = process.env;
  child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/import-server.ts'], {
    env: { PATH, HOME, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.startsWith('ready ')) return line.slice(6);
  }
  throw new Error('The server ended before it was ready.');
}

it(
  'what was answered 201 is there whole after kill -9, and nothing half written is',
  { timeout: 300_000 },
  async () => {
    const kept: { pdf: Buffer; file: UploadedFile }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const address = await start();
      const before = kept.length;
      const enough = new EventEmitter();
      const some = once(enough, 'reached');
      const work = Array.from({ length: AT_ONCE }, async () => {
        for (;;) {
          const pdf = makePdf(400_000);
          const body = new FormData();
          body.append('file', new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }), 'paper.pdf');
          const response = await fetch(`${address}/api/files?purpose=paper`, { method: 'POST', headers, body }).catch(
            () => null,
          );
          if (response?.status === 429) return; // a minute's worth
          if (response?.status !== 201) return;
          const answer = await response.json().catch(() => null);
          if (!answer) return;
          kept.push({ pdf, file: UploadedFile.parse(answer) });
          if (kept.length >= before + 2 * AT_ONCE) enough.emit('reached');
        }
      });
      await some;
      const gone = once(child!, 'exit');
      child!.kill('SIGKILL');
      await gone;
      await Promise.all(work);
    }
    const address = await start();
    expect(kept.length).toBeGreaterThanOrEqual(ROUNDS * 2 * AT_ONCE);
    for (const { pdf, file } of kept) {
      const response = await fetch(address + file.link.url);
      expect(response.status).toBe(200);
      expect(Buffer.from(await response.arrayBuffer()).equals(pdf)).toBe(true);
    }
    expect(await readdir(join(dataDir, 'files', '.unfinished'))).toEqual([]);
  },
);
