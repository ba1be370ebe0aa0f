import { describe, expect, it, test } from 'vitest';
import { COORDINATE_REASONS } from '#domain/places/import/coordinates-text.ts';
import { ISSUE_CODES } from '#domain/places/import/import-issues.ts';
import { IMPORT_FIELDS } from '#domain/places/import/columns.ts';
import { CHINESE_HOURS_NOTES, CHINESE_HOURS_REASONS } from '#domain/time/chinese-hours-reasons.ts';
import { officeImport as en } from '../../../../client/messages/en/office-import.ts';
import { officeImport as zh } from '../../../../client/messages/zh/office-import.ts';
import { columnName, issueWords, problemWords, warningWords } from './import-words.ts';
import { sizeWords } from '../../../../ui/size-words.ts';

/** Codes that the import adds to those of the reader of rows. */
const MORE_CODES = ['organisation_unknown', 'outside_scope', 'text_shortened'];

describe.each([
  ['Chinese', zh],
  ['English', en],
])('in %s', (_language, m) => {
  it('has words for every code that the API may send', () => {
    expect(Object.keys(m.issues).sort()).toEqual([...Object.keys(ISSUE_CODES), ...MORE_CODES].sort());
    expect(Object.keys(m.coordinateReasons).sort()).toEqual([...COORDINATE_REASONS].sort());
    expect(Object.keys(m.hoursReasons).sort()).toEqual([...CHINESE_HOURS_REASONS].sort());
    expect(Object.keys(m.hoursNotes).sort()).toEqual([...CHINESE_HOURS_NOTES].sort());
    expect(Object.keys(m.fields).sort()).toEqual([...IMPORT_FIELDS].sort());
  });

  it('never says "undefined"', () => {
    const params = { text: '甲', max: 1, firstRow: 2, reason: 'none', at: '乙', lng: 1, lat: 2, resolutionM: 3 };
    for (const code of Object.keys(ISSUE_CODES)) {
      const said = issueWords({ field: 'hours', code, params: { ...params, words: '丙', suggestions: '丁' } }, m);
      expect(said, code).not.toContain('undefined');
    }
  });
});

test('codes of a newer server are still shown', () => {
  expect(issueWords({ field: '', code: 'brand_new' }, en)).toBe('to be looked at (brand_new)');
  expect(warningWords('brand_new: 3', en)).toBe('brand_new: 3');
  expect(problemWords('brand_new', en)).toBe(en.problemUnknown);
});

test('parameters come into the words', () => {
  expect(warningWords('title_rows: 2', zh)).toContain('上面 2 行');
  expect(problemWords('too_many_columns: 200: 300', zh)).toContain('有 300 列，最多 200 列');
  expect(
    issueWords({ field: 'hours', code: 'hours_not_read', params: { text: '随缘', reason: 'not_fixed' } }, zh),
  ).toBe('开放时间：“随缘”读不成时间：没有固定时间。原文保留');
});

test('columns and sizes are named', () => {
  expect(columnName(['名称', ''], 0, zh)).toBe('名称');
  expect(columnName(['名称', ''], 1, zh)).toBe('第 2 列（没有列名）');
  expect([900, 2048, 3.4 * 1024 * 1024].map(sizeWords)).toEqual(['900 B', '2 KB', '3.4 MB']);
});
