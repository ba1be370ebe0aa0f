import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { ReportKind } from '#domain/places/catalogue.ts';
import { report as words } from '../../web/client/messages/zh/report.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { getFeatures, getSite } from './city.ts';
import { AT, test, waitUntilStored } from './phones.ts';

const { reportKinds } = zh.places;

describe('saying what does not fit', () => {
  test('one tap reaches the service, and the next rider reads it', async ({ openPhone }) => {
    const id = await quietPlace(0);
    const { page } = await openPhone({ at: AT.island });
    await page.goto(`/sites/${id}`);
    await page.getByText(words.noteToggle).tap();
    await page.getByLabel(words.noteLabel).fill('门口贴了告示');
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: reportKinds.locked }).tap();
    expect((await sent).postDataJSON()).toMatchObject({ kind: 'locked', note: '门口贴了告示' });
    await page.getByText(words.sent).waitFor();
    await expect.poll(() => timesReported(id, 'locked')).toBe(1);
    // What a rider's position is stays out of it.
    const said = (await sent).postDataJSON() as object;
    expect(Object.keys(said).sort()).toEqual(['id', 'kind', 'near', 'note', 'observedAt']);

    const next = await openPhone();
    await next.page.goto(`/sites/${id}`);
    await next.page.getByText(zh.places.freshness.warning('今天', reportKinds.locked)).first().waitFor();
  });

  test('a phone says whether it is at the place, and nothing where it does not know', async ({ openPhone }) => {
    const here = (await getSite(await quietPlace(6))).geometry!.coordinates;
    for (const [at, near] of [
      [{ lng: here[0], lat: here[1] }, true],
      [AT.farSea, false],
      [undefined, undefined],
    ] as const) {
      const { page } = await openPhone(at && { at });
      await page.goto(`/sites/${await quietPlace(6)}`);
      if (at) await page.locator('.map-position').waitFor({ state: 'attached' });
      const sent = page.waitForRequest((request) => request.method() === 'POST');
      await page.getByRole('button', { name: reportKinds.confirmed }).tap();
      expect(((await sent).postDataJSON() as { near?: boolean }).near).toBe(near);
      await page.getByText(words.sent).waitFor();
    }
  });

  test('a tap can be taken back before it is sent', async ({ openPhone }) => {
    const id = await quietPlace(1);
    const { page } = await openPhone();
    const posts = countPosts(page);
    await page.goto(`/sites/${id}`);
    await page.getByRole('button', { name: reportKinds.moved }).tap();
    await page.getByRole('button', { name: words.undo }).tap();
    await page.getByText(words.undoHint).waitFor({ state: 'detached' });
    // Another one, tapped later: when it has arrived, the first one's time is over too.
    await page.getByRole('button', { name: reportKinds.confirmed }).tap();
    await page.getByText(words.sent).waitFor();
    expect(posts()).toBe(1);
    expect(await timesReported(id, 'moved')).toBe(0);
    await expect.poll(() => timesReported(id, 'confirmed')).toBe(1);
  });

  test('without a network it waits on the phone, survives a reload, and is sent exactly once', async ({
    openPhone,
  }) => {
    const id = await quietPlace(2);
    const { page, context } = await openPhone();
    await page.goto(`/sites/${id}`);
    await waitUntilStored(page);
    const posts = countPosts(page);
    await context.setOffline(true);
    await page.getByRole('button', { name: reportKinds.no_water }).tap();
    await page.getByText(words.waiting).waitFor();
    await page.reload();
    await page.getByText(words.waiting).waitFor();
    expect(await timesReported(id, 'no_water')).toBe(0);

    await context.setOffline(false);
    // Chromium 147 does not tell a page that was loaded without a network; a phone does.
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByText(words.sent).waitFor();
    await expect.poll(() => timesReported(id, 'no_water')).toBe(1);
    const sentOnce = posts();
    await page.reload();
    await page.getByRole('button', { name: reportKinds.no_water }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(posts()).toBe(sentOnce);
    await expect.poll(() => timesReported(id, 'no_water')).toBe(1);
  });

  test('an answer that got lost on the way does not store it twice', async ({ openPhone }) => {
    const id = await quietPlace(3);
    const { page } = await openPhone({ serviceWorkers: 'block' });
    let cut = true;
    await page.route('**/reports', async (route) => {
      if (!cut) return route.continue();
      cut = false;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.goto(`/sites/${id}`);
    await page.getByRole('button', { name: reportKinds.hours_wrong }).tap();
    await page.getByText(words.waiting).waitFor();
    await page.reload();
    await page.getByRole('button', { name: reportKinds.hours_wrong }).waitFor();
    await page.getByText(words.sent).waitFor();
    await expect.poll(() => timesReported(id, 'hours_wrong')).toBe(1);
  });

  test('a service with too much to do is asked again later, and the rider reads so', async ({ openPhone }) => {
    const id = await quietPlace(5);
    const { page } = await openPhone({ serviceWorkers: 'block' });
    await page.route('**/reports', (route) => route.fulfill({ status: 429, json: { code: 'rate_limited' } }));
    await page.goto(`/sites/${id}`);
    await page.getByRole('button', { name: reportKinds.locked }).tap();
    await page.getByText(words.putOff).waitFor();
    await page.unroute('**/reports');
    await page.reload();
    await page.getByText(words.sent).waitFor();
    await expect.poll(() => timesReported(id, 'locked')).toBe(1);
  });

  test('a network that returns in the middle of a vain attempt is not overlooked', async ({ openPhone }) => {
    const id = await quietPlace(4);
    const { page } = await openPhone({ serviceWorkers: 'block' });
    let isFirst = true;
    await page.route('**/reports', async (route) => {
      if (!isFirst) return route.continue();
      isFirst = false;
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      await route.abort('internetdisconnected');
    });
    await page.goto(`/sites/${id}`);
    await page.getByRole('button', { name: reportKinds.locked }).tap();
    await page.getByText(words.sent).waitFor();
    await expect.poll(() => timesReported(id, 'locked')).toBe(1);
  });
});

/** A demo place that no rider has spoken of; each test takes another one. */
async function quietPlace(number: number): Promise<string> {
  const quiet = (await getFeatures()).filter(({ properties }) => properties.demo && !properties.reported);
  // Far from the first, which other files use.
  return quiet.at(-1 - number)!.id;
}

async function timesReported(id: string, kind: ReportKind): Promise<number> {
  return (await getSite(id)).properties.reported?.[kind]?.count ?? 0;
}

function countPosts(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') count += 1;
  });
  return () => count;
}
