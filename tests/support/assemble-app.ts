/** The whole service over a database, as benches and processes under test need it. */
import { createLandNetwork, type LandNetwork } from '#domain/geo/land-network.ts';
import { holidayCalendar } from '#domain/time/holiday-source.ts';
import { createAccounts } from '../../api/accounts/accounts.ts';
import { createApp } from '../../api/app.ts';
import { readConfig } from '../../api/config.ts';
import type { FindActor } from '../../api/http/actor.ts';
import {
  createEmployerFileJobs,
  type EmployerFileJobs,
} from '../../api/insurance/employer-files/employer-file-jobs.ts';
import { createFiles } from '../../api/platform/files/files.ts';
import { openLocalStorage } from '../../api/platform/files/local-storage.ts';
import { simulatedPayments } from '../../api/platform/payments/simulated-payments.ts';
import { openVault } from '../../api/platform/vault.ts';
import { getReachData } from '../../api/places/city.ts';
import { createImportJobs, type ImportJobs } from '../../api/places/import/import-jobs.ts';
import { openSiteStore, type SiteStore } from '../../api/places/site-store.ts';
import type { HolidayCalendar } from '#domain/time/holidays.ts';
import type { Connection } from '../../db/connect.ts';
import { TEST_MASTER_KEY } from './test-master-key.ts';

export type Assembled = {
  app: ReturnType<typeof createApp>;
  store: SiteStore;
  network: LandNetwork;
  calendar: HolidayCalendar;
  importJobs: ImportJobs;
  employerFileJobs: EmployerFileJobs;
  /** What copying the places into memory took. */
  loadMs: number;
};

const log = (line: string) => console.error(line);

/** Nothing is sent to anybody; payments are simulated. What goes wrong is said on stderr. */
export async function assembleApp({
  connection,
  clock,
  filesFolder,
  uploadsDir = '',
  trustedProxies = 1,
  findActor,
}: {
  connection: Connection;
  clock: () => number;
  filesFolder: string;
  uploadsDir?: string;
  trustedProxies?: number;
  /** Left out: sessions decide. */
  findActor?: FindActor;
}): Promise<Assembled> {
  const { db } = connection;
  const reach = await getReachData(db);
  const network = createLandNetwork(reach.zones, reach.crossings);
  const startedAt = performance.now();
  const store = await openSiteStore(connection, network, (error) => log(String(error)));
  const loadMs = performance.now() - startedAt;
  const calendar = holidayCalendar([2025, 2026, 2027]);
  const vault = await openVault(db, TEST_MASTER_KEY);
  const accounts = createAccounts({ db, vault, sendMessage: async () => {}, clock, trustedProxies, demo: false });
  const payments = { current: simulatedPayments, all: [simulatedPayments] };
  const importJobs = createImportJobs({ connection, uploadsDir, clock, log });
  const employerFileJobs = createEmployerFileJobs({ ...accounts, connection, payments, log });
  const app = createApp({
    connection,
    accounts: findActor ? { ...accounts, findActor } : accounts,
    store,
    network,
    reach,
    calendar,
    baseMap: readConfig({}, '/').baseMap,
    clock,
    trustedProxies,
    files: createFiles({ db, vault, storage: await openLocalStorage(filesFolder), clock, log }),
    importJobs,
    payments,
    employerFileJobs,
    log,
  });
  return { app, store, network, calendar, importJobs, employerFileJobs, loadMs };
}
