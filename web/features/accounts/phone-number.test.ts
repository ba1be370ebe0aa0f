import { expect, test } from 'vitest';
import { readCode, readPhoneNumber, spacedPhone } from './phone-number.ts';

test.each([
  ['13800138000', '13800138000'],
  ['138 0013 8000', '13800138000'],
  ['+86 138-0013-8000', '13800138000'],
  ['008613800138000', '13800138000'],
  ['１３８００１３８０００', '13800138000'],
  ['1380013800', null],
  ['12800138000', null],
  ['86138001380001', null],
  ['', null],
])('%j is read as %j', (text, expected) => {
  expect(readPhoneNumber(text)).toBe(expected);
});

test('a code may be pasted with a space and nothing else', () => {
  expect(readCode('123 456')).toBe('123456');
  expect(readCode('１２３４５６')).toBe('123456');
  for (const text of ['12345', '1234567', '12345a', '']) expect(readCode(text)).toBeNull();
});

test('a number is shown in groups', () => {
  expect(spacedPhone('13800138000')).toBe('138 0013 8000');
});
