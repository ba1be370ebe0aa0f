import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * Content as it lies in the storage: a mark, then frames of 64 KB, each encrypted by itself (AES-256-GCM), so that a file
 * can be handed out piece by piece and no byte leaves before it was proved to be ours. A frame's nonce holds its number
 * and whether it is the last: moved, missing, foreign and cut-off frames do not open. A key is for one content only.
 */
const MARK = Buffer.from('LYF1');
const FRAME_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const SEALED_BYTES = FRAME_BYTES + TAG_BYTES;

/** The content is not what was kept under this key, or not whole. */
export class ContentBroken extends Error {
  override name = 'ContentBroken';
}

export async function* encryptFrames(key: Buffer, content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  yield MARK;
  let number = 0;
  for await (const { bytes, isLast } of chunked(content, FRAME_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number++, isLast)).setAAD(MARK);
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/** The plain content. Throws `ContentBroken` at the first frame that is not right. */
export async function* decryptFrames(key: Buffer, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  let number = 0;
  for await (const { bytes, isLast } of chunked(withoutMark(sealed), SEALED_BYTES)) {
    yield openFrame(key, bytes, nonceOf(number++, isLast));
  }
}

function openFrame(key: Buffer, bytes: Buffer, nonce: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(MARK)
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new ContentBroken('The content was altered, is cut off, or belongs to another key.');
  }
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 4);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

async function* withoutMark(sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const piece of sealed) {
    if (!head) {
      yield piece;
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length < MARK.length) continue;
    if (!head.subarray(0, MARK.length).equals(MARK)) break;
    yield head.subarray(MARK.length);
    head = null;
  }
  if (head) throw new ContentBroken('The content is not in the form in which files are kept.');
}

/** Pieces of exactly `size`, the last one whatever is left. There is always a last one, of nothing if need be. */
async function* chunked(
  content: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ bytes: Buffer; isLast: boolean }, void> {
  let pieces: Uint8Array[] = [];
  let held = 0;
  for await (const piece of content) {
    pieces.push(piece);
    held += piece.length;
    if (held <= size) continue;
    const all = Buffer.concat(pieces, held);
    let at = 0;
    for (; held - at > size; at += size) yield { bytes: all.subarray(at, at + size), isLast: false };
    pieces = [all.subarray(at)];
    held -= at;
  }
  yield { bytes: Buffer.concat(pieces, held), isLast: true };
}
