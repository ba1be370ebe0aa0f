/** Riders who sign in: phones, codes and people that each test has for itself. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { checkDigitOf } from '#domain/accounts/citizen-id.ts';
import { enrol } from '../../web/client/messages/zh/enrol.ts';
import { signIn } from '../../web/client/messages/zh/sign-in.ts';
import type { AppServer } from '../support/app-server.ts';

export type Rider = { phone: string; name: string; idNumber: string };

/** Another person for each number; born in 1990. */
export function rider(number: number): Rider {
  const digits = `35020319900504${String(number).padStart(3, '0')}`;
  return {
    phone: `1390000${String(number).padStart(4, '0')}`,
    name: '陈小明',
    idNumber: digits + checkDigitOf(digits),
  };
}

/** Signs in where the page asks for it, by the code that the service printed. */
export async function signInHere(page: Page, server: AppServer, { phone }: Rider): Promise<void> {
  await page.getByLabel(signIn.phone).fill(phone);
  await page.getByRole('button', { name: signIn.sendCode }).click();
  const field = page.getByLabel(signIn.code, { exact: true });
  await field.waitFor();
  await expect.poll(() => codeFor(server, phone)).not.toBeNull();
  await field.fill(codeFor(server, phone)!);
  await page.getByRole('button', { name: signIn.enter, exact: true }).click();
}

export function codeFor(server: AppServer, phone: string): string | null {
  const lines = server.log().split('\n');
  return (
    lines
      .map((line) => (line.includes(phone) ? /\b(\d{6})\b/.exec(line.replace(phone, ''))?.[1] : null))
      .findLast(Boolean) ?? null
  );
}

/** Fills in who it is and agrees, on the page of enrolment. */
export async function agreeAs(page: Page, { name, idNumber }: Rider): Promise<void> {
  await page.getByLabel(enrol.who.name, { exact: true }).fill(name);
  await page.getByLabel(enrol.who.idNumber, { exact: true }).fill(idNumber);
  await page.getByText(enrol.who.idGood).waitFor();
  await page.getByLabel(enrol.who.consent).check();
  await page.getByLabel(enrol.who.terms).check();
}
