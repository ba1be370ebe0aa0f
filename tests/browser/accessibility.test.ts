import { describe, expect } from 'vitest';
import { details } from '../../web/client/messages/zh/details.ts';
import { nothingFits } from '../../web/client/messages/zh/nothing-fits.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { violations } from './axe.ts';
import { getFeatures, pick } from './city.ts';
import { AT, chip, DESKTOP, nearRows, PHONE, test } from './phones.ts';

describe.for([
  ['phone', PHONE],
  ['desktop', DESKTOP],
] as const)('axe on a %s', ([, viewport]) => {
  test('finds nothing on any page, in the light and in the dark', { timeout: 180_000 }, async ({ openPhone }) => {
    const { page } = await openPhone({ at: AT.jimei, viewport, bypassCSP: true });
    const features = await getFeatures();
    const full = pick(features, ({ properties }) => Object.values(properties.facilities).includes(false));
    const rough = pick(features, ({ properties }) => (properties.precisionM ?? 0) > 500);
    const reported = pick(features, ({ properties }) => properties.reported?.locked !== undefined);
    const found: string[] = [];
    const look = async (where: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
        found.push(...(await violations(page)).map((violation) => `${where}, ${colorScheme}: ${violation}`));
      }
    };
    const open = async (path: string) => {
      await page.goto(path);
      await page.locator('h1').first().waitFor();
    };

    await open('/?s=mediation');
    await nearRows(page).first().waitFor();
    await look('map');
    await page.locator('details summary').first().click();
    await look('map with what is across the water');
    await open('/?s=legal_aid&f=laundry,aed,bed');
    await page.getByText(nothingFits.empty).waitFor();
    await look('nothing fits');
    for (const feature of [full, rough, reported]) {
      await open(`/sites/${feature.id}`);
      await page.getByRole('article').waitFor();
      for (const summary of await page.getByRole('article').locator('summary').all()) await summary.click();
      await look(`place ${feature.id}`);
    }
    await page.getByRole('button', { name: zh.places.reportKinds.facility_wrong }).click();
    await look('which facility');
    await open(`/sites/${full.id}`);
    await page.getByRole('button', { name: details.place.navigate }).click();
    await page.getByRole('dialog').waitFor();
    await look('directions');
    await open('/sites/no-such-place');
    await page.getByRole('alert').waitFor();
    await look('no such place');
    await open('/');
    await nearRows(page).first().waitFor();
    await chip(page, zh.places.chips.more).click();
    await page.getByRole('dialog').waitFor();
    await look('more');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: zh.shell.settings }).click();
    await page.getByRole('dialog').waitFor();
    await look('settings');
    for (const path of ['/streets?s=water', '/accident', '/about', `/sites/${full.id}/poster`, '/no-such-page']) {
      await open(path);
      await look(path);
    }
    expect(found).toEqual([]);
  });
});
