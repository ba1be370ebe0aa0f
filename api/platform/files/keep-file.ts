import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { UploadedFile } from '#domain/files/file-contract.ts';
import { type FilePurpose, type FileType, isPicture, maxBytesOf, SNIFFED_BYTES } from '#domain/files/file-kinds.ts';
import type { Point } from '#domain/geo/point.ts';
import { files as table } from '../../../db/tables/files.ts';
import { Problem } from '../../http/problem.ts';
import { deriveKey } from '../master-key.ts';
import { KeyDestroyed } from '../vault.ts';
import { checkType, tooManyBytes } from './check-type.ts';
import { contentKeys, type FileRow, type Files, type Uploader } from './files.ts';
import { encryptFrames } from './frames.ts';
import { readPicture } from './read-picture.ts';
import { StorageFailed } from './storage.ts';
import { takeTurn } from './take-turn.ts';

export type Handed = {
  uploader: Uploader;
  purpose: FilePurpose;
  /** What its sender says that it is; null: nothing. */
  declaredType: string | null;
  /** The hash that the whole must have; null: any. */
  sha256?: string | null;
};

type Kept = { row: FileRow; position: Point | null };

/**
 * Keeps a file as it comes in and answers when it will outlive the process. Throws `file_empty`, `file_type`, `file_lies`,
 * `file_too_large`, `file_broken`, `file_differs`, `files_unavailable`; nothing is left then.
 */
export async function keepFile(files: Files, handed: Handed, content: AsyncIterable<Uint8Array>): Promise<Kept> {
  const source = withHead(content);
  const head = await source.head();
  if (head.length === 0) throw new Problem('file_empty', 'The file is empty. Nothing was stored.');
  const type = checkType(head, handed.declaredType, handed.purpose);
  const hash = createHash('sha256');
  const checked = measured(source.all(), type, hash);
  if (!isPicture(type)) return keepPdf(files, handed, checked, hash);

  const pieces: Buffer[] = [];
  for await (const piece of checked) pieces.push(piece);
  const sha256 = hash.digest('hex');
  assertSame(handed, sha256);
  const bytes = Buffer.concat(pieces);
  pieces.length = 0;
  const picture = await takeTurn(() => readPicture(bytes));
  const { full, thumb, width, height, position } = picture;
  const facts = { type: 'image/jpeg' as const, bytes: full.length, thumbBytes: thumb.length, width, height, sha256 };
  const row = await store(files, handed, facts, async (put) => {
    await put('full', [full]);
    await put('thumb', [thumb]);
    return {};
  });
  return { row, position };
}

/** Through to the storage as it comes; what it turns out not to be is taken away again. */
async function keepPdf(
  files: Files,
  handed: Handed,
  content: AsyncIterable<Buffer>,
  hash: ReturnType<typeof createHash>,
): Promise<Kept> {
  const facts = { type: 'application/pdf' as const, bytes: 0, thumbBytes: null, width: null, height: null, sha256: '' };
  const row = await store(files, handed, facts, async (put) => {
    let [bytes, tail] = [0, Buffer.alloc(0)];
    async function* watched() {
      for await (const piece of content) {
        bytes += piece.length;
        tail = Buffer.concat([tail, piece]).subarray(-2048);
        yield piece;
      }
    }
    await put('full', watched());
    if (!tail.includes('%%EOF')) {
      throw new Problem('file_broken', 'The PDF was cut off before its end. Send it again. Nothing was stored.');
    }
    const sha256 = hash.digest('hex');
    assertSame(handed, sha256);
    return { bytes, sha256 };
  });
  return { row, position: null };
}

type Put = (part: 'full' | 'thumb', content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) => Promise<void>;

/** The row first, so that the sweep finds the bytes of a process that died; then the bytes; then the word that all is there. */
async function store(
  files: Files,
  { uploader, purpose }: Handed,
  facts: Pick<FileRow, 'type' | 'bytes' | 'thumbBytes' | 'width' | 'height' | 'sha256'>,
  write: (put: Put) => Promise<Partial<FileRow>>,
): Promise<FileRow> {
  const { db, storage, vault, clock } = files;
  const id = randomUUID();
  const key = randomBytes(32);
  // Papers are about whoever hands them in, until a verb gives them to somebody else.
  const keyOwner = purpose === 'paper' ? uploader.personId : null;
  try {
    await db.transaction(async (tx) => {
      const wrappedKey = await vault.wrapFileKey(tx, keyOwner, id, key);
      await tx
        .insert(table)
        .values({ id, purpose, ...facts, ...uploader, keyOwner, wrappedKey, createdAt: new Date(clock()) });
    });
    const outcome = await write((part, content) =>
      storage.put(contentKeys(id)[part], encryptFrames(deriveKey(key, part), asAsync(content))),
    );
    const [row] = await db
      .update(table)
      .set({ ...outcome, storedAt: new Date(clock()) })
      .where(eq(table.id, id))
      .returning();
    return row!;
  } catch (error) {
    await discard(files, id);
    throw asProblem(files, error);
  }
}

/** Takes back what is there of a file that is not to be. What cannot be deleted now is swept later. */
async function discard({ db, storage, log }: Files, id: string): Promise<void> {
  try {
    const { full, thumb } = contentKeys(id);
    await storage.delete(full);
    await storage.delete(thumb);
    await db.delete(table).where(eq(table.id, id));
  } catch (error) {
    log(`a file that was refused waits for the sweep: ${String(error)}`);
  }
}

const DISK_CODES = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO'];

export function asProblem(files: Files, error: unknown): unknown {
  if (error instanceof KeyDestroyed) return new Problem('person_not_found', 'This person was erased.');
  const isDisk = DISK_CODES.includes((error as NodeJS.ErrnoException | null)?.code ?? '');
  if (!(error instanceof StorageFailed) && !isDisk) return error;
  files.log(`the storage of files failed: ${(error as Error).message}`);
  return new Problem('files_unavailable', 'Files cannot be kept at the moment. Please try again later.');
}

function assertSame({ sha256 }: Handed, found: string): void {
  if (sha256 && sha256 !== found) {
    throw new Problem('file_differs', 'What arrived is not what was announced. Send the file again from its start.');
  }
}

/** The file as people and programs see it right after it was kept. */
export function viewUploaded(files: Files, { row, position }: Kept): UploadedFile {
  const { id, type, bytes, width, height } = row;
  return { id, type, bytes, width, height, link: files.links.make(row), position };
}

async function* measured(content: AsyncIterable<Buffer>, type: FileType, hash: ReturnType<typeof createHash>) {
  let bytes = 0;
  for await (const piece of content) {
    bytes += piece.length;
    if (bytes > maxBytesOf(type)) throw tooManyBytes(type);
    hash.update(piece);
    yield piece;
  }
}

/** Looks at the first bytes of a stream without losing them. */
function withHead(content: AsyncIterable<Uint8Array>) {
  const source = content[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  return {
    async head(): Promise<Buffer> {
      while (head.length < SNIFFED_BYTES) {
        const { done, value } = await source.next();
        if (done) break;
        head = Buffer.concat([head, value]);
      }
      return head;
    },
    async *all(): AsyncGenerator<Buffer, void> {
      try {
        yield head;
        for (let next = await source.next(); !next.done; next = await source.next()) yield Buffer.from(next.value);
      } finally {
        await source.return?.();
      }
    },
  };
}

async function* asAsync(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield* content;
}
