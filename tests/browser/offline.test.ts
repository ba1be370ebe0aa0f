import { afterAll, beforeAll, describe, expect } from 'vitest';
import { accident } from '../../web/client/messages/zh/accident.ts';
import { report as reportWords } from '../../web/client/messages/zh/report.ts';
import { settings } from '../../web/client/messages/zh/settings.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { type AppServer, startAppServer } from '../support/app-server.ts';
import { askNearest, getFeatures, getSite, pick } from './city.ts';
import { NOW_ISO } from './now.ts';
import { AT, chip, idsOf, nearRows, test, waitUntilStored } from './phones.ts';

const { places: words } = zh;

describe('without a network, after one visit', () => {
  test('the list, the map, a link to a place and the accident page open', async ({ openPhone }) => {
    const { page, context } = await openPhone({ at: AT.island });
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await waitUntilStored(page);
    await context.setOffline(true);

    await page.reload();
    const { reachable } = await askNearest(AT.island);
    await expect.poll(() => idsOf(nearRows(page))).toEqual(reachable.map(({ site }) => site.id));
    await page.getByText(/离线 · 数据截至/).waitFor();
    await page.locator('.map-land').first().waitFor({ state: 'attached' });
    await chip(page, words.chips.water).tap();
    const water = await askNearest(AT.island, { service: 'water' });
    await expect.poll(() => idsOf(nearRows(page))).toEqual(water.reachable.map(({ site }) => site.id));

    await context.setGeolocation({ longitude: AT.jimei.lng, latitude: AT.jimei.lat, accuracy: 15 });
    const there = await askNearest(AT.jimei, { service: 'water' });
    await expect.poll(() => idsOf(nearRows(page))).toEqual(there.reachable.map(({ site }) => site.id));

    const site = pick(await getFeatures(), ({ properties }) => properties.hours !== null).properties;
    await page.goto(`/sites/${site.id}`);
    await page.getByRole('heading', { level: 2, name: site.name }).waitFor();
    await page.getByRole('article').getByText(words.time.today).first().waitFor();

    await page.goto('/accident');
    await page.getByRole('link', { name: accident.callLabel(accident.call['120'], '120') }).waitFor();
    for (const path of ['/streets', '/about', '/no-such-page']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
  });

  test('English opens too, although it was never looked at', async ({ openPhone }) => {
    const { page, context } = await openPhone({ at: AT.island });
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await waitUntilStored(page);
    await context.setOffline(true);
    await page.getByRole('button', { name: settings.title }).tap();
    await page.getByRole('dialog').getByText(settings.english).tap();
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
  });
});

describe('a first visit without a network', () => {
  test('says what is missing when the data does not come, and goes on when it does', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island, serviceWorkers: 'block' });
    await page.route('**/api/**', (route) => route.abort('internetdisconnected'));
    await page.goto('/');
    await page.getByText(words.list.failedOffline).waitFor();
    await page.unroute('**/api/**');
    await page.getByRole('button', { name: words.list.retry }).tap();
    await nearRows(page).first().waitFor();
  });
});

describe('when the service is killed', () => {
  let server: AppServer;
  beforeAll(async () => {
    server = await startAppServer({ TEST_CLOCK: NOW_ISO });
  });
  afterAll(() => server.close());

  test('the phone goes on, and nothing that was said is lost', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island, server: server.url });
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await waitUntilStored(page);
    const ids = await idsOf(nearRows(page));
    const id = pick(await getFeatures(server.url), ({ properties }) => properties.demo && !properties.reported).id;
    await page.goto(`/sites/${id}`);
    await page.getByRole('button', { name: words.reportKinds.locked }).tap();
    await page.getByText(reportWords.sent).waitFor();

    await server.kill();
    await page.goto('/');
    await expect.poll(() => idsOf(nearRows(page))).toEqual(ids);
    await page.getByText(/数据截至/).waitFor();
    await page.goto(`/sites/${id}`);
    await page.getByRole('button', { name: words.reportKinds.no_water }).tap();
    await page.getByText(reportWords.waiting).waitFor();

    await server.restart();
    await page.reload();
    await page.getByText(reportWords.sent).waitFor();
    await expect
      .poll(async () => (await getSite(id, server.url)).properties.reported)
      .toMatchObject({
        locked: { count: 1 },
        no_water: { count: 1 },
      });
  });
});
