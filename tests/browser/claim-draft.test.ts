import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { ClaimPage } from '#domain/insurance/claim-contract.ts';
import { claim as words } from '../../web/client/messages/zh/claim.ts';
import { claimWords } from '../../web/client/messages/zh/claim-words.ts';
import { cover } from '../../web/client/messages/zh/cover.ts';
import { doors } from '../../web/client/messages/zh/doors.ts';
import { enrol } from '../../web/client/messages/zh/enrol.ts';
import { type AppServer, startAppServer } from '../support/app-server.ts';
import { spawnBrowser } from '../support/browser.ts';
import { shiftClock } from '../support/shift-clock.ts';
import { NOW, NOW_ISO } from './now.ts';
import { PHONE, test, waitUntilStored } from './phones.ts';
import { agreeAs, rider, signInHere } from './riders.ts';

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer({ TEST_CLOCK: NOW_ISO });
});
afterAll(() => server?.close());

const STORY = '右转时被小车蹭倒，左腿擦伤。';

describe('a claim on the phone', () => {
  test('is written without a network, survives a killed browser, and is reported exactly once', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'luyi-phone-'));
    let phone = await spawnBrowser(profile);
    try {
      let page = await openPage(phone.browser.contexts()[0]!);
      const me = rider(11);
      await page.goto(`${server.url}/cover`);
      await signInHere(page, server, me);
      await page.getByText(cover.nothing).waitFor();
      await page.goto(server.url);
      await waitUntilStored(page);
      // A browser writes its cookies after a while only.
      await phone.quit();

      phone = await spawnBrowser(profile);
      page = await openPage(phone.browser.contexts()[0]!);
      await page.context().setOffline(true);
      await page.goto(`${server.url}/accident`);
      await page.getByRole('link', { name: doors.accident.start }).click();
      await page.getByLabel(words.what.label, { exact: true }).fill(STORY);
      await page.locator('input[type="file"]').nth(1).setInputFiles('docs/screens/map.png');
      await page.getByText(words.files.waiting).waitFor();
      await page.getByText(/已存在手机里/).waitFor();
      await phone.kill();

      phone = await spawnBrowser(profile);
      page = await openPage(phone.browser.contexts()[0]!);
      await page.context().setOffline(true);
      await page.goto(`${server.url}/claim/new`);
      await expect.poll(() => page.getByLabel(words.what.label, { exact: true }).inputValue()).toBe(STORY);
      await page.getByText(words.files.waiting).waitFor();
      // What is missing is said, then it is queued without a network.
      await page.getByRole('button', { name: words.send.now, exact: true }).click();
      await page.getByText(words.send.missing).waitFor();
      await page.getByLabel(enrol.who.name, { exact: true }).fill(me.name);
      await page.getByLabel(enrol.who.idNumber, { exact: true }).fill(me.idNumber);
      await page.getByLabel(words.who.identity).check();
      await page.getByLabel(words.who.medical).check();
      await page.getByRole('button', { name: words.send.now, exact: true }).click();
      await page.getByText(words.send.waiting).waitFor();
      await phone.kill();

      // Reopened with the network back, on another page: it goes by itself.
      phone = await spawnBrowser(profile);
      page = await openPage(phone.browser.contexts()[0]!);
      const reports: string[] = [];
      page.on('request', (request) => {
        if (request.method() === 'POST' && request.url().endsWith('/api/claims')) reports.push(request.url());
      });
      await page.goto(server.url);
      await expect.poll(async () => (await myClaims(page)).length).toBe(1);
      // The photo follows by itself, in pieces, once the claim is safe.
      await page.goto(`${server.url}/me`);
      await expect.poll(async () => (await myClaims(page))[0]?.state).toBe('supplemented');
      await page.reload();
      await page.getByText(claimWords.states.supplemented).waitFor();
      expect(reports).toHaveLength(1);
      expect(await myClaims(page)).toHaveLength(1);
    } finally {
      await phone.kill();
      await rm(profile, { recursive: true, force: true });
    }
  });

  test('on a day that was not covered says so, and what still can be done; it can be withdrawn', async ({
    openPhone,
  }) => {
    const me = rider(12);
    const { page } = await openPhone({ server: server.url });
    await page.goto('/enrol');
    await signInHere(page, server, me);
    await agreeAs(page, me);
    await page.getByRole('button', { name: enrol.send.next('0.40') }).tap();
    await page.getByRole('button', { name: enrol.pay.simulateNow('0.40') }).tap();
    await page.getByText(cover.cert.states.covers_later_days).waitFor();
    await page.goto('/claim/new?channel=me');
    // The phone knows before anything is sent.
    await page.getByText(words.covered.no('3月10日 周二')).waitFor();
    await page.getByText(words.covered.days('3月11日')).waitFor();
    await page.getByLabel(words.what.label, { exact: true }).fill(STORY);
    await page.getByLabel(words.office.byStreet).selectOption({ index: 1 });
    await page.locator('input[type="radio"]').nth(1).check();
    await page.getByLabel(words.who.identity).check();
    await page.getByLabel(words.who.medical).check();
    await page.getByRole('button', { name: words.send.now, exact: true }).tap();
    await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/claims\//);
    await page.getByText(words.view.notCovered, { exact: true }).waitFor();
    await page.getByText(words.view.notCoveredDays('3月11日')).waitFor();
    await page.getByText(words.view.has(claimWords.holders['claim.receive']!)).waitFor();
    await page.getByText(claimWords.actions.assess, { exact: true }).waitFor();
    await page.getByRole('button', { name: words.view.withdraw }).tap();
    await page.getByRole('button', { name: words.view.withdrawNow }).tap();
    await page.getByText(claimWords.states.closed).waitFor();
  });
});

async function openPage(context: BrowserContext): Promise<Page> {
  context.setDefaultTimeout(45_000);
  await context.addInitScript(`(${shiftClock})(${NOW - Date.now()})`);
  await context.addInitScript(`try { localStorage.setItem('luyi.preferences', '{"language":"zh"}') } catch {}`);
  const page = await context.newPage();
  await page.setViewportSize(PHONE);
  return page;
}

async function myClaims(page: Page): Promise<ClaimPage['rows']> {
  return page.evaluate(async () => ((await (await fetch('/api/me/claims')).json()) as ClaimPage).rows);
}
