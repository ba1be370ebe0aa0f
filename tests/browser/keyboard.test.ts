import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { details } from '../../web/client/messages/zh/details.ts';
import { report } from '../../web/client/messages/zh/report.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { getFeatures, getSite, pick } from './city.ts';
import { AT, DESKTOP, idsOf, nearRows, test } from './phones.ts';

const { places: words } = zh;
/** More than there are stops before anything on a page. */
const MOST_TABS = 80;

describe('without a mouse or a finger', () => {
  test('chips, the panel behind "more", and back to where one was', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island, viewport: DESKTOP, isMobile: false, hasTouch: false });
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await tabTo(page, words.chips.water);
    await page.keyboard.press('Space');
    await expect.poll(() => new URL(page.url()).searchParams.get('s')).toBe('water');
    expect(await focusIsVisible(page)).toBe(true);

    await tabTo(page, words.chips.more);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: details.filters.heading }).waitFor();
    await tabTo(page, details.facilities.toilet);
    await page.keyboard.press('Space');
    await expect.poll(() => new URL(page.url()).searchParams.get('f')).toBe('toilet');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe(words.chips.moreActive(1));
  });

  test('number keys open places, Escape closes them, and the focus returns to the row', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    await page.goto('/');
    await nearRows(page).nth(3).waitFor();
    const ids = await idsOf(nearRows(page));
    for (const number of [1, 3]) {
      const { name } = (await getSite(ids[number - 1]!)).properties;
      // The keys come a moment after the first list: press until the place is there, and not again.
      await expect
        .poll(async () => {
          if (new URL(page.url()).pathname === '/') await page.keyboard.press(String(number));
          return page.getByRole('heading', { level: 2, name }).isVisible();
        })
        .toBe(true);
      await expect.poll(() => focused(page)).toBe(name);
      await page.keyboard.press('Escape');
      await expect
        .poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset.site))
        .toBe(ids[number - 1]);
      expect(new URL(page.url()).pathname).toBe('/');
    }
  });

  test('a report, a search by street, and a place from there', async ({ openPhone }) => {
    const quiet = (await getFeatures()).filter(({ properties }) => properties.demo && !properties.reported);
    const site = quiet.at(-20)!.properties;
    const { page } = await openPhone();
    await page.goto('/streets');
    await page.getByRole('searchbox').waitFor();
    await tabTo(page, details.streets.search);
    await page.keyboard.type(site.name);
    const link = page.locator(`a[href="/sites/${site.id}"]`);
    await link.waitFor();
    await expect.poll(() => page.locator('main a[href^="/sites/"]').count()).toBeLessThan(5);
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      await page.keyboard.press('Tab');
      if (await link.evaluate((element) => element === document.activeElement)) break;
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: site.name }).waitFor();

    await tabTo(page, words.reportKinds.confirmed);
    await page.keyboard.press('Enter');
    await page.getByText(report.sent).waitFor();
    await expect.poll(async () => (await getSite(site.id)).properties.reported?.confirmed?.count).toBe(1);
  });

  test('the sheet of a phone goes up and down with the arrow keys', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await tabTo(page, words.list.handle);
    const sheet = page.getByRole('region', { name: words.list.heading });
    const stop = () => sheet.getAttribute('data-stop');
    expect(await stop()).toBe('middle');
    await page.keyboard.press('ArrowUp');
    await expect.poll(stop).toBe('high');
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await expect.poll(stop).toBe('low');
  });

  test('directions to a place can be chosen', async ({ openPhone }) => {
    const site = pick(await getFeatures(), ({ geometry }) => geometry !== null).properties;
    const { page } = await openPhone();
    await page.goto(`/sites/${site.id}`);
    await page.getByRole('article').waitFor();
    await tabTo(page, details.place.navigate);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: details.place.navigateWith }).waitFor();
    await tabTo(page, details.place.maps.baidu);
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe(details.place.navigate);
    // The dialog took that Escape; the place is still there.
    expect(new URL(page.url()).pathname).toBe(`/sites/${site.id}`);
  });
});

/** The name of what has the focus, as it is read out. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    const label = (element as HTMLInputElement | null)?.labels?.[0]?.textContent;
    return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim();
  });
}

/** Presses Tab until the focus is on something of that name. Throws when it never gets there. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (now === name) return;
    passed.push(now);
  }
  throw new Error(`The focus never came to "${name}". It went over: ${passed.join(' | ')}`);
}

/** Whether one sees where the focus is. */
function focusIsVisible(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement!);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  });
}
