import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEngines } from '../support/database.ts';
import { openProcessHome, type ProcessHome } from '../support/process-home.ts';
import { seededRandom } from '../support/random.ts';
import { killServers, startServer } from '../support/server-process.ts';
import { newDataDir } from '../support/template.ts';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 10);
const LIMIT_MS = 60_000;
/** One of the 76 real places. */
const SITE = 'centre';

afterAll(killServers);

let phones = 0;
async function report(address: string, id: string): Promise<number> {
  const response = await fetch(`${address}/api/sites/${SITE}/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.${(phones >> 8) & 255}.${phones++ & 255}` },
    body: JSON.stringify({ id, kind: 'confirmed', observedAt: new Date().toISOString() }),
  });
  await response.arrayBuffer();
  return response.status;
}

async function countAt(address: string): Promise<number> {
  const site = (await (await fetch(`${address}/api/sites/${SITE}`)).json()) as {
    properties: { reported?: { confirmed?: { count: number } } };
  };
  return site.properties.reported?.confirmed?.count ?? 0;
}

describe.each(testEngines())('the server process on %s', (engine) => {
  let home: ProcessHome;

  beforeAll(async () => {
    home = await openProcessHome(engine, { TRUSTED_PROXIES: '1' });
  });
  afterAll(async () => {
    killServers();
    await home.close();
  });

  it(
    'says what it does and what to know, works, and stops cleanly when told to',
    async () => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        const server = startServer(home.settings);
        const address = await server.ready;
        expect(server.said()).toContain('(76 places)');
        expect(server.said()).toContain('审图号');
        expect(server.said().includes('power cut')).toBe(engine === 'pglite');
        const health = await (await fetch(`${address}/api/health`)).json();
        expect(health).toMatchObject({ status: 'ok', database: engine, sites: 76 });
        // A browser keeps its connection open, and an open map its stream of events; that must not hold up the end.
        const events = (await fetch(`${address}/api/sites/events`)).body!.getReader();
        expect(new TextDecoder().decode((await events.read()).value)).toContain('retry:');
        server.child.kill(signal);
        for (let over = false; !over;) over = (await events.read()).done;
        expect(await server.exited).toEqual({ code: 0, signal: null });
        expect(server.said()).toContain('Stopping:');
      }
    },
    2 * LIMIT_MS,
  );

  it.runIf(engine === 'pglite')(
    'refuses a second process on its folder, in words that name the first',
    async () => {
      const first = startServer(home.settings);
      const address = await first.ready;
      const second = startServer(home.settings);
      expect((await second.exited).code).toBe(1);
      expect(second.said()).toContain(`is in use by process ${first.child.pid} on `);
      expect(second.said()).toContain(address);
      expect(second.said()).not.toContain('    at ');
      expect(await report(address, randomUUID()), 'the first goes on').toBe(201);
      first.child.kill('SIGTERM');
      await first.exited;
    },
    2 * LIMIT_MS,
  );

  it.runIf(engine === 'postgresql')(
    'shares a server with another process: what one stores, both show',
    async () => {
      const [first, second] = [startServer(home.settings), startServer(home.settings)];
      const [here, there] = await Promise.all([first.ready, second.ready]);
      const before = await countAt(there);
      expect(await report(here, randomUUID())).toBe(201);
      await expect.poll(() => countAt(there), { timeout: 20_000 }).toBe(before + 1);
      for (const { child, exited } of [first, second]) {
        child.kill('SIGTERM');
        expect((await exited).code).toBe(0);
      }
    },
    2 * LIMIT_MS,
  );

  it(
    `has every report it acknowledged after kill -9, ${ROUNDS} times over`,
    async () => {
      const random = seededRandom(99);
      const acknowledged: string[] = [];
      let checked = 0;
      for (let round = 0; round <= ROUNDS; round++) {
        const server = startServer(home.settings);
        const address = await server.ready;
        // A report that is there answers 200 when it is sent again; 201 would mean that it had been lost.
        for (; checked < acknowledged.length; checked++) {
          expect(await report(address, acknowledged[checked]!)).toBe(200);
        }
        if (round === ROUNDS) {
          for (const id of acknowledged) expect(await report(address, id)).toBe(200);
        }
        // At any moment of the writing, but not before the first report is through.
        let begin: (() => void) | undefined;
        const begun = new Promise<void>((resolve) => (begin = resolve));
        const kill = begun.then(() => sleep(random() * 400)).then(() => server.child.kill('SIGKILL'));
        const riders = Array.from({ length: 4 }, async () => {
          for (;;) {
            const id = randomUUID();
            const status = await report(address, id).catch(() => null);
            if (status === null) return;
            expect(status).toBe(201);
            acknowledged.push(id);
            begin!();
          }
        });
        await Promise.all([...riders, kill, server.exited]);
      }
      expect(acknowledged.length).toBeGreaterThan(ROUNDS);
    },
    LIMIT_MS * (ROUNDS + 1),
  );
});

describe('a server that cannot start', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'luyi-test-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it(
    'names every bad setting in one message and ends with 1',
    async () => {
      const server = startServer({ DATA_DIR: dataDir, PORT: '70000', SEED: 'everything', DATABASE_URL: 'mysql://x' });
      expect((await server.exited).code).toBe(1);
      for (const name of ['PORT', 'SEED', 'DATABASE_URL']) expect(server.said()).toContain(`  ${name}: `);
      expect(server.said()).not.toContain('    at ');
    },
    LIMIT_MS,
  );

  it(
    'says which database does not answer, without its password',
    async () => {
      const server = startServer({ DATABASE_URL: 'postgres://rider:hidden-word@localhost:1/luyi' });
      expect((await server.exited).code).toBe(1);
      expect(server.said()).toContain('ECONNREFUSED');
      expect(server.said()).not.toContain('hidden-word');
    },
    LIMIT_MS,
  );

  it(
    'says that its port is in use, and gives its folder back',
    async () => {
      const folder = await newDataDir();
      const other = await newDataDir();
      const first = startServer({ DATA_DIR: other, SEED: 'none' });
      const { port } = new URL(await first.ready);
      const second = startServer({ DATA_DIR: folder, SEED: 'none', PORT: port });
      expect((await second.exited).code).toBe(1);
      expect(second.said()).toContain(`port ${port} is in use`);
      const third = startServer({ DATA_DIR: folder, SEED: 'none' });
      const address = await third.ready;
      expect(await spoken(address, 'GET /api/health HTTP/1.1\r\nHost: [\r\n\r\n'), 'a host that is none').toMatch(
        /^HTTP\/1\.1 400 /,
      );
      expect(await spoken(address, 'GET /api/sites/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
        /^HTTP\/1\.1 400 /,
      );
      expect((await fetch(`${address}/api/health`)).status).toBe(200);
      for (const { child, exited } of [first, third]) {
        child.kill('SIGTERM');
        expect((await exited).code).toBe(0);
      }
      await rm(folder, { recursive: true });
      await rm(other, { recursive: true });
    },
    3 * LIMIT_MS,
  );
});

/** What the server answers to bytes that no client library would send. */
function spoken(address: string, request: string): Promise<string> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(request));
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text;
      socket.end();
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}
