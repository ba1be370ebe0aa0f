/** A rider's account from the first code to the end, on a service of its own whose messages are read from its outbox. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { me as meWords } from '../../web/client/messages/zh/me.ts';
import { refusals } from '../../web/client/messages/zh/refusals.ts';
import { signIn as words } from '../../web/client/messages/zh/sign-in.ts';
import { type AppServer, startAppServer } from '../support/app-server.ts';
import { NOW, NOW_ISO } from './now.ts';
import { test } from './phones.ts';

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer({ TEST_CLOCK: NOW_ISO });
});
afterAll(() => server.close());

/** The newest code that was sent to a phone. */
async function codeFor(phone: string): Promise<string> {
  const lines = (await readFile(`${server.dataDir}/outbox.jsonl`, 'utf8')).trim().split('\n');
  const messages = lines.map((line) => JSON.parse(line) as { to: string; code: string });
  return messages.findLast(({ to }) => to === phone)!.code;
}

async function askForCode(page: Page, phone: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel(words.phone).fill(phone);
  await page.getByRole('button', { name: words.sendCode }).tap();
  await page.getByLabel(words.code, { exact: true }).waitFor();
}
async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByLabel(words.code, { exact: true }).fill(code);
  await page.getByRole('button', { name: words.enter, exact: true }).tap();
}
async function signInBy(page: Page, phone: string): Promise<void> {
  await askForCode(page, phone);
  await giveCode(page, await codeFor(phone));
  await page.getByRole('button', { name: meWords.signOut }).waitFor();
}

describe('a rider', () => {
  test('is let in by the code of the message, and a wrong one is said in words', async ({ openPhone }) => {
    const { page } = await openPhone({ server: server.url });
    const phone = '13900000001';
    await askForCode(page, phone);
    const code = await codeFor(phone);
    await giveCode(page, code === '000000' ? '000001' : '000000');
    await page.getByText(refusals.codes.code_wrong!).waitFor();
    await giveCode(page, code);
    await page.getByRole('button', { name: meWords.signOut }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/me');
    await page.getByText('139****0001').waitFor();
    await page.getByText(meWords.looks.none).waitFor();
    // A code works once.
    const { page: other } = await openPhone({ server: server.url });
    await other.goto('/sign-in');
    await askForCode(other, phone);
    await giveCode(other, code === (await codeFor(phone)) ? '000000' : code);
    await other.getByText(refusals.codes.code_wrong!).waitFor();
  });

  test('gets five codes in an hour; the sixth is refused in words', async ({ openPhone }) => {
    const { page } = await openPhone({ server: server.url });
    const phone = '13900000002';
    await page.clock.install({ time: NOW });
    await askForCode(page, phone);
    for (let sent = 1; sent < 5; sent++) {
      const before = await codeFor(phone);
      const again = page.getByRole('button', { name: words.resend, exact: true });
      expect(await page.getByRole('button', { name: /秒后可重新发送/ }).isDisabled()).toBe(true);
      await page.clock.fastForward(61_000);
      await again.tap();
      await expect.poll(() => codeFor(phone)).not.toBe(before);
      await page.getByRole('button', { name: /秒后可重新发送/ }).waitFor();
    }
    await page.clock.fastForward(61_000);
    await page.getByRole('button', { name: words.resend, exact: true }).tap();
    await page.getByText(refusals.codes.too_many_requests!).waitFor();
    await giveCode(page, await codeFor(phone));
    await page.getByRole('button', { name: meWords.signOut }).waitFor();
  });

  test('takes all their data along and has themselves erased; the same phone begins anew', async ({ openPhone }) => {
    const { page } = await openPhone({ server: server.url });
    const phone = '13900000003';
    await signInBy(page, phone);
    const { data, mine } = meWords;
    await page.getByRole('button', { name: `${data.fill}: ${data.fields.name}` }).tap();
    const dialog = page.getByRole('dialog', { name: data.fields.name });
    await dialog.getByLabel(data.value(data.fields.name)).fill('王小明');
    await dialog.getByLabel(data.agree).check();
    await dialog.getByRole('button', { name: data.save }).tap();
    await page.getByText('王**').waitFor();

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: mine.export }).tap();
    const file = await download;
    expect(file.suggestedFilename()).toBe('luyi-my-data.json');
    expect(JSON.parse(await readFile(await file.path(), 'utf8'))).toMatchObject({
      account: { phone },
      personalData: { name: '王小明' },
    });

    await page.getByRole('button', { name: mine.erase }).tap();
    const sure = page.getByRole('dialog', { name: mine.eraseTitle });
    await sure.getByRole('textbox').fill(mine.eraseWord);
    await sure.getByRole('button', { name: mine.eraseNow }).tap();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/');
    await page.goto('/me');
    await page.getByRole('link', { name: meWords.signIn }).waitFor();
    await signInBy(page, phone);
    await page.getByText(data.none).first().waitFor();
    expect(await page.getByText('王**').count()).toBe(0);
  });
});
