import type { Database } from '../../db/connect.ts';
import type { FindActor } from '../http/actor.ts';
import type { SendMessage } from '../platform/notifications/message.ts';
import type { Vault } from '../platform/vault.ts';
import { type Auth, createAuth } from './auth.ts';
import { createDevices, type Devices } from './device-cookie.ts';
import type { OnErase } from './erase-person.ts';
import { createFindActor } from './find-actor.ts';
import { createPasswordResets, type PasswordResets } from './password-resets.ts';
import { createSignInCodes } from './sign-in-codes.ts';
import { createSignInLimits, type SignInLimits } from './sign-in-limits.ts';

export type AccountsOptions = {
  db: Database;
  vault: Vault;
  sendMessage: SendMessage;
  clock: () => number;
  trustedProxies: number;
  publicUrl?: string | undefined;
  /** Whether the sign-in page offers the demo accounts. */
  demo: boolean;
  /** What the other parts of the service erase with an account. */
  onErase?: OnErase;
  /** What the other parts of the service keep about a person, by part. */
  onExport?: (personId: string) => Promise<Record<string, unknown>>;
};

/** Everything that has to do with who somebody is; made once per process. */
export type Accounts = AccountsOptions & {
  auth: Auth;
  limits: SignInLimits;
  resets: PasswordResets;
  devices: Devices;
  findActor: FindActor;
};

export function createAccounts(options: AccountsOptions): Accounts {
  const { db, vault, clock, sendMessage, publicUrl } = options;
  const codes = createSignInCodes(db, vault.secretFor('sign-in codes'), clock);
  const limits = createSignInLimits(db, vault.secretFor('sign-in limits'), clock);
  const resets = createPasswordResets(vault.secretFor('password resets'), clock);
  const auth = createAuth({ db, secret: vault.secretFor('sessions'), codes, limits, sendMessage, publicUrl });
  const devices = createDevices(vault.secretFor('devices'), (c) => (publicUrl ?? c.req.url).startsWith('https:'));
  return { ...options, auth, limits, resets, devices, findActor: createFindActor(auth, db) };
}
