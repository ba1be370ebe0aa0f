import { describe, expect } from 'vitest';
import { zh } from '../../web/client/messages/zh.ts';
import { askNearest, getFeatures } from './city.ts';
import { idsOf, nearRows, test } from './phones.ts';

const { places: words } = zh;

describe('without a position', () => {
  test('nobody is asked before they tap, and a refusal still leaves a list', async ({ openPhone }) => {
    const { page } = await openPhone();
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await page.getByText(words.position.privacy).waitFor();
    await page.getByRole('button', { name: words.position.find }).tap();
    await page.getByText(words.position.denied).waitFor();
    await expect.poll(() => nearRows(page).count()).toBe(20);
  });

  test('a phone that finds no position says so', async ({ openPhone }) => {
    const { page, context } = await openPhone();
    await context.grantPermissions(['geolocation']);
    const devTools = await context.newCDPSession(page);
    await devTools.send('Emulation.setGeolocationOverride', {});
    await page.goto('/');
    await page.getByText(words.position.unavailable).waitFor();
    await expect.poll(() => nearRows(page).count()).toBe(20);
  });

  test('a street serves as the place to start from', async ({ openPhone }) => {
    const { page } = await openPhone();
    await page.goto('/');
    await nearRows(page).first().waitFor();
    const jimei = (await getFeatures()).filter(
      ({ properties, geometry }) => properties.district === '350211' && geometry && properties.demo,
    );
    const street = jimei[0]!.properties.street!;
    await page.getByLabel(words.position.streetLabel).selectOption(street);
    await expect
      .poll(async () => {
        const nearest = (await idsOf(nearRows(page)))[0];
        return jimei.find(({ id }) => id === nearest)?.properties.street;
      })
      .toBe(street);
  });

  test('the middle of the map serves as the place to start from', async ({ openPhone }) => {
    const { page } = await openPhone();
    await page.goto('/#v=118.0945,24.5752,15');
    await nearRows(page).first().waitFor();
    const before = await idsOf(nearRows(page));
    const { reachable } = await askNearest({ lng: 118.0945, lat: 24.5752 });
    expect(before).toEqual(reachable.map(({ site }) => site.id));

    await page.locator('.leaflet-container').waitFor();
    await page.mouse.move(200, 300);
    await page.mouse.down();
    await page.mouse.move(200, 200, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => idsOf(nearRows(page))).not.toEqual(before);
    await expect
      .poll(async () => {
        const [lng, lat] = new URL(page.url()).hash.slice('#v='.length).split(',').map(Number);
        const there = await askNearest({ lng: lng!, lat: lat! });
        return (
          JSON.stringify(there.reachable.map(({ site }) => site.id)) === JSON.stringify(await idsOf(nearRows(page)))
        );
      })
      .toBe(true);
  });

  test('every place is listed by street, those without a point too', async ({ openPhone }) => {
    const { page } = await openPhone();
    await page.goto('/');
    await page.getByRole('link', { name: words.list.byStreet }).first().tap();
    const features = await getFeatures();
    await page.getByText(zh.places.list.count(features.length).replace('共 ', '')).first().waitFor();
    const links = page.locator('main a[href^="/sites/"]');
    await expect.poll(() => links.count()).toBe(features.length);
    const unplaced = features.find(({ geometry }) => !geometry)!;
    expect(await page.locator(`a[href="/sites/${unplaced.id}"]`).count()).toBe(1);
  });
});
