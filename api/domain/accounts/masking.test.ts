import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPersonal, maskPhone } from './masking.ts';
import { PERSONAL_FIELDS, type PersonalField } from './personal-data.ts';

describe('a masked value', () => {
  it.each<[PersonalField, string, string]>([
    ['id_number', '35020319900307123X', '350***********123X'],
    ['phone', '13812345678', '138****5678'],
    ['name', '王小明', '王**'],
    ['name', '欧阳娜娜', '欧**'],
    ['name', '𠮷野', '𠮷**'],
    ['name', '王', '**'],
    ['bank_account', '6222021234567890123', '***************0123'],
    ['medical', '右腿骨折', '***'],
    ['phone', '1381234', '****'],
    ['bank_account', '12345', '****'],
    ['id_number', '', '****'],
  ])('of %s %s is %s', (field, value, masked) => {
    expect(maskPersonal(field, value)).toBe(masked);
  });

  it('of no phone is none', () => {
    expect(maskPhone(null)).toBeNull();
  });

  it('never holds the secret, nor enough of it to guess the rest at once', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
      fc.stringMatching(/^\d{1,30}$/),
      fc.stringMatching(/^[\u4e00-\u9fa5]{1,6}$/),
    );
    fc.assert(
      fc.property(fc.constantFrom(...PERSONAL_FIELDS), value, (field, secret) => {
        const masked = maskPersonal(field, secret);
        if (!/^\*+$/.test(secret)) expect(masked).not.toContain(secret);
        const hidden = [...secret].length - [...masked.replaceAll('*', '')].length;
        expect(hidden).toBeGreaterThanOrEqual(field === 'name' ? 1 : Math.min(4, [...secret].length));
      }),
      { seed: 138, numRuns: 2000 },
    );
  });
});
