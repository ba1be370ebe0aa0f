import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { en } from '../../web/client/messages/en.ts';
import { settings } from '../../web/client/messages/zh/settings.ts';
import { getFeatures, getJson, pick } from './city.ts';
import { AT, nearRows, test } from './phones.ts';

describe('settings of the device', () => {
  test('dark, large and English hold at once and after the page is opened again', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await page.getByRole('button', { name: settings.title }).tap();
    const dialog = page.getByRole('dialog', { name: settings.title });
    const root = page.locator('html');
    const fontPx = () => root.evaluate((html) => parseFloat(getComputedStyle(html).fontSize));
    const before = await fontPx();
    await dialog.getByText(settings.themeDark).tap();
    await expect.poll(() => root.getAttribute('data-theme')).toBe('dark');
    await dialog.getByText(settings.textLarge).tap();
    await expect.poll(fontPx).toBeGreaterThan(before * 1.1);
    await dialog.getByText(settings.english).tap();
    await page.getByRole('dialog', { name: en.shell.settings }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(en.places.nav.accident).waitFor();

    await page.reload();
    await page.getByText(en.places.nav.accident).waitFor();
    expect(await root.getAttribute('data-theme')).toBe('dark');
    expect(await root.getAttribute('lang')).toBe('en');
    expect(await fontPx()).toBeGreaterThan(before * 1.1);
  });

  test('a device in the dark gets the dark page before anything is drawn', async ({ openPhone }) => {
    const { page } = await openPhone({ colorScheme: 'dark' });
    await page.goto('/', { waitUntil: 'commit' });
    await page.locator('body').waitFor({ state: 'attached' });
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });

  test('large text in either language does not push anything out of a phone', async ({ openPhone }) => {
    const paths = await pagePaths();
    for (const language of ['zh', 'en']) {
      const { page } = await openPhone({ at: AT.island });
      await page.addInitScript((chosen) => {
        localStorage.setItem('luyi.preferences', JSON.stringify({ textSize: 'large', language: chosen }));
      }, language);
      for (const path of paths) {
        await page.goto(path);
        await page.locator('h1, h2').first().waitFor();
        await page.waitForLoadState('networkidle');
        const outside = await page.evaluate(() =>
          [...document.querySelectorAll('button, a, h1, h2, h3, p, select, input')]
            .filter((element) => {
              const box = element.getBoundingClientRect();
              // What scrolls sideways on purpose (the chips) and what only screen readers hear may be outside.
              if (box.width <= 1 || element.closest('fieldset, .leaflet-container')) return false;
              return box.right > innerWidth + 1 || box.left < -1;
            })
            .map((element) => element.textContent || element.getAttribute('aria-label')),
        );
        expect(outside, `${language} ${path}`).toEqual([]);
      }
    }
  });

  test('English leaves no Chinese but names and what sources say', async ({ openPhone }) => {
    const data = await chineseData();
    const { page } = await openPhone({ at: AT.jimei, locale: 'en-GB' });
    for (const path of ['/?s=mediation', ...(await pagePaths())]) {
      await page.goto(path);
      await page.locator('h1, h2').first().waitFor();
      await page.waitForLoadState('networkidle');
      const left = (await textsOf(page)).filter((text) => {
        let rest = text;
        for (const known of data) rest = rest.replaceAll(known, '');
        return /\p{Script=Han}/u.test(rest);
      });
      expect(left, path).toEqual([]);
    }
  });
});

/** Every kind of page, and places whose cards show most. */
async function pagePaths(): Promise<string[]> {
  const features = await getFeatures();
  const full = pick(features, ({ properties }) => Object.values(properties.facilities).includes(false));
  const centre = pick(features, ({ properties }) => properties.services.length > 8);
  const reported = pick(features, ({ properties }) => properties.reported?.locked !== undefined);
  const rough = pick(features, ({ properties }) => (properties.precisionM ?? 0) > 500);
  return [
    '/',
    ...[full, centre, reported, rough].map(({ id }) => `/sites/${id}`),
    `/sites/${full.id}/poster`,
    '/streets',
    '/accident',
    '/about',
    '/no-such-page',
  ];
}

/** Everything Chinese that comes from the data, the longest first. */
async function chineseData(): Promise<string[]> {
  const texts = new Set<string>(['中文', '天地图']);
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && /\p{Script=Han}/u.test(value)) texts.add(value);
    else if (value && typeof value === 'object') Object.values(value).forEach(collect);
  };
  collect(await getFeatures());
  collect(await getJson('/api/jurisdictions'));
  return [...texts].sort((a, b) => b.length - a.length);
}

/** What is read and what is said: texts, names for screen readers, hints. */
async function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Text) {
        if (!node.parentElement?.closest('script, style, noscript')) texts.push(node.data);
      } else {
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
          texts.push((node as Element).getAttribute(name) ?? '');
        }
      }
    }
    return texts;
  });
}
