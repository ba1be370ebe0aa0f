import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigitOf, readCitizenId } from './citizen-id.ts';

const TODAY = '2026-03-10';

describe('a citizen ID number', () => {
  it.each([
    // The examples of GB 11643-1999, annex.
    ['11010519491231002X', '1949-12-31'],
    ['440524188001010014', '1880-01-01'],
    ['11010519491231002x', '1949-12-31'],
  ])('%s is one, of somebody born on %s', (number, birthDay) => {
    expect(readCitizenId(number, TODAY)).toEqual({ ok: true, number: number.toUpperCase(), birthDay });
  });

  it.each([
    ['', 'shape'],
    ['110105491231002', 'shape'],
    ['11010519491231002', 'shape'],
    ['1101051949123100200', 'shape'],
    ['11010519491231O02X', 'shape'],
    ['01010519491231002X', 'shape'],
    ['110105194912310021', 'check_digit'],
    ['11010519490231002X', 'birth_day'],
    ['11010519491331002X', 'birth_day'],
    ['11010519490031002X', 'birth_day'],
    ['11010520260311002X', 'birth_day'],
    ['11010517991231002X', 'birth_day'],
    ['１１０１０５１９４９１２３１００２Ｘ', 'shape'],
  ])('%s is none: %s', (number, fault) => {
    expect(readCitizenId(number, TODAY)).toEqual({ ok: false, fault });
  });

  it('shows every single mistyped character and every swap of two neighbours', () => {
    const valid = fc
      .tuple(
        fc.integer({ min: 110_000, max: 659_999 }),
        fc.integer({ min: 0, max: 28 }),
        fc.integer({ min: 0, max: 999 }),
      )
      .map(([area, day, order]) => {
        const first17 = `${area}199003${String((day % 28) + 1).padStart(2, '0')}${String(order).padStart(3, '0')}`;
        return first17 + checkDigitOf(first17);
      });
    fc.assert(
      fc.property(valid, fc.nat(17), fc.nat(9), (number, at, digit) => {
        expect(readCitizenId(number, TODAY).ok).toBe(true);
        const mistyped = `${number.slice(0, at)}${digit}${number.slice(at + 1)}`;
        if (mistyped !== number) expect(readCitizenId(mistyped, TODAY).ok).toBe(false);
        if (at < 16 && number[at] !== number[at + 1]) {
          const swapped = `${number.slice(0, at)}${number[at + 1]}${number[at]}${number.slice(at + 2)}`;
          expect(readCitizenId(swapped, TODAY).ok).toBe(false);
        }
      }),
      { seed: 11_643 },
    );
  });
});
