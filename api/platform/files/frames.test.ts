import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ContentBroken, decryptFrames, encryptFrames } from './frames.ts';

const KEY = Buffer.alloc(32, 5);
const FRAME = 64 * 1024;
const SEALED = FRAME + 16;
const MARK = 4;

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
const sealed = (plain: Buffer, key = KEY) => gather(encryptFrames(key, inPieces(plain, 1000)));
const opened = (bytes: Buffer, key = KEY) => gather(decryptFrames(key, inPieces(bytes, 7001)));

const frame = (kept: Buffer, n: number) => kept.subarray(MARK + n * SEALED, MARK + (n + 1) * SEALED);

describe('content in encrypted frames', () => {
  it.each([0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 17])(
    'comes back whole: %i bytes',
    async (length) => {
      const plain = randomBytes(length);
      const kept = await sealed(plain);
      expect(kept.length).toBe(MARK + length + 16 * Math.max(1, Math.ceil(length / FRAME)));
      expect((await opened(kept)).equals(plain)).toBe(true);
      if (length > 32) expect(kept.includes(plain.subarray(0, 32))).toBe(false);
    },
  );

  const plain = randomBytes(3 * FRAME + 100);

  it.each<[string, (kept: Buffer) => Buffer]>([
    ['a bit in the first frame', (kept) => flip(kept, MARK + 3)],
    ['a bit in the last tag', (kept) => flip(kept, kept.length - 1)],
    ['a bit in the mark', (kept) => flip(kept, 0)],
    ['the end cut off', (kept) => kept.subarray(0, -1)],
    ['whole frames cut off', (kept) => kept.subarray(0, MARK + 2 * SEALED)],
    ['everything but the mark cut off', (kept) => kept.subarray(0, MARK)],
    ['half of the mark', (kept) => kept.subarray(0, 2)],
    ['something behind it', (kept) => Buffer.concat([kept, Buffer.from('x')])],
    [
      'two frames in the other order',
      (kept) =>
        Buffer.concat([kept.subarray(0, MARK), frame(kept, 1), frame(kept, 0), kept.subarray(MARK + 2 * SEALED)]),
    ],
    ['a frame twice', (kept) => Buffer.concat([kept.subarray(0, MARK), frame(kept, 0), kept.subarray(MARK)])],
  ])('does not open with %s', async (_, change) => {
    await expect(opened(change(Buffer.from(await sealed(plain))))).rejects.toThrow(ContentBroken);
  });

  it('does not open under another key', async () => {
    await expect(opened(await sealed(plain), Buffer.alloc(32, 6))).rejects.toThrow(ContentBroken);
  });

  it('hands out nothing of a frame that is not right', async () => {
    const given: Buffer[] = [];
    const read = async () => {
      for await (const piece of decryptFrames(
        KEY,
        inPieces(flip(Buffer.from(await sealed(plain)), MARK + SEALED), FRAME),
      )) {
        given.push(piece);
      }
    };
    await expect(read()).rejects.toThrow(ContentBroken);
    expect(Buffer.concat(given).equals(plain.subarray(0, FRAME))).toBe(true);
  });
});

function flip(bytes: Buffer, at: number): Buffer {
  bytes[at]! ^= 1;
  return bytes;
}
