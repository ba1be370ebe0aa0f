/** Most cells need nothing done: testing is much cheaper than rewriting. */
const UNFOLDED = /[\uFF01-\uFF5E\u200B-\u200D\u2060\s\p{Uppercase}]/u;

/**
 * One way of writing for what people type in several: full-width letters, digits and punctuation become ASCII, letters
 * small, white space a single blank. Signs that mean something in coordinates (° ′ ″) stay.
 */
export function foldText(text: string): string {
  if (!UNFOLDED.test(text)) return text;
  return text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
