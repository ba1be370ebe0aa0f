import { createHmac } from 'node:crypto';
import type { Database } from '../../../db/connect.ts';
import { files } from '../../../db/tables/files.ts';
import type { Vault } from '../vault.ts';
import { createFileLinks, type FileLinks } from './file-links.ts';
import type { FileStorage } from './storage.ts';

/** Whoever hands a file in: a person, or a phone on which nobody is signed in, by the keyed hash of its random name. */
export type Uploader = { personId: string; deviceHash: null } | { personId: null; deviceHash: string };

export type FileRow = typeof files.$inferSelect;

export type FilesOptions = {
  db: Database;
  vault: Vault;
  storage: FileStorage;
  clock: () => number;
  log: (line: string) => void;
};

/** Everything that has to do with files; made once per process. */
export type Files = FilesOptions & {
  links: FileLinks;
  byPerson: (personId: string) => Uploader;
  byDevice: (device: string) => Uploader;
};

export function createFiles(options: FilesOptions): Files {
  const devices = options.vault.secretFor('devices of files');
  return {
    ...options,
    links: createFileLinks(options.vault.secretFor('file links'), options.clock),
    byPerson: (personId) => ({ personId, deviceHash: null }),
    byDevice: (device) => ({
      personId: null,
      deviceHash: createHmac('sha256', devices).update(device).digest('base64'),
    }),
  };
}

/** The names under which the storage has a file. */
export const contentKeys = (id: string) => ({ full: id, thumb: `${id}-thumb` }) as const;
