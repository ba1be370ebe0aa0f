import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { HolidayCalendar } from '#domain/time/holidays.ts';
import type { Connection } from '../../db/connect.ts';
import type { Devices } from '../accounts/device-cookie.ts';
import type { SignInLimits } from '../accounts/sign-in-limits.ts';
import type { FindActor } from '../http/actor.ts';
import type { SiteStore } from '../places/site-store.ts';
import type { Vault } from '../platform/vault.ts';

/** What every route and verb of the service market may ask for. */
export type AppointmentsDependencies = {
  connection: Connection;
  vault: Vault;
  findActor: FindActor;
  limits: SignInLimits;
  devices: Devices;
  store: SiteStore;
  network: LandNetwork;
  calendar: HolidayCalendar;
  clock: () => number;
  trustedProxies: number;
  /** Where people open the service; without it, links go to the address that a request came by. */
  publicUrl?: string;
};
