/** What two offices, or an office and a keeper, have to agree on: each in a browser of their own. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#domain/accounts/demo-accounts.ts';
import type { OfficeSite, OfficeSiteRow } from '#domain/places/office-contract.ts';
import { officeEditor as editor } from '../../web/client/messages/zh/office-editor.ts';
import { office as words } from '../../web/client/messages/zh/office.ts';
import { type AppServer, startAppServer } from '../support/app-server.ts';
import { NOW_ISO } from './now.ts';
import { DESKTOP, type Phone, type PhoneOptions, test } from './phones.ts';

const STREET = DEMO_ACCOUNTS.find(({ role }) => role === 'officer')!.jurisdictionCode!;
const DISTRICT = STREET.slice(0, 6);
/** 莲前街道, in the same district. */
const NEIGHBOUR = '350203010';
const BANK = DEMO_ACCOUNTS.find(({ role }) => role === 'keeper')!.organisationId!;
const NEIGHBOUR_PASSWORD = 'lianqian-rest-stops';

type OpenPhone = (options?: PhoneOptions) => Promise<Phone>;

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer({ TEST_CLOCK: NOW_ISO });
});
afterAll(() => server.close());

describe('a keeper', () => {
  test(
    'proposes, is sent back with a reason, proposes again, and is heard',
    { timeout: 180_000 },
    async ({ openPhone }) => {
      const officer = await signIn(openPhone, 'officer');
      const site = await newPlace(officer, '银行里的驿站', { organisationId: BANK });

      const keeper = await signIn(openPhone, 'keeper');
      await keeper.goto(`/office/sites/${site.id}`);
      await keeper.getByText(editor.readOnlyHint).waitFor();
      await keeper.getByRole('textbox', { name: editor.fields.phone }).fill('0592-2');
      // An unfinished proposal is kept, and found again by whoever comes back.
      await keeper.getByText(editor.save.draftSaved('').trim()).waitFor();
      await keeper.reload();
      await keeper.getByRole('button', { name: editor.drafts.resume }).click();
      await expect.poll(() => keeper.getByRole('textbox', { name: editor.fields.phone }).inputValue()).toBe('0592-2');
      await propose(keeper, '换了号码');
      expect((await getSite(officer, site.id)).document.phone).toBe('0592-1');

      await officer.goto('/office');
      const asked = panel(officer, words.panels.proposals);
      await asked.getByText('0592-2').waitFor();
      await asked.getByText(words.decide.reason('换了号码')).waitFor();
      await asked.getByRole('button', { name: words.decide.reject }).click();
      await asked.getByRole('button', { name: words.decide.reject }).click();
      await asked.getByText(words.decide.rejectMissing).waitFor();
      await asked.getByLabel(words.decide.rejectAsk).fill('请写总机');
      await asked.getByRole('button', { name: words.decide.reject }).click();
      await officer.getByText(words.decide.rejected).waitFor();

      await keeper.goto('/office');
      const told = panel(keeper, words.panels.proposals);
      await told.getByText(words.decide.wasRejected).waitFor();
      await told.getByText(words.decide.answer('请写总机')).waitFor();
      expect(await told.getByRole('button', { name: words.decide.accept }).count()).toBe(0);
      await told.getByRole('link', { name: site.document.name }).click();
      await keeper.getByText(editor.drafts.answer('请写总机')).waitFor();
      await keeper.getByRole('button', { name: editor.drafts.again }).click();
      await expect.poll(() => keeper.getByRole('textbox', { name: editor.fields.phone }).inputValue()).toBe('0592-2');
      await keeper.getByRole('textbox', { name: editor.fields.phone }).fill('0592-3');
      await propose(keeper, '总机');

      await officer.goto(`/office/sites/${site.id}`);
      await officer.getByRole('button', { name: editor.drafts.accept }).click();
      await officer.getByText(editor.drafts.accepted).waitFor();
      await expect.poll(() => officer.getByRole('textbox', { name: editor.fields.phone }).inputValue()).toBe('0592-3');
      expect((await getSite(officer, site.id)).document.phone).toBe('0592-3');

      await keeper.goto('/office');
      await panel(keeper, words.panels.proposals).getByText(words.decide.wasAccepted).waitFor();
    },
  );

  test('takes a proposal back', async ({ openPhone }) => {
    const officer = await signIn(openPhone, 'officer');
    const site = await newPlace(officer, '先不改的驿站', { organisationId: BANK });
    const keeper = await signIn(openPhone, 'keeper');
    await keeper.goto(`/office/sites/${site.id}`);
    await keeper.getByRole('textbox', { name: editor.fields.phone }).fill('0592-9');
    await propose(keeper, '写错了');
    await keeper.goto('/office');
    const row = rowOf(panel(keeper, words.panels.proposals), site.document.name);
    await row.getByRole('button', { name: words.drafts.takeBack }).click();
    await row.getByRole('button', { name: words.drafts.takeBack }).click();
    await keeper.getByText(words.drafts.takenBack).waitFor();
    await officer.goto('/office');
    const proposals = panel(officer, words.panels.proposals);
    await proposals.waitFor();
    expect(await rowOf(proposals, site.document.name).count()).toBe(0);
  });
});

describe('a place that changes street', () => {
  test(
    'moves when the other street agrees, and stays when it does not',
    { timeout: 180_000 },
    async ({ openPhone }) => {
      const officer = await signIn(openPhone, 'officer');
      const neighbour = await signInNeighbour(openPhone);
      const [goes, stays] = [await newPlace(officer, '要移交的驿站'), await newPlace(officer, '留下的驿站')];
      for (const { id } of [goes, stays]) await askNeighbour(officer, id);
      expect((await getSite(officer, goes.id)).document.streetCode).toBe(STREET);

      await officer.goto('/office');
      await rowOf(panel(officer, words.panels.handovers), goes.document.name).getByText(words.decide.wait).waitFor();

      await neighbour.goto('/office');
      const asked = panel(neighbour, words.panels.handovers);
      const first = rowOf(asked, goes.document.name);
      await first.getByText(words.decide.reason('归莲前管')).waitFor();
      await first.getByRole('button', { name: words.decide.accept, exact: true }).click();
      await first.getByRole('button', { name: words.decide.accept, exact: true }).click();
      await first.waitFor({ state: 'detached' });
      const second = rowOf(asked, stays.document.name);
      await second.getByRole('button', { name: words.decide.reject }).click();
      await second.getByLabel(words.decide.rejectAsk).fill('门在你们那边');
      await second.getByRole('button', { name: words.decide.reject }).click();
      await second.waitFor({ state: 'detached' });

      expect((await getSite(neighbour, goes.id)).document).toMatchObject({
        streetCode: NEIGHBOUR,
        districtCode: DISTRICT,
      });
      expect((await getSite(officer, stays.id)).document.streetCode).toBe(STREET);
      await officer.goto('/office');
      const told = panel(officer, words.panels.handovers);
      await rowOf(told, goes.document.name).getByText(words.decide.wasAccepted).waitFor();
      await rowOf(told, stays.document.name).getByText(words.decide.answer('门在你们那边')).waitFor();
    },
  );

  test('stays when who asked takes the request back', async ({ openPhone }) => {
    const officer = await signIn(openPhone, 'officer');
    const site = await newPlace(officer, '又不移交的驿站');
    await askNeighbour(officer, site.id);
    await officer.goto('/office');
    const row = rowOf(panel(officer, words.panels.handovers), site.document.name);
    await row.getByRole('button', { name: words.decide.callOff }).click();
    await row.getByRole('button', { name: words.decide.callOff }).click();
    await officer.getByText(words.decide.calledOff).waitFor();
    await row.waitFor({ state: 'detached' });
    await askNeighbour(officer, site.id);
  });

  test('moves at once where one office looks after both streets', async ({ openPhone }) => {
    const district = await signIn(openPhone, 'district');
    const site = await newPlace(district, '区里直接换街道的驿站');
    await district.goto(`/office/sites/${site.id}`);
    await chooseStreet(district);
    await district.keyboard.press('Control+s');
    const dialog = district.getByRole('dialog', { name: editor.save.title });
    await dialog.waitFor();
    expect(await dialog.getByText(editor.save.handover).count()).toBe(0);
    await district.keyboard.press('Enter');
    await district.getByText(editor.save.saved, { exact: true }).waitFor();
    expect((await getSite(district, site.id)).document.streetCode).toBe(NEIGHBOUR);
  });
});

test('a supervisor looks at a place and is offered nothing that would be refused', async ({ openPhone }) => {
  const officer = await signIn(openPhone, 'officer');
  const site = await newPlace(officer, '只看不改的驿站');
  const supervisor = await signIn(openPhone, 'supervisor');
  await supervisor.goto(`/office/sites/${site.id}`);
  await supervisor.getByText(editor.lookHint).waitFor();
  expect(await supervisor.getByRole('textbox', { name: editor.fields.phone }).isDisabled()).toBe(true);
  for (const name of [editor.save.save, editor.save.propose]) {
    expect(await supervisor.getByRole('button', { name }).count()).toBe(0);
  }
  await supervisor.keyboard.press('Control+s');
  expect(await supervisor.getByRole('dialog').count()).toBe(0);
  await supervisor.goto('/office/sites/new');
  await supervisor.getByText(words.noRight).waitFor();
});

async function propose(page: Page, reason: string): Promise<void> {
  await page.keyboard.press('Control+s');
  await page.getByRole('dialog', { name: editor.save.proposeTitle }).waitFor();
  await page.getByLabel(editor.save.proposeReason).fill(reason);
  await page.keyboard.press('Enter');
  await page.getByText(editor.save.proposed).waitFor();
}

async function chooseStreet(page: Page): Promise<void> {
  await page
    .getByLabel(editor.fields.streetCode, { exact: true })
    .locator(`[value="${NEIGHBOUR}"]`)
    .waitFor({ state: 'attached' });
  await page.getByLabel(editor.fields.streetCode, { exact: true }).selectOption(NEIGHBOUR);
}

async function askNeighbour(page: Page, id: string): Promise<void> {
  await page.goto(`/office/sites/${id}`);
  await chooseStreet(page);
  await page.keyboard.press('Control+s');
  await page.getByRole('dialog', { name: editor.save.title }).getByText(editor.save.handover).waitFor();
  await page.getByLabel(editor.save.reason).fill('归莲前管');
  await page.keyboard.press('Enter');
  await page.getByText(editor.handover.asked('莲前街道')).waitFor();
}

const panel = (page: Page, title: string) =>
  page.locator('[data-panel]', { has: page.getByRole('heading', { name: title }) });
const rowOf = (inside: ReturnType<Page['locator']>, name: string) => inside.locator('[data-row]', { hasText: name });

async function signIn(openPhone: OpenPhone, username: string, password = DEMO_PASSWORD): Promise<Page> {
  const { page } = await openDesk(openPhone);
  await ask(page, 'POST', '/api/auth/sign-in/username', { username, password });
  return page;
}

async function openDesk(openPhone: OpenPhone): Promise<{ page: Page; context: BrowserContext }> {
  const desk = await openPhone({ viewport: DESKTOP, isMobile: false, hasTouch: false, server: server.url });
  await desk.page.goto('/about');
  return desk;
}

/** The officer of the other street, whom the administrator takes on. */
async function signInNeighbour(openPhone: OpenPhone): Promise<Page> {
  const admin = await signIn(openPhone, 'admin');
  const username = 'lianqian';
  await ask(admin, 'POST', '/api/people', { username, name: '莲前街道专员', password: NEIGHBOUR_PASSWORD });
  await ask(admin, 'POST', '/api/memberships', { username, role: 'officer', jurisdictionCode: NEIGHBOUR });
  return signIn(openPhone, username, NEIGHBOUR_PASSWORD);
}

/** A place of 嘉莲街道 without a point, like one that is there. */
async function newPlace(page: Page, name: string, of: Partial<OfficeSite['document']> = {}): Promise<OfficeSite> {
  const { rows } = await ask<{ rows: OfficeSiteRow[] }>(page, 'GET', `/api/office/sites?street=${STREET}&limit=1`);
  const { document: like } = await getSite(page, rows[0]!.id);
  const document = {
    ...like,
    name,
    phone: '0592-1',
    point: null,
    precisionM: null,
    original: null,
    organisationId: null,
    ...of,
  };
  const { id } = await ask<{ id: string }>(page, 'POST', '/api/office/sites', { document });
  return getSite(page, id);
}

function getSite(page: Page, id: string): Promise<OfficeSite> {
  return ask(page, 'GET', `/api/office/sites/${id}`);
}

/** Asks the API from within the page, with its cookies and its origin. Throws what it refuses with. */
async function ask<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  const { ok, said } = await page.evaluate(
    async ([verb, address, text]) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(address!, { method: verb!, headers, ...(text && { body: text }) });
      return { ok: response.ok, said: await response.text() };
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)],
  );
  if (!ok) throw new Error(`${method} ${path}: ${said}`);
  return (said ? JSON.parse(said) : undefined) as T;
}
