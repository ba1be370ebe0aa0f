/** Letters and digits that are not mistaken for each other, neither read nor heard: no I, L, O and U. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ0123456789';

/** As many groups of four characters, five bits each, as there are bytes for. Bytes come from a secure source. */
export function codeOf(bytes: Uint8Array): string {
  const characters = Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]!);
  return characters.join('').replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** 80 bits: nobody finds a request by trying. */
export const RETRIEVAL_CODE_BYTES = 16;
