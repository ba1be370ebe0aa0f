import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportView } from '#domain/places/import-contract.ts';
import { makeActor, signedInAs } from '../support/actors.ts';
import { testEngines } from '../support/database.ts';
import { type KilledServer, openKilledServer } from '../support/process-home.ts';
import { csvOf, listRow } from '../support/imports.ts';

const ROWS = 1000;
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 2);
const LIMIT_MS = 60_000;
const headers = signedInAs(makeActor('coordinator', { role: 'coordinator' }));
const JSON_BODY = { ...headers, 'content-type': 'application/json' };

const settled = ({ state }: ImportView) => state !== 'checking' && state !== 'storing';

/** The state that somebody waits for; polls as the screens do. */
async function until(address: string, id: string, isWanted: (view: ImportView) => boolean): Promise<ImportView> {
  for (;;) {
    const response = await fetch(`${address}/api/office/imports/${id}`, { headers });
    expect(response.status).toBe(200);
    const view = (await response.json()) as ImportView;
    if (isWanted(view)) return view;
    await wait(100);
  }
}

describe.each(testEngines())('kill -9 while an import is stored on %s', (engine) => {
  let server: KilledServer;

  beforeAll(async () => {
    server = await openKilledServer(engine);
  });
  afterAll(() => server.close());

  it(
    `leaves all of it or nothing, ${ROUNDS} times over, and it can be stored after that`,
    async () => {
      let address = await server.start();
      const form = new FormData();
      form.set('source', '名单');
      form.set('file', new File([csvOf(Array.from({ length: ROWS }, (_, n) => listRow(n)))], 'a.csv'));
      const uploaded = await fetch(`${address}/api/office/imports`, { method: 'POST', headers, body: form });
      const { id } = (await uploaded.json()) as ImportView;
      const first = await until(address, id, settled);
      const body = JSON.stringify({ ...first.settings, crs: 'WGS84', duplicates: 'new' });
      await fetch(`${address}/api/office/imports/${id}/settings`, { method: 'PUT', headers: JSON_BODY, body });
      expect(await until(address, id, settled)).toMatchObject({ state: 'checked', counts: { new: ROWS } });

      const countSites = async () => ((await (await fetch(`${address}/api/health`)).json()) as { sites: number }).sites;
      let view: ImportView = first;
      for (let round = 0; round < ROUNDS; round++) {
        const begun = fetch(`${address}/api/office/imports/${id}/store`, { method: 'POST', headers: JSON_BODY });
        await Promise.race([begun.catch(() => {}), wait(300)]);
        await wait(round * 150); // at different moments of the work
        await server.kill();
        await begun.catch(() => {});
        address = await server.start();
        view = await until(address, id, () => true);
        expect(['checked', 'stored']).toContain(view.state);
        expect(await countSites()).toBe(view.state === 'stored' ? ROWS : 0);
        if (view.state === 'stored') break;
        expect(await readdir(join(server.dataDir, 'uploads')), 'the file is still needed').toEqual([id]);
      }
      if (view.state === 'checked') {
        await fetch(`${address}/api/office/imports/${id}/store`, { method: 'POST', headers: JSON_BODY });
        expect(await until(address, id, settled)).toMatchObject({ state: 'stored', counts: { new: ROWS } });
        await expect.poll(countSites, { timeout: 20_000 }).toBe(ROWS);
      }
    },
    (ROUNDS + 2) * LIMIT_MS,
  );
});
