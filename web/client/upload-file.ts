import { ask } from './ask.ts';
import type { ClaimFile } from './claim-store.ts';
import { request, RequestRefused } from './request.ts';

/** How far a file in pieces has come, as the files' API says it. */
type UploadState = { id: string; offset: number; bytes: number; file: { id: string } | null };

/** Small enough to get through between two tunnels; what has arrived is never sent again. */
const PIECE_BYTES = 512 * 1024;
const PIECE_TIMEOUT_MS = 120_000;

/**
 * Sends a paper in pieces and answers with the service's id of it. `onProgress` gets the bytes that have arrived and the
 * id to go on with after a break. Throws `RequestRefused`, or what `fetch` throws without a network.
 */
export async function uploadFile(
  file: ClaimFile,
  onProgress: (uploadId: string, offset: number) => void | Promise<void>,
): Promise<string> {
  // Without a secure origin there is no digest, and it goes in one piece.
  if (!('subtle' in crypto)) return uploadWhole(file);
  let state = (file.uploadId && (await findUpload(file.uploadId))) || (await begin(file));
  await onProgress(state.id, state.offset);
  while (!state.file) {
    state = await append(state, file.bytes);
    await onProgress(state.id, state.offset);
  }
  return state.file.id;
}

async function begin({ bytes, type }: ClaimFile): Promise<UploadState> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer()));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return ask('/api/files/uploads', { method: 'POST', body: { purpose: 'paper', type, bytes: bytes.size, sha256 } });
}

/** Null: its day is over, and it begins anew. */
async function findUpload(id: string): Promise<UploadState | null> {
  try {
    return await ask<UploadState>(`/api/files/uploads/${encodeURIComponent(id)}`);
  } catch (error) {
    if (error instanceof RequestRefused && error.status === 404) return null;
    throw error;
  }
}

async function append({ id, offset }: UploadState, bytes: Blob): Promise<UploadState> {
  const path = `/api/files/uploads/${encodeURIComponent(id)}`;
  try {
    const response = await request(
      path,
      {
        method: 'PATCH',
        headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
        body: bytes.slice(offset, offset + PIECE_BYTES),
      },
      PIECE_TIMEOUT_MS,
    );
    return (await response.json()) as UploadState;
  } catch (error) {
    // More had arrived than we knew: an answer was lost.
    if (!(error instanceof RequestRefused) || error.problem?.code !== 'upload_offset') throw error;
    return ask<UploadState>(path);
  }
}

async function uploadWhole({ bytes, name }: ClaimFile): Promise<string> {
  const body = new FormData();
  body.append('file', bytes, name);
  const response = await request('/api/files?purpose=paper', { method: 'POST', body }, PIECE_TIMEOUT_MS);
  return ((await response.json()) as { id: string }).id;
}
