import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { SiteCollection, SiteFeature } from '#domain/places/site.ts';
import { map as mapWords } from '../../web/client/messages/zh/map.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { seededRandom } from '../support/random.ts';
import { getJson } from './city.ts';
import { AT, nearRows, test } from './phones.ts';

const PLACES = 10_000;
const SLOWDOWN = 4;
/** The goal; what was measured is printed beside it. */
const LONGEST_TASK_MS = 100;
/** Fails the test: out of all proportion, also on a machine that is busy with other work. */
const BLOCKED_MS = 300;
/** A busy machine makes a try slow; the median of so many is the app's own. */
const TRIES = 5;

describe(`${PLACES} places`, () => {
  test(
    `pan and zoom without blocking the page at ${SLOWDOWN}× throttle`,
    { timeout: 120_000 },
    async ({ openPhone }) => {
      const city = await manyPlaces();
      const { page, context } = await openPhone({ at: AT.island, serviceWorkers: 'block', ownClock: true });
      await page.route('**/api/sites', (route) => route.fulfill({ json: city }));
      await page.goto('/');
      await page.getByText(zh.places.list.count(PLACES)).waitFor();
      await nearRows(page).first().waitFor();
      await page.locator('.leaflet-container').waitFor();
      await page.waitForLoadState('networkidle');
      await page.evaluate(() => {
        const tasks: number[] = [];
        Object.assign(window, { longTasks: tasks });
        new PerformanceObserver((seen) => tasks.push(...seen.getEntries().map(({ duration }) => duration))).observe({
          type: 'longtask',
        });
      });
      const devTools = await context.newCDPSession(page);
      await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });

      // What is measured is measured: a long task is seen.
      await page.evaluate(() => {
        setTimeout(() => {
          const until = performance.now() + 120;
          while (performance.now() < until);
        });
      });
      await expect.poll(() => longTasks(page)).not.toEqual([]);

      const longest: number[] = [];
      for (let tries = 0; tries < TRIES; tries++) {
        await page.evaluate(() => {
          (window as unknown as { longTasks: number[] }).longTasks.length = 0;
        });
        await panAndZoom(page);
        longest.push(Math.max(0, ...(await longTasks(page))));
      }
      const median = longest.toSorted((a, b) => a - b)[Math.floor(TRIES / 2)]!;
      console.log(
        `Longest task while ${PLACES} places were moved, per try: ${longest.join(', ')} ms; ` +
          `median ${median} ms, goal ${LONGEST_TASK_MS} ms: ${median <= LONGEST_TASK_MS ? 'holds' : 'MISSED'}`,
      );
      expect(median).toBeLessThan(BLOCKED_MS);
    },
  );
});

/** How long each task over 50 ms took, in milliseconds. */
function longTasks(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
}

/** Drags the map about, goes in and out, and waits each time until it rests and is drawn. */
async function panAndZoom(page: Page): Promise<void> {
  const address = () => page.url();
  for (const [dx, dy] of [
    [-150, 0],
    [120, 80],
    [0, -100],
  ] as const) {
    const before = address();
    await page.mouse.move(200, 250);
    await page.mouse.down();
    await page.mouse.move(200 + dx, 250 + dy, { steps: 8 });
    await page.mouse.up();
    await expect.poll(address).not.toBe(before);
  }
  for (const name of ['zoomOut', 'zoomOut', 'zoomOut', 'zoomIn', 'zoomIn', 'zoomIn'] as const) {
    const before = address();
    await page.getByRole('button', { name: mapWords[name] }).tap();
    await expect.poll(address).not.toBe(before);
  }
  // The address is written when the map rests; what is drawn then comes within the next frames.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(() => resolve(null)))),
  );
}

/** The demo city's places again and again, each time a little elsewhere. */
async function manyPlaces(): Promise<SiteCollection> {
  const collection = await getJson<SiteCollection>('/api/sites');
  const random = seededRandom(10_000);
  const placed = collection.features.filter(({ geometry }) => geometry);
  const features = Array.from({ length: PLACES }, (_, index): SiteFeature => {
    const { geometry, properties, type } = placed[index % placed.length]!;
    const [lng, lat] = geometry!.coordinates;
    const id = `many-${index}`;
    const coordinates: [number, number] = [lng + (random() - 0.5) / 50, lat + (random() - 0.5) / 50];
    return { type, id, geometry: { type: 'Point', coordinates }, properties: { ...properties, id } };
  });
  return { ...collection, features };
}
