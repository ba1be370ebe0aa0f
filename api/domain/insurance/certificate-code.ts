/** Digits and letters without I, L, O and U, which are mistaken for others when they are read out. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 20 characters of 5 bits: nobody finds another one by trying. */
export const CERTIFICATE_CODE_LENGTH = 20;

/** `bytes` are `CERTIFICATE_CODE_LENGTH` random ones; each gives one character. */
export function certificateCodeOf(bytes: Uint8Array): string {
  if (bytes.length !== CERTIFICATE_CODE_LENGTH) throw new RangeError('A certificate code needs 20 random bytes.');
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** The code as it is stored, however somebody writes it down. Null: it cannot be one. */
export function readCertificateCode(text: string): string | null {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-–—]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const isCode =
    code.length === CERTIFICATE_CODE_LENGTH && [...code].every((character) => ALPHABET.includes(character));
  return isCode ? code : null;
}
