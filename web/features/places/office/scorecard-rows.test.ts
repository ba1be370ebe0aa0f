import { describe, expect, test } from 'vitest';
import type { ScorecardRow } from '#domain/places/office-contract.ts';
import { csvOf, hoursNumber, percent, readScorecardSort, sortScorecard, writeScorecardSort } from './scorecard-rows.ts';

const row = (code: string, change: Partial<ScorecardRow> & { share?: number | null } = {}): ScorecardRow => {
  const { share = 0.5, ...rest } = change;
  return {
    code,
    name: `street ${code}`,
    places: 10,
    verified: (['location', 'hours', 'facilities'] as const).map((fact) => ({
      fact,
      count: 5,
      share,
      low: share,
      high: share,
    })),
    reports: 0,
    answered: 0,
    medianAnswerHours: null,
    stockOutDays: 0,
    ...rest,
  };
};
const codes = (rows: ScorecardRow[]) => rows.map(({ code }) => code).join('');

describe('the order of the scorecard', () => {
  const rows = [
    row('b', { share: 0.2 }),
    row('c', { share: null }),
    row('a', { share: 0.9 }),
    row('d', { share: 0.2 }),
  ];

  test('is by official code until somebody asks for another', () => {
    expect(codes(sortScorecard(rows, 'name', false))).toBe('abcd');
    expect(codes(sortScorecard(rows, 'name', true))).toBe('dcba');
  });

  test('puts what is not known last both ways, and equals by code', () => {
    expect(codes(sortScorecard(rows, 'hours', false))).toBe('bdac');
    expect(codes(sortScorecard(rows, 'hours', true))).toBe('abdc');
  });

  test('stands in the address', () => {
    expect(readScorecardSort(writeScorecardSort('median', true))).toEqual({ sort: 'median', down: true });
    expect(writeScorecardSort('name', false)).toBe('');
    expect(readScorecardSort('?sort=evil&down=2')).toEqual({ sort: 'name', down: false });
  });
});

test('a spreadsheet opens the file right and runs nothing in it', () => {
  expect(
    csvOf([
      ['街道', '说明'],
      ['中华, "旧"', '=1+1'],
      [null, 0.25],
      [-3, '-x'],
    ]),
  ).toBe('\uFEFF街道,说明\r\n"中华, ""旧""",\'=1+1\r\n,0.25\r\n-3,\'-x\r\n');
});

test('numbers are as exact as they are interesting', () => {
  expect([0.04, 7.46, 9.96, 119.6].map(hoursNumber)).toEqual(['0', '7.5', '10', '120']);
  expect(percent(0.666)).toBe('67%');
});
