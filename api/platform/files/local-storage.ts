import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assertKey, ContentMissing, type FileStorage } from './storage.ts';

const UNFINISHED = '.unfinished';

/**
 * Files in a folder of this machine, in subfolders by the first two letters of their keys. Each is written beside its
 * place, forced to disk and then renamed, so that a name never stands for half a file. Clears away what an earlier process
 * left unfinished.
 */
export async function openLocalStorage(folder: string): Promise<FileStorage> {
  const unfinished = join(folder, UNFINISHED);
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  for (const name of await readdir(unfinished)) await rm(join(unfinished, name), { force: true });

  function placeOf(key: string): { directory: string; path: string } {
    assertKey(key);
    const directory = join(folder, key.slice(0, 2));
    return { directory, path: join(directory, key) };
  }

  return {
    async put(key, content) {
      const { directory, path } = placeOf(key);
      const temporary = join(unfinished, randomUUID());
      try {
        const file = await open(temporary, 'wx', 0o600);
        try {
          for await (const piece of content) await file.writeFile(piece);
          await file.sync();
        } finally {
          await file.close();
        }
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await rename(temporary, path);
        // The new name is in the folder, and a new folder in its parent: both have to reach the disk too.
        await syncFolder(directory);
        await syncFolder(folder);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    async get(key) {
      const { path } = placeOf(key);
      await stat(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw new ContentMissing(`There is no file under ${key}.`);
        throw error;
      });
      return createReadStream(path);
    },
    async delete(key) {
      await rm(placeOf(key).path, { force: true });
    },
  };
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
