import { useEffect, useSyncExternalStore } from 'react';
import type { ConsentPurpose } from '#domain/accounts/consent.ts';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import type { Role } from '#domain/accounts/roles.ts';
import type { FindPeople, FoundPerson } from '../../api/accounts/find-people.ts';
import type { Me } from '../../api/accounts/get-me.ts';
import type { LookView } from '../../api/accounts/list-looks.ts';
import type { MembershipView } from '../../api/accounts/list-memberships.ts';
import { ask } from './ask.ts';
import { keepKnownCover } from './known-cover.ts';
import { officeApiPaths } from './office-paths.ts';
import { isSignedOut } from './refusals.ts';

export type { FoundPerson, LookView, Me, MembershipView };

export type SignInOptions = { demoAccounts: { username: string; role: Role }[]; demoPassword: string | null };

export type ConsentState = {
  purpose: ConsentPurpose;
  wordingVersion: string;
  givenAt: string;
  withdrawnAt: string | null;
};

/** GET /api/me/personal-data */
export type PersonalData = {
  fields: { field: PersonalField; masked: string; updatedAt: string }[];
  consents: ConsentState[];
};

export type MembershipPage = { memberships: MembershipView[]; next: string | null };

export type GrantMembership = {
  username: string;
  role: Role;
  organisationId?: string;
  jurisdictionCode?: string;
};

/** Who is signed in, as far as this page knows. */
export type Session =
  { status: 'loading' } | { status: 'out' } | { status: 'failed'; error: unknown } | { status: 'in'; me: Me };

let session: Session = { status: 'loading' };
let running: Promise<void> | null = null;
const listeners = new Set<() => void>();

function setSession(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

/** Asks who is signed in. Never throws: the session says how it went. */
export function refreshSession(): Promise<void> {
  running ??= ask<Me>(officeApiPaths.me())
    .then((me) => setSession({ status: 'in', me }))
    .catch((error: unknown) => {
      if (isSignedOut(error)) setSession({ status: 'out' });
      // Without a network nobody was signed out: who was in stays in.
      else if (session.status !== 'in') setSession({ status: 'failed', error });
    })
    .finally(() => {
      running = null;
    });
  return running;
}

export function useSession(): Session {
  useEffect(function askOnce() {
    if (session.status !== 'in') void refreshSession();
  }, []);
  return useSyncExternalStore(subscribe, () => session);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function sendCode(phoneNumber: string): Promise<void> {
  return ask(officeApiPaths.sendCode(), { method: 'POST', body: { phoneNumber } });
}

export function verifyCode(phoneNumber: string, code: string): Promise<void> {
  return ask(officeApiPaths.verifyCode(), { method: 'POST', body: { phoneNumber, code } });
}

/** Answers whether a second step (TOTP) is asked for. */
export async function signInByName(username: string, password: string): Promise<{ secondStep: boolean }> {
  const answer = await ask<{ twoFactorRedirect?: boolean } | undefined>(officeApiPaths.signInByName(), {
    method: 'POST',
    body: { username, password },
  });
  return { secondStep: answer?.twoFactorRedirect === true };
}

export function verifyBackupCode(code: string): Promise<void> {
  return ask(officeApiPaths.verifyBackupCode(), { method: 'POST', body: { code } });
}

export function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  return ask(officeApiPaths.changePassword(), { method: 'POST', body: { currentPassword, newPassword } });
}

export function newBackupCodes(password: string): Promise<{ backupCodes: string[] }> {
  return ask(officeApiPaths.newBackupCodes(), { method: 'POST', body: { password } });
}

/** Whose password a one-time link changes. */
export type ResetView = { name: string; username: string; removeSecondFactor: boolean; expiresAt: string };

export function lookAtReset(token: string): Promise<ResetView> {
  return ask(officeApiPaths.lookAtReset(), { method: 'POST', body: { token } });
}

export function setPasswordByLink(token: string, newPassword: string): Promise<void> {
  return ask(officeApiPaths.useReset(), { method: 'POST', body: { token, newPassword } });
}

/** A one-time link for a colleague; its token is told once. */
export function makeReset(body: {
  username: string;
  removeSecondFactor: boolean;
  reason: string;
}): Promise<{ token: string; expiresAt: string }> {
  return ask(officeApiPaths.resets(), { method: 'POST', body });
}

export function findPeople(by: FindPeople['by'], value: string): Promise<{ people: FoundPerson[] }> {
  return ask(officeApiPaths.findPeople(), { method: 'POST', body: { by, value } });
}

export function revealPersonal(personId: string, field: PersonalField, reason: string): Promise<{ value: string }> {
  return ask(officeApiPaths.reveal(personId), { method: 'POST', body: { field, reason } });
}

/** A new account that signs in by name; it has no role yet. */
export function createStaff(body: { username: string; name: string; password: string }): Promise<{ id: string }> {
  return ask(officeApiPaths.people(), { method: 'POST', body });
}

export function verifyTotp(code: string): Promise<void> {
  return ask(officeApiPaths.verifyTotp(), { method: 'POST', body: { code } });
}

/** `totpURI` is what an authenticator reads; it holds only once a code has been verified. */
export function enableTotp(password: string): Promise<{ totpURI: string; backupCodes: string[] }> {
  return ask(officeApiPaths.enableTotp(), { method: 'POST', body: { password } });
}

export function disableTotp(password: string): Promise<void> {
  return ask(officeApiPaths.disableTotp(), { method: 'POST', body: { password } });
}

export async function signOut(): Promise<void> {
  await ask(officeApiPaths.signOut(), { method: 'POST' });
  keepKnownCover(null);
  setSession({ status: 'out' });
}

export function savePersonalField(
  field: PersonalField,
  value: string,
  consent: { purpose: ConsentPurpose; wordingVersion: string },
): Promise<void> {
  return ask(officeApiPaths.personalField(field), { method: 'PUT', body: { value, consent } });
}

export function withdrawConsent(purpose: ConsentPurpose): Promise<void> {
  return ask(officeApiPaths.withdrawConsent(purpose), { method: 'POST' });
}

export async function eraseMe(): Promise<void> {
  await ask(officeApiPaths.eraseMe(), { method: 'POST', body: { confirm: true } });
  keepKnownCover(null);
  setSession({ status: 'out' });
}

export function grantMembership(body: GrantMembership): Promise<void> {
  return ask(officeApiPaths.memberships(), { method: 'POST', body });
}

export function endMembership(id: string): Promise<void> {
  return ask(officeApiPaths.endMembership(id), { method: 'POST' });
}
