import { BrokenMultipart, multipartBoundary, type Part, readMultipart } from '../../http/multipart.ts';
import { Problem } from '../../http/problem.ts';
import { MAX_PDF_BYTES } from '#domain/files/file-kinds.ts';
import { tooManyBytes } from './check-type.ts';

/** Boundaries and headers around the file. */
const ROOM_BESIDE_FILE = 64 * 1024;

/**
 * Gives the one `file` of a multipart body to `keep`, as it arrives. Throws `unsupported_media_type`, `file_too_large`,
 * `broken_upload`, `invalid_request`, and what `keep` throws.
 */
export async function receiveFile<T>(request: Request, keep: (part: Part) => Promise<T>): Promise<T> {
  const boundary = multipartBoundary(request.headers.get('content-type') ?? '');
  if (boundary === null) {
    throw new Problem('unsupported_media_type', 'Send the file as multipart/form-data with the one field file.');
  }
  if (Number(request.headers.get('content-length')) > MAX_PDF_BYTES + ROOM_BESIDE_FILE) throw tooManyBytes(null);
  if (!request.body) throw new Problem('broken_upload', 'The request has no body.');
  try {
    const parts = readMultipart(request.body as unknown as AsyncIterable<Uint8Array>, boundary);
    let kept: { value: T } | null = null;
    for await (const part of parts) {
      if (kept) continue; // read to its end, so that the connection can go on
      if (part.name !== 'file' || part.fileName === null) break;
      kept = { value: await keep(part) };
    }
    if (kept) return kept.value;
    throw new Problem('invalid_request', 'file: send one file, in the field file', {
      errors: [{ path: 'file', message: 'send one file, in the field file' }],
    });
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof BrokenMultipart) throw new Problem('broken_upload', `${error.message} Nothing was stored.`);
    if (request.signal.aborted) throw new Problem('broken_upload', 'The upload was broken off. Nothing was stored.');
    throw error;
  }
}
