/**
 * Backup files: compressed dumps of the embedded database's folder, named by the instant they were made, the newest
 * few kept.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

const BACKUP_NAME = /^luyi-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z\.tar\.gz$/;

/** The file name of a backup made at an instant (epoch milliseconds). It holds no colon, so that any disk takes it. */
export function backupName(atMs: number): string {
  return `luyi-${new Date(atMs).toISOString().replaceAll(/[:.]/g, '-')}.tar.gz`;
}

/** When a backup was made (epoch milliseconds), or null for a file that is not a backup. */
export function findBackupInstant(name: string): number | null {
  const [, day, hour, minute, second, millisecond] = BACKUP_NAME.exec(name) ?? [];
  return day ? Date.parse(`${day}T${hour}:${minute}:${second}.${millisecond}Z`) : null;
}

/** The names of the backups to delete so that the newest `keep` stay. Other files are never among them. */
export function expiredBackups(names: string[], keep: number): string[] {
  const backups = names.filter((name) => findBackupInstant(name) !== null);
  return backups.sort().slice(0, Math.max(0, backups.length - keep)); // the names sort by time
}

/**
 * How long to wait for the next scheduled backup, in milliseconds: `everyMs` after the newest one there is, but never
 * less than `leastMs`, so that a start is not slowed down by a backup that is overdue.
 */
export function nextBackupDelayMs(names: string[], nowMs: number, everyMs: number, leastMs: number): number {
  const newestMs = Math.max(...names.map((name) => findBackupInstant(name) ?? -Infinity));
  return Math.min(Math.max(leastMs, newestMs + everyMs - nowMs), everyMs);
}

/** The names of the files in the backup folder; none if it does not exist yet. */
export async function listBackupFolder(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

/**
 * Compresses a dump into the backup folder and returns the file's path. The file has its name only when it is
 * complete and on the disk.
 */
export async function writeBackup(folder: string, dump: Blob): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, backupName(Date.now()));
  const temporary = `${path}.part`;
  try {
    await pipeline(
      Readable.fromWeb(dump.stream() as Parameters<typeof Readable.fromWeb>[0]),
      createGzip(),
      createWriteStream(temporary, { flush: true, mode: 0o600 }),
    );
    await rename(temporary, path);
    await syncFolder(folder);
    return path;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Deletes all but the newest `keep` backups. */
export async function rotateBackups(folder: string, keep: number): Promise<void> {
  for (const name of expiredBackups(await listBackupFolder(folder), keep)) await rm(join(folder, name));
}

/** Makes a rename in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
