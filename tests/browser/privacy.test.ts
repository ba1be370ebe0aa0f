import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { map as mapWords } from '../../web/client/messages/zh/map.ts';
import { report as words } from '../../web/client/messages/zh/report.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { nearRows, test } from './phones.ts';

const HERE = { lng: 118.0895, lat: 24.4795 };
const DIGITS = /118\.089|24\.479/;

describe('the position of the rider', () => {
  test('is in no request: not while looking, opening a place, reporting, nor on a reload', async ({ openPhone }) => {
    // Without a service worker the address itself is asked for on a reload.
    const { page } = await openPhone({ at: HERE, serviceWorkers: 'block' });
    const sent = collectRequests(page);
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await page.getByRole('button', { name: mapWords.locate }).tap();
    await expect.poll(() => page.url()).toMatch(/#v=118\.089/);
    await page.getByRole('button', { name: zh.places.chips.rest, exact: true }).tap();
    await nearRows(page).first().tap();
    await page.getByRole('button', { name: zh.places.reportKinds.hours_wrong }).tap();
    await page.getByText(words.sent).waitFor();
    await page.reload();
    await page.getByText(words.noteToggle).waitFor();

    expect(sent.some((text) => text.startsWith('POST'))).toBe(true);
    expect(sent.filter((text) => DIGITS.test(text))).toEqual([]);
  });

  test('an old link with the view in its query shows it, and the next request does not carry it', async ({
    openPhone,
  }) => {
    const { page } = await openPhone({ serviceWorkers: 'block' });
    await page.goto(`/?s=rest&v=${HERE.lng},${HERE.lat},15`);
    await nearRows(page).first().waitFor();
    const { search, hash } = new URL(page.url());
    expect(search).toBe('?s=rest');
    expect(hash).toMatch(/^#v=118\.089\d*,24\.479\d*,15$/);
    const sent = collectRequests(page);
    await page.reload();
    await nearRows(page).first().waitFor();
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter((text) => DIGITS.test(text))).toEqual([]);
  });

  test('another view pasted into the address bar moves the map', async ({ openPhone }) => {
    const { page } = await openPhone();
    await page.goto(`/#v=${HERE.lng},${HERE.lat},15`);
    await page.locator('.leaflet-container').waitFor();
    const before = await nearRows(page).first().getAttribute('data-site');
    await page.evaluate(() => {
      window.location.hash = '#v=118.0945,24.5752,15';
    });
    await expect.poll(() => nearRows(page).first().getAttribute('data-site')).not.toBe(before);
  });
});

/** What each request says: its line, its headers and its body. */
function collectRequests(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    // The browser keeps the fragment to itself; Playwright shows it.
    const url = request.url().replace(/#.*/, '');
    sent.push(`${request.method()} ${url} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`);
  });
  return sent;
}
