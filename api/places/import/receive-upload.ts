import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Part } from '../../http/multipart.ts';
import { cleanFileName, CONTROL, fileTooLarge, receiveParts, refusePart } from '../../http/receive-parts.ts';
import { TABLE_LIMITS } from '../../platform/tables/table-problem.ts';

export type Upload = { fileName: string; source: string; fileHash: string };

const MAX_SOURCE_LENGTH = 60;

/**
 * Writes the `file` of a multipart body to `path` as it arrives, and reads `source`, the list's name. Leaves no file
 * behind when it throws: what `receiveParts` throws, and `invalid_request`.
 */
export async function receiveUpload(request: Request, path: string): Promise<Upload> {
  const limits = { fields: 'the fields source and file', fileBytes: TABLE_LIMITS.fileBytes };
  return receiveParts(request, limits, async (parts) => {
    await mkdir(dirname(path), { recursive: true });
    try {
      return await keepParts(parts, path);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  });
}

async function keepParts(parts: AsyncGenerator<Part, void>, path: string): Promise<Upload> {
  let source: string | null = null;
  let file: Omit<Upload, 'source'> | null = null;
  for await (const part of parts) {
    if (part.name === 'source' && source === null) source = await readSource(part);
    else if (part.name === 'file' && file === null) file = await keepFile(part, path);
    else throw refusePart(part.name.slice(0, 60) || '(body)', 'send the fields source and file, each once');
  }
  if (source === null) throw refusePart('source', 'name the list that the file is an edition of');
  if (file === null) throw refusePart('file', 'choose a file');
  return { ...file, source };
}

async function keepFile(part: Part, path: string): Promise<Omit<Upload, 'source'>> {
  if (part.fileName === null) throw refusePart('file', 'must be a file with a name');
  const hash = createHash('sha256');
  const file = await open(path, 'w', 0o600);
  let bytes = 0;
  try {
    for await (const piece of part.data) {
      bytes += piece.length;
      if (bytes > TABLE_LIMITS.fileBytes) throw fileTooLarge(TABLE_LIMITS.fileBytes);
      hash.update(piece);
      await file.writeFile(piece);
    }
  } finally {
    await file.close();
  }
  if (bytes === 0) throw refusePart('file', 'the file is empty');
  return { fileName: cleanFileName(part.fileName), fileHash: hash.digest('hex') };
}

async function readSource({ data }: Part): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of data) {
    bytes += piece.length;
    if (bytes > 4 * MAX_SOURCE_LENGTH) throw refusePart('source', `at most ${MAX_SOURCE_LENGTH} characters`);
    pieces.push(piece);
  }
  const text = Buffer.concat(pieces).toString('utf8').replaceAll(CONTROL, ' ').trim();
  if (text === '') throw refusePart('source', 'name the list that the file is an edition of');
  if (text.length > MAX_SOURCE_LENGTH) throw refusePart('source', `at most ${MAX_SOURCE_LENGTH} characters`);
  return text;
}
