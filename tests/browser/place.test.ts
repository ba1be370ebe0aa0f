import { describe, expect, inject } from 'vitest';
import { FACILITIES } from '#domain/places/catalogue.ts';
import { acrossWater as acrossWords } from '../../web/client/messages/zh/across-water.ts';
import { details } from '../../web/client/messages/zh/details.ts';
import { notFound } from '../../web/client/messages/zh/not-found.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { toBd09, toGcj02 } from './chinese-coordinates.ts';
import { askNearest, getFeatures, getSite, pick } from './city.ts';
import { AT, nearRows, test } from './phones.ts';

const { place: words } = details;

describe('the card of a place', () => {
  test('across the water says so first and how one gets there, and does not promise the way', async ({ openPhone }) => {
    const { acrossWater: apart } = await askNearest(AT.jimei, { service: 'mediation' });
    const { page } = await openPhone({ at: AT.jimei });
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await page.goto(`/sites/${apart[0]!.site.id}`);
    const card = page.getByRole('article');
    await card.getByText(acrossWords.why.ebike + acrossWords.partlyUnverified).waitFor();
    const background = (name: string) =>
      card.getByRole('button', { name, exact: true }).evaluate((button) => getComputedStyle(button).backgroundColor);
    expect(await background(words.navigate)).toBe(await background(words.share));
  });

  test('of an office that is only roughly known offers the hotline that knows where it is', async ({ openPhone }) => {
    const office = pick(
      await getFeatures(),
      ({ properties: { precisionM, phone, services } }) =>
        (precisionM ?? 0) > 500 && !phone && services.some(({ service }) => service === 'insurance_office'),
    );
    const { page } = await openPhone();
    await page.goto(`/sites/${office.id}`);
    const hotline = page.getByRole('link', { name: words.askHotline('12333') });
    expect(await hotline.getAttribute('href')).toBe('tel:12333');
  });

  test('shows how to get in, the week, and has, has not and not known in three looks', async ({ openPhone }) => {
    const features = await getFeatures();
    const site = pick(
      features,
      ({ properties: { facilities, hours } }) =>
        hours !== null &&
        Object.values(facilities).includes(true) &&
        Object.values(facilities).includes(false) &&
        Object.keys(facilities).length < FACILITIES.length,
    ).properties;
    const { page } = await openPhone({ at: AT.island });
    await page.goto(`/sites/${site.id}`);
    await page.getByRole('heading', { level: 2, name: site.name }).waitFor();
    const card = page.getByRole('article');
    await card.getByRole('region', { name: words.howToGetIn }).getByText(zh.places.access[site.access]).waitFor();

    const hours = card.getByRole('region', { name: words.hoursHeading });
    await hours.getByText(zh.places.time.today).waitFor();
    await hours.locator('summary').tap();
    expect(await hours.getByRole('row').count()).toBe(6);

    const facilities = card.getByRole('region', { name: words.facilities });
    const of = (value: boolean | undefined) => FACILITIES.filter((facility) => site.facilities[facility] === value);
    for (const value of [true, false] as const) {
      const shown = facilities.locator(`li[data-has="${value}"]`);
      const names = (await shown.allInnerTexts()).map((text) => text.split('\n').at(-1)!.trim());
      expect(names.sort()).toEqual(
        of(value)
          .map((facility) => details.facilities[facility])
          .sort(),
      );
    }
    const look = (value: boolean) =>
      facilities
        .locator(`li[data-has="${value}"] > span:last-of-type`)
        .first()
        .evaluate((span) => {
          const { color, textDecorationLine } = getComputedStyle(span);
          const { backgroundColor } = getComputedStyle(span.parentElement!);
          return [color, textDecorationLine, backgroundColor].join(' ');
        });
    expect(await look(true)).not.toBe(await look(false));
    const unknown = await facilities.locator('p:not([data-fact])').innerText();
    for (const facility of of(undefined)) expect(unknown).toContain(details.facilities[facility]);
  });

  test.for(['foot', 'ebike', 'car'])(
    'hands over to other maps in their coordinates (%s)',
    async (mode, { openPhone }) => {
      const centre = pick(await getFeatures(), ({ properties }) => properties.services.length > 8);
      const [lng, lat] = centre.geometry!.coordinates;
      const { page } = await openPhone({ at: AT.island });
      await page.goto(`/sites/${centre.id}?mode=${mode}`);
      await page.getByRole('button', { name: words.navigate }).tap();
      const dialog = page.getByRole('dialog', { name: words.navigateWith });
      const pointIn = async (app: keyof typeof words.maps, read: (query: URLSearchParams) => string) => {
        const href = await dialog.getByRole('link', { name: words.maps[app] }).getAttribute('href');
        return read(new URL(href!).searchParams).split(',').slice(0, 2).map(Number);
      };
      const gcj = toGcj02([lng, lat]);
      const bd = toBd09(gcj);
      expectSamePoint(await pointIn('amap', (query) => query.get('to')!), gcj);
      expectSamePoint(await pointIn('tencent', (query) => query.get('tocoord')!), gcj.toReversed());
      expectSamePoint(await pointIn('apple', (query) => query.get('daddr')!), gcj.toReversed());
      expectSamePoint(await pointIn('baidu', (query) => query.get('location')!), bd.toReversed());
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    },
  );

  test('shares a link that opens the same place on another phone', async ({ openPhone }) => {
    const { page, context } = await openPhone({ at: AT.island });
    await context.grantPermissions(['geolocation', 'clipboard-read', 'clipboard-write']);
    await page.goto('/?s=water');
    const id = await nearRows(page).first().getAttribute('data-site');
    await nearRows(page).first().tap();
    await page.getByRole('button', { name: words.share }).tap();
    await page.getByText(words.copied).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(`${inject('serverUrl')}/sites/${id}`);
    const other = await openPhone();
    await other.page.goto(link);
    await other.page.getByRole('heading', { level: 2, name: (await getSite(id!)).properties.name }).waitFor();
  });

  test('a place that is gone says what replaced it', async ({ openPhone }) => {
    const replaced = await findReplaced();
    const { page } = await openPhone();
    await page.goto(`/sites/${replaced.id}`);
    await page.getByText(words.gone).waitFor();
    const name = (await getSite(replaced.replacedBy)).properties.name;
    await page.getByRole('link', { name }).tap();
    await page.getByRole('heading', { level: 2, name }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/sites/${replaced.replacedBy}`);
  });

  test('an unknown place and an unknown page say so and lead on', async ({ openPhone }) => {
    const { page } = await openPhone();
    await page.goto('/sites/no-such-place');
    await page.getByRole('heading', { name: words.notFound }).waitFor();
    await page.getByRole('alert').getByRole('link', { name: zh.places.list.byStreet }).waitFor();

    const answer = await page.goto('/no/such/page');
    expect(answer!.status()).toBe(404);
    await page.getByRole('heading', { name: notFound.title }).waitFor();
    await page.getByRole('link', { name: notFound.toMap }).tap();
    await nearRows(page).first().waitFor();
  });
});

function expectSamePoint(found: number[], wanted: number[]): void {
  // A hundred-thousandth of a degree is a metre.
  expect(Math.abs(found[0]! - wanted[0]!)).toBeLessThan(1e-5);
  expect(Math.abs(found[1]! - wanted[1]!)).toBeLessThan(1e-5);
}

/** A site of the demo city that was replaced; the list does not have it any more. */
async function findReplaced(): Promise<{ id: string; replacedBy: string }> {
  const known = new Set((await getFeatures()).map(({ id }) => id));
  for (let number = 1; number < 600; number++) {
    const id = `demo-${String(number).padStart(4, '0')}`;
    if (known.has(id)) continue;
    const response = await fetch(`${inject('serverUrl')}/api/sites/${id}`);
    const { replacedBy } = (await response.json()) as { replacedBy?: string | null };
    if (response.status === 410 && replacedBy) return { id, replacedBy };
  }
  throw new Error('The demo city has no replaced place');
}
