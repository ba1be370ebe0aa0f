/** How staff get in, keep others out and get back in: on a service of its own, because accounts are changed. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { DEMO_PASSWORD } from '#domain/accounts/demo-accounts.ts';
import { me as meWords } from '../../web/client/messages/zh/me.ts';
import { memberships as accountWords } from '../../web/client/messages/zh/memberships.ts';
import { people as peopleWords } from '../../web/client/messages/zh/people.ts';
import { refusals } from '../../web/client/messages/zh/refusals.ts';
import { resetPassword as resetWords } from '../../web/client/messages/zh/reset-password.ts';
import { signIn as words } from '../../web/client/messages/zh/sign-in.ts';
import { type AppServer, startAppServer } from '../support/app-server.ts';
import { cookiesOf } from '../support/accounts.ts';
import { totpOf } from '../support/totp.ts';
import { DESKTOP, PHONE, type Phone, type PhoneOptions, test } from './phones.ts';

const COUNTER = { viewport: DESKTOP, isMobile: false, hasTouch: false } as const;
const FIRST_PASSWORD = 'the first password of hers';
const NEW_PASSWORD = 'the second password of hers';
const STEP_MS = 30_000;
/** Several browsers one after the other. */
const LONG = { timeout: 180_000 };

let server: AppServer;
beforeAll(async () => {
  // By the machine's clock, which the codes of an authenticator follow here and there.
  server = await startAppServer();
});
afterAll(() => server.close());

type OpenPhone = (options?: PhoneOptions) => Promise<Phone>;
const open = async (openPhone: OpenPhone, options: PhoneOptions = {}): Promise<Page> =>
  (await openPhone({ ...COUNTER, server: server.url, ownClock: true, ...options })).page;

async function enter(page: Page, username: string, password: string, to = '/me'): Promise<void> {
  await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
  await page.getByText(words.staff, { exact: true }).click();
  await page.getByLabel(words.username, { exact: true }).fill(username);
  await page.getByLabel(words.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: words.enter, exact: true }).click();
}
const isIn = (page: Page) => page.getByRole('button', { name: meWords.signOut }).waitFor();

/** A colleague whom the administrator makes on the page. */
async function makeColleague(page: Page, username: string): Promise<void> {
  await enter(page, 'admin', DEMO_PASSWORD, '/office/accounts');
  await page.getByText(accountWords.newStaff, { exact: true }).click();
  const form = page.locator('details', { hasText: accountWords.newStaffHint });
  await form.getByLabel(accountWords.username).fill(username);
  await form.getByLabel(accountWords.name).fill('林小梅');
  await form.getByLabel(accountWords.password).fill(FIRST_PASSWORD);
  await form.getByRole('button', { name: accountWords.create }).click();
  await page.getByText(accountWords.created(username)).waitFor();
  await page.getByLabel(accountWords.role, { exact: true }).selectOption('coordinator');
  await page.getByRole('button', { name: accountWords.save, exact: true }).click();
  await page.getByRole('row', { name: new RegExp(username) }).waitFor();
}

/** Of two neighbouring steps both are taken, each once. */
const codeNow = (uri: string) => totpOf(uri, Date.now());
const codeNext = (uri: string) => totpOf(uri, Date.now() + STEP_MS);

async function setUp(page: Page): Promise<{ uri: string; backupCodes: string[] }> {
  const section = page.getByRole('region', { name: meWords.totp.heading });
  await section.getByRole('button', { name: meWords.totp.set, exact: true }).click();
  return scanned(page);
}

/** Gives the password, takes the secret as an authenticator would, and confirms it by its code. */
async function scanned(page: Page): Promise<{ uri: string; backupCodes: string[] }> {
  const section = page.getByRole('region', { name: meWords.totp.heading });
  await section.getByLabel(meWords.totp.password).fill(FIRST_PASSWORD);
  await section.getByRole('button', { name: meWords.totp.next }).click();
  await section.getByRole('img', { name: meWords.totp.qrAlt }).waitFor();
  const secret = await section.locator('code').first().innerText();
  const uri = `otpauth://totp/x?secret=${secret.replaceAll(/\s/g, '')}`;
  const backupCodes = await section.getByRole('list', { name: meWords.totp.backup }).locator('code').allInnerTexts();
  await section.getByLabel(meWords.totp.code).fill(codeNow(uri));
  await section.getByRole('button', { name: meWords.totp.confirm }).click();
  await page.getByText(meWords.totp.done).waitFor();
  return { uri, backupCodes };
}

const post = (path: string, body: unknown, cookie = '') =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });

/** The same past the page, where a test is about something else. */
async function addColleague(username: string): Promise<void> {
  const cookie = cookiesOf(await post('/api/auth/sign-in/username', { username: 'admin', password: DEMO_PASSWORD }));
  expect((await post('/api/people', { username, name: '同事', password: FIRST_PASSWORD }, cookie)).status).toBe(201);
  expect((await post('/api/memberships', { username, role: 'coordinator' }, cookie)).status).toBe(201);
}

describe('the authenticator', () => {
  test('is set up, asked for, and stood in for by a backup code once', LONG, async ({ openPhone }) => {
    await addColleague('lin.xiaomei');
    const page = await open(openPhone);
    await enter(page, 'lin.xiaomei', FIRST_PASSWORD);
    await isIn(page);
    const { uri, backupCodes } = await setUp(page);
    expect(backupCodes).toHaveLength(10);

    // In another browser: the password alone is not enough.
    const second = await open(openPhone);
    await enter(second, 'lin.xiaomei', FIRST_PASSWORD);
    await second.getByLabel(words.secondStep, { exact: true }).fill('000000');
    await second.getByRole('button', { name: words.enter, exact: true }).click();
    await second.getByText(refusals.codes.second_factor_failed!).waitFor();
    await second.getByLabel(words.secondStep, { exact: true }).fill(codeNext(uri));
    await second.getByRole('button', { name: words.enter, exact: true }).click();
    await isIn(second);

    const byBackupCode = async () => {
      const third = await open(openPhone);
      await enter(third, 'lin.xiaomei', FIRST_PASSWORD);
      await third.getByRole('button', { name: words.useBackup }).click();
      await third.getByLabel(words.backupCode, { exact: true }).fill(backupCodes[0]!);
      await third.getByRole('button', { name: words.enter, exact: true }).click();
      return third;
    };
    await isIn(await byBackupCode());
    await (await byBackupCode()).getByText(refusals.codes.second_factor_failed!).waitFor();
  });

  test('gets new backup codes, is replaced and taken away, each time by the password', LONG, async ({ openPhone }) => {
    await addColleague('wu.min');
    const page = await open(openPhone);
    await enter(page, 'wu.min', FIRST_PASSWORD);
    await isIn(page);
    const { uri, backupCodes } = await setUp(page);
    const section = page.getByRole('region', { name: meWords.totp.heading });
    await section.getByRole('button', { name: meWords.totp.newCodes }).click();
    await section.getByLabel(meWords.totp.password).fill(FIRST_PASSWORD);
    await section.getByRole('button', { name: meWords.totp.newCodes }).click();
    const list = section.getByRole('list', { name: meWords.totp.backup });
    await list.waitFor();
    expect(await list.locator('code').allInnerTexts()).not.toContain(backupCodes[0]);
    await section.getByRole('button', { name: meWords.totp.newCodesDone }).click();

    await section.getByRole('button', { name: meWords.totp.replace }).click();
    const replaced = await scanned(page);
    expect(replaced.uri).not.toBe(uri);
    await section.getByRole('button', { name: meWords.totp.unset }).click();
    await section.getByLabel(meWords.totp.password).fill(FIRST_PASSWORD);
    await section.getByRole('button', { name: meWords.totp.unset }).click();
    await page.getByText(meWords.totp.undone).waitFor();
    await section.getByText(meWords.totp.off).waitFor();
  });
});

describe('a forgotten password', () => {
  test('is set anew by a link that works once, and the person sees who made it', LONG, async ({ openPhone }) => {
    const admin = await open(openPhone);
    await makeColleague(admin, 'chen.yi');
    const colleague = await open(openPhone);
    await enter(colleague, 'chen.yi', FIRST_PASSWORD);
    await isIn(colleague);

    const { reset } = accountWords;
    await admin.getByText(reset.open, { exact: true }).click();
    await admin.getByRole('button', { name: reset.make }).click();
    await admin.getByText(reset.reasonMissing).waitFor();
    await admin.getByLabel(reset.username).fill('chen.yi');
    await admin.getByLabel(reset.reason).fill('忘记密码，已当面核对');
    await admin.getByRole('button', { name: reset.make }).click();
    const link = await admin.getByLabel(reset.link).inputValue();
    expect(link).toMatch(/\/reset-password#[\w-]{43}$/);

    const phone = await open(openPhone, { viewport: PHONE, isMobile: true, hasTouch: true });
    const asked: string[] = [];
    phone.on('request', (request) => asked.push(request.url()));
    await phone.goto(link);
    await phone.getByText(resetWords.whose('林小梅', 'chen.yi')).waitFor();
    expect(phone.url()).toBe(`${server.url}/reset-password`);
    await phone.getByLabel(resetWords.next).fill('short');
    await phone.getByRole('button', { name: resetWords.save }).tap();
    await phone.getByText(resetWords.tooShort(12)).waitFor();
    await phone.getByLabel(resetWords.next).fill(NEW_PASSWORD);
    await phone.getByLabel(resetWords.again).fill(NEW_PASSWORD);
    await phone.getByRole('button', { name: resetWords.save }).tap();
    await phone.getByText(resetWords.done).waitFor();
    const token = link.split('#')[1]!;
    expect(asked.filter((url) => url.split('#')[0]!.includes(token))).toEqual([]);

    await phone.goto('about:blank');
    await phone.goto(link);
    await phone.getByText(refusals.codes.reset_void!).waitFor();
    await colleague.reload();
    await colleague.getByRole('link', { name: meWords.signIn }).waitFor();
    await enter(colleague, 'chen.yi', FIRST_PASSWORD);
    await colleague.getByText(refusals.codes.sign_in_failed!).waitFor();
    await enter(colleague, 'chen.yi', NEW_PASSWORD);
    await isIn(colleague);
    const looks = colleague.getByRole('region', { name: meWords.looks.heading });
    await looks.getByText(meWords.looks.what['account.reset_link']('')).waitFor();
    await looks.getByText(meWords.looks.reason('忘记密码，已当面核对')).waitFor();
  });

  test('of a demo account stays as it is', async ({ openPhone }) => {
    const admin = await open(openPhone);
    await enter(admin, 'admin', DEMO_PASSWORD, '/office/accounts');
    const { reset } = accountWords;
    await admin.getByText(reset.open, { exact: true }).click();
    await admin.getByLabel(reset.username).fill('officer');
    await admin.getByLabel(reset.reason).fill('忘记密码了');
    await admin.getByRole('button', { name: reset.make }).click();
    await admin.getByText(refusals.codes.demo_account!).waitFor();
  });
});

describe('looking at personal data', () => {
  test('takes a whole number and a reason, shows one value for a minute, and the person sees it', async ({
    openPhone,
  }) => {
    const mine = await open(openPhone);
    await enter(mine, 'employer', DEMO_PASSWORD);
    const { data, looks } = meWords;
    await mine.getByRole('button', { name: `${data.fill}: ${data.fields.phone}` }).click();
    const dialog = mine.getByRole('dialog', { name: data.fields.phone });
    await dialog.getByLabel(data.value(data.fields.phone)).fill('13950001234');
    await dialog.getByLabel(data.agree).check();
    await dialog.getByRole('button', { name: data.save }).click();
    await mine.getByText('139****1234').first().waitFor();

    const page = await open(openPhone);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await enter(page, 'admin', DEMO_PASSWORD, '/office/people');
    const number = page.getByLabel(peopleWords.kinds.phone, { exact: true }).last();
    await number.fill('1395000123');
    await page.getByRole('button', { name: peopleWords.find, exact: true }).click();
    await page.getByText(peopleWords.nobody).waitFor();
    await number.fill('139 5000 1234');
    await page.getByRole('button', { name: peopleWords.find, exact: true }).click();
    await page.getByText(peopleWords.found(1)).waitFor();
    await page.getByText('139****1234').waitFor();
    expect(await page.getByText('13950001234').count()).toBe(0);

    // What the page counts with is made to run a minute later.
    await page.clock.install();
    await page.getByRole('button', { name: peopleWords.revealFor(data.fields.phone) }).click();
    await page.getByRole('button', { name: peopleWords.show }).click();
    await page.getByText(peopleWords.reasonMissing).waitFor();
    await page.getByLabel(peopleWords.reason).fill('核对联系方式');
    await page.getByRole('button', { name: peopleWords.show }).click();
    await page.getByText('13950001234').waitFor();
    await page.clock.fastForward(61_000);
    await page.getByText('13950001234').waitFor({ state: 'detached' });
    await page.getByText('139****1234').waitFor();
    expect(asked.filter((url) => /1395000|%20?1234/.test(url))).toEqual([]);

    await mine.reload();
    const section = mine.getByRole('region', { name: looks.heading });
    await section.getByText(looks.what['person.reveal'](data.fields.phone)).waitFor();
    await section.getByText(looks.what['person.find'](data.fields.phone)).waitFor();
    await section.getByText(looks.reason('核对联系方式')).waitFor();
  });

  test('is nothing for whoever may not', async ({ openPhone }) => {
    const page = await open(openPhone);
    await enter(page, 'coordinator', DEMO_PASSWORD, '/office/people');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('link', { name: peopleWords.title }).count()).toBe(0);
  });
});
