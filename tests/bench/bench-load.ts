import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import { startAppServer } from '../support/app-server.ts';
import { launchBrowser } from '../support/browser.ts';
import type { Section } from './report.ts';

/** A row of the list of places. */
const ROW = 'a[data-site]';
const IN_THE_CITY = { longitude: 118.118, latitude: 24.4885, accuracy: 20 };

/** The JavaScript and CSS that a first visit to `/` fetches, until the list is there and until nothing more comes. */
export async function benchLoad(): Promise<Section> {
  const server = await startAppServer({ SEED: 'demo' });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({
      serviceWorkers: 'block',
      viewport: { width: 390, height: 844 },
      permissions: ['geolocation'],
      geolocation: IN_THE_CITY,
      locale: 'zh-CN',
    });
    const files = new Map<string, Promise<{ kind: string; gzipBytes: number } | null>>();
    context.on('response', (response) => void files.set(response.url(), weigh(response)));
    const page = await context.newPage();
    // Noted in the page itself, on the clock that its resource timings use.
    await page.addInitScript((row) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector(row)) return;
        observer.disconnect();
        performance.mark('first-row');
      });
      observer.observe(document, { childList: true, subtree: true });
    }, ROW);
    await page.goto(server.url);
    await page.waitForSelector(ROW, { timeout: 30_000 });
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(1500); // what starts when the page has been idle for a moment belongs to it too
    await page.waitForLoadState('networkidle');

    const { firstRowMs, early } = await page.evaluate(() => {
      const at = performance.getEntriesByName('first-row')[0]!.startTime;
      const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      return {
        firstRowMs: at,
        early: resources.filter((resource) => resource.responseEnd <= at).map((resource) => resource.name),
      };
    });
    const weighed = (
      await Promise.all([...files].map(async ([url, weight]) => ({ url, weight: await weight })))
    ).flatMap(({ url, weight }) => (weight ? [{ url, ...weight }] : []));
    const sum = (some: typeof weighed) => some.reduce((bytes, { gzipBytes }) => bytes + gzipBytes, 0) / 1000;
    const earlyNames = new Set(early);
    return {
      title: 'First load of / (service worker blocked)',
      measures: [
        {
          name: 'JavaScript and CSS until idle, gzip',
          value: sum(weighed),
          unit: 'KB',
          goals: [{ kind: 'floor', atMost: 165 }],
        },
        {
          name: 'of it before the first row of the list, gzip',
          value: sum(weighed.filter(({ url }) => earlyNames.has(url))),
          unit: 'KB',
          goals: [{ kind: 'floor', atMost: 100 }],
        },
        { name: 'first row of the list, on this machine', value: firstRowMs, unit: 'ms' },
      ],
      notes: weighed
        .sort((a, b) => b.gzipBytes - a.gzipBytes)
        .map(({ url, gzipBytes }) => {
          const when = earlyNames.has(url) ? 'before the list' : 'later';
          return `${new URL(url).pathname}: ${(gzipBytes / 1000).toFixed(1)} KB, ${when}`;
        }),
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** How big a script or style sheet is in gzip -9; null for anything else. */
async function weigh(response: Response): Promise<{ kind: string; gzipBytes: number } | null> {
  const kind = response.headers()['content-type'] ?? '';
  if (!/javascript|css/.test(kind) || response.status() !== 200) return null;
  const body = await response.body().catch(async () => Buffer.from(await (await fetch(response.url())).arrayBuffer()));
  return { kind, gzipBytes: gzipSync(body, { level: 9 }).length };
}
