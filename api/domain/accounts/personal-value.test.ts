import { describe, expect, it } from 'vitest';
import { CONSENT_FOR_FIELD, CONSENT_WORDINGS, currentWording } from './consent-wordings.ts';
import { CONSENT_PURPOSES } from './consent.ts';
import { PERSONAL_FIELDS, type PersonalField } from './personal-data.ts';
import { readPersonalValue } from './personal-value.ts';

const TODAY = '2026-03-10';

describe('a personal value', () => {
  it.each<[PersonalField, string, string]>([
    ['id_number', ' 110105 19491231 002x ', '11010519491231002X'],
    ['id_number', '１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
    ['phone', '+86 138-1234-5678', '13812345678'],
    ['phone', '0086 138 1234 5678', '13812345678'],
    ['bank_account', '6222 0212 3456 7890 123', '6222021234567890123'],
    ['name', ' 王小明 ', '王小明'],
    ['name', '阿卜杜热合曼·买买提', '阿卜杜热合曼·买买提'],
    ['medical', '右腿骨折\n2026-03-01', '右腿骨折\n2026-03-01'],
  ])('%s %j is kept as %s', (field, text, value) => {
    expect(readPersonalValue(field, text, TODAY)).toEqual({ ok: true, value });
  });

  it.each<[PersonalField, string]>([
    ['id_number', '11010519491231002'],
    ['id_number', '110105194912310021'],
    ['phone', '12812345678'],
    ['phone', '1381234567'],
    ['phone', '+1 415 555 2671'],
    ['bank_account', '62220212'],
    ['bank_account', '6222O2123456789'],
    ['name', '  '],
    ['name', '王'.repeat(61)],
    ['name', '王\u0000'],
    ['medical', ''],
    ['medical', 'x'.repeat(2001)],
  ])('%s %j is refused in words that do not repeat it', (field, text) => {
    const read = readPersonalValue(field, text, TODAY);
    expect(read.ok).toBe(false);
    if (!read.ok && text.trim() !== '') expect(read.words).not.toContain(text);
  });
});

describe('consent', () => {
  it('is asked for every field, by itself for each kind of sensitive data', () => {
    expect(Object.keys(CONSENT_FOR_FIELD).sort()).toEqual([...PERSONAL_FIELDS].sort());
    expect([...new Set(Object.values(CONSENT_FOR_FIELD))].sort()).toEqual([...CONSENT_PURPOSES].sort());
  });

  it('has one wording per version, in both languages', () => {
    for (const purpose of CONSENT_PURPOSES) {
      const versions = CONSENT_WORDINGS[purpose].map(({ version }) => version);
      expect(new Set(versions).size).toBe(versions.length);
      expect(versions).toEqual(versions.toSorted().toReversed());
      expect(currentWording(purpose)).toBe(CONSENT_WORDINGS[purpose][0]);
      for (const { zh, en } of CONSENT_WORDINGS[purpose])
        expect([zh.length > 40, en.length > 100]).toEqual([true, true]);
    }
  });
});
