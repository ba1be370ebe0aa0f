import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect } from 'vitest';
import type { OfficeSite, Workbench } from '#domain/places/office-contract.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import { officeEditor as words } from '../../web/client/messages/zh/office-editor.ts';
import { photos as stripWords } from '../../web/client/messages/zh/photos.ts';
import { report as reportWords } from '../../web/client/messages/zh/report.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { makePhoto } from '../support/pictures.ts';
import { DESKTOP, test } from './phones.ts';

const PASSWORD = 'luyi-demo-2026';
const { reportKinds } = zh.places;

async function ask<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  return page.evaluate(
    async ([verb, address, text]) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(address!, { method: verb!, headers, ...(text && { body: text }) });
      if (!response.ok) throw new Error(`${verb} ${address}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)],
  ) as Promise<T>;
}

/** A place of the officer's own street, with a pin, and the page of somebody who is signed in. */
async function officerAtPlace(openPhone: (options: object) => Promise<{ page: Page }>) {
  const { page } = await openPhone({ viewport: DESKTOP, isMobile: false, hasTouch: false });
  await page.goto('/about');
  await ask(page, 'POST', '/api/auth/sign-in/username', { username: 'officer', password: PASSWORD });
  const { rows } = await ask<{ rows: { id: string; placed: boolean; streetCode: string | null }[] }>(
    page,
    'GET',
    '/api/office/sites?limit=50',
  );
  const like = rows.find(({ placed, streetCode }) => placed && streetCode !== null)!;
  const { document } = await ask<OfficeSite>(page, 'GET', `/api/office/sites/${like.id}`);
  const name = `照片站 ${randomUUID().slice(0, 6)}`;
  const { id } = await ask<{ id: string }>(page, 'POST', '/api/office/sites', {
    document: { ...document, name, note: null, status: 'open', statusUntil: null, original: null, precisionM: 30 },
  });
  return { page, id, name, point: document.point! };
}

const asFile = (buffer: Buffer, name = 'photo.jpg') => ({ name, mimeType: 'image/jpeg', buffer });

describe('photos', () => {
  test('an officer takes one, accepts its position, saves, and a rider sees it', async ({ openPhone }) => {
    const { page, id, name, point } = await officerAtPlace(openPhone);
    // About 60 m to the east.
    const taken = { lng: Math.round((point.lng + 0.0006) * 1e6) / 1e6, lat: point.lat };
    await page.goto(`/office/sites/${id}`);
    const section = page.locator('[data-section="photos"]');
    const camera = section.locator('input[capture="environment"]');
    await camera.setInputFiles(asFile(await makePhoto({ at: taken, width: 1200, height: 900 })));
    await section.getByRole('img').waitFor();
    await expect
      .poll(() => section.getByRole('img').evaluate((img) => (img as HTMLImageElement).naturalWidth))
      .toBe(480);

    // It is offered, with the distance, and nothing has moved by itself.
    const offer = section.getByText(/离现在的图钉/);
    expect(await offer.textContent()).toMatch(/\d+ ?米/);
    const pin = page.locator('[data-section="position"]');
    expect(await pin.textContent()).toContain(`${point.lng}`.slice(0, 8));
    await section.getByRole('button', { name: words.photos.usePosition }).click();
    await section
      .getByLabel(new RegExp(`${words.photos.photo(1)}`))
      .first()
      .fill('东门');

    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(words.photos.count(1), { exact: false }).first().waitFor();
    const saved = page.waitForResponse(
      (response) => response.request().method() === 'PUT' && response.url().endsWith(id),
    );
    await dialog.getByRole('button', { name: words.save.confirm, exact: true }).click();
    expect((await saved).status()).toBe(200);

    const { document } = await ask<OfficeSite>(page, 'GET', `/api/office/sites/${id}`);
    expect(document.photos).toMatchObject([{ caption: '东门' }]);
    expect(document.point!.lng).toBeCloseTo(taken.lng, 4);

    const rider = await openPhone();
    await rider.page.goto(`/sites/${id}`);
    const strip = rider.page.getByRole('list', { name: stripWords.heading });
    await strip.getByAltText('东门').waitFor();
    await expect
      .poll(() => strip.getByAltText('东门').evaluate((img) => (img as HTMLImageElement).naturalWidth))
      .toBe(480);
    await strip.getByRole('button', { name: stripWords.view('东门') }).tap();
    const viewer = rider.page.getByRole('dialog');
    await expect
      .poll(() => viewer.getByRole('img').evaluate((img) => (img as HTMLImageElement).naturalWidth))
      .toBe(1200);
    await viewer.getByRole('button', { name: stripWords.close }).tap();
    await viewer.waitFor({ state: 'hidden' });
    expect(await rider.page.title()).toContain(name.slice(0, 3));

    // What everybody can fetch says nothing about where a camera was.
    const bytes = await fetch(new URL(`/api/photos/${document.photos[0]!.file}`, rider.page.url()));
    expect((await sharp(Buffer.from(await bytes.arrayBuffer())).metadata()).exif).toBeUndefined();
  });

  test('a rider’s photo is made small and without its position, waits for the network, and reaches the office', async ({
    openPhone,
  }) => {
    const { page, id, point } = await officerAtPlace(openPhone);
    const rider = await openPhone();
    await rider.page.goto(`/sites/${id}`);
    await rider.page.getByText(reportWords.noteToggle).tap();
    await rider.page
      .locator('input[type="file"]')
      .setInputFiles(asFile(await makePhoto({ at: point, width: 2400, height: 1200 })));
    await rider.page.getByAltText(reportWords.photoAlt).waitFor();
    await rider.context.setOffline(true);
    await rider.page.getByRole('button', { name: reportKinds.locked }).tap();
    await rider.page.getByText(reportWords.withPhoto).waitFor();
    await rider.page.getByText(reportWords.waiting).waitFor();

    const upload = rider.page.waitForRequest((request) => request.url().includes('/api/files?purpose=report_photo'));
    await rider.context.setOffline(false);
    await rider.page.getByText(reportWords.sent).waitFor();
    const sent = (await upload).postDataBuffer();
    if (sent) expect(sent.includes('GPS') || sent.includes('a secret model')).toBe(false);

    const find = async () => {
      const { reports } = await ask<Workbench>(page, 'GET', '/api/office/workbench');
      return reports.find(({ site }) => site.id === id)?.photos ?? [];
    };
    await expect.poll(find).toHaveLength(1);
    const [photo] = await find();
    const response = await fetch(new URL(photo!.url, page.url()));
    expect(await sharp(Buffer.from(await response.arrayBuffer())).metadata()).toMatchObject({
      width: 1600,
      height: 800,
    });

    await page.goto(`/office/sites/${id}`);
    await page.locator('[data-reports]').getByRole('list', { name: stripWords.ofReports }).getByRole('img').waitFor();
    // Riders do not see it.
    const feature = await ask<SiteFeature>(page, 'GET', `/api/sites/${id}`);
    expect(JSON.stringify(feature)).not.toContain('photo');
  });
});
