/** Riders' phones: pages of a real browser, with a clock and a position that the test decides. */
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect, inject, test as base } from 'vitest';
import { acrossWater as acrossWords } from '../../web/client/messages/zh/across-water.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { launchBrowser } from '../support/browser.ts';
import { shiftClock } from '../support/shift-clock.ts';
import { NOW } from './now.ts';

/** WGS-84. */
export const AT = {
  island: { lng: 118.118, lat: 24.4885 },
  jimei: { lng: 118.0945, lat: 24.5752 },
  gulangyu: { lng: 118.067, lat: 24.447 },
  farSea: { lng: 118.35, lat: 24.42 },
  shanghai: { lng: 121.47, lat: 31.23 },
} as const;

export const PHONE = { width: 390, height: 844 } as const;
export const DESKTOP = { width: 1440, height: 900 } as const;

export type PhoneOptions = Omit<BrowserContextOptions, 'geolocation'> & {
  /** Where the phone is. Left out: nobody allowed it to tell. */
  at?: { lng: number; lat: number };
  /** The service it talks to; the shared one by default. */
  server?: string;
  /** The clock of the machine instead of `NOW`, for measurements. */
  ownClock?: boolean;
};

export type Phone = { page: Page; context: BrowserContext };

type Fixtures = {
  browser: Browser;
  /** Opens a phone that is closed after the test. The test fails when a page threw something nobody caught. */
  openPhone: (options?: PhoneOptions) => Promise<Phone>;
};

export const test = base.extend<Fixtures>({
  browser: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the wanted fixtures from the pattern
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  openPhone: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    const thrown: string[] = [];
    await use(async ({ at, server, ownClock, ...options } = {}) => {
      const context = await browser.newContext({
        baseURL: server ?? inject('serverUrl'),
        viewport: PHONE,
        isMobile: true,
        hasTouch: true,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        colorScheme: 'light',
        ...(at && { geolocation: { longitude: at.lng, latitude: at.lat, accuracy: 15 } }),
        permissions: at ? ['geolocation'] : [],
        ...options,
      });
      contexts.push(context);
      context.setDefaultTimeout(45_000);
      context.on('weberror', (error) => thrown.push(String(error.error())));
      // As text, because the test runner's own build of the function asks for names that a page does not have.
      if (!ownClock) await context.addInitScript(`(${shiftClock})(${NOW - Date.now()})`);
      return { context, page: await context.newPage() };
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(thrown, 'errors that the pages did not catch').toEqual([]);
  },
});

const { list } = zh.places;

/** The rows of places that can be reached, the nearest first. */
export function nearRows(page: Page): Locator {
  return page.getByRole('region', { name: list.heading }).locator('a[data-site]:not(details a)');
}

/** The group of places across the water. */
export function acrossWater(page: Page): Locator {
  return page.locator('details', { hasText: acrossWords.heading });
}

export function idsOf(rows: Locator): Promise<string[]> {
  return rows.evaluateAll((links) => links.map((link) => (link as HTMLElement).dataset.site!));
}

export function chip(page: Page, name: string): Locator {
  return page.getByRole('group', { name: zh.places.chips.label }).getByRole('button', { name, exact: true });
}

/** Waits until the phone has stored what it needs without a network: the app and its data. */
export async function waitUntilStored(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect
    .poll(() =>
      page.evaluate(async () => {
        if (!navigator.serviceWorker.controller) return [];
        const kept = await (await caches.open('luyi-data')).keys();
        return kept.map(({ url }) => new URL(url).pathname).sort();
      }),
    )
    .toEqual(expect.arrayContaining(['/api/city', '/api/jurisdictions', '/api/sites']));
}
