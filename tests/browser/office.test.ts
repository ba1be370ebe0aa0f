/** A street officer at the counter: everything by keyboard or in a few clicks, on a service of its own. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#domain/accounts/demo-accounts.ts';
import type { ReportState } from '#domain/places/office-contract.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import { me as meWords } from '../../web/client/messages/zh/me.ts';
import { officeSites as sitesWords } from '../../web/client/messages/zh/office-sites.ts';
import { office as words } from '../../web/client/messages/zh/office.ts';
import { scorecard as scorecardWords } from '../../web/client/messages/zh/scorecard.ts';
import { signIn as signInWords } from '../../web/client/messages/zh/sign-in.ts';
import { streetPosters as posterWords } from '../../web/client/messages/zh/street-posters.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { type AppServer, startAppServer } from '../support/app-server.ts';
import { getFeatures, getJson } from './city.ts';
import { NOW, NOW_ISO } from './now.ts';
import { DESKTOP, type Phone, type PhoneOptions, test } from './phones.ts';

const STREET = DEMO_ACCOUNTS.find(({ role }) => role === 'officer')!.jurisdictionCode!;
const COUNTER = { viewport: DESKTOP, isMobile: false, hasTouch: false } as const;
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer({ TEST_CLOCK: NOW_ISO });
});
afterAll(() => server.close());

describe('the workbench', () => {
  test('is reached by keyboard alone, and each report leads to the place with its fact', async ({ openPhone }) => {
    const [site] = await placesOfStreet();
    const reportId = await sendReport(site!.id, 'hours_wrong');
    const { page } = await openPhone({ ...COUNTER, server: server.url });
    await page.goto('/office');
    await page.getByLabel(signInWords.username, { exact: true }).focus();
    await page.keyboard.type('officer');
    await page.keyboard.press('Tab');
    await page.keyboard.type(DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: words.nav.workbench }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/office');
    await page.getByRole('heading', { name: words.panels.reports }).waitFor();

    // The first panel is that of claims, of which there are none.
    await page.keyboard.press('2');
    await expect.poll(() => focusedRow(page)).not.toBeNull();
    const first = await focusedRow(page);
    const rows = await page.locator('[data-row]').count();
    await page.keyboard.press('j');
    if (rows > 1) expect(await focusedRow(page)).not.toBe(first);
    await page.keyboard.press('k');
    expect(await focusedRow(page)).toBe(first);
    await page.keyboard.press('/');
    await page.keyboard.type('工会');
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('工会');

    await page.getByRole('heading', { level: 1, name: sitesWords.title }).waitFor();

    await page.goBack();
    const row = page.locator('[data-row]', { hasText: site!.properties.name }).filter({
      hasText: zh.places.reportKinds.hours_wrong,
    });
    await row.waitFor();
    await row.locator('[data-open]').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/office/sites/${site!.id}`);
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('fact')).toBe('hours');
    expect(searchParams.get('reports')?.split(',')).toContain(reportId);
  });

  test('answers a report in two clicks and a confirmation, and the rider reads it', async ({ openPhone }) => {
    const site = (await placesOfStreet())[1]!;
    const { name } = site.properties;
    const reportId = await sendReport(site.id, 'no_water');
    const { page } = await openCounter(openPhone);
    await page.goto('/office');
    const what = zh.places.reportKinds.no_water;
    await page.getByRole('button', { name: words.reports.answerFor(`${name}, ${what}`) }).click();
    await page.getByRole('button', { name: words.reports.outcomes.repaired, exact: true }).click();
    // Nothing is sent before it is confirmed.
    await page.getByText(words.reports.confirm(1, words.reports.outcomes.repaired)).waitFor();
    expect((await getJson<ReportState>(`/api/reports/${reportId}`, server.url)).state).toBe('open');
    await page.getByLabel(words.reports.words).fill('饮水机已换滤芯');
    await page.getByRole('button', { name: words.reports.send }).click();
    await page.getByText(words.reports.answered(1)).waitFor();
    await page
      .getByRole('button', { name: words.reports.answerFor(`${name}, ${what}`) })
      .waitFor({ state: 'detached' });
    expect(await getJson<ReportState>(`/api/reports/${reportId}`, server.url)).toMatchObject({
      state: 'answered',
      outcome: 'repaired',
      words: '饮水机已换滤芯',
    });

    const rider = await openPhone({ server: server.url });
    await rider.page.addInitScript((report) => localStorage.setItem('luyi.sent-reports', JSON.stringify([report])), {
      id: reportId,
      siteId: site.id,
      kind: 'no_water',
      observedAt: new Date(NOW).toISOString(),
    });
    await rider.page.goto('/me');
    await rider.page.getByText(meWords.reports.outcomes.repaired).waitFor();
    await rider.page.getByText(meWords.reports.words('饮水机已换滤芯')).waitFor();
  });

  test('says so when there is no network, and keeps what it showed', async ({ openPhone }) => {
    const { page, context } = await openCounter(openPhone);
    await page.goto('/office');
    await page.getByRole('heading', { name: words.panels.reports }).waitFor();
    await context.setOffline(true);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByText(/没能更新/).waitFor();
    expect(await page.getByRole('heading', { name: words.panels.reports }).isVisible()).toBe(true);
    // The page asks again by itself.
    await context.setOffline(false);
    await page.getByText(/没能更新/).waitFor({ state: 'detached' });
  });

  test('is not shown to whoever has no right to it', async ({ openPhone }) => {
    const { page } = await openPhone({ ...COUNTER, server: server.url });
    await signIn(page, 'mediator', '/office');
    await page.getByText(words.noRight).waitFor();
    expect(await page.locator('[data-panel]').count()).toBe(0);
  });
});

describe('the table of places', () => {
  test('holds its view in the address, and exports exactly that', async ({ openPhone }) => {
    const { page } = await openCounter(openPhone);
    await page.goto('/office/sites');
    await page.getByRole('table').waitFor();
    await page.getByLabel(sitesWords.service, { exact: true }).selectOption('water');
    await expect.poll(() => new URL(page.url()).searchParams.get('service')).toBe('water');
    const total = await totalOf(page, '?service=water');
    await page.getByRole('caption').getByText(sitesWords.total(total)).waitFor();

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `${sitesWords.export}: ${sitesWords.csv}` }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(total + 1);

    await page.reload();
    await page.getByRole('caption').getByText(sitesWords.total(total)).waitFor();
    expect(await page.getByLabel(sitesWords.service, { exact: true }).inputValue()).toBe('water');
    await page.getByRole('button', { name: sitesWords.clear }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('');
  });

  test('finds while one types and says when nothing fits', async ({ openPhone }) => {
    const { page } = await openCounter(openPhone);
    await page.goto('/office/sites');
    await page.getByRole('table').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('没有这样的地方');
    await page.getByText(sitesWords.empty).waitFor();
    await page.getByRole('button', { name: sitesWords.clear }).first().click();
    await page.getByRole('table').waitFor();
  });
});

describe('on paper', () => {
  test('every place of a street has a poster, one sheet each', async ({ openPhone }) => {
    const places = await placesOfStreet();
    const { page } = await openCounter(openPhone);
    await page.goto(`/office/sites?street=${STREET}`);
    await page.getByRole('link', { name: sitesWords.posters }).click();
    await page.getByRole('button', { name: posterWords.print(places.length) }).waitFor();
    await expect
      .poll(() => page.getByRole('button', { name: posterWords.print(places.length) }).isEnabled())
      .toBe(true);
    const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(places.length);
  });

  test('the scorecard lies across the sheet', async ({ openPhone }) => {
    const { page } = await openCounter(openPhone);
    await page.goto('/office/scorecard');
    await page.getByRole('button', { name: scorecardWords.csv }).waitFor();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
    expect(Number(width)).toBeGreaterThan(Number(height));
  });
});

test('axe finds nothing on any page of the office', { timeout: 240_000 }, async ({ openPhone }) => {
  const found: string[] = [];
  const [site] = await placesOfStreet();
  for (const viewport of [DESKTOP, { width: 390, height: 844 }]) {
    const { page } = await openPhone({ ...COUNTER, viewport, server: server.url, bypassCSP: true });
    await signIn(page, 'admin', '/office');
    for (const path of [
      '/office',
      '/office/sites',
      '/office/sites/new',
      `/office/sites/${site!.id}`,
      `/office/sites/${site!.id}/history`,
      '/office/import',
      '/office/scorecard',
      '/office/posters',
      '/office/accounts',
      '/office/ledger',
      '/office/insurer',
      '/office/policy-terms',
      '/fairness',
      '/me',
    ]) {
      await page.goto(path);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
        found.push(
          ...(await violations(page)).map((violation) => `${path} ${viewport.width} ${colorScheme}: ${violation}`),
        );
      }
    }
  }
  expect(found).toEqual([]);
});

async function openCounter(openPhone: (options?: PhoneOptions) => Promise<Phone>): Promise<Phone> {
  const phone = await openPhone({ ...COUNTER, server: server.url });
  await signIn(phone.page, 'officer', '/office');
  return phone;
}

async function signIn(page: Page, username: string, to: string): Promise<void> {
  await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
  await page.getByRole('button', { name: username }).click();
  await page.getByRole('button', { name: signInWords.enter, exact: true }).click();
  await expect.poll(() => new URL(page.url()).pathname).toBe(to);
}

/** The public places of the demo officer's street. */
async function placesOfStreet(): Promise<SiteFeature[]> {
  const places = (await getFeatures(server.url)).filter(({ properties }) => properties.street === STREET);
  expect(places.length).toBeGreaterThan(3);
  return places;
}

async function sendReport(siteId: string, kind: string): Promise<string> {
  const id = randomUUID();
  const response = await fetch(`${server.url}/api/sites/${siteId}/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, kind, observedAt: new Date(NOW).toISOString() }),
  });
  if (!response.ok) throw new Error(await response.text());
  return id;
}

/** How many places the API counts for whoever is signed in on the page. */
function totalOf(page: Page, search: string): Promise<number> {
  return page.evaluate(
    async (path) => ((await (await fetch(path)).json()) as { total: number }).total,
    `/api/office/sites${search}`,
  );
}

/** Where the row leads that the keyboard stands on. */
function focusedRow(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.closest('[data-row] [data-open]')?.getAttribute('href') ?? null);
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))));
  const results = await page.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`));
}
