/** People who use the API beside the pages, each with the cookies of their own sign-in. */
import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { currentWording } from '#domain/accounts/consent-wordings.ts';
import { DEMO_PASSWORD } from '#domain/accounts/demo-accounts.ts';
import type { Role } from '#domain/accounts/roles.ts';
import type { ActOnClaim, ClaimView, SubmitClaim } from '#domain/insurance/claim-contract.ts';
import type { EnrolmentView } from '#domain/insurance/enrolment-contract.ts';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import type { AppServer } from '../support/app-server.ts';
import { codeFor, type Rider } from './riders.ts';

/** Sends as somebody who is signed in; throws with the answer when it is not 2xx. */
export type Send = <T>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<T>;

/** Somebody who is not signed in yet; cookies are kept from answer to answer. */
function newcomer(server: AppServer): Send {
  const cookies = new Map<string, string>();
  return async <T>(method: 'GET' | 'POST', path: string, body?: unknown) => {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        origin: server.url,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0]!.split(/=(.*)/s) as [string, string];
      cookies.set(name, value);
    }
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  };
}

export async function signInStaff(server: AppServer, username: string, password = DEMO_PASSWORD): Promise<Send> {
  const send = newcomer(server);
  await send('POST', '/api/auth/sign-in/username', { username, password });
  return send;
}

export async function signInRider(server: AppServer, { phone }: Rider): Promise<Send> {
  const send = newcomer(server);
  await send('POST', '/api/auth/phone-number/send-otp', { phoneNumber: phone });
  const code = await vi.waitUntil(() => codeFor(server, phone), { timeout: 10_000 });
  await send('POST', '/api/auth/phone-number/verify', { phoneNumber: phone, code });
  return send;
}

/** A colleague of a demo account, with the same role. */
export async function addColleague(admin: Send, username: string, role: Role): Promise<string> {
  await admin('POST', '/api/people', { username, name: username, password: DEMO_PASSWORD });
  await admin('POST', '/api/memberships', { username, role });
  return username;
}

/** Enrols a rider for some days and pays. */
export async function insure(send: Send, { name, idNumber }: Rider, days: readonly string[]): Promise<void> {
  const { version } = await send<PolicyTerms>('GET', `/api/policy-terms?day=${days[0]}`);
  const { payment } = await send<EnrolmentView>('POST', '/api/enrolments', {
    id: randomUUID(),
    days,
    termsVersion: version,
    name,
    idNumber,
    consent: { identityWording: currentWording('identity').version, terms: true },
    channel: 'me',
  });
  await send('POST', `/api/payments/${payment!.id}/simulate`, {});
}

/** A claim as a counter takes it down for somebody. */
export function takeDown(
  officer: Send,
  { name, idNumber }: Rider,
  claim: Partial<SubmitClaim> & Pick<SubmitClaim, 'happenedAt' | 'receivingSiteId'>,
): Promise<ClaimView> {
  return officer('POST', '/api/claims', {
    id: randomUUID(),
    report: true,
    onBehalf: true,
    channel: 'counter',
    account: {
      whatHappened: '送餐时雨天路滑摔倒，右腿骨折。',
      place: '莲前西路',
      witnesses: [],
      work: '送餐',
      hospital: '中山医院',
      phone: '',
    },
    lines: [{ id: randomUUID(), kind: 'disability', claimedFen: 0 }],
    files: [],
    name,
    idNumber,
    consent: {
      identityWording: currentWording('identity').version,
      medicalWording: currentWording('medical').version,
    },
    ...claim,
  });
}

export async function step(send: Send, id: string, action: Omit<ActOnClaim, 'version'>): Promise<ClaimView> {
  const { version } = await send<ClaimView>('GET', `/api/claims/${id}`);
  return send('POST', `/api/claims/${id}/actions`, { version, ...action });
}
