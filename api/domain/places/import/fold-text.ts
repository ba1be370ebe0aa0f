/**
 * One way of writing for what people type in several: full-width letters, digits and punctuation become ASCII, letters
 * small, white space a single blank. Signs that mean something in coordinates (° ′ ″) stay.
 */
export function foldText(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
