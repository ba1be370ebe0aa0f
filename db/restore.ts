/**
 * `npm run db:restore -- <file>`: puts a backup in the place of the database that DATABASE_URL or DATA_DIR names.
 * Refused while the program runs. The embedded database that was there is moved aside, not deleted.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { restoreEmbedded } from './embedded/restore.ts';
import { runPostgresTool } from './postgres-tool.ts';

const { DATABASE_URL } = process.env;
const DATA_DIR = process.env.DATA_DIR || '.data'; // blank is unset, as for the server

try {
  const [file] = process.argv.slice(2);
  if (!file) throw new Error('Which backup? npm run db:restore -- <file>');
  if (!existsSync(file)) throw new Error(`There is no file ${resolve(file)}.`);
  if (DATABASE_URL) {
    await runPostgresTool('pg_restore', DATABASE_URL, ['--clean', '--if-exists', '--single-transaction', file]);
    console.log(`Restored from ${resolve(file)}`);
  } else {
    const { movedTo } = await restoreEmbedded(DATA_DIR, file);
    console.log(`Restored from ${resolve(file)}`);
    if (movedTo) console.log(`The database that was there is now in ${resolve(movedTo)}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
