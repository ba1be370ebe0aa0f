import { inflateRawSync } from 'node:zlib';
import { TableProblem, type TableLimits } from './table-problem.ts';

interface ZipEntry {
  name: string;
  packedBytes: number;
  unpackedBytes: number;
  method: number;
  headerAt: number;
}

/** Deflate makes repeated text about a thousand times smaller, a real sheet up to some fifty times. */
const MAX_RATIO = 200;
/** A small part may be as regular as it likes. */
const RATIO_COUNTS_FROM_BYTES = 4 * 1024 * 1024;
const MAX_ENTRIES = 10_000;

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;

/** The names of the parts of a ZIP archive, without unpacking any. Throws `TableProblem`. */
export function listZip(bytes: Buffer): string[] {
  return readDirectory(bytes).map(({ name }) => name);
}

/**
 * Unpacks the parts of a ZIP archive that `isWanted`. Before anything is unpacked the archive's own table must stay below
 * the limits, and no part may then turn out larger than the table said: a part that lies is not unpacked further.
 * Throws `TableProblem`.
 */
export function openZip(bytes: Buffer, isWanted: (name: string) => boolean, limits: TableLimits): Map<string, Buffer> {
  const entries = readDirectory(bytes);
  const bomb = new TableProblem('zip_bomb', { limitMb: Math.round(limits.unpackedBytes / 1024 / 1024) });
  let totalBytes = 0;
  for (const { packedBytes, unpackedBytes } of entries) {
    totalBytes += unpackedBytes;
    const isTooDense = unpackedBytes > RATIO_COUNTS_FROM_BYTES && unpackedBytes > packedBytes * MAX_RATIO;
    if (totalBytes > limits.unpackedBytes || isTooDense) throw bomb;
  }
  const parts = new Map<string, Buffer>();
  for (const entry of entries) {
    if (!isWanted(entry.name) || parts.has(entry.name)) continue;
    const packed = packedPart(bytes, entry);
    if (entry.method === 0) parts.set(entry.name, packed);
    else if (entry.method === 8) parts.set(entry.name, inflate(packed, entry.unpackedBytes, bomb));
    else throw new TableProblem('broken_zip');
  }
  return parts;
}

function inflate(packed: Buffer, unpackedBytes: number, bomb: TableProblem): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, unpackedBytes) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw bomb;
    throw new TableProblem('broken_zip', {}, error);
  }
}

/** The central directory at the archive's end: what counts, whatever stands before the parts themselves. */
function readDirectory(bytes: Buffer): ZipEntry[] {
  try {
    const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || bytes.readUInt32LE(end) !== END_SIGNATURE) throw new TableProblem('broken_zip');
    const count = bytes.readUInt16LE(end + 10);
    if (count > MAX_ENTRIES) throw new TableProblem('broken_zip');
    let at = bytes.readUInt32LE(end + 16);
    return Array.from({ length: count }, () => {
      if (bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new TableProblem('broken_zip');
      const [nameLength, extraLength] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)];
      const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
      const isEncrypted = (bytes.readUInt16LE(at + 8) & 1) === 1;
      if (isEncrypted) throw new TableProblem('broken_zip');
      const sizes = [24, 20, 42].map((offset) => bytes.readUInt32LE(at + offset));
      const [unpackedBytes, packedBytes, headerAt] = readLargeSizes(bytes, at + 46 + nameLength, extraLength, sizes);
      const entry = { name, method: bytes.readUInt16LE(at + 10), packedBytes, unpackedBytes, headerAt };
      at += 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
      return entry as ZipEntry;
    });
  } catch (error) {
    throw error instanceof TableProblem ? error : new TableProblem('broken_zip', {}, error);
  }
}

/** Some writers put every size into the ZIP64 field behind the name, however small the file. */
function readLargeSizes(bytes: Buffer, extraAt: number, extraLength: number, sizes: number[]): number[] {
  if (!sizes.includes(0xffffffff)) return sizes;
  let at = extraAt;
  while (at + 4 <= extraAt + extraLength) {
    const length = bytes.readUInt16LE(at + 2);
    if (bytes.readUInt16LE(at) === 1) {
      let field = at + 4;
      return sizes.map((size) => {
        if (size !== 0xffffffff) return size;
        field += 8;
        return Number(bytes.readBigUInt64LE(field - 8));
      });
    }
    at += 4 + length;
  }
  throw new TableProblem('broken_zip');
}

function packedPart(bytes: Buffer, { headerAt, packedBytes }: ZipEntry): Buffer {
  if (headerAt + 30 > bytes.length || bytes.readUInt32LE(headerAt) !== LOCAL_SIGNATURE)
    throw new TableProblem('broken_zip');
  const from = headerAt + 30 + bytes.readUInt16LE(headerAt + 26) + bytes.readUInt16LE(headerAt + 28);
  if (from + packedBytes > bytes.length) throw new TableProblem('broken_zip');
  return bytes.subarray(from, from + packedBytes);
}
