import { expect, test } from 'vitest';
import { checkPersonalValue } from './check-personal-value.ts';

test.each([
  ['id_number', '11010519491231002X', null],
  ['id_number', '110105 19491231 002x', null],
  ['id_number', '1101051949123100', 'idWrong'],
  ['id_number', '110105194912310021', 'idWrong'],
  ['bank_account', '6222 0212 3456 7890', null],
  ['bank_account', '12345', 'bankWrong'],
  ['phone', '138 0013 8000', null],
  ['phone', '138', 'phoneWrong'],
  ['name', '王芳', null],
  ['name', '   ', 'missing'],
  ['name', '长'.repeat(61), 'tooLong'],
  ['medical', '左腕骨折', null],
] as const)('%s %j: %j', (field, value, expected) => {
  expect(checkPersonalValue(field, value, '2026-11-24')).toBe(expected);
});
