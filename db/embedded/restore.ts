import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { syncFolder } from './backup.ts';
import { lockDataFolder } from './lock.ts';
import { openPGlite } from './open-engine.ts';
import { databaseFolder } from './start.ts';

/**
 * Puts a backup file in the place of the embedded database in a data folder, and returns where the database that was
 * there is now (null if there was none). Throws `DataFolderInUse` while a process owns the folder. A file that does
 * not open as a database is refused, and nothing is changed.
 */
export async function restoreEmbedded(dataDir: string, file: string): Promise<{ movedTo: string | null }> {
  const since = new Date().toISOString();
  const lock = await lockDataFolder(dataDir, { owner: () => ({ pid: process.pid, host: hostname(), since }) });
  try {
    const folder = databaseFolder(dataDir);
    const restored = `${folder}.restoring`;
    await rm(restored, { recursive: true, force: true });
    await assertOpens(restored, file);

    const movedTo = existsSync(folder) ? `${folder}.before-${since.replaceAll(/[:.]/g, '-')}` : null;
    if (movedTo) await rename(folder, movedTo);
    await rename(restored, folder);
    await rm(`${folder}.creating`, { force: true });
    await syncFolder(dataDir);
    return { movedTo };
  } finally {
    await lock.release();
  }
}

/** Unpacks a backup into a folder and opens it as a database; removes it again and throws if that fails. */
async function assertOpens(folder: string, file: string): Promise<void> {
  try {
    // Unpacked here because PGlite's own way ends the process when a file is not gzip.
    const archive = await promisify(gunzip)(await readFile(file));
    const database = await openPGlite(folder, { archive: new Blob([new Uint8Array(archive)]) });
    await database.query('select count(*) from pg_class');
    await database.close();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}.creating`, { force: true });
    throw new Error(`${file} is not a backup of the embedded database, or it is damaged.`, { cause: error });
  }
}
