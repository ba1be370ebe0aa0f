/**
 * The service in a process of its own, on DATA_DIR and DATABASE_URL, with base data only, whose requests say themselves
 * who sends them. EMPLOYER names an organisation that hands lists in. Prints `ready <address>`.
 */
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { createAccounts } from '../../api/accounts/accounts.ts';
import { createApp } from '../../api/app.ts';
import { readConfig } from '../../api/config.ts';
import { createEmployerFileJobs } from '../../api/insurance/employer-files/employer-file-jobs.ts';
import { simulatedPayments } from '../../api/platform/payments/simulated-payments.ts';
import { openVault } from '../../api/platform/vault.ts';
import { createFiles } from '../../api/platform/files/files.ts';
import { openLocalStorage } from '../../api/platform/files/local-storage.ts';
import { getReachData } from '../../api/places/city.ts';
import { createImportJobs } from '../../api/places/import/import-jobs.ts';
import { sweepImports } from '../../api/places/import/sweep-imports.ts';
import { openSiteStore } from '../../api/places/site-store.ts';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import { holidayCalendar } from '#domain/time/holiday-source.ts';
import { connectDatabase, migrate } from '../../db/connect.ts';
import { organisations } from '../../db/tables/places.ts';
import { seedBase } from '../../seed/reference/load.ts';
import { findTestActor } from './actors.ts';
import { TEST_MASTER_KEY } from './factories.ts';

const { DATA_DIR: dataDir = '', DATABASE_URL: url, EMPLOYER: employerId } = process.env;
const clock = () => Date.now();
const log = (line: string) => console.error(line);
const connection = await connectDatabase({ dataDir, poolSize: 4, ...(url && { url }) });
await migrate(connection);
await seedBase(connection.db);
if (employerId) {
  const employer = { id: employerId, kind: 'platform' as const, name: employerId };
  await connection.db.insert(organisations).values(employer).onConflictDoNothing();
}
const uploadsDir = join(dataDir, 'uploads');
await sweepImports(connection, uploadsDir, clock());
const reach = await getReachData(connection.db);
const network = createLandNetwork(reach.zones, reach.crossings);
const vault = await openVault(connection.db, TEST_MASTER_KEY);
const storage = await openLocalStorage(join(dataDir, 'files'));
const accounts = createAccounts({
  db: connection.db,
  vault,
  sendMessage: async () => {},
  clock,
  trustedProxies: 0,
  demo: false,
});
const payments = { current: simulatedPayments, all: [simulatedPayments] };
const employerFileJobs = createEmployerFileJobs({
  ...accounts,
  connection,
  payments,
  log: (line) => console.error(line),
});
await employerFileJobs.wakeAll();
const app = createApp({
  connection,
  accounts: { ...accounts, findActor: findTestActor },
  store: await openSiteStore(connection, network, (error) => log(String(error))),
  network,
  reach,
  calendar: holidayCalendar([2026]),
  baseMap: readConfig({}, '/').baseMap,
  clock,
  trustedProxies: 0,
  files: createFiles({ db: connection.db, vault, storage, clock, log }),
  importJobs: createImportJobs({ connection, uploadsDir, clock, log }),
  payments,
  employerFileJobs,
  log,
});
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`ready http://127.0.0.1:${port}`),
);
