import { describe, expect } from 'vitest';
import { details } from '../../web/client/messages/zh/details.ts';
import { poster as words } from '../../web/client/messages/zh/poster.ts';
import { getFeatures, pick } from './city.ts';
import { test } from './phones.ts';

describe('the poster of a place', () => {
  test('prints its name, a QR code and what there is, and nothing of the screen around it', async ({ openPhone }) => {
    const site = pick(await getFeatures(), ({ properties }) => properties.demo && properties.hours !== null).properties;
    const { page } = await openPhone({ viewport: { width: 794, height: 1123 } });
    await page.goto(`/sites/${site.id}`);
    await page.getByRole('link', { name: details.place.poster }).tap();
    await page.getByRole('heading', { level: 2, name: site.name }).waitFor();
    const code = page.getByRole('img', { name: words.qrAlt(site.name) });
    await expect
      .poll(() => code.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0))
      .toBe(true);

    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText(words.printHint).isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: words.print }).isVisible()).toBe(false);
    await page.getByText(words.demo).waitFor();
    for (const { service } of site.services) await page.getByText(details.services[service]).first().waitFor();
    // Dark and light parts of the code in the picture that a printer gets.
    const picture = await code.screenshot();
    const { dark, light } = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const pixels = { dark: 0, light: 0 };
      for (let i = 0; i < data.length; i += 4) {
        if (data[i]! < 80) pixels.dark += 1;
        else if (data[i]! > 200) pixels.light += 1;
      }
      const all = image.width * image.height;
      return { dark: pixels.dark / all, light: pixels.light / all };
    }, picture.toString('base64'));
    expect(dark).toBeGreaterThan(0.2);
    expect(light).toBeGreaterThan(0.2);
    const pages = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    expect(pages.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });
});
