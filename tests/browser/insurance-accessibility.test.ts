import { afterAll, beforeAll, expect } from 'vitest';
import { claim as claimTexts } from '../../web/client/messages/zh/claim.ts';
import { cover } from '../../web/client/messages/zh/cover.ts';
import { enrol as words } from '../../web/client/messages/zh/enrol.ts';
import { type AppServer, startAppServer } from '../support/app-server.ts';
import { violations } from './axe.ts';
import { NOW_ISO } from './now.ts';
import { AT, test } from './phones.ts';
import { agreeAs, rider, signInHere } from './riders.ts';

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer({ TEST_CLOCK: NOW_ISO });
});
afterAll(() => server?.close());

test(
  'axe finds nothing on the pages of 益鹭保, in the light and in the dark',
  { timeout: 180_000 },
  async ({ openPhone }) => {
    const { page } = await openPhone({ server: server.url, at: AT.island, bypassCSP: true });
    const me = rider(21);
    const found: string[] = [];
    const look = async (where: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
        found.push(...(await violations(page)).map((violation) => `${where}, ${colorScheme}: ${violation}`));
      }
    };
    const unfold = async () => {
      for (const summary of await page.locator('main summary').all()) await summary.click();
    };

    await page.goto('/enrol');
    await page.getByText(words.who.signIn).waitFor();
    await look('enrol, signed out');
    await signInHere(page, server, me);
    await page.getByLabel(words.who.idNumber, { exact: true }).fill('12345');
    await unfold();
    await page.getByRole('button', { name: words.send.next('0.40') }).tap();
    await page.getByText(words.who.mustAgree).waitFor();
    await look('enrol, with faults');
    await agreeAs(page, me);
    await page.getByRole('button', { name: words.send.next('0.40') }).tap();
    await page.getByRole('button', { name: words.pay.simulateNow('0.40') }).waitFor();
    await look('pay');
    await page.getByRole('button', { name: words.pay.simulateNow('0.40') }).tap();
    await page.getByText(cover.cert.states.covers_later_days).waitFor();
    await look('certificate');
    await page.goto('/cover');
    await page.getByRole('button', { name: cover.cancel }).waitFor();
    await unfold();
    await look('cover');
    await page.getByRole('button', { name: cover.cancel }).tap();
    await page.getByRole('dialog').waitFor();
    await look('cancel');
    await page.goto('/claim/new');
    await page.getByText(claimTexts.covered.days('3月11日')).waitFor();
    await unfold();
    await page.getByRole('button', { name: claimTexts.witnesses.add }).tap();
    await page.getByRole('button', { name: claimTexts.lines.add }).tap();
    await page.locator('input[type="file"]').nth(1).setInputFiles('docs/screens/map.png');
    await page.getByText(claimTexts.files.waiting).waitFor();
    await page.getByRole('button', { name: claimTexts.where.here }).tap();
    await page.getByText(claimTexts.where.pinned).waitFor();
    await page.getByRole('button', { name: claimTexts.send.now, exact: true }).tap();
    await page.getByText(claimTexts.send.missing).waitFor();
    await look('claim draft');
    await page.getByLabel(claimTexts.what.label, { exact: true }).fill('摔倒了');
    await page.getByLabel(claimTexts.who.identity).check();
    await page.getByLabel(claimTexts.who.medical).check();
    await page.getByRole('button', { name: claimTexts.send.now, exact: true }).tap();
    await page.getByRole('heading', { name: claimTexts.view.steps }).waitFor();
    await unfold();
    await look('claim');
    await page.goto('/me');
    await page.getByRole('heading', { name: claimTexts.view.list }).waitFor();
    await look('me');
    expect(found).toEqual([]);
  },
);
