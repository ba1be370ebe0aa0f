import {
  allowsType,
  FILE_TYPES,
  type FilePurpose,
  type FileType,
  MAX_PDF_BYTES,
  MAX_PICTURE_BYTES,
  maxBytesOf,
  sniffType,
} from '#domain/files/file-kinds.ts';
import { Problem } from '../../http/problem.ts';

const MB = 1024 * 1024;
const NAMES: Readonly<Record<FileType, string>> = {
  'image/jpeg': 'a JPEG picture',
  'image/png': 'a PNG picture',
  'image/webp': 'a WebP picture',
  'application/pdf': 'a PDF',
};

/**
 * The type of a file by its first bytes. Throws `file_type` when it is none that is taken here, `file_lies` when it was
 * said to be another one.
 */
export function checkType(head: Buffer, declared: string | null, purpose: FilePurpose): FileType {
  const said = knownType(declared);
  const found = sniffType(head);
  if (found === 'heic') {
    throw new Problem(
      'file_type',
      'This is a HEIC photo, which cannot be read here. Set the camera to "most compatible" (JPEG), or send a screenshot of it. Nothing was stored.',
    );
  }
  if (said && found !== said) {
    const is = found ? `is ${NAMES[found]}` : 'is none';
    throw new Problem('file_lies', `The file says that it is ${NAMES[said]}, and it ${is}. Nothing was stored.`);
  }
  if (!found || !allowsType(purpose, found)) {
    const taken = purpose === 'paper' ? 'JPEG, PNG and WebP pictures and PDF' : 'JPEG, PNG and WebP pictures';
    throw new Problem('file_type', `Only ${taken} are taken here. Nothing was stored.`);
  }
  return found;
}

/** What somebody says that a file is, if it is one of ours; anything else says nothing. */
function knownType(declared: string | null): FileType | null {
  const type = declared === 'image/jpg' || declared === 'image/pjpeg' ? 'image/jpeg' : declared;
  return FILE_TYPES.find((one) => one === type) ?? null;
}

export function tooManyBytes(type: FileType | null): Problem {
  const most = type
    ? `${NAMES[type]} has at most ${maxBytesOf(type) / MB} MB`
    : `a picture has at most ${MAX_PICTURE_BYTES / MB} MB, a PDF ${MAX_PDF_BYTES / MB} MB`;
  return new Problem('file_too_large', `The file is too large: ${most}. Make it smaller. Nothing was stored.`);
}
