import { expect, test } from 'vitest';
import { readMonth, shiftMonth } from './months.ts';

test.each([
  ['2026-01', -1, '2025-12'],
  ['2025-12', 1, '2026-01'],
  ['2026-03', -15, '2024-12'],
  ['2026-03', 0, '2026-03'],
])('%s and %i months are %s', (month, by, expected) => {
  expect(shiftMonth(month, by)).toBe(expected);
});

test('only months are read from an address', () => {
  expect(readMonth('2026-11')).toBe('2026-11');
  for (const text of [null, '', '2026-13', '1999-01', '2026-1', '2026-11.csv']) expect(readMonth(text)).toBeNull();
});
