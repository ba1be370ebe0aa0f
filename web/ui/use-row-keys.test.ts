import { expect, test } from 'vitest';
import { keyAction, nextRow } from './use-row-keys.ts';

test('keys mean what the workbench says they do', () => {
  expect(keyAction('j')).toEqual(keyAction('ArrowDown'));
  expect(keyAction('k')).toEqual({ kind: 'step', by: -1 });
  expect(keyAction('3')).toEqual({ kind: 'panel', index: 2 });
  expect(keyAction('/')).toEqual({ kind: 'search' });
  for (const key of ['0', 'a', 'Enter', '12', 'J']) expect(keyAction(key), key).toBeNull();
});

test.each([
  [-1, 1, 3, 0],
  [-1, -1, 3, 2],
  [0, 1, 3, 1],
  [2, 1, 3, null],
  [0, -1, 3, null],
  [-1, 1, 0, null],
] as const)('from row %i by %i of %i comes row %j', (from, by, count, expected) => {
  expect(nextRow(from, by, count)).toBe(expected);
});
