import { Readable } from 'node:stream';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { files as table } from '../../../db/tables/files.ts';
import { Problem } from '../../http/problem.ts';
import { deriveKey } from '../master-key.ts';
import { asProblem } from './keep-file.ts';
import type { FileSize } from './file-links.ts';
import { contentKeys, type FileRow, type Files } from './files.ts';
import { decryptFrames } from './frames.ts';
import { ContentMissing } from './storage.ts';

export type OpenFile = { type: string; bytes: number; body: ReadableStream<Uint8Array> };

/** A file that is there whole; undefined otherwise. */
export async function findFile({ db }: Pick<Files, 'db'>, id: string): Promise<FileRow | undefined> {
  const [row] = await db
    .select()
    .from(table)
    .where(and(eq(table.id, id), isNotNull(table.storedAt), isNull(table.doomedAt)));
  return row;
}

/**
 * Opens a file for whoever was found to be allowed to see it. Its first piece has been read and proved when this answers.
 * Throws `file_not_found`, `files_unavailable`.
 */
export async function openFile(files: Files, row: FileRow, size: FileSize): Promise<OpenFile> {
  const { db, storage, vault } = files;
  const bytes = size === 'full' ? row.bytes : row.thumbBytes;
  if (bytes === null) throw fileNotFound();
  const key = await vault.unwrapFileKey(db, row.keyOwner, row.id, row.wrappedKey);
  if (!key)
    throw new Problem('file_not_found', 'The person whom this file was about has been erased, and it with them.');
  try {
    const pieces = decryptFrames(deriveKey(key, size), await storage.get(contentKeys(row.id)[size]));
    const first = await pieces.next();
    async function* all() {
      if (first.done) return;
      yield first.value;
      yield* pieces;
    }
    return {
      type: size === 'full' ? row.type : 'image/webp',
      bytes,
      body: Readable.toWeb(Readable.from(all())) as ReadableStream<Uint8Array>,
    };
  } catch (error) {
    if (error instanceof ContentMissing) files.log(`the storage has lost file ${row.id}`);
    throw error instanceof ContentMissing ? fileNotFound() : asProblem(files, error);
  }
}

export function fileNotFound(): Problem {
  return new Problem('file_not_found', 'There is no such file, or not any more.');
}
