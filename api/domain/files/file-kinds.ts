/** The closed lists of files that people hand in. Codes are stored; a code is never renamed. */

/** What a file is handed in for. It decides who may, and which types it may have. */
export const FILE_PURPOSES = ['site_photo', 'verification_photo', 'report_photo', 'paper'] as const;
export type FilePurpose = (typeof FILE_PURPOSES)[number];

/** What uses a file once it is attached. */
export const FILE_USES = ['site', 'site_draft', 'verification', 'report', 'claim', 'case'] as const;
export type FileUseKind = (typeof FILE_USES)[number];

/** What a file may be. Pictures are kept as JPEG, whatever they came as. */
export const FILE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
export type FileType = (typeof FILE_TYPES)[number];

const MB = 1024 * 1024;
export const MAX_PICTURE_BYTES = 15 * MB;
export const MAX_PDF_BYTES = 20 * MB;
/** A picture with more is refused before it is decoded: 64 million are 8,000 by 8,000. */
export const MAX_PICTURE_PIXELS = 64_000_000;

export function maxBytesOf(type: FileType): number {
  return type === 'application/pdf' ? MAX_PDF_BYTES : MAX_PICTURE_BYTES;
}

export function isPicture(type: FileType): boolean {
  return type !== 'application/pdf';
}

/** Papers may be scans as PDF; a photo of a place is a picture. */
export function allowsType(purpose: FilePurpose, type: FileType): boolean {
  return purpose === 'paper' || isPicture(type);
}

/** How many of a file's first bytes `sniffType` looks at. */
export const SNIFFED_BYTES = 16;

/** HEIF and AVIF name their kind behind `ftyp`; phones of one maker take such photos unless they are told otherwise. */
const HEIF_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'avif', 'avis'];

/** The type that a file's first bytes speak of; `heic` is known and not taken; null: none of ours. */
export function sniffType(bytes: Uint8Array): FileType | 'heic' | null {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp';
  if (/^%PDF-[12]\.\d/.test(text(0, 8))) return 'application/pdf';
  if (text(4, 8) === 'ftyp' && HEIF_BRANDS.includes(text(8, 12))) return 'heic';
  return null;
}
