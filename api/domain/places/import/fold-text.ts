/** Most cells need nothing done: testing is much cheaper than rewriting. */
const UNFOLDED = /[\uFF01-\uFF5E\u200B-\u200D\u2060\s\p{Uppercase}]/u;

/**
 * One way of writing for what people type in several: full-width letters, digits and punctuation become ASCII, letters
 * small, white space a single blank. Signs that mean something in coordinates (° ′ ″) stay.
 */
export function foldText(text: string): string {
  if (isPlain(text) || !UNFOLDED.test(text)) return text;
  return text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Han, small Latin letters, digits and ASCII punctuation, without a blank: most cells, told without a regular expression. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const isHan = code >= 0x4e00 && code <= 0x9fff;
    const isAscii = code > 0x20 && code < 0x7f && (code < 0x41 || code > 0x5a);
    if (!isHan && !isAscii) return false;
  }
  return true;
}
