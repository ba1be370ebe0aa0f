import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { serve, type ServerType } from '@hono/node-server';
import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createWebApp } from '../../api/web-app.ts';
import { connectDatabase, type Connection, migrate } from '../../db/connect.ts';
import { sites } from '../../db/tables/places.ts';
import { addSites, createTestApp, eastOf, makeSite, type TestApp } from '../support/factories.ts';
import { newDataDir } from '../support/template.ts';
import { AT, idsOf, nearRows, test } from './phones.ts';

const FOLLOWED = 'followed';
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
/** From the commit to the screen; what was measured is printed beside it. */
const GOAL_MS = 2000;

describe('an open map', () => {
  let dataDir: string;
  let connection: Connection;
  let app: TestApp;
  let server: ServerType;
  let url: string;
  const stopping = new AbortController();

  beforeAll(async () => {
    dataDir = await newDataDir();
    connection = await connectDatabase({ dataDir, poolSize: 4 });
    await migrate(connection);
    app = await createTestApp(connection, { webApp: await createWebApp(DIST, undefined), stopping: stopping.signal });
    await addSites(
      connection.db,
      makeSite({ id: FOLLOWED, name: '旧名驿站', point: eastOf(AT.island, 100) }),
      makeSite({ point: eastOf(AT.island, 300) }),
    );
    await app.store.refresh();
    await new Promise<void>((resolve) => {
      server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
        url = `http://127.0.0.1:${port}`;
        resolve();
      });
    });
  });
  afterAll(async () => {
    stopping.abort();
    await new Promise((resolve) => server.close(resolve));
    await app.close();
    await connection.close();
    await rm(dataDir, { recursive: true });
  });

  const rename = (name: string) => connection.db.update(sites).set({ name }).where(eq(sites.id, FOLLOWED));

  test('shows a new name, and a place that comes and goes, soon after the commit', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island, server: url });
    await openMap(page);
    const tookMs: number[] = [];
    for (const name of ['新名驿站', '更新的名字', '最新的名字']) {
      await rename(name);
      const committedMs = performance.now();
      await page.getByText(name).first().waitFor();
      tookMs.push(Math.round(performance.now() - committedMs));
    }
    console.log(`from the commit to the screen: ${tookMs.join(', ')} ms (goal: under ${GOAL_MS})`);

    await addSites(connection.db, makeSite({ id: 'newcomer', point: eastOf(AT.island, 20) }));
    await expect.poll(() => idsOf(nearRows(page))).toContain('newcomer');
    await connection.db.update(sites).set({ status: 'closed_for_good' }).where(eq(sites.id, 'newcomer'));
    await expect.poll(() => idsOf(nearRows(page))).not.toContain('newcomer');
  });

  test('is the newest also after many commits in a row', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island, server: url });
    await openMap(page);
    for (let i = 1; i <= 30; i++) await rename(`第${i}个名字`);
    await expect.poll(() => followedName(page)).toContain('第30个名字');
  });

  test('of a phone that was put away hears of nothing, and catches up by what changed', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island, server: url });
    await openMap(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname + new URL(request.url()).search));
    const before = await followedName(page);
    await setVisibility(page, 'hidden');
    await rename('睡着时改的名字');
    await app.store.refresh();
    // What an open map would have shown by now: the other phone has.
    const awake = await openPhone({ at: AT.island, server: url });
    await openMap(awake.page);
    await expect.poll(() => followedName(awake.page)).toContain('睡着时改的名字');
    await rename('又改的名字');
    await expect.poll(() => followedName(awake.page)).toContain('又改的名字');
    expect(await followedName(page)).toBe(before);
    expect(asked.filter((path) => path.startsWith('/api/sites'))).toEqual([]);

    await setVisibility(page, 'visible');
    await expect.poll(() => followedName(page)).toContain('又改的名字');
    expect(asked.filter((path) => path.startsWith('/api/sites?since='))).not.toEqual([]);
    expect(asked).not.toContain('/api/sites');
  });

  test('goes on without the events when they are refused', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island, server: url, serviceWorkers: 'block' });
    await page.route('**/api/sites/events', (route) => route.fulfill({ status: 503, json: {} }));
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await rename('没有推送的名字');
    await app.store.refresh();
    // The way it always was: the network that comes back makes it ask.
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect.poll(() => followedName(page)).toContain('没有推送的名字');
  });
});

function followedName(page: Page): Promise<string> {
  return page.locator(`a[data-site="${FOLLOWED}"]`).innerText();
}

/** Opens the map and waits until it follows the changes. */
async function openMap(page: Page): Promise<void> {
  const following = page.waitForResponse((response) => response.url().endsWith('/api/sites/events'));
  await page.goto('/');
  await nearRows(page).first().waitFor();
  expect((await following).status()).toBe(200);
}

/** A page in a headless browser is always visible; this is what the app would be told by a phone. */
async function setVisibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
