import { expect, test } from 'vitest';
import { checkDigitOf } from '#domain/accounts/citizen-id.ts';
import { ageFault, judgeIdNumber } from './identity.ts';

const TODAY = '2026-03-10';
const born = (day: string) => {
  const digits = `350203${day.replaceAll('-', '')}001`;
  return digits + checkDigitOf(digits);
};

test('a number is judged while it is typed', () => {
  const number = born('1990-05-04');
  expect(judgeIdNumber('', TODAY)).toEqual({ state: 'empty' });
  for (let length = 1; length < 18; length += 1) {
    expect(judgeIdNumber(number.slice(0, length), TODAY)).toEqual({ state: 'short', missing: 18 - length });
  }
  expect(judgeIdNumber(number, TODAY)).toEqual({ state: 'good' });
  expect(judgeIdNumber(`${number.slice(0, 6)} ${number.slice(6).toLowerCase()}`, TODAY)).toEqual({ state: 'good' });
  expect(judgeIdNumber(`${number}1`, TODAY)).toEqual({ state: 'long' });
  const last = number.at(-1) === '0' ? '1' : '0';
  expect(judgeIdNumber(number.slice(0, 17) + last, TODAY)).toEqual({ state: 'wrong' });
  expect(judgeIdNumber('35020A', TODAY)).toEqual({ state: 'wrong' });
});

test.each([
  ['2010-03-11', ['2026-03-11'], null],
  ['2010-03-12', ['2026-03-13', '2026-03-11'], { fault: 'tooYoung', age: 16, day: '2026-03-11' }],
  ['1960-03-12', ['2026-03-11'], null],
  ['1960-03-12', ['2026-03-11', '2026-03-12'], { fault: 'tooOld', age: 65, day: '2026-03-12' }],
])('born on %s, covered on %s', (birthDay, days, fault) => {
  expect(ageFault(born(birthDay), days, TODAY, { minAge: 16, maxAge: 65 })).toEqual(fault);
});
