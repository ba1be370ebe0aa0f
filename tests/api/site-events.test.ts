import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ProblemBody } from '../../api/http/problem.ts';
import type { Connection } from '../../db/connect.ts';
import { sites } from '../../db/tables/places.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { addSite, createTestApp, type TestApp } from '../support/factories.ts';

const PATH = '/api/sites/events';
const MAX_PER_ADDRESS = 2;
const MAX_IN_ALL = 3;

describe.each(testEngines())('GET /api/sites/events on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  let siteId: string;
  let stopping: AbortController;
  const opened: Listener[] = [];

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    siteId = await addSite(connection.db);
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    stopping = new AbortController();
    app = await createTestApp(connection, {
      trustedProxies: 1,
      stopping: stopping.signal,
      siteEvents: { maxPerAddress: MAX_PER_ADDRESS, maxInAll: MAX_IN_ALL, heartbeatMs: 20 },
    });
    return async () => {
      await Promise.all(opened.splice(0).map((listener) => listener.leave()));
      await app.close();
    };
  });

  const ask = (address = '10.0.0.1', init: RequestInit = {}) =>
    app.request(PATH, { ...init, headers: { 'x-forwarded-for': address } });
  async function listen(address?: string): Promise<Listener> {
    const response = await ask(address);
    expect(response.status).toBe(200);
    const listener = listenTo(response);
    opened.push(listener);
    return listener;
  }
  const rename = (name: string) => connection.db.update(sites).set({ name }).where(eq(sites.id, siteId));

  it('tells the version at once, in a form that browsers and proxies take', async () => {
    const response = await ask();
    const listener = listenTo(response);
    opened.push(listener);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await listener.nextVersion()).toBe(app.store.version);
    expect(listener.text()).toMatch(/^retry: \d{4}\nevent: version\ndata: \{"version":\d+\}\n\n/);
  });

  it('tells everybody of a commit when the change can be fetched, without being asked', async () => {
    const listeners = [await listen('10.0.0.1'), await listen('10.0.0.2')];
    const [before] = await Promise.all(listeners.map((listener) => listener.nextVersion()));
    await rename('新名字');
    for (const listener of listeners) {
      const version = await listener.nextVersion();
      expect(version).toBeGreaterThan(before!);
      const delta = await app.request(`/api/sites?since=${before}`);
      expect(await delta.json()).toMatchObject({ version, features: [{ id: siteId, properties: { name: '新名字' } }] });
    }
  });

  it('shows that it is alive while nothing changes', async () => {
    const listener = await listen();
    await listener.until(': still here\n\n: still here\n\n');
    expect(listener.versions()).toHaveLength(1);
  });

  it('has room for so many from one address and in all, then says so, and gives the room of those who left', async () => {
    const first = await listen('10.0.0.1');
    await listen('10.0.0.1');
    const refused = await ask('10.0.0.1');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(ProblemBody.parse(await refused.json())).toMatchObject({ code: 'too_many_requests' });
    await listen('10.0.0.2');
    const full = await ask('10.0.0.3');
    expect(full.status).toBe(503);
    expect(ProblemBody.parse(await full.json())).toMatchObject({ code: 'too_many_streams' });
    await first.leave();
    await expect.poll(async () => keep(await ask('10.0.0.1'))).toBe(200);
  });

  it('gives back the room of a phone that is gone without a word', async () => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const over = (address: string, gone?: AbortSignal) =>
      fetch(`http://127.0.0.1:${port}${PATH}`, {
        headers: { 'x-forwarded-for': address },
        ...(gone && { signal: gone }),
      });
    const gone = new AbortController();
    for (let i = 0; i < MAX_PER_ADDRESS; i++) expect((await over('10.0.0.1', gone.signal)).status).toBe(200);
    expect((await over('10.0.0.1')).status).toBe(429);
    gone.abort();
    await expect.poll(async () => (await over('10.0.0.1')).status).toBe(200);
    stopping.abort();
    await new Promise((resolve) => server.close(resolve));
  });

  it('takes no room for a HEAD, whose stream nobody would end', async () => {
    for (let i = 0; i <= MAX_IN_ALL; i++) {
      const head = await ask('10.0.0.1', { method: 'HEAD' });
      expect(head.status).toBe(200);
      expect(await head.text()).toBe('');
    }
    await listen('10.0.0.1');
  });

  it('ends every stream when the process is about to end, and begins no new one', async () => {
    const listener = await listen();
    await listener.nextVersion();
    stopping.abort();
    await listener.ended;
    expect((await ask()).status).toBe(503);
  });

  function keep(response: Response): number {
    if (response.status === 200) opened.push(listenTo(response));
    return response.status;
  }
});

type Listener = {
  text: () => string;
  versions: () => number[];
  /** The version that comes after those that were asked for before. */
  nextVersion: () => Promise<number>;
  until: (text: string) => Promise<void>;
  /** Fulfilled when the server has ended the stream. */
  ended: Promise<void>;
  leave: () => Promise<void>;
};

/** Reads a stream of events for as long as it goes. */
function listenTo(response: Response): Listener {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let asked = 0;
  const waiting = new Set<() => void>();
  const ended = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
      for (const look of waiting) look();
    }
  })();
  const versions = () => [...text.matchAll(/data: \{"version":(\d+)\}/g)].map((match) => Number(match[1]));
  const when = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!holds()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return {
    text: () => text,
    versions,
    ended,
    async nextVersion() {
      const index = asked++;
      await when(() => versions().length > index);
      return versions()[index]!;
    },
    until: (wanted) => when(() => text.includes(wanted)),
    leave: () => reader.cancel(),
  };
}
