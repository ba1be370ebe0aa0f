/** An officer hands in a list as such lists are, and it ends up on the map; on a service of its own. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#domain/accounts/demo-accounts.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import { officeImport as words } from '../../web/client/messages/zh/office-import.ts';
import { office as officeWords } from '../../web/client/messages/zh/office.ts';
import { signIn as signInWords } from '../../web/client/messages/zh/sign-in.ts';
import { type AppServer, startAppServer } from '../support/app-server.ts';
import { toGcj02 } from './chinese-coordinates.ts';
import { getFeatures, pick } from './city.ts';
import { NOW_ISO } from './now.ts';
import { AT, DESKTOP, test } from './phones.ts';

const STREET = DEMO_ACCOUNTS.find(({ role }) => role === 'officer')!.jurisdictionCode!;
const COUNTER = { viewport: DESKTOP, isMobile: false, hasTouch: false } as const;
/** Checking these takes much longer than pressing a button. */
const MANY_ROWS = 150_000;
const NEW_NAME = '莲花公园西门测试驿站';

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer({ TEST_CLOCK: NOW_ISO });
});
afterAll(() => server.close());

/** As Excel on a Chinese Windows saves text. */
function toGb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const bytes = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail !== 0x7f) bytes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return Buffer.from(
    [...text].flatMap((character) => (character < '\x80' ? character.charCodeAt(0) : bytes.get(character)!)),
  );
}

type Row = { name: string; at: { lng: number; lat: number }; hours: string };

/** Semicolons, a title above the header, GCJ-02, and longitude and latitude each under the other's name. */
function messyList(rows: readonly Row[]): Buffer {
  const lines = rows.map(({ name, at, hours }, n) => {
    const [lng, lat] = toGcj02([at.lng, at.lat]);
    return [`M-${n + 1}`, name, '思明区', '嘉莲街道', `莲花路${n + 1}号`, lat.toFixed(6), lng.toFixed(6), hours].join(
      ';',
    );
  });
  const header = '编号;站点名称;所属区;所属街道;地址;经度;纬度;开放时间';
  return toGb18030(['嘉莲街道驿站名单', header, ...lines].join('\r\n'));
}

async function knownPlace(): Promise<SiteFeature> {
  const features = await getFeatures(server.url);
  return pick(features, ({ geometry, properties }) => properties.street === STREET && geometry !== null);
}

const isPublic = async (name: string) =>
  (await getFeatures(server.url)).some(({ properties }) => properties.name === name);

async function signIn(page: Page): Promise<void> {
  await page.goto('/office/import');
  await page.getByLabel(signInWords.username, { exact: true }).focus();
  await page.keyboard.type('officer');
  await page.keyboard.press('Tab');
  await page.keyboard.type(DEMO_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: words.title }).waitFor();
}

async function upload(page: Page, file: Buffer, source: string): Promise<void> {
  await page
    .getByLabel(words.upload.file, { exact: true })
    .setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: file });
  await page.getByLabel(words.upload.source, { exact: true }).focus();
  await page.keyboard.type(source);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: words.titleOne(source) }).waitFor();
}

const focusedValue = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.value ?? null);
const focusedId = (page: Page) => page.evaluate(() => document.activeElement?.id ?? null);

describe('a list is imported', () => {
  test('from a messy file to the public map, and taken back as a whole', async ({ openPhone }) => {
    const known = await knownPlace();
    const [lng, lat] = known.geometry!.coordinates;
    const file = messyList([
      { name: NEW_NAME, at: { lng: lng + 0.003, lat: lat + 0.001 }, hours: '周一至周五 8:30-12:00，14:30-18:00' },
      { name: known.properties.name, at: { lng: lng + 0.0001, lat }, hours: '24小时' },
      { name: '写到海里的驿站', at: AT.farSea, hours: '不定时' },
    ]);
    const { page } = await openPhone({ ...COUNTER, server: server.url });
    await signIn(page);
    expect(
      await page.getByRole('link', { name: officeWords.nav.import, exact: true }).getAttribute('aria-current'),
    ).toBe('page');

    // What is missing is said before anything is sent.
    await page.getByRole('button', { name: words.upload.send }).press('Enter');
    await page.getByText(words.upload.fileMissing).waitFor();
    await upload(page, file, '嘉莲街道名单');

    // How it was read, and what is asked; nothing is chosen for the person, and nothing can be stored yet.
    await page.getByText('GB18030', { exact: true }).waitFor();
    await page.getByText(words.read.delimiters[';']!, { exact: true }).waitFor();
    await page.getByText(words.warnings.title_rows!('1')).waitFor();
    const systems = page.getByRole('radio');
    expect(await systems.count()).toBe(3);
    for (const radio of await systems.all()) expect(await radio.isChecked()).toBe(false);
    const store = page.getByRole('button', { name: words.store.button(1) });
    expect(await page.getByText(words.missing.ready).count()).toBe(0);

    // By keyboard: from what is missing to the answer, and checked again.
    await page.getByRole('button', { name: words.missing.crs }).press('Enter');
    await expect.poll(() => focusedValue(page)).toBe('WGS84');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focusedValue(page)).toBe('GCJ02');
    await page.getByRole('button', { name: words.missing.settings }).waitFor();
    await page.keyboard.press('Enter');
    const decide = page.getByRole('button', { name: words.missing.duplicates(1) });
    await decide.waitFor();

    // Each row says what was found.
    const rows = page.locator('[data-import-row]');
    await expect.poll(() => rows.count()).toBe(3);
    const sea = page.locator('[data-import-row]', { hasText: '写到海里的驿站' });
    expect(await sea.textContent()).toContain(words.fates.error);
    expect(await sea.textContent()).toContain('点在海里');
    expect(await sea.textContent()).toContain(words.hoursReasons.not_fixed);
    const fresh = page.locator('[data-import-row]', { hasText: NEW_NAME });
    expect(await fresh.textContent()).toContain(words.issues.coordinates_swapped!({}, words));

    const onMap = await page.evaluate(async () => {
      const id = window.location.pathname.split('/').at(-1);
      const answer = (await (await fetch(`/api/office/imports/${id}/points`)).json()) as {
        features: { properties: { row: number; fate: string } }[];
      };
      return answer.features.map(({ properties }) => properties);
    });
    expect(onMap).toEqual([
      { row: 3, fate: 'new' },
      { row: 4, fate: 'duplicate' },
      { row: 5, fate: 'error' },
    ]);
    await page.getByRole('region', { name: words.map.label }).waitFor();

    // The duplicate is decided beside the place that is known.
    await decide.press('Enter');
    await expect.poll(() => focusedId(page)).toBe('import-rows');
    await expect.poll(() => rows.count()).toBe(1);
    const twin = page.getByRole('group', { name: words.duplicate.for(words.duplicate.heading, 4) });
    expect(await twin.getByRole('link', { name: known.properties.name }).getAttribute('href')).toContain(known.id);
    await twin.getByRole('button', { name: words.duplicate.skip, exact: true }).press('Enter');
    await expect.poll(() => rows.count()).toBe(0);
    await expect.poll(() => focusedId(page)).toBe('import-rows');

    await page.getByText(words.missing.ready).waitFor();
    expect(await isPublic(NEW_NAME)).toBe(false);
    await store.press('Enter');
    await page.getByRole('heading', { name: words.stored.heading, exact: true }).waitFor();
    await page.getByText(words.stored.text(1, 0, 0)).waitFor();
    const stored = pick(await getFeatures(server.url), ({ properties }) => properties.name === NEW_NAME);
    expect(stored.geometry!.coordinates[0]).toBeCloseTo(lng + 0.003, 4);
    expect(stored.geometry!.coordinates[1]).toBeCloseTo(lat + 0.001, 4);
    expect(stored.properties.street).toBe(STREET);
    expect(stored.properties.hours).toContain('Mo-Fr 08:30-12:00,14:30-18:00');

    await page.getByRole('button', { name: words.stored.undo }).press('Enter');
    await page.getByText(words.stored.undoAsk(1)).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: words.undone.heading }).waitFor();
    expect(await isPublic(NEW_NAME)).toBe(false);

    await page.getByRole('link', { name: words.all }).press('Enter');
    await page.getByRole('link', { name: '嘉莲街道名单' }).waitFor();
    await page.getByRole('listitem').getByText(words.states.undone, { exact: true }).waitFor();
  });

  test('checking says how far it is and can be stopped', async ({ openPhone }) => {
    const lines = Array.from({ length: MANY_ROWS }, (_, n) => `第${n}号驿站,莲花路${n}号,118.1,24.48`);
    const { page } = await openPhone({ ...COUNTER, server: server.url });
    await signIn(page);
    await upload(page, Buffer.from(['名称,地址,经度,纬度', ...lines].join('\n')), '很长的名单');
    await page.getByRole('heading', { name: words.progress.checking }).waitFor();
    await page.getByText(/已读 \d+ 行/).waitFor();
    await page.getByRole('button', { name: words.progress.stop, exact: true }).press('Enter');
    await page.getByText(words.stoppedHint).waitFor();
    await page.getByRole('link', { name: words.again }).waitFor();
  });

  test('what cannot be read says why and what to do', async ({ openPhone }) => {
    const { page } = await openPhone({ ...COUNTER, server: server.url });
    await signIn(page);
    await upload(page, Buffer.from('%PDF-1.7 …'), '扫描件');
    await page.getByText(words.problems.unknown_format!()).waitFor();
    await page.getByRole('link', { name: words.again }).press('Enter');
    await page.getByRole('heading', { name: words.upload.heading }).waitFor();
  });
});
