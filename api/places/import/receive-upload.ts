import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BrokenMultipart, multipartBoundary, type Part, readMultipart } from '../../http/multipart.ts';
import { Problem } from '../../http/problem.ts';
import { TABLE_LIMITS } from './table-problem.ts';

export type Upload = { fileName: string; source: string; fileHash: string };

/** Field names and boundaries around the file. */
const ROOM_BESIDE_FILE = 64 * 1024;
const MAX_SOURCE_LENGTH = 60;
const MAX_NAME_LENGTH = 120;
const MAX_PARTS = 10;

/**
 * Writes the `file` of a multipart body to `path` as it arrives, and reads `source`, the list's name. Leaves no file
 * behind when it throws: `unsupported_media_type`, `body_too_large` (as soon as it is), `broken_upload`, `invalid_request`.
 */
export async function receiveUpload(request: Request, path: string): Promise<Upload> {
  const boundary = multipartBoundary(request.headers.get('content-type') ?? '');
  if (boundary === null) {
    throw new Problem(
      'unsupported_media_type',
      'Send the file as multipart/form-data with the fields source and file.',
    );
  }
  if (Number(request.headers.get('content-length')) > TABLE_LIMITS.fileBytes + ROOM_BESIDE_FILE) throw tooLarge();
  if (!request.body) throw new Problem('broken_upload', 'The request has no body.');
  await mkdir(dirname(path), { recursive: true });
  try {
    return await receiveParts(readMultipart(request.body as unknown as AsyncIterable<Uint8Array>, boundary), path);
  } catch (error) {
    await rm(path, { force: true });
    if (error instanceof Problem) throw error;
    if (error instanceof BrokenMultipart) throw new Problem('broken_upload', `${error.message} Nothing was stored.`);
    // The connection is gone; nobody will read this.
    if (request.signal.aborted) throw new Problem('broken_upload', 'The upload was broken off. Nothing was stored.');
    throw error;
  }
}

async function receiveParts(parts: AsyncGenerator<Part, void>, path: string): Promise<Upload> {
  let source: string | null = null;
  let file: Omit<Upload, 'source'> | null = null;
  let count = 0;
  for await (const part of parts) {
    if (++count > MAX_PARTS) throw new Problem('broken_upload', `A body has at most ${MAX_PARTS} parts.`);
    if (part.name === 'source' && source === null) source = await readSource(part);
    else if (part.name === 'file' && file === null) file = await keepFile(part, path);
    else throw refuse(part.name.slice(0, 60) || '(body)', 'send the fields source and file, each once');
  }
  if (source === null) throw refuse('source', 'name the list that the file is an edition of');
  if (file === null) throw refuse('file', 'choose a file');
  return { ...file, source };
}

async function keepFile(part: Part, path: string): Promise<Omit<Upload, 'source'>> {
  if (part.fileName === null) throw refuse('file', 'must be a file with a name');
  const hash = createHash('sha256');
  const file = await open(path, 'w', 0o600);
  let bytes = 0;
  try {
    for await (const piece of part.data) {
      bytes += piece.length;
      if (bytes > TABLE_LIMITS.fileBytes) throw tooLarge();
      hash.update(piece);
      await file.writeFile(piece);
    }
  } finally {
    await file.close();
  }
  if (bytes === 0) throw refuse('file', 'the file is empty');
  return { fileName: cleanName(part.fileName), fileHash: hash.digest('hex') };
}

async function readSource({ data }: Part): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of data) {
    bytes += piece.length;
    if (bytes > 4 * MAX_SOURCE_LENGTH) throw refuse('source', `at most ${MAX_SOURCE_LENGTH} characters`);
    pieces.push(piece);
  }
  const text = Buffer.concat(pieces).toString('utf8').replaceAll(CONTROL, ' ').trim();
  if (text === '') throw refuse('source', 'name the list that the file is an edition of');
  if (text.length > MAX_SOURCE_LENGTH) throw refuse('source', `at most ${MAX_SOURCE_LENGTH} characters`);
  return text;
}

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\0-\x1f\x7f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** The last part of whatever path was sent, for showing only: the file itself is kept under the import's id. */
function cleanName(name: string): string {
  const clean = name.split(/[/\\]/).at(-1)!.replaceAll(CONTROL, '').trim();
  return clean.slice(-MAX_NAME_LENGTH).replaceAll(CONTROL, '') || 'file';
}

function refuse(path: string, message: string): Problem {
  return new Problem('invalid_request', `${path}: ${message}`, { errors: [{ path, message }] });
}

function tooLarge(): Problem {
  return new Problem(
    'body_too_large',
    `A file has at most ${TABLE_LIMITS.fileBytes / 1024 / 1024} MB. Split it into several files. Nothing was stored.`,
  );
}
