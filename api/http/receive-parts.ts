import { BrokenMultipart, multipartBoundary, type Part, readMultipart } from './multipart.ts';
import { Problem } from './problem.ts';

/** Field names and boundaries around the file. */
const ROOM_BESIDE_FILE = 64 * 1024;
const MAX_NAME_LENGTH = 120;
const MAX_PARTS = 10;

/**
 * Hands the parts of a multipart body to `take` as they arrive. `fields`: what the body should have, in words. Throws
 * `unsupported_media_type`, `body_too_large` (as soon as it is said), `broken_upload` and what `take` throws.
 */
export async function receiveParts<Taken>(
  request: Request,
  { fields, fileBytes }: { fields: string; fileBytes: number },
  take: (parts: AsyncGenerator<Part, void>) => Promise<Taken>,
): Promise<Taken> {
  const boundary = multipartBoundary(request.headers.get('content-type') ?? '');
  if (boundary === null) {
    throw new Problem('unsupported_media_type', `Send the file as multipart/form-data with ${fields}.`);
  }
  if (Number(request.headers.get('content-length')) > fileBytes + ROOM_BESIDE_FILE) throw fileTooLarge(fileBytes);
  if (!request.body) throw new Problem('broken_upload', 'The request has no body.');
  try {
    return await take(counted(readMultipart(request.body as unknown as AsyncIterable<Uint8Array>, boundary)));
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof BrokenMultipart) throw new Problem('broken_upload', `${error.message} Nothing was stored.`);
    // The connection is gone; nobody will read this.
    if (request.signal.aborted) throw new Problem('broken_upload', 'The upload was broken off. Nothing was stored.');
    throw error;
  }
}

async function* counted(parts: AsyncGenerator<Part, void>): AsyncGenerator<Part, void> {
  let count = 0;
  for await (const part of parts) {
    if (++count > MAX_PARTS) throw new Problem('broken_upload', `A body has at most ${MAX_PARTS} parts.`);
    yield part;
  }
}

/** Control characters, signs that turn the direction of writing, and halves of characters. */
// oxlint-disable-next-line no-control-regex
export const CONTROL = /[\0-\x1f\x7f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** The last part of whatever path was sent, for showing only. */
export function cleanFileName(name: string): string {
  const clean = name.split(/[/\\]/).at(-1)!.replaceAll(CONTROL, '').trim();
  return clean.slice(-MAX_NAME_LENGTH).replaceAll(CONTROL, '') || 'file';
}

export function refusePart(path: string, message: string): Problem {
  return new Problem('invalid_request', `${path}: ${message}`, { errors: [{ path, message }] });
}

export function fileTooLarge(fileBytes: number): Problem {
  return new Problem(
    'body_too_large',
    `A file has at most ${fileBytes / 1024 / 1024} MB. Split it into several files. Nothing was stored.`,
  );
}
