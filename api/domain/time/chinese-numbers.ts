/** A number of up to three Chinese numerals, or of one or two figures, as the source of an expression. */
export const NUMERALS = '[零〇一二两三四五六七八九十]{1,3}';
export const NUMBER = `\\d{1,2}|${NUMERALS}`;

const DIGITS = '零一二三四五六七八九';

/** 0 to 99, such as `8`, `08`, 八, 十二, 二十四, 零五. NaN for numerals in no order, such as 十十. */
export function chineseNumber(written: string): number {
  if (/^\d+$/.test(written)) return Number(written);
  const plain = written.replace(/〇/g, '零').replace(/两/g, '二');
  const [tens, ones, more] = plain.split('十') as [string, string?, string?];
  if (more !== undefined) return NaN;
  if (ones === undefined) return digit(tens.replace(/^零(?=.)/, ''));
  return (tens ? digit(tens) : 1) * 10 + (ones ? digit(ones) : 0);
}

function digit(written: string): number {
  const value = written.length === 1 ? DIGITS.indexOf(written) : -1;
  return value < 0 ? NaN : value;
}
