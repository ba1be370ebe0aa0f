import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#domain/accounts/demo-accounts.ts';
import { me as meWords } from '../../web/client/messages/zh/me.ts';
import { refusals } from '../../web/client/messages/zh/refusals.ts';
import { report as reportWords } from '../../web/client/messages/zh/report.ts';
import { roles } from '../../web/client/messages/zh/roles.ts';
import { signIn as words } from '../../web/client/messages/zh/sign-in.ts';
import { zh } from '../../web/client/messages/zh.ts';
import { getFeatures } from './city.ts';
import { test } from './phones.ts';

describe('signing in', () => {
  test('a wrong code is said in words, and the number can be changed', async ({ openPhone }) => {
    const { page } = await openPhone();
    await page.goto('/sign-in');
    await page.getByLabel(words.phone).fill('138');
    await page.getByRole('button', { name: words.sendCode }).tap();
    await page.getByText(words.phoneWrong).waitFor();
    await page.getByLabel(words.phone).fill('+86 139 0000 0001');
    await page.getByRole('button', { name: words.sendCode }).tap();
    await page.getByText(words.codeSent('139 0000 0001')).waitFor();
    // Where the code is, and that nothing is told of the number.
    await page.getByText(words.inTerminal).waitFor();
    await page.getByText(words.neverSay).waitFor();
    expect(await page.getByRole('button', { name: /秒后可重新发送/ }).isDisabled()).toBe(true);
    await page.getByLabel(words.code, { exact: true }).fill('000000');
    await page.getByRole('button', { name: words.enter, exact: true }).tap();
    await page.getByText(refusals.codes.code_wrong!).waitFor();
    await page.getByRole('button', { name: words.otherPhone }).tap();
    await page.getByLabel(words.phone).waitFor();
  });

  test('one tap fills in a demo account; it leads back to where one wanted to go, and out again', async ({
    openPhone,
  }) => {
    const { page } = await openPhone();
    await page.goto('/me');
    await page.getByRole('link', { name: meWords.signIn }).tap();
    await page.getByText(words.staff, { exact: true }).tap();
    const account = DEMO_ACCOUNTS.find(({ role }) => role === 'officer')!;
    await page.getByLabel(words.username, { exact: true }).fill(account.username);
    await page.getByLabel(words.password, { exact: true }).fill('wrong password');
    await page.getByRole('button', { name: words.enter, exact: true }).tap();
    await page.getByText(refusals.codes.sign_in_failed!).waitFor();
    await page.getByRole('button', { name: account.username }).tap();
    expect(await page.getByLabel(words.password, { exact: true }).inputValue()).toBe(DEMO_PASSWORD);
    await page.getByRole('button', { name: words.enter, exact: true }).tap();
    await page.getByRole('heading', { level: 2, name: account.name }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/me');
    await page.getByText(roles.officer).waitFor();
    // Everybody shares it, so nobody may lock the others out.
    await page.getByText(meWords.totp.demo).waitFor();

    await page.getByRole('button', { name: meWords.signOut }).tap();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/');
    await page.goto('/me');
    await page.getByRole('link', { name: meWords.signIn }).waitFor();
  });

  test('an address elsewhere is not followed', async ({ openPhone }) => {
    const { page } = await openPhone();
    await signInAs(page, 'officer', '//example.invalid/x');
    await expect.poll(() => new URL(page.url()).origin).toBe(new URL(inject('serverUrl')).origin);
    await expect.poll(() => new URL(page.url()).pathname).toBe('/office');
  });
});

describe('what is mine', () => {
  test('a report stays on the phone with what became of it, without an account', async ({ openPhone }) => {
    const quiet = (await getFeatures()).filter(({ properties }) => properties.demo && !properties.reported);
    const site = quiet.at(-30)!.properties;
    const { page } = await openPhone();
    await page.goto(`/sites/${site.id}`);
    await page.getByRole('button', { name: zh.places.reportKinds.locked }).tap();
    await page.getByText(reportWords.sent).waitFor();
    await page.goto('/me');
    await page.getByRole('link', { name: site.name }).waitFor();
    await page.getByText(meWords.reports.open).waitFor();
    await page.getByRole('button', { name: meWords.reports.forget }).tap();
    await page.getByText(meWords.reports.none).waitFor();
    await page.reload();
    await page.getByText(meWords.reports.none).waitFor();
  });

  test('nothing personal is stored without a tick; it comes back masked, and the consent can be withdrawn', async ({
    openPhone,
  }) => {
    const { page } = await openPhone();
    await signInAs(page, 'employer', '/me');
    const { fields } = meWords.data;
    await page.getByRole('button', { name: `${meWords.data.fill}: ${fields.bank_account}` }).tap();
    const dialog = page.getByRole('dialog', { name: fields.bank_account });
    await dialog.getByLabel(meWords.data.value(fields.bank_account)).fill('6222 0212 3456 7890');
    await dialog.getByRole('button', { name: meWords.data.save }).tap();
    await dialog.getByText(meWords.data.mustAgree).waitFor();
    await dialog.getByLabel(meWords.data.agree).check();
    await dialog.getByRole('button', { name: meWords.data.save }).tap();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(/\*{4,}.*7890/).waitFor();
    expect(await page.getByText('6222021234567890').count()).toBe(0);

    const { consents } = meWords;
    await page.getByRole('button', { name: `${consents.withdraw}: ${consents.purposes.bank_account}` }).tap();
    await page.getByRole('dialog').getByRole('button', { name: consents.withdrawNow }).tap();
    await page.getByText(/撤回$/).first().waitFor();
    await page.getByText(/7890/).waitFor({ state: 'detached' });
  });

  test('the account is not erased before the word is typed', async ({ openPhone }) => {
    const { page } = await openPhone();
    await signInAs(page, 'insurer', '/me');
    await page.getByRole('button', { name: meWords.mine.erase }).tap();
    const dialog = page.getByRole('dialog', { name: meWords.mine.eraseTitle });
    const erase = dialog.getByRole('button', { name: meWords.mine.eraseNow });
    expect(await erase.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(meWords.mine.eraseWord);
    expect(await erase.isDisabled()).toBe(false);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: meWords.signOut }).waitFor();
  });
});

/** Signs a demo account in through the page and waits until it leads on. */
async function signInAs(page: Page, username: string, to: string): Promise<void> {
  await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
  await page.getByText(words.staff, { exact: true }).tap();
  await page.getByRole('button', { name: username }).tap();
  await page.getByRole('button', { name: words.enter, exact: true }).tap();
  await expect.poll(() => new URL(page.url()).pathname).not.toBe('/sign-in');
}
