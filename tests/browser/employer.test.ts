/** An employer insures workers from a list with mistakes in it, and one of them sees it; on a service of its own. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { DEMO_PASSWORD } from '#domain/accounts/demo-accounts.ts';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import type { MyCover } from '#domain/insurance/enrolment-contract.ts';
import { employerIssueWords } from '#domain/insurance/employer-file-words.ts';
import { addDays, shanghaiDay } from '#domain/time/shanghai.ts';
import { employer as words } from '../../web/client/messages/zh/employer.ts';
import { signIn as signInWords } from '../../web/client/messages/zh/sign-in.ts';
import { type AppServer, startAppServer } from '../support/app-server.ts';
import { type ListedWorker, worker, workersCsv } from '../support/employer-files.ts';
import { NOW_ISO } from './now.ts';
import { DESKTOP, test } from './phones.ts';

const DESK = { viewport: DESKTOP, isMobile: false, hasTouch: false } as const;
const from = addDays(shanghaiDay(Date.parse(NOW_ISO)), 2);

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer({ TEST_CLOCK: NOW_ISO });
});
afterAll(() => server.close());

async function signIn(page: Page): Promise<void> {
  await page.goto('/office/employer');
  await page.getByLabel(signInWords.username, { exact: true }).focus();
  await page.keyboard.type('employer');
  await page.keyboard.press('Tab');
  await page.keyboard.type(DEMO_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: words.title }).waitFor();
}

async function upload(page: Page, list: readonly ListedWorker[]): Promise<void> {
  const buffer = Buffer.from(workersCsv(list));
  await page
    .getByLabel(words.upload.file, { exact: true })
    .setInputFiles({ name: '三月骑手.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: words.upload.send }).click();
  await page.getByRole('heading', { name: words.confirm.heading }).waitFor();
}

describe('an employer hands a list in', () => {
  test('with mistakes, corrects it, pays, and a worker sees who has insured them', async ({ openPhone }) => {
    const good = [worker(1, { 开始: from, 天数: '3' }), worker(2, { 开始: from, 结束: addDays(from, 1) })];
    const { page } = await openPhone({ ...DESK, server: server.url });
    await signIn(page);
    await page.getByRole('button', { name: words.upload.send }).click();
    await page.getByText(words.upload.missing).waitFor();
    await upload(page, [good[0]!, { ...good[1], 身份证号: '350212', 手机号: '12' }]);

    // Each mistake is said in words beside its row, and can be taken away.
    const bad = page.locator('tr', { hasText: words.rows.row(3) });
    await bad.getByText(employerIssueWords({ code: 'id_shape' }, 'zh')).waitFor();
    await bad.getByText(employerIssueWords({ code: 'phone_bad' }, 'zh')).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: words.rows.errors }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text).toContain(`3,身份证号,${employerIssueWords({ code: 'id_shape' }, 'zh')}`);
    await page.getByRole('button', { name: words.confirm.go('1.20') }).click();
    await page.getByText(words.confirm.leaveOutNeeded).waitFor();
    await page.getByRole('button', { name: words.confirm.discard }).click();
    await page.getByRole('dialog').getByRole('button', { name: words.confirm.discard }).click();
    await page.getByText(words.discardedText).waitFor();

    await page.getByRole('link', { name: words.all }).click();
    await upload(page, good);
    await page.getByText(words.counts(2, 0, 0)).waitFor();
    await page.getByRole('button', { name: words.confirm.go('2.00') }).click();
    await page.getByText(words.confirm.knowNeeded).waitFor();
    await page.getByLabel(words.confirm.know).check();
    await page.getByRole('button', { name: words.confirm.go('2.00') }).click();
    await page.getByText(words.pay.simulated).waitFor();
    await page.getByRole('button', { name: words.pay.simulate }).click();
    await page.getByText(words.insured.text(2, 5)).waitFor();
    await page.getByText(words.insured.told(2, 0, 0)).waitFor();
    await page.getByRole('link', { name: words.all }).click();
    await page.getByText(words.states.insured, { exact: true }).waitFor();

    const { page: phone } = await openPhone({ server: server.url });
    await phone.goto('/about');
    const cover = await seeCover(phone, good[0] as Required<ListedWorker>);
    expect(cover.enrolments).toMatchObject([
      { payer: 'employer', employerName: '演示平台企业', state: 'insured', days: [{ from, to: addDays(from, 2) }] },
    ]);
  });
});

/** Signs the worker in on their phone with the code that was sent to it, and says who they are. */
async function seeCover(page: Page, { 姓名: name, 身份证号: idNumber, 手机号: phoneNumber }: Required<ListedWorker>) {
  const send = (path: string, body: unknown) =>
    page.evaluate(
      async ([at, json]) => {
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(`/api${at}`, { method: 'POST', headers, body: json! });
        return { status: response.status, body: (await response.json()) as unknown };
      },
      [path, JSON.stringify(body)] as const,
    );
  expect((await send('/auth/phone-number/send-otp', { phoneNumber })).status).toBe(200);
  const told = server
    .log()
    .split('\n')
    .filter((line) => line.includes(phoneNumber));
  expect(told.some((line) => line.includes('演示平台企业'))).toBe(true);
  const code = /\b(\d{6})\b/.exec(told.findLast((line) => /验证码/.test(line)) ?? '')![1];
  expect((await send('/auth/phone-number/verify', { phoneNumber, code })).status).toBe(200);
  const consent = { identityWording: currentWording('identity').version };
  const { status, body } = await send('/me/cover/person', { name, idNumber, consent });
  expect(status).toBe(200);
  return body as MyCover;
}
