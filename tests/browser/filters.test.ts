import { describe, expect } from 'vitest';
import { details } from '../../web/client/messages/zh/details.ts';
import { nothingFits } from '../../web/client/messages/zh/nothing-fits.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { getFeatures } from './city.ts';
import { AT, chip, idsOf, nearRows, test } from './phones.ts';

const { places: words } = zh;

describe('what is looked for stands in the address', () => {
  test('chips change the address and the list, and the link shows another phone the same', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await chip(page, words.chips.rest).tap();
    await chip(page, words.chips.water).tap();
    await chip(page, words.chips.open).tap();
    const query = () => new URL(page.url()).searchParams;
    await expect.poll(() => query().get('s')).toBe('rest,water');
    expect(query().get('open')).toBe('now');
    const features = new Map((await getFeatures()).map((feature) => [feature.id, feature]));
    const ids = await idsOf(nearRows(page));
    for (const id of ids) {
      const offered = features.get(id)!.properties.services.map(({ service }) => service);
      expect(offered.includes('rest') || offered.includes('water')).toBe(true);
    }
    for (const text of await nearRows(page).allInnerTexts()) expect(text).toMatch(/开放/);

    const other = await openPhone({ at: AT.island });
    await other.page.goto(page.url());
    await expect.poll(() => idsOf(nearRows(other.page))).toEqual(ids);
    expect(await chip(other.page, words.chips.open).getAttribute('aria-pressed')).toBe('true');
    expect(await chip(other.page, words.chips.mediation).getAttribute('aria-pressed')).toBe('false');

    await chip(page, words.chips.rest).tap();
    await expect.poll(() => query().get('s')).toBe('water');
  });

  test('the panel behind "more" narrows by facility, night and way in, and clears all of it', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    await page.goto('/');
    await nearRows(page).first().waitFor();
    await chip(page, words.chips.more).tap();
    const panel = page.getByRole('dialog', { name: details.filters.heading });
    await panel.getByRole('button', { name: details.facilities.shower, exact: true }).tap();
    await panel.getByRole('button', { name: details.filters.freeAccess, exact: true }).tap();
    const expected = (await getFeatures()).filter(
      ({ properties: { facilities, access } }) => facilities.shower && (access === 'open' || access === 'ask'),
    );
    expect(expected.length).toBeGreaterThan(0);
    await panel.getByText(words.list.count(expected.length)).waitFor();
    await panel.getByRole('button', { name: details.filters.done }).tap();
    await chip(page, words.chips.moreActive(2)).waitFor();
    expect(new URL(page.url()).search).toContain('f=shower');
    expect(new URL(page.url()).search).toContain('access=free');

    await chip(page, words.chips.moreActive(2)).tap();
    await panel.getByRole('button', { name: details.filters.clear }).tap();
    await panel.getByRole('button', { name: details.filters.done }).tap();
    await chip(page, words.chips.more).waitFor();
  });

  test('when nothing is open the list says what opens next', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    // Two in the afternoon is no time for a free meal that only comes at noon, so ask for what nobody offers at night.
    await page.goto('/?s=legal_aid&open=now&night=1');
    await page.getByText(new RegExp(`${nothingFits.noneOpen}|${nothingFits.empty}`)).waitFor();
    await page.getByRole('button', { name: new RegExp(`${nothingFits.showAll}|${nothingFits.clear}`) }).tap();
    await nearRows(page).first().waitFor();
  });

  test('back closes the place and keeps what was looked for', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    await page.goto('/?s=water');
    const first = nearRows(page).first();
    const name = (await first.locator('span').nth(2).innerText()).split('\n')[0]!;
    await first.tap();
    await page.getByRole('heading', { level: 2, name }).waitFor();
    expect(new URL(page.url()).search).toContain('s=water');
    await page.goBack();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/');
    expect(new URL(page.url()).search).toContain('s=water');
    await nearRows(page).first().waitFor();
  });
});
