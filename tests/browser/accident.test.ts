import { describe, expect } from 'vitest';
import { accident as words } from '../../web/client/messages/zh/accident.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { AT, nearRows, test } from './phones.ts';

describe('after an accident', () => {
  test('help is one tap from the map and from a place, the emergency numbers first', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    await page.goto('/');
    await nearRows(page).first().tap();
    await page.getByRole('article').waitFor();
    await page.getByRole('link', { name: zh.places.nav.accident }).tap();
    await page.getByRole('heading', { level: 1, name: zh.places.nav.accident }).waitFor();
    const numbers = await page
      .locator('main a[href^="tel:"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(numbers).toEqual(['120', '122', '110', '12333', '12348', '12345', '12351'].map((number) => `tel:${number}`));
    const first = (await page.locator('a[href="tel:120"]').boundingBox())!;
    expect(first.y + first.height).toBeLessThan(844 / 2);
    expect(first.height).toBeGreaterThanOrEqual(44);
  });

  test('leads to the claims offices, near or by street', async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.island });
    await page.goto('/accident');
    await page.getByRole('link', { name: words.officesLink }).tap();
    await nearRows(page).first().waitFor();
    expect(new URL(page.url()).searchParams.get('s')).toBe('insurance_office');
    await page.goto('/accident');
    await page.getByRole('link', { name: words.officesStreetLink }).tap();
    await page.getByText(zh.places.chips.insurance_office).first().waitFor();
  });
});
