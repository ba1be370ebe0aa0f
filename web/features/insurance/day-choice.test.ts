import { daysOf } from '#domain/insurance/day-ranges.ts';
import { describe, expect, test } from 'vitest';
import { dayFault, daysBetween, type DayLimits, monthAfter, nextDays, weeksOf } from './day-choice.ts';

const figure = (value: number) => ({ value, certainty: 'verified', source: 'test' }) as const;
const limits: DayLimits = {
  today: '2026-03-10',
  terms: { startsAfterDays: figure(1), aheadDays: figure(60), longestTermDays: figure(31) },
  covered: new Map([
    ['2026-03-12', { by: null, held: false }],
    ['2026-03-13', { by: '某平台', held: false }],
    ['2026-03-20', { by: null, held: true }],
  ]),
};

describe('which days can be chosen', () => {
  test.each([
    ['2026-03-09', 'past'],
    ['2026-03-10', 'too_soon'],
    ['2026-03-11', null],
    ['2026-03-12', 'covered'],
    ['2026-03-20', 'held'],
    ['2026-05-09', null],
    ['2026-05-10', 'too_far'],
  ])('%s: %s', (day, fault) => {
    expect(dayFault(day, limits)).toBe(fault);
  });

  test('the next days pass over covered ones and never exceed the longest term', () => {
    expect(nextDays(3, limits)).toEqual(['2026-03-11', '2026-03-14', '2026-03-15']);
    expect(nextDays(500, limits)).toHaveLength(31);
  });

  test('a span can be given in either order and leaves out what cannot be chosen', () => {
    expect(daysBetween('2026-03-14', '2026-03-09', limits)).toEqual(['2026-03-11', '2026-03-14']);
  });
});

test('a month is whole weeks from Monday, and every day stands in it once', () => {
  const weeks = weeksOf('2026-03');
  expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-03-01']);
  expect(weeks.flat().filter(Boolean)).toEqual(daysOf([{ from: '2026-03-01', to: '2026-03-31' }]));
  expect(monthAfter('2026-11', 2)).toBe('2027-01');
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
});
