import { booleanPointInPolygon } from '@turf/turf';
import type { FeatureCollection, MultiPolygon } from 'geojson';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { acrossWater as acrossWords } from '../../web/client/messages/zh/across-water.ts';
import { map as mapWords } from '../../web/client/messages/zh/map.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { farWords, openingWords } from '../../web/features/places/words.ts';
import { askNearest, getFeatures, getJson, getSite } from './city.ts';
import { NOW, NOW_ISO } from './now.ts';
import { acrossWater, AT, chip, idsOf, nearRows, PHONE, test } from './phones.ts';

const { places: words } = zh;

describe('a rider on the island', () => {
  test('sees the three nearest at once, with the way, the time and whether they are open', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    await page.goto('/');
    await nearRows(page).nth(2).waitFor();
    const { reachable } = await askNearest(AT.island);
    for (const [index, found] of reachable.slice(0, 3).entries()) {
      const row = nearRows(page).nth(index);
      const text = await row.innerText();
      expect(text).toContain(found.site.properties.name);
      expect(text).toContain(farWords(found, 'ebike', words));
      const box = (await row.boundingBox())!;
      expect(box.y + box.height / 2).toBeLessThan(PHONE.height);
    }
  });

  test('gets the order of the API, with and without conditions', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    for (const [query, asked] of [
      ['', {}],
      ['?s=water,free_meal', { service: 'water,free_meal' }],
      ['?open=now', { open: NOW_ISO }],
      [
        '?f=phone_charging,toilet&access=free&mode=foot',
        { facilities: 'phone_charging,toilet', access: 'free', mode: 'foot' },
      ],
      ['?mode=car', { mode: 'car' }],
    ] as const) {
      await page.goto(`/${query}`);
      const { reachable } = await askNearest(AT.island, asked);
      const expected = reachable.map(({ site }) => site.id);
      expect(expected.length, query).toBeGreaterThan(3);
      await expect.poll(() => idsOf(nearRows(page)), { message: query }).toEqual(expected);
    }
  });

  test('reads the opening that the API decides, to the word', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    await page.goto('/');
    await nearRows(page).first().waitFor();
    const { features } = await getJson<{ features: Awaited<ReturnType<typeof getFeatures>> }>('/api/sites');
    const names = new Map(features.map((feature) => [feature.id, feature.properties]));
    const { reachable } = await askNearest(AT.island);
    const rows = await nearRows(page).allInnerTexts();
    for (const [index, { site, opening }] of reachable.entries()) {
      const inMs = Object.fromEntries(
        Object.entries(opening).map(([key, value]) =>
          // On the wire instants are ISO strings.
          (key === 'closesAt' || key === 'opensAt') && value ? [key, Date.parse(String(value))] : [key, value],
        ),
      ) as typeof opening;
      expect(rows[index]).toContain(openingWords(inMs, names.get(site.id)!, NOW, words));
    }
  });

  test('finds the same places on the map as in the list', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    const onMap = await watchMap(page);
    await page.goto('/?s=water');
    const expected = (await getFeatures()).filter(({ properties }) =>
      properties.services.some(({ service }) => service === 'water'),
    );
    await page.getByText(words.list.count(expected.length)).waitFor();
    const placed = expected.filter(({ geometry }) => geometry).map(({ geometry }) => geometry!.coordinates);
    await expect.poll(onMap).toEqual(placed.map(String).sort());
    await chip(page, words.chips.water).tap();
    const all = await getFeatures();
    await page.getByText(words.list.count(all.length)).waitFor();
    await expect.poll(async () => (await onMap()).length).toBe(all.filter(({ geometry }) => geometry).length);
  });

  test('sees himself and the three nearest on the map at first, above the sheet', async ({ openPhone }) => {
    const { reachable } = await askNearest(AT.island);
    const near = reachable.filter(({ distanceRangeM }) => !distanceRangeM).slice(0, 3);
    const { page } = await openPhone({ at: AT.island });
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await page.locator('.leaflet-container').waitFor();
    const { top, bottom, width, height } = await page.locator('main').evaluate(() => ({
      top: 4 * parseFloat(getComputedStyle(document.documentElement).fontSize),
      bottom: document.querySelector('main section')!.getBoundingClientRect().top,
      width: innerWidth,
      height: innerHeight,
    }));
    // The first view is not written into the address; one step out keeps the middle of the window.
    await page.getByRole('button', { name: mapWords.zoomOut }).tap();
    await expect.poll(() => page.url()).toContain('#v=');
    const [lng, lat, zoom] = new URL(page.url()).hash.slice('#v='.length).split(',').map(Number);
    const visible = worldPixel({ lng: lng!, lat: lat! }, zoom!);
    const middle = { x: 2 * visible.x, y: 2 * (visible.y + (height - bottom - top) / 2) };
    expect(zoom).toBeGreaterThanOrEqual(12);
    expect(zoom).toBeLessThanOrEqual(15);
    const points = near.map(({ site }) => ({ lng: site.geometry!.coordinates[0], lat: site.geometry!.coordinates[1] }));
    for (const point of [AT.island, ...points]) {
      const { x, y } = worldPixel(point, zoom! + 1);
      expect(Math.abs(x - middle.x)).toBeLessThan(width / 2);
      expect(y - middle.y + height / 2).toBeGreaterThan(top);
      expect(y - middle.y + height / 2).toBeLessThan(bottom);
    }
  });

  test('opens a place by touching its mark on the map', async ({ openPhone }) => {
    const { reachable } = await askNearest(AT.island, { limit: '50' });
    // A place that stands apart, so that its mark is not one of several.
    const alone = reachable.find(({ site }) => site.properties.demo && distanceToOthers(site.id) > 60)!.site;
    const [lng, lat] = alone.geometry!.coordinates;
    const { page } = await openPhone({ at: AT.island });
    await page.goto(`/#v=${lng},${lat},18`);
    await page.locator('.leaflet-container').waitFor();
    await nearRows(page).first().waitFor();
    const middle = (await page.locator('main').evaluate(() => {
      const sheet = document.querySelector('main section')!.getBoundingClientRect();
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      return { x: innerWidth / 2, y: (4 * rem + sheet.top) / 2 };
    }))!;
    await expect
      .poll(async () => {
        await page.touchscreen.tap(middle.x, middle.y);
        return new URL(page.url()).pathname;
      })
      .toBe(`/sites/${alone.id}`);
    await page.getByRole('heading', { name: alone.properties.name }).waitFor();

    function distanceToOthers(id: string): number {
      const [x, y] = reachable.find(({ site }) => site.id === id)!.site.geometry!.coordinates;
      const metres = reachable
        .filter(({ site }) => site.id !== id)
        .map(({ site: { geometry } }) =>
          Math.hypot((geometry!.coordinates[0] - x) * 101_300, (geometry!.coordinates[1] - y) * 110_800),
        );
      return Math.min(...metres);
    }
  });

  test('is never sent to a roughly known office as the nearest: it has a range and asks to check first', async ({
    openPhone,
  }) => {
    const { page } = await openPhone({ at: AT.island });
    await page.goto('/?s=insurance_office');
    await nearRows(page).first().waitFor();
    const { reachable } = await askNearest(AT.island, { service: 'insurance_office' });
    const rough = reachable.find(({ distanceRangeM }) => distanceRangeM)!;
    const row = page.locator(`a[data-site="${rough.site.id}"]`);
    const text = await row.innerText();
    expect(text).toMatch(/约|以内/);
    expect(text).not.toContain('分钟');
    expect(text).toContain(words.badges.roughNoPhone);
  });
});

describe('across the water', () => {
  test('a rider in Jimei has no place of the island near, but apart', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.jimei });
    await page.goto('/?s=mediation');
    await nearRows(page).first().waitFor();
    const { reach } = await getJson<{ reach: { zones: FeatureCollection<MultiPolygon, { id: string }> } }>('/api/city');
    const island = reach.zones.features.find(({ properties }) => properties.id === 'island')!;
    const isOnIsland = async (id: string) =>
      booleanPointInPolygon((await getSite(id)).geometry!.coordinates as [number, number], island);

    const near = await idsOf(nearRows(page));
    expect(near.length).toBeGreaterThan(3);
    expect(await Promise.all(near.map(isOnIsland))).not.toContain(true);

    const across = acrossWater(page);
    await across.locator('summary').tap();
    const far = across.locator('a[data-site]');
    const farIds = await idsOf(far);
    expect(await Promise.all(farIds.map(isOnIsland))).toContain(true);
    // In groups by the way across, so only which they are is the same.
    const { acrossWater: apart } = await askNearest(AT.jimei, { service: 'mediation' });
    expect(farIds.toSorted()).toEqual(apart.map(({ site }) => site.id).toSorted());
    expect(await far.first().innerText()).toContain('直线');
    await across.getByText(acrossWords.why.ebike).waitFor();
  });

  test('a driver in Jimei may use the bridges', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.jimei });
    await page.goto('/?mode=car&s=mediation');
    const { reachable, acrossWater: apart } = await askNearest(AT.jimei, { mode: 'car', service: 'mediation' });
    await expect.poll(() => idsOf(nearRows(page))).toEqual(reachable.map(({ site }) => site.id));
    expect(reachable.some(({ crossings }) => crossings?.length)).toBe(true);
    expect(apart).toEqual([]);
  });

  test('a rider on Gulangyu is told of the ferry', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.gulangyu });
    await page.goto('/');
    const across = acrossWater(page);
    await across.waitFor();
    if (!(await across.getAttribute('open'))) await across.locator('summary').tap();
    await across
      .getByText(/过海办法：.*鼓浪屿.*只能步行/)
      .first()
      .waitFor();
    await page.goto('/?mode=foot');
    await across.locator('summary').tap();
    await across
      .getByText(/过海办法：.*鼓浪屿/)
      .first()
      .waitFor();
  });

  test.for([
    ['far out at sea', AT.farSea],
    ['in another city', AT.shanghai],
  ] as const)('a phone %s says so and measures from the map', async ([, at], { openPhone }) => {
    const { page } = await openPhone({ at });
    await page.goto('/');
    await page.getByText(words.position.outside).waitFor();
    expect(await nearRows(page).count()).toBeGreaterThan(0);
  });
});

/** Listens to what the map is given to draw; answers the places' coordinates, sorted. */
async function watchMap(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (this: Worker, ...given: [unknown, Transferable[]]) {
      const message = given[0] as { kind?: string; coordinates?: Float64Array };
      if (message.kind === 'load') Object.assign(window, { drawnCoordinates: [...message.coordinates!] });
      Reflect.apply(postMessage, this, given);
    } as Worker['postMessage'];
  });
  return async () => {
    const flat = await page.evaluate(() => (window as { drawnCoordinates?: number[] }).drawnCoordinates ?? []);
    const points: string[] = [];
    for (let i = 0; i < flat.length; i += 2) points.push(String([flat[i], flat[i + 1]]));
    return points.sort();
  };
}

/** Web Mercator. */
function worldPixel({ lng, lat }: { lng: number; lat: number }, zoom: number): { x: number; y: number } {
  const world = 256 * 2 ** zoom;
  const y = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  return { x: (lng / 360 + 0.5) * world, y: (0.5 - y / (2 * Math.PI)) * world };
}
