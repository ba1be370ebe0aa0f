import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { Connection } from '../../db/connect.ts';
import type { FindActor } from '../http/actor.ts';
import type { SendMessage } from '../platform/notifications/message.ts';
import type { Files } from '../platform/files/files.ts';
import type { PaymentProviders } from '../platform/payments/payment-provider.ts';
import type { Vault } from '../platform/vault.ts';
import type { SiteStore } from '../places/site-store.ts';

/** What every route and verb of 益鹭保 may ask for. */
export type InsuranceDependencies = {
  connection: Connection;
  vault: Vault;
  findActor: FindActor;
  sendMessage: SendMessage;
  payments: PaymentProviders;
  /** Where papers are kept. */
  files: Files;
  store: SiteStore;
  network: LandNetwork;
  /** Where people open the service; without it, links go to the address that a request came by. */
  publicUrl?: string;
  clock: () => number;
  trustedProxies: number;
  log: (line: string) => void;
};
