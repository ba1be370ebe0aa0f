import { createHash } from 'node:crypto';
import type { Part } from '../../http/multipart.ts';
import { Problem } from '../../http/problem.ts';
import { cleanFileName, fileTooLarge, receiveParts, refusePart } from '../../http/receive-parts.ts';
import { EMPLOYER_TABLE_LIMITS } from './read-employer-table.ts';

export type ReceivedFile = { bytes: Buffer; fileName: string; sha256: string; organisationId: string | null };

const { fileBytes } = EMPLOYER_TABLE_LIMITS;
const MAX_ID_LENGTH = 100;

/**
 * Reads the `file` of a multipart body into memory, and `organisationId` if it is there. Throws what `receiveParts`
 * throws, and `invalid_request`.
 */
export async function receiveEmployerFile(request: Request): Promise<ReceivedFile> {
  return receiveParts(request, { fields: 'the field file', fileBytes }, async (parts) => {
    let file: Omit<ReceivedFile, 'organisationId'> | null = null;
    let organisationId: string | null = null;
    for await (const part of parts) {
      if (part.name === 'file' && file === null) file = await readFile(part);
      else if (part.name === 'organisationId' && organisationId === null) organisationId = await readText(part);
      else throw refusePart(part.name.slice(0, 60) || '(body)', 'send the field file once');
    }
    if (file === null) throw refusePart('file', 'choose a file');
    return { ...file, organisationId };
  });
}

async function readFile(part: Part): Promise<Omit<ReceivedFile, 'organisationId'>> {
  if (part.fileName === null) throw refusePart('file', 'must be a file with a name');
  const hash = createHash('sha256');
  const bytes = await collect(part, fileBytes, () => fileTooLarge(fileBytes));
  if (bytes.length === 0) throw refusePart('file', 'the file is empty');
  return { bytes, fileName: cleanFileName(part.fileName), sha256: hash.update(bytes).digest('hex') };
}

async function readText(part: Part): Promise<string> {
  const tooLong = () => refusePart('organisationId', `at most ${MAX_ID_LENGTH} characters`);
  return (await collect(part, MAX_ID_LENGTH, tooLong)).toString('utf8');
}

async function collect({ data }: Part, most: number, tooMuch: () => Problem): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of data) {
    size += piece.length;
    if (size > most) throw tooMuch();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
