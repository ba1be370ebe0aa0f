import { EventEmitter, once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UploadedFile } from '#domain/files/file-contract.ts';
import { makeActor, signedInAs } from '../support/actors.ts';
import { type KilledServer, openKilledServer } from '../support/process-home.ts';
import { makePdf } from '../support/pictures.ts';

const AT_ONCE = 3;
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 1);
const headers = signedInAs(makeActor('somebody', { role: 'rider' }));
let server: KilledServer;

beforeAll(async () => {
  server = await openKilledServer('pglite');
});
afterAll(() => server.close());

it(
  'what was answered 201 is there whole after kill -9, and nothing half written is',
  { timeout: 300_000 },
  async () => {
    const kept: { pdf: Buffer; file: UploadedFile }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const address = await server.start();
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
      await server.kill();
      await Promise.all(work);
    }
    const address = await server.start();
    expect(kept.length).toBeGreaterThanOrEqual(ROUNDS * 2 * AT_ONCE);
    for (const { pdf, file } of kept) {
      const response = await fetch(address + file.link.url);
      expect(response.status).toBe(200);
      expect(Buffer.from(await response.arrayBuffer()).equals(pdf)).toBe(true);
    }
    expect(await readdir(join(server.dataDir, 'files', '.unfinished'))).toEqual([]);
  },
);
