import { expect, test } from 'vitest';
import { readYuan, yuanOf } from './money.ts';

test.each([
  [40, '0.40'],
  [5, '0.05'],
  [40_000_000, '400,000.00'],
  [123_456, '1,234.56'],
  [-280, '-2.80'],
])('%i fen are %s yuan', (fen, yuan) => {
  expect(yuanOf(fen)).toBe(yuan);
  if (fen >= 0) expect(readYuan(yuan)).toBe(fen);
});

test.each([
  ['80', 8000],
  ['￥1，200.5 元', 120_050],
  ['0.1', 10],
  ['', null],
  ['1.234', null],
  ['-5', null],
  ['1e5', null],
  ['999999999', null],
])('%s is read as %s', (text, fen) => {
  expect(readYuan(text)).toBe(fen);
});
