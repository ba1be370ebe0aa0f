/** Signed-in people for tests. Each has a session of their own; requests carry it with the headers given here. */
import { randomInt } from 'node:crypto';
import { createStaffAccount, hashStaffPassword } from '../../api/accounts/create-staff-account.ts';
import { storeMembership } from '../../api/accounts/grant-membership.ts';
import type { Actor, Role } from '#domain/accounts/roles.ts';
import type { TestApp } from './factories.ts';

export const TEST_PASSWORD = 'a password for tests';
let passwordHash: Promise<string> | undefined;
let made = 0;

export type SignedIn = {
  personId: string;
  username: string | null;
  /** Send them with every request that this person makes. */
  headers: { cookie: string };
};

/** Makes a staff account and returns its id and name. Signs nobody in. */
export async function addStaff(
  app: TestApp,
  memberships: { role: Role; organisationId?: string; jurisdictionCode?: string }[],
): Promise<{ personId: string; username: string }> {
  passwordHash ??= hashStaffPassword(TEST_PASSWORD);
  const hash = await passwordHash;
  const username = `staff_${++made}_${randomInt(1e6)}`;
  const nowMs = app.clock.nowMs;
  const personId = await app.connection.db.transaction(async (tx) => {
    const userId = await createStaffAccount(
      tx,
      { username, name: `工作人员 ${made}`, passwordHash: hash, createdBy: null },
      nowMs,
    );
    for (const { role, organisationId = null, jurisdictionCode = null } of memberships) {
      await storeMembership(tx, { userId, role, organisationId, jurisdictionCode, grantedBy: null, nowMs });
    }
    return userId;
  });
  return { personId, username };
}

/**
 * Signs somebody new in with a role, as people do: riders by the code on their phone, staff by name and password.
 * `signIn(app, { role: 'officer', jurisdictionCode: '350203011' })`.
 */
export async function signIn(
  app: TestApp,
  membership: { role: Role; organisationId?: string; jurisdictionCode?: string },
): Promise<SignedIn> {
  if (membership.role === 'rider') return signInRider(app);
  const { personId, username } = await addStaff(app, [membership]);
  const response = await app.post('/api/auth/sign-in/username', { username, password: TEST_PASSWORD });
  if (response.status !== 200) throw new Error(`Nobody was signed in: ${await response.text()}`);
  return { personId, username, headers: { cookie: cookiesOf(response) } };
}

export async function signInRider(app: TestApp, phoneNumber = nextPhoneNumber()): Promise<SignedIn> {
  const sent = await app.post('/api/auth/phone-number/send-otp', { phoneNumber });
  if (sent.status !== 200) throw new Error(`No code was sent: ${await sent.text()}`);
  const code = await codeSentTo(app, phoneNumber);
  const response = await app.post('/api/auth/phone-number/verify', { phoneNumber, code });
  if (response.status !== 200) throw new Error(`Nobody was signed in: ${await response.text()}`);
  const headers = { cookie: cookiesOf(response) };
  const actor = await app.accounts.findActor(new Headers(headers));
  return { personId: actor!.personId, username: null, headers };
}

/** The newest code that went to a phone. Throws when there is none. */
export async function codeSentTo(app: TestApp, phoneNumber: string): Promise<string> {
  const message = (await app.outbox()).findLast(({ to, code }) => to === phoneNumber && code !== null);
  if (!message?.code) throw new Error(`No code was sent to ${phoneNumber}.`);
  return message.code;
}

/** A phone number that no other test uses. */
export function nextPhoneNumber(): string {
  return `138${String(++made).padStart(4, '0')}${String(randomInt(10_000)).padStart(4, '0')}`;
}

/** The cookies that an answer sets, as the next request sends them. What it takes away is left out. */
export function cookiesOf(response: Response, before = ''): string {
  const jar = new Map(before.split('; ').filter(Boolean).map(nameAndValue));
  for (const cookie of response.headers.getSetCookie()) {
    const [pair, ...attributes] = cookie.split('; ') as [string, ...string[]];
    const [name, value] = nameAndValue(pair);
    if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) jar.delete(name);
    else jar.set(name, value);
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

function nameAndValue(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** An actor that needs no account, for what is asked below the API. */
export function actorWith(...memberships: (Partial<Actor['memberships'][number]> & { role: Role })[]): Actor {
  return {
    personId: 'person-of-a-test',
    memberships: memberships.map((membership) => ({ organisationId: null, jurisdictionCode: null, ...membership })),
  };
}
