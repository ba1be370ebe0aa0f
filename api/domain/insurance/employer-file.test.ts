import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigitOf } from '../accounts/citizen-id.ts';
import { countEmployerColumns, matchEmployerColumns } from './employer-columns.ts';
import { readEmployerRow } from './employer-file.ts';
import { EMPLOYER_ISSUES } from './employer-file-states.ts';
import { employerIssueWords } from './employer-file-words.ts';
import { readDayText } from './day-text.ts';

const TODAY = '2026-03-10';
const HEADER = ['姓名', '身份证号', '手机号', '开始', '结束', '天数', '日期'];
const { mapping } = matchEmployerColumns(HEADER);
const ID = `35020319900307001${checkDigitOf('35020319900307001')}`;
const read = (...cells: string[]) => readEmployerRow({ row: 2, cells }, mapping, TODAY);
const daysOf = (...cells: string[]) => read('陈小路', ID, '13800000000', ...cells);

describe('columns', () => {
  it.each([
    [['姓名', '身份证号码', '联系电话', '起始日期', '截止日期']],
    [['Name', 'ID number', 'Mobile', 'Start date', 'End date']],
    [['骑手姓名（必填）', '身份证', '手机（11位）', '开始 日期', '结束日期(含)']],
  ])('%j are known by their names', (header) => {
    expect(matchEmployerColumns(header)).toEqual({
      mapping: { name: 0, id_number: 1, phone: 2, from: 3, to: 4 },
      missing: [],
    });
    expect(countEmployerColumns(header)).toBe(5);
  });

  it('are missed by their names; one kind of days is enough', () => {
    expect(matchEmployerColumns(['姓名', '工号', '手机']).missing).toEqual(['id_number', 'from']);
    expect(matchEmployerColumns(['姓名', '身份证号', '手机', '日期']).missing).toEqual([]);
    expect(countEmployerColumns(['某平台2026年3月参保名单', '', ''])).toBe(0);
  });
});

describe('a row', () => {
  it('is one worker, in the one spelling that is kept', () => {
    const { worker, issues } = read(' 陈小路', `${ID.slice(0, 6)} ${ID.slice(6)}`, '+86 138-0000-0000', '2026/3/12');
    expect(issues).toEqual([]);
    expect(worker).toEqual({ name: '陈小路', idNumber: ID, phone: '13800000000', birthDay: '1990-03-07' });
  });

  it.each<[string, string[], { from: string; to: string }[]]>([
    ['one day', ['2026-03-12'], [{ from: '2026-03-12', to: '2026-03-12' }]],
    ['from and to', ['2026/3/12', '2026年3月14日'], [{ from: '2026-03-12', to: '2026-03-14' }]],
    ['from and so many', ['20260312', '', '3天'], [{ from: '2026-03-12', to: '2026-03-14' }]],
    ['all three', ['2026.3.12', '2026-03-14', '3.0'], [{ from: '2026-03-12', to: '2026-03-14' }]],
    [
      'a list',
      ['', '', '', '2026-03-20、2026-03-12至2026-03-13；2026-03-14 00:00'],
      [
        { from: '2026-03-12', to: '2026-03-14' },
        { from: '2026-03-20', to: '2026-03-20' },
      ],
    ],
  ])('has days: %s', (_, cells, days) => {
    expect(daysOf(...cells)).toMatchObject({ days, issues: [] });
  });

  it.each<[string[], string]>([
    [[], 'days_missing'],
    [['', '2026-03-12'], 'days_missing'],
    [['12/3/2026'], 'day_unreadable'],
    [['2026-02-30'], 'day_unreadable'],
    [['2026-03-12', '2026-03-11'], 'days_reversed'],
    [['2026-03-12', '2026-03-14', '2'], 'days_disagree'],
    [['2026-03-12', '', '0'], 'count_bad'],
    [['2026-03-12', '', '三'], 'count_bad'],
    [['2026-03-12', '2036-03-12'], 'list_too_long'],
    [['', '', '', '2026-03-12~2036-03-12'], 'list_too_long'],
    [['', '', '', '2026-03-12、昨天'], 'day_unreadable'],
  ])('with the days %j: %s', (cells, code) => {
    expect(daysOf(...cells)).toMatchObject({ days: null, issues: [{ code }] });
  });

  it.each<[string, string, string]>([
    ['身份证号', '', 'id_missing'],
    ['身份证号', '35020319900307', 'id_shape'],
    ['身份证号', '350203199013070017', 'id_birth_day'],
    ['身份证号', `${ID.slice(0, 17)}${ID.endsWith('1') ? '2' : '1'}`, 'id_check_digit'],
    ['身份证号', '350203199003070000', 'id_rounded'],
    ['身份证号', '3.50203E+17', 'id_rounded'],
    ['手机号', '1380000000', 'phone_bad'],
    ['手机号', '', 'phone_missing'],
    ['姓名', '', 'name_missing'],
    ['姓名', '<b>', 'name_bad'],
  ])('with %s %j: %s', (column, value, code) => {
    const cells = ['陈小路', ID, '13800000000', '2026-03-12'];
    cells[HEADER.indexOf(column)] = value;
    expect(read(...cells)).toMatchObject({ worker: null, issues: [{ code }] });
  });

  it('never throws, and what it says never repeats what stands in it', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom(ID, '2026-03-12', '~', '—', '1e9', '２０２６－０３－１２'));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 7 }), (cells) => {
        const { worker, days, issues } = read(...cells);
        expect(worker === null || days === null).toBe(issues.length > 0);
        for (const issue of issues) {
          expect(Object.keys(issue.params ?? {}).every((key) => ['most', 'days'].includes(key))).toBe(true);
        }
      }),
    );
  });
});

it('every issue has words in both languages', () => {
  for (const code of EMPLOYER_ISSUES) {
    for (const language of ['zh', 'en'] as const) {
      const words = employerIssueWords({ code, params: { days: 1, most: 2, row: 3 } }, language);
      expect(words.length).toBeGreaterThan(4);
    }
  }
});

it('a day is read in any common spelling, and only when it exists', () => {
  expect(readDayText('２０２６－０３－０１')).toBe('2026-03-01');
  expect(readDayText('2024-02-29')).toBe('2024-02-29');
  for (const text of ['2026-02-29', '2026-13-01', '0026-01-01', '3/4/2026', '2026', ''])
    expect(readDayText(text)).toBeNull();
});
