import { expect, test } from 'vitest';
import { compileHolidays } from '#domain/time/holidays.ts';
import { parseOpeningHours } from '#domain/time/osm-opening-hours.ts';
import { instantOf } from '#domain/time/shanghai.ts';
import { details } from '../../client/messages/zh/details.ts';
import { places } from '../../client/messages/zh/places.ts';
import { hoursGroups, seasonWords, weekInShort, weekLines } from './week-hours.ts';

const zh = { ...places, ...details };
const calendar = compileHolidays({ coveredYears: [2026], daysOff: [], makeupWorkdays: [] });
const MONDAY = instantOf('2026-11-23', 600);

function lines(text: string): string[] {
  const read = parseOpeningHours(text);
  if (!read.ok) throw new Error(read.message);
  return weekLines(read.hours, MONDAY, calendar, zh).map(({ label, words }) => `${label} ${words}`);
}

test('the week begins today and says lunch breaks and days off', () => {
  const week = lines('Mo-Fr 08:30-12:00,14:30-18:00');
  expect(week[0]).toBe('今天 08:30–12:00、14:30–18:00');
  expect(week[5]).toBe('周六 11/28 不开');
  expect(week).toHaveLength(7);
});

test('all day, past midnight, open end and unknown each have their own words', () => {
  expect(lines('24/7')[0]).toBe('今天 全天');
  expect(lines('20:00-06:00')[0]).toBe('今天 20:00–06:00');
  expect(lines('09:00+')[0]).toBe('今天 09:00 起，几点关未知');
  expect(lines('unknown "问店员"')[0]).toBe('今天 未知 (问店员)');
});

test.each([
  ['24/7', ['每天 全天']],
  ['Mo-Fr 08:30-18:00; Sa 09:00-12:00', ['周一至周五 08:30–18:00', '周六 09:00–12:00', '周日 不开']],
])('on paper %s is a few lines that begin on Monday', (text, short) => {
  const read = parseOpeningHours(text);
  if (!read.ok) throw new Error(read.message);
  // Whatever day it is printed on.
  for (const day of ['2026-11-23', '2026-11-26', '2026-11-29']) {
    expect(weekInShort(read.hours, instantOf(day, 600), calendar, zh)).toEqual(short);
  }
});

test('services with the same hours share a table', () => {
  const groups = hoursGroups({
    services: [
      { service: 'rest', hours: '24/7' },
      { service: 'free_meal', hours: '11:00-13:00' },
      { service: 'water', hours: '24/7' },
      { service: 'skills', hours: 'whenever' },
    ],
  });
  expect(groups.map(({ services, hours }) => [services, hours !== null])).toEqual([
    [['rest', 'water'], true],
    [['free_meal'], true],
    [['skills'], false],
  ]);
});

test.each([
  ['Jun-Sep', '6月1日到9月30日'],
  ['Jun 15-Feb 29', '6月15日到2月29日'],
  ['2026 Jun 15-2026 Sep 15', '2026年6月15日到2026年9月15日'],
  ['summer', 'summer'],
])('the season %s in words', (text, words) => expect(seasonWords(text, zh)).toBe(words));
