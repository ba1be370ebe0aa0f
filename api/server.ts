/** `npm start`: reads the environment, opens the database, listens. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import { holidayCalendar } from '#domain/time/holiday-source.ts';
import { compileHolidays } from '#domain/time/holidays.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { connectDatabase, migrate } from '../db/connect.ts';
import { settleDemoAccounts } from '../seed/demo/accounts.ts';
import { seed } from '../seed/seed.ts';
import { createAccounts } from './accounts/accounts.ts';
import { purgeExpired } from './accounts/purge-expired.ts';
import { createApp } from './app.ts';
import { remindParties, sendMediationNotices } from './cases/mediation/remind-parties.ts';
import { keepAppointments } from './appointments/keep-appointments.ts';
import { type Config, isLoopback, readConfig } from './config.ts';
import { describeError } from './http/describe-error.ts';
import { createEmployerFileJobs } from './insurance/employer-files/employer-file-jobs.ts';
import { keepEmployerFiles } from './insurance/employer-files/keep-employer-files.ts';
import { closeOverDays } from './insurance/close-days.ts';
import { remindClaimants, sendClaimMessages } from './insurance/claim-messenger.ts';
import { keepPayments } from './insurance/keep-payments.ts';
import { otherRoomsData } from './other-rooms-data.ts';
import { getReachData } from './places/city.ts';
import { sealAudit } from './platform/audit.ts';
import { createFiles } from './platform/files/files.ts';
import { openLocalStorage } from './platform/files/local-storage.ts';
import { s3Storage } from './platform/files/s3-storage.ts';
import { sweepFiles } from './platform/files/sweep-files.ts';
import { keepHouse } from './platform/keep-house.ts';
import { readMasterKey } from './platform/master-key.ts';
import { developmentOutbox } from './platform/notifications/development-outbox.ts';
import { webhook } from './platform/notifications/webhook.ts';
import { openPayments } from './platform/payments/open-payments.ts';
import { openWechatPay } from './platform/payments/open-wechat-pay.ts';
import { openVault } from './platform/vault.ts';
import { createImportJobs } from './places/import/import-jobs.ts';
import { sweepImports } from './places/import/sweep-imports.ts';
import { osrmRouter, sayingFailures } from './places/router.ts';
import { openSiteStore } from './places/site-store.ts';
import { createWebApp } from './web-app.ts';

const say = (line: string) => console.log(line);
const log = (line: string) => console.error(line);
const clock = () => Date.now();
/** How often connections that have become idle are closed while the process ends. */
const CLOSING_STEP_MS = 50;

async function start(config: Config): Promise<void> {
  let address: string | undefined;
  const connection = await connectDatabase({
    dataDir: config.dataDir,
    poolSize: config.databasePoolSize,
    ...(config.databaseUrl && { url: config.databaseUrl }),
    ownerUrl: () => address,
    onProgress: say,
    onFailure: (error) => {
      console.error(`The database has failed for good: ${describeError(error)}`);
      process.exit(1);
    },
  });
  say('Bringing the schema up to date …');
  await migrate(connection);
  const today = shanghaiDay(clock());
  const year = Number(today.slice(0, 4));
  const calendar = holidayCalendar([year - 1, year, year + 1]);
  await seed(connection.db, config.seed, { today, onProgress: say });
  const vault = await openVault(connection.db, await readMasterKey(config, say));
  const demo = await settleDemoAccounts(connection.db, {
    wanted: config.seed === 'demo',
    nowMs: clock(),
    onProgress: say,
  });
  const accounts = createAccounts({
    db: connection.db,
    vault,
    sendMessage: config.sms ? webhook({ ...config.sms, clock }) : developmentOutbox(config.dataDir, say),
    clock,
    trustedProxies: config.trustedProxies,
    publicUrl: config.publicUrl,
    demo,
    ...otherRoomsData({ db: connection.db, vault, holidays: compileHolidays(calendar) }, clock),
  });

  const uploadsDir = join(config.dataDir, 'uploads');
  await sweepImports(connection, uploadsDir, clock());
  const importJobs = createImportJobs({ connection, uploadsDir, clock, log: (line) => console.error(line) });

  const files = createFiles({
    db: connection.db,
    vault,
    storage: config.s3 ? s3Storage(config.s3) : await openLocalStorage(join(config.dataDir, 'files')),
    clock,
    log: (line) => console.error(line),
  });

  const reach = await getReachData(connection.db);
  const network = createLandNetwork(reach.zones, reach.crossings);
  const store = await openSiteStore(connection, network, (error) =>
    console.error(`Following the places failed: ${describeError(error)}`),
  );
  const payments = openPayments(config.payment, await openWechatPay(config, clock));
  const { sendMessage } = accounts;
  const employerFileJobs = createEmployerFileJobs({ connection, vault, sendMessage, payments, clock, log });
  await employerFileJobs.wakeAll();
  const stopping = new AbortController();
  const app = createApp({
    connection,
    accounts,
    store,
    network,
    reach,
    calendar,
    baseMap: config.baseMap,
    ...(config.routingUrl && {
      router: sayingFailures(osrmRouter(config.routingUrl), (error) =>
        console.error(`The road router does not answer, estimates go on: ${describeError(error)}`),
      ),
    }),
    ...(config.publicUrl && { publicUrl: config.publicUrl }),
    clock,
    trustedProxies: config.trustedProxies,
    stopping: stopping.signal,
    importJobs,
    payments,
    files,
    employerFileJobs,
    webApp: await createWebApp(fileURLToPath(new URL('../dist', import.meta.url)), config.pmtilesFile),
    log: (line) => console.error(line),
  });

  const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, ({ port }) => {
    address = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
    sayWhatToKnow(config, store.hasDemo);
    say(`鹭驿 Luyi is ready: ${address.replace('127.0.0.1', 'localhost')} (${store.sites.length} places)`);
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    const why = error.code === 'EADDRINUSE' ? `port ${config.port} is in use; set PORT to another` : error.message;
    console.error(`Cannot listen: ${why}.`);
    void shutDown(1);
  });

  const stopKeeping = keepHouse(
    {
      daily: async () => {
        await closeOverDays(connection.db, clock());
        await sealAudit(connection.db, clock());
      },
      hourly: async () => {
        await purgeExpired(connection.db, clock());
        await sweepFiles(files);
        await remindClaimants(connection.db, clock());
        await remindParties({ db: connection.db, vault }, clock());
        await closeOverDays(connection.db, clock()); // what failed at midnight does not wait for the next one
      },
      often: async () => {
        await keepPayments({ connection, payments, clock, log: (line) => console.error(line) });
        await keepEmployerFiles({ connection, vault, clock, employerFileJobs });
        await sendClaimMessages(accounts, clock());
        await sendMediationNotices(accounts, clock());
        await keepAppointments({ ...accounts, holidays: compileHolidays(calendar) }, clock());
      },
      onError: (error) => console.error(`Keeping house failed: ${describeError(error)}`),
    },
    clock,
  );

  async function shutDown(exitCode: number): Promise<void> {
    if (stopping.signal.aborted) return;
    say('Stopping: finishing what runs, closing the database …');
    await new Promise((resolve) => {
      server.close(resolve);
      stopping.abort(); // ends the streams, whose connections are idle a moment later
      const closeIdle = () => 'closeIdleConnections' in server && server.closeIdleConnections();
      closeIdle();
      setInterval(closeIdle, CLOSING_STEP_MS).unref();
      setTimeout(resolve, 5000).unref();
    });
    stopKeeping();
    await store.close();
    await importJobs.close();
    await employerFileJobs.close();
    await connection.close();
    process.exit(exitCode);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void shutDown(0));
}

function sayWhatToKnow({ baseMap, databaseUrl, host, payment, publicUrl, sms }: Config, hasDemo: boolean): void {
  if (!databaseUrl) {
    say(
      'The embedded database survives a killed process, but a power cut can cost recent writes or the folder: it backs itself up daily; use DATABASE_URL for anything that matters.',
    );
  }
  if (!sms && !isLoopback(host)) {
    say(
      'SMS_WEBHOOK_URL is not set: nobody can receive a sign-in code. Codes are only shown here and in outbox.jsonl in the data folder.',
    );
  }
  if (!publicUrl && !isLoopback(host)) {
    say('PUBLIC_URL is not set: QR codes will point to whatever address each request came by.');
  }
  if (!baseMap.configured) {
    say(
      'The street map is not chosen yet (BASEMAP, BASEMAP_REVIEW_NUMBER): OpenStreetMap tiles are for trying out only, and a public map in China needs a review number (审图号).',
    );
  }
  if (payment === 'simulated') {
    say(
      'Payments are simulated (PAYMENT=simulated): no money moves, nobody is really insured, and every page that asks for money says so.',
    );
  }
  if (hasDemo) say('Demo places are on the map, each marked as demo. A new database with SEED=reference has none.');
}

// postgres.js 3.4.9 leaves the failure of its own first query unhandled when a connection breaks while it is opened, as
// happens when a database server restarts. Whoever waits for that connection gets an error or another one.
process.on('unhandledRejection', (error) => {
  console.error(`Nobody waited for this failure: ${describeError(error)}`);
  if ((error as { severity?: unknown } | null)?.severity !== 'FATAL') process.exit(1);
});

try {
  await start(readConfig(process.env, process.cwd()));
} catch (error) {
  console.error(error instanceof Error ? error.message : describeError(error));
  process.exit(1);
}
