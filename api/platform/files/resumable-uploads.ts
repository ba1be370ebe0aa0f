import { randomBytes, randomUUID } from 'node:crypto';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { BeginUpload, UploadState } from '#domain/files/file-contract.ts';
import { maxBytesOf } from '#domain/files/file-kinds.ts';
import { fileUploads } from '../../../db/tables/files.ts';
import { Problem } from '../../http/problem.ts';
import { deriveKey } from '../master-key.ts';
import { tooManyBytes } from './check-type.ts';
import { assertQuota } from './file-quota.ts';
import type { Files } from './files.ts';
import { decryptFrames, encryptFrames } from './frames.ts';
import { asProblem, keepFile, viewUploaded } from './keep-file.ts';
import { findFile } from './open-file.ts';
import { UNUSED_KEPT_MS } from './sweep-files.ts';

type UploadRow = typeof fileUploads.$inferSelect;

/** So much of a file is safe at once; what a broken line costs is less than this. */
const SEGMENT_BYTES = 1024 * 1024;

/** Begins a file in pieces. It must be finished within a day. Throws `too_many_files`, `file_too_large`. */
export async function beginUpload(files: Files, personId: string, wanted: BeginUpload): Promise<UploadState> {
  const { db, vault, clock } = files;
  await assertQuota(db, files.byPerson(personId), clock());
  if (wanted.type && wanted.bytes > maxBytesOf(wanted.type)) throw tooManyBytes(wanted.type);
  const id = randomUUID();
  const row = await db.transaction(async (tx) => {
    const [stored] = await tx
      .insert(fileUploads)
      .values({
        id,
        purpose: wanted.purpose,
        declaredType: wanted.type ?? null,
        bytes: wanted.bytes,
        sha256: wanted.sha256,
        personId,
        wrappedKey: await vault.wrapFileKey(tx, personId, id, randomBytes(32)),
        createdAt: new Date(clock()),
      })
      .returning();
    return stored!;
  });
  return viewUpload(files, row);
}

/** How far it has come. Throws `upload_not_found` when it is over, or somebody else's. */
export async function getUpload(files: Files, personId: string, id: string): Promise<UploadState> {
  return viewUpload(files, await findUpload(files, personId, id));
}

/**
 * Takes the next piece, which begins at `offset`. Whatever arrived before the line broke is kept, a segment at a time. With
 * the last byte the file is looked at and kept as any other. Throws `upload_not_found`, `upload_offset` (with where it is),
 * `body_too_large`, and what `keepFile` throws; the upload is gone when the file itself was refused.
 */
export async function continueUpload(
  files: Files,
  personId: string,
  id: string,
  offset: number,
  body: AsyncIterable<Uint8Array> | null,
): Promise<UploadState> {
  let row = await findUpload(files, personId, id);
  if (offset !== row.received) throw elsewhere(row.received);
  if (row.fileId === null && row.received < row.bytes) {
    const key = await openKey(files, row);
    for await (const segment of segmentsOf(body, row.bytes - row.received))
      row = await keepSegment(files, row, key, segment);
  }
  if (row.fileId !== null || row.received < row.bytes) return viewUpload(files, row);
  return finish(files, row);
}

async function keepSegment(files: Files, row: UploadRow, key: Buffer, segment: Buffer): Promise<UploadRow> {
  const { db, storage } = files;
  const name = `upload-${randomUUID()}`;
  const isHere = eq(fileUploads.id, row.id);
  const noted = await db
    .update(fileUploads)
    .set({ keys: sql`${fileUploads.keys} || ${JSON.stringify([name])}::jsonb` })
    .where(and(isHere, isNull(fileUploads.fileId)))
    .returning({ id: fileUploads.id });
  if (noted.length === 0) throw notFound();
  try {
    await storage.put(name, encryptFrames(deriveKey(key, name), once(segment)));
  } catch (error) {
    throw asProblem(files, error);
  }
  const [next] = await db
    .update(fileUploads)
    .set({
      received: row.received + segment.length,
      segments: sql`${fileUploads.segments} || ${JSON.stringify([{ key: name, bytes: segment.length }])}::jsonb`,
    })
    // Another request for the same upload may have been faster: then its bytes count, not these.
    .where(and(isHere, eq(fileUploads.received, row.received)))
    .returning();
  if (next) return next;
  const [now] = await db.select().from(fileUploads).where(isHere);
  throw now ? elsewhere(now.received) : notFound();
}

async function finish(files: Files, row: UploadRow): Promise<UploadState> {
  const { db } = files;
  const key = await openKey(files, row);
  async function* whole() {
    for (const { key: name } of row.segments) yield* decryptFrames(deriveKey(key, name), await files.storage.get(name));
  }
  const { purpose, declaredType, sha256 } = row;
  const handed = { uploader: files.byPerson(row.personId), purpose, declaredType, sha256 };
  try {
    const kept = await keepFile(files, handed, whole());
    const [done] = await db
      .update(fileUploads)
      .set({ fileId: kept.row.id })
      .where(and(eq(fileUploads.id, row.id), isNull(fileUploads.fileId)))
      .returning();
    // Of two that finish at once the first counts; the other's file is used by nothing and swept.
    if (!done) return await getUpload(files, row.personId, row.id);
    await dropSegments(files, done);
    return { ...(await viewUpload(files, done)), file: viewUploaded(files, kept) };
  } catch (error) {
    const isRefused = error instanceof Problem && error.code !== 'files_unavailable';
    if (isRefused) {
      await dropSegments(files, row);
      await db.delete(fileUploads).where(and(eq(fileUploads.id, row.id), isNull(fileUploads.fileId)));
    }
    throw error;
  }
}

async function dropSegments({ db, storage, log }: Files, { id, keys }: UploadRow): Promise<void> {
  try {
    for (const name of keys) await storage.delete(name);
    await db.update(fileUploads).set({ segments: [], keys: [] }).where(eq(fileUploads.id, id));
  } catch (error) {
    log(`the pieces of an upload wait for the sweep: ${String(error)}`);
  }
}

async function findUpload({ db, clock }: Files, personId: string, id: string): Promise<UploadRow> {
  const isMine = and(eq(fileUploads.id, id), eq(fileUploads.personId, personId));
  const since = new Date(clock() - UNUSED_KEPT_MS);
  const [row] = await db
    .select()
    .from(fileUploads)
    .where(and(isMine, gt(fileUploads.createdAt, since)));
  if (!row) throw notFound();
  return row;
}

async function openKey({ db, vault }: Files, { personId, id, wrappedKey }: UploadRow): Promise<Buffer> {
  const key = await vault.unwrapFileKey(db, personId, id, wrappedKey);
  if (!key) throw notFound();
  return key;
}

async function viewUpload(files: Files, row: UploadRow): Promise<UploadState> {
  const file = row.fileId === null ? undefined : await findFile(files, row.fileId);
  return {
    id: row.id,
    offset: row.received,
    bytes: row.bytes,
    expiresAt: new Date(row.createdAt.getTime() + UNUSED_KEPT_MS).toISOString(),
    file: file ? viewUploaded(files, { row: file, position: null }) : null,
  };
}

function notFound(): Problem {
  return new Problem('upload_not_found', 'There is no such upload, or its day is over. Begin it again.');
}

function elsewhere(received: number): Problem {
  const detail = `The upload has ${received} bytes. Go on from there.`;
  return new Problem('upload_offset', detail, {}, { 'upload-offset': String(received) });
}

/** Pieces that are worth an object of their own. Of a line that breaks, what came before is given first. */
async function* segmentsOf(body: AsyncIterable<Uint8Array> | null, most: number): AsyncGenerator<Buffer, void> {
  let waiting: Uint8Array[] = [];
  let held = 0;
  let given = 0;
  const take = () => {
    const segment = Buffer.concat(waiting, held);
    given += held;
    [waiting, held] = [[], 0];
    return segment;
  };
  let broken: unknown = null;
  try {
    for await (const piece of body ?? []) {
      if (given + held + piece.length > most) {
        throw new Problem('body_too_large', `Only ${most} bytes were missing. Nothing of what goes beyond was stored.`);
      }
      waiting.push(piece);
      held += piece.length;
      if (held >= SEGMENT_BYTES) yield take();
    }
  } catch (error) {
    broken = error;
  }
  if (broken instanceof Problem) throw broken;
  if (held > 0) yield take();
  if (broken) throw new Problem('broken_upload', 'The line broke. Ask how far it came and go on from there.');
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void> {
  yield bytes;
}
