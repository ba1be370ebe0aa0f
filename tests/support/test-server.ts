/**
 * The service in a process of its own, on DATA_DIR and DATABASE_URL, with base data only, whose requests say themselves
 * who sends them. EMPLOYER names an organisation that hands lists in. Prints `ready <address>`.
 */
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { sweepImports } from '../../api/places/import/sweep-imports.ts';
import { connectDatabase, migrate } from '../../db/connect.ts';
import { organisations } from '../../db/tables/places.ts';
import { seedBase } from '../../seed/reference/load.ts';
import { findTestActor } from './actors.ts';
import { assembleApp } from './assemble-app.ts';

const { DATA_DIR: dataDir = '', DATABASE_URL: url, EMPLOYER: employerId } = process.env;
const clock = () => Date.now();
const connection = await connectDatabase({ dataDir, poolSize: 4, ...(url && { url }) });
await migrate(connection);
await seedBase(connection.db);
if (employerId) {
  const employer = { id: employerId, kind: 'platform' as const, name: employerId };
  await connection.db.insert(organisations).values(employer).onConflictDoNothing();
}
const uploadsDir = join(dataDir, 'uploads');
await sweepImports(connection, uploadsDir, clock());
const { app, employerFileJobs } = await assembleApp({
  connection,
  clock,
  filesFolder: join(dataDir, 'files'),
  uploadsDir,
  trustedProxies: 0,
  findActor: findTestActor,
});
await employerFileJobs.wakeAll();
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`ready http://127.0.0.1:${port}`),
);
