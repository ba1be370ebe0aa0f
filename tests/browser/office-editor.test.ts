import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import type { OfficeSite, RevisionView } from '#domain/places/office-contract.ts';
import { describe, expect } from 'vitest';
import { officeEditor as words } from '../../web/client/messages/zh/office-editor.ts';
import { NOW_ISO } from './now.ts';
import { DESKTOP, test } from './phones.ts';

const PASSWORD = 'luyi-demo-2026';
/** More than there are stops before the week of the first service. */
const MOST_TABS = 60;

type Answer<T> = { status: number; etag: string | null; body: T };
type OpenDesk = (options: object) => Promise<{ page: Page; context: BrowserContext }>;

/** A desktop at which somebody of the demo staff has signed in. */
async function signIn(openPhone: OpenDesk, username: string): Promise<Page> {
  const { page } = await openPhone({ viewport: DESKTOP, isMobile: false, hasTouch: false });
  await page.goto('/about');
  const answer = await ask(page, 'POST', '/api/auth/sign-in/username', { username, password: PASSWORD });
  expect(answer.status, `signing in as ${username}`).toBe(200);
  return page;
}

/** Asks the API from within the page, with its cookies and its origin. */
function ask<T>(page: Page, method: string, path: string, body?: unknown, ifMatch?: string): Promise<Answer<T>> {
  return page.evaluate(
    async ([verb, address, text, match]) => {
      const headers: Record<string, string> = { 'content-type': 'application/json' };
      if (match) headers['if-match'] = match;
      const response = await fetch(address!, { method: verb!, headers, ...(text && { body: text }) });
      const said = await response.text();
      return { status: response.status, etag: response.headers.get('etag'), body: said ? JSON.parse(said) : null };
    },
    [method, path, body === undefined ? '' : JSON.stringify(body), ifMatch ?? ''],
  );
}

/** A place of the officer's own street, with its first service open from eight to six on workdays. */
async function ownPlace(page: Page, name: string): Promise<OfficeSite> {
  const list = await ask<{ rows: { id: string; streetCode: string | null }[] }>(
    page,
    'GET',
    '/api/office/sites?limit=20',
  );
  const like = await getSite(page, list.body.rows.find(({ streetCode }) => streetCode !== null)!.id);
  const [service] = like.document.services;
  const document = {
    ...like.document,
    name,
    phone: '0592-1',
    note: null,
    services: [{ ...service!, hours: 'Mo-Fr 08:00-18:00', season: null }],
  };
  const made = await ask<{ id: string }>(page, 'POST', '/api/office/sites', { document });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return getSite(page, made.body.id);
}

async function getSite(page: Page, id: string): Promise<OfficeSite> {
  return (await ask<OfficeSite>(page, 'GET', `/api/office/sites/${id}`)).body;
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    return (
      element?.getAttribute('aria-label') ??
      element?.labels?.[0]?.textContent ??
      element?.textContent ??
      ''
    ).trim();
  });
}

async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (now === name) return;
    passed.push(now);
  }
  throw new Error(`The focus never came to "${name}". It went over: ${passed.join(' | ')}`);
}

describe('an officer keeps a place right', () => {
  test('hours are corrected from a report by keyboard alone, and the rider is told', async ({ openPhone }) => {
    const page = await signIn(openPhone, 'officer');
    const site = await ownPlace(page, '时间要改的驿站');
    const reportId = randomUUID();
    const report = { id: reportId, kind: 'hours_wrong', observedAt: NOW_ISO, note: '晚上七点还开着' };
    expect((await ask(page, 'POST', `/api/sites/${site.id}/reports`, report)).status).toBeLessThan(300);

    await page.goto(`/office/sites/${site.id}?fact=hours&reports=${reportId}`);
    await expect.poll(() => focused(page)).toBe(words.reports.agree);
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe(words.fields.hours);
    await tabTo(page, words.hours.cell('周一', '08:00', true));
    // From eight to six in the evening, and one hour more on every workday.
    for (let halfHours = 0; halfHours < 20; halfHours++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowRight');
    for (let days = 0; days < 4; days++) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+s');
    await page.getByRole('dialog', { name: words.save.title }).waitFor();
    await page.keyboard.type('骑手说得对');
    await page.keyboard.press('Enter');
    await page.getByText(words.save.saved, { exact: true }).waitFor();

    const saved = await getSite(page, site.id);
    expect(saved.revision).toBe(site.revision + 1);
    expect(saved.document.services[0]!.hours).toBe('Mo-Fr 08:00-19:00');
    expect(saved.reports).toEqual([]);
    const told = await ask(page, 'GET', `/api/reports/${reportId}`);
    expect(told.body).toMatchObject({ state: 'answered', outcome: 'changed' });
  });

  test('a colleague’s save in between is merged, and overwrites nothing', async ({ openPhone }) => {
    const page = await signIn(openPhone, 'officer');
    const site = await ownPlace(page, '两个人改的驿站');
    await page.goto(`/office/sites/${site.id}`);
    await page.getByRole('textbox', { name: words.fields.phone }).fill('0592-2');
    await page.getByRole('textbox', { name: words.fields.address }).fill('新地址 1 号');

    const colleague = await signIn(openPhone, 'coordinator');
    const document = { ...site.document, phone: '0592-3', note: '同事写的' };
    const theirs = await ask(colleague, 'PUT', `/api/office/sites/${site.id}`, { document }, `"r${site.revision}"`);
    expect(theirs.status, JSON.stringify(theirs.body)).toBe(200);

    await page.bringToFront();
    await page.keyboard.press('Control+s');
    await page.getByRole('dialog', { name: words.save.title }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: words.merge.title }).waitFor();
    // Nothing is chosen beforehand: Enter only reminds.
    await page.keyboard.press('Enter');
    await page.getByText(words.merge.missing).waitFor();
    await expect.poll(() => focused(page)).toBe(words.merge.mine('0592-2'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText(words.save.saved, { exact: true }).waitFor();

    const merged = await getSite(page, site.id);
    expect(merged.revision).toBe(site.revision + 2);
    expect(merged.document).toMatchObject({ phone: '0592-3', note: '同事写的', address: '新地址 1 号' });
  });

  test('an earlier version is restored, as a new one', async ({ openPhone }) => {
    const page = await signIn(openPhone, 'officer');
    const site = await ownPlace(page, '要恢复的驿站');
    const document = { ...site.document, phone: '0592-wrong' };
    const changed = await ask(page, 'PUT', `/api/office/sites/${site.id}`, { document }, `"r${site.revision}"`);
    expect(changed.status, JSON.stringify(changed.body)).toBe(200);

    await page.goto(`/office/sites/${site.id}`);
    await page.getByRole('link', { name: words.toHistory }).click();
    const entry = page.locator(`[data-revision="${site.revision}"]`);
    await entry.getByRole('button', { name: words.history.restore }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: words.history.restoreTitle(site.revision) }).waitFor();
    await tabTo(page, words.history.restoreReason);
    await page.keyboard.type('电话写错了');
    await page.keyboard.press('Enter');
    await page.getByText(words.history.restored(site.revision)).waitFor();

    expect((await getSite(page, site.id)).document.phone).toBe('0592-1');
    const { body } = await ask<{ revisions: RevisionView[] }>(page, 'GET', `/api/office/sites/${site.id}/revisions`);
    expect(body.revisions[0]).toMatchObject({ restoredFrom: site.revision, reason: '电话写错了' });
    expect(body.revisions[0]!.changes.map(({ path }) => path)).toEqual(['phone']);
  });

  test('leaving with unsaved changes asks, and the draft is found again', async ({ openPhone }) => {
    const page = await signIn(openPhone, 'officer');
    const site = await ownPlace(page, '没保存完的驿站');
    await page.goto(`/office/sites/${site.id}`);
    await page.getByRole('textbox', { name: words.fields.phone }).fill('0592-4');
    await page.getByText(words.save.draftSaved('').trim()).waitFor();
    await page.getByRole('link', { name: words.toHistory }).click();
    const dialog = page.getByRole('dialog', { name: words.leave.title });
    await dialog.getByRole('button', { name: words.leave.leave, exact: true }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/office/sites/${site.id}/history`);

    await page.goto(`/office/sites/${site.id}`);
    await page.getByRole('button', { name: words.drafts.resume }).click();
    await expect.poll(() => page.getByRole('textbox', { name: words.fields.phone }).inputValue()).toBe('0592-4');
    expect((await getSite(page, site.id)).document.phone).toBe('0592-1');
  });
});
