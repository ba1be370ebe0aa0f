import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { Connection } from '../../db/connect.ts';
import type { SignInLimits } from '../accounts/sign-in-limits.ts';
import type { Devices } from '../accounts/device-cookie.ts';
import type { FindActor } from '../http/actor.ts';
import type { Files } from '../platform/files/files.ts';
import type { SendMessage } from '../platform/notifications/message.ts';
import type { Vault } from '../platform/vault.ts';
import type { SiteStore } from '../places/site-store.ts';

/** What every route and verb of 前中后 may ask for. */
export type CasesDependencies = {
  connection: Connection;
  vault: Vault;
  findActor: FindActor;
  limits: SignInLimits;
  devices: Devices;
  sendMessage: SendMessage;
  files: Files;
  store: SiteStore;
  network: LandNetwork;
  clock: () => number;
  trustedProxies: number;
  /** Where people open the service; without it, links go to the address that a request came by. */
  publicUrl?: string;
  log: (line: string) => void;
};
