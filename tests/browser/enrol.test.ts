import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { CertificateView } from '#domain/insurance/enrolment-contract.ts';
import { cover } from '../../web/client/messages/zh/cover.ts';
import { doors } from '../../web/client/messages/zh/doors.ts';
import { enrol as words } from '../../web/client/messages/zh/enrol.ts';
import { type AppServer, startAppServer } from '../support/app-server.ts';
import { getFeatures, getJson, pick } from './city.ts';
import { NOW_ISO } from './now.ts';
import { test } from './phones.ts';
import { agreeAs, rider, signInHere } from './riders.ts';

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer({ TEST_CLOCK: NOW_ISO });
});
afterAll(() => server?.close());

const TOMORROW = '2026-03-11';

describe('enrolling', () => {
  test('at a station by the code on its poster, to a certificate that anybody can check', async ({ openPhone }) => {
    const site = pick(await getFeatures(server.url), ({ properties }) => properties.demo).properties;
    const me = rider(1);
    const { page } = await openPhone({ server: server.url });
    await page.goto(`/sites/${site.id}?from=qr`);
    const door = page.getByRole('link', { name: doors.enrol });
    // The doors come before anything else of the place.
    const [doorBox, articleBox] = [await door.boundingBox(), await page.getByRole('article').boundingBox()];
    expect(doorBox!.y).toBeLessThan(articleBox!.y);
    await door.tap();
    await page.getByText(words.who.signIn).waitFor();
    const tomorrow = page.locator(`[data-day="${TOMORROW}"]`);
    expect(await tomorrow.getAttribute('aria-pressed')).toBe('true');
    // What cannot be chosen says why.
    await page.locator('[data-day="2026-03-10"]').tap({ force: true });
    await page.getByText(words.pick.faults.too_soon('3月10日 周二', '3月11日 周三')).waitFor();
    await page.locator('[data-day="2026-03-13"]').tap();
    await signInHere(page, server, me);
    await page.getByLabel(words.who.name, { exact: true }).waitFor();
    expect(await page.locator('[data-day="2026-03-13"]').getAttribute('aria-pressed')).toBe('true');
    await page
      .getByLabel(words.who.idNumber, { exact: true })
      .fill(`${me.idNumber.slice(0, 17)}${me.idNumber.at(-1) === '1' ? '2' : '1'}`);
    await page.getByText(words.who.idWrong).waitFor();
    await agreeAs(page, me);
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/enrolments'));
    await page.getByRole('button', { name: words.send.next('0.80') }).tap();
    expect((await sent).postDataJSON()).toMatchObject({
      channel: 'qr',
      siteId: site.id,
      days: [TOMORROW, '2026-03-13'],
    });
    await page.getByText(words.pay.simulatedText).waitFor();
    await page.getByRole('button', { name: words.pay.simulateNow('0.80') }).tap();
    await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/certificates\//);
    await page.getByText(cover.cert.demo).waitFor();
    const code = new URL(page.url()).pathname.split('/').at(-1)!;

    const other = await openPhone({ server: server.url });
    await other.page.goto(`/certificates/${code}`);
    await other.page.getByText(cover.cert.states.covers_later_days).waitFor();
    await other.page.getByText(cover.cert.idEnding(me.idNumber.slice(-4))).waitFor();
    const shown = await other.page.locator('main').innerText();
    expect(shown).not.toContain(me.name);
    expect(shown).not.toContain(me.idNumber);
    const picture = other.page.getByRole('img', { name: cover.cert.qrAlt });
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0))
      .toBe(true);
    const paper = (await other.page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await other.page.goto('/certificates/NO-SUCH-CODE');
    await other.page.getByText(cover.cert.notFound).waitFor();
  });

  test('an answer that got lost is asked for, and nothing is bought twice', async ({ openPhone }) => {
    const me = rider(2);
    const { page } = await openPhone({ server: server.url, serviceWorkers: 'block' });
    let posts = 0;
    await page.route('**/api/enrolments', async (route) => {
      posts += 1;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.goto('/enrol');
    await signInHere(page, server, me);
    await agreeAs(page, me);
    await page.getByRole('button', { name: words.send.next('0.40') }).tap();
    await page.getByText(words.send.lost).waitFor();
    // As after a killed browser: the page asks what became of it, by the id that it kept.
    await page.reload();
    await page.getByRole('button', { name: words.pay.simulateNow('0.40') }).tap();
    await page.getByText(cover.cert.states.covers_later_days).waitFor();
    expect(posts).toBe(1);
    await page.goto('/cover');
    await page.getByRole('heading', { name: cover.mine }).waitFor();
    expect(await page.locator('strong', { hasText: cover.own }).count()).toBe(1);
  });

  test('days to come are given back with the refund shown before, and bought again with one tap', async ({
    openPhone,
  }) => {
    const me = rider(3);
    const { page } = await openPhone({ server: server.url });
    await page.goto('/enrol');
    await page.getByRole('button', { name: words.pick.quick(7) }).tap();
    await signInHere(page, server, me);
    await agreeAs(page, me);
    await page.getByRole('button', { name: words.send.next('2.80') }).tap();
    await page.getByRole('button', { name: words.pay.simulateNow('2.80') }).tap();
    await page.getByText(cover.cert.states.covers_later_days).waitFor();
    const code = new URL(page.url()).pathname.split('/').at(-1)!;

    await page.goto('/cover');
    await page.getByRole('button', { name: cover.cancel }).tap();
    await page.getByLabel(cover.cancelFrom).selectOption('2026-03-13');
    await page.getByText(cover.cancelSum('3月13日至3月17日', 5, '2.00')).waitFor();
    await page.getByRole('button', { name: cover.cancelNow }).tap();
    await page.getByText(cover.cancelled('2.00')).waitFor();
    await page.getByText(cover.refund('2.00', 5, '3月10日')).waitFor();
    const checked = await getJson<CertificateView>(`/api/certificates/${code}`, server.url);
    expect(checked.days).toEqual([{ from: TOMORROW, to: '2026-03-12' }]);

    await page.getByRole('button', { name: cover.renew(2, '3月13日至3月14日', '0.80') }).tap();
    await page.getByRole('button', { name: words.pay.simulateNow('0.80') }).tap();
    await page.getByText(cover.cert.states.covers_later_days).waitFor();
    // What is covered can be seen and not be bought again.
    await page.goto('/enrol');
    await page.locator(`[data-day="${TOMORROW}"][data-covered="own"]`).tap({ force: true });
    await page.getByText(words.pick.faults.covered('3月11日 周三')).waitFor();
    await page.getByText(me.idNumber.slice(-4)).waitFor();
  });
});
