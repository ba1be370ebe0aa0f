/**
 * `npm run db:backup`: backs up the database that DATABASE_URL or DATA_DIR names. While the program runs, its process
 * owns the embedded database and is asked to write the backup.
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { backupName } from './embedded/backup.ts';
import { askOwner } from './embedded/lock.ts';
import { backupFolder, databaseFolder, startEmbedded } from './embedded/start.ts';
import { runPostgresTool } from './postgres-tool.ts';

const { DATABASE_URL } = process.env;
const DATA_DIR = process.env.DATA_DIR || '.data'; // blank is unset, as for the server

async function backUpEmbedded(dataDir: string): Promise<string> {
  if (!existsSync(databaseFolder(dataDir))) throw new Error(`There is no database in ${resolve(dataDir)}.`);
  const answer = await askOwner(dataDir, { ask: 'backup' });
  if (answer) {
    if ('backup' in answer) return answer.backup;
    throw new Error('error' in answer ? answer.error : 'The owner of the data folder did not answer.');
  }
  const embedded = await startEmbedded({ dataDir, onProgress: console.log });
  try {
    return await embedded.backUp();
  } finally {
    await embedded.close();
  }
}

async function backUpServer(url: string, dataDir: string): Promise<string> {
  await mkdir(backupFolder(dataDir), { recursive: true, mode: 0o700 });
  const path = join(backupFolder(dataDir), backupName(Date.now()).replace('.tar.gz', '.dump'));
  await runPostgresTool('pg_dump', url, ['--format=custom', `--file=${path}`]);
  return path;
}

try {
  const path = DATABASE_URL ? await backUpServer(DATABASE_URL, DATA_DIR) : await backUpEmbedded(DATA_DIR);
  console.log(`Backup written to ${resolve(path)}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
