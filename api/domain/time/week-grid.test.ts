import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursArbitrary } from './hours-arbitrary.test-support.ts';
import { compileHolidays } from './holidays.ts';
import { openingAt } from './opening-hours.ts';
import { formatOpeningHours } from './format-opening-hours.ts';
import { parseOpeningHours } from './osm-opening-hours.ts';
import { MAX_HOURS_LENGTH } from './osm-reader.ts';
import { addDays, instantOf } from './shanghai.ts';
import {
  EMPTY_GRID,
  type WeekGrid,
  daySlots,
  gridOfHours,
  hoursOfGrid,
  paintCells,
  SLOTS_PER_DAY,
} from './week-grid.ts';

const slotsOf = (text: string): WeekGrid | null => {
  const read = parseOpeningHours(text);
  if (!read.ok) throw new Error(read.message);
  return gridOfHours(read.hours);
};
const textOf = (grid: WeekGrid) => formatOpeningHours(hoursOfGrid(grid));

/** Weeks as people paint them: runs of some half hours, and now and then single ones. */
const day = fc.oneof(
  { weight: 4, arbitrary: runs(2) },
  { weight: 1, arbitrary: fc.array(fc.boolean(), { minLength: SLOTS_PER_DAY, maxLength: SLOTS_PER_DAY }) },
  { weight: 1, arbitrary: fc.constant(Array.from({ length: SLOTS_PER_DAY }, () => true)) },
);
const someGrid: fc.Arbitrary<WeekGrid> = fc.record({
  slots: fc
    .oneof(
      fc.array(day, { minLength: 7, maxLength: 7 }),
      fc.tuple(day, day).map(([work, off]) => [work, work, work, work, work, off, off]),
    )
    .map((days) => days.flat()),
  holidays: fc.oneof(
    fc.constantFrom('as_weekday' as const, 'closed' as const),
    day.filter((slots) => slots.some(Boolean)),
  ),
});

function runs(most: number): fc.Arbitrary<boolean[]> {
  const run = fc.tuple(fc.nat(SLOTS_PER_DAY), fc.nat(SLOTS_PER_DAY));
  return fc.array(run, { maxLength: most }).map((found) => {
    const slots = Array.from({ length: SLOTS_PER_DAY }, () => false);
    for (const [a, b] of found) slots.fill(true, Math.min(a, b), Math.max(a, b));
    return slots;
  });
}

describe('a painted week', () => {
  it('comes back from its text as it was painted', () => {
    fc.assert(
      fc.property(someGrid, (grid) => {
        const text = textOf(grid);
        // Half hours scattered over a week make a text that nobody may store.
        expect(text.length > MAX_HOURS_LENGTH ? gridOfHours(hoursOfGrid(grid)) : slotsOf(text)).toEqual(grid);
      }),
      { seed: 301, numRuns: 200 },
    );
  }, 60_000);

  it('is shown only when the text that it would be written as opens and closes alike', () => {
    const calendar = compileHolidays({
      coveredYears: [2026],
      daysOff: ['2026-10-01', '2026-10-02', '2026-10-04'],
      makeupWorkdays: ['2026-09-26', '2026-10-10'],
    });
    const weekly = hoursArbitrary({ openEnd: false }).map(({ rules }) => ({
      rules: rules.map(({ joint, weekdays, publicHoliday, ...rule }) => ({
        joint,
        weekdays,
        publicHoliday,
        dates: [],
        nth: [],
        state: rule.state === 'unknown' ? ('open' as const) : rule.state,
        times: rule.times.map(({ startMin, endMin }) => ({
          startMin: startMin - (startMin % 30),
          endMin: Math.min(2880, endMin - (endMin % 30) + 30),
        })),
      })),
    }));
    let shown = 0;
    const anyMinute = fc
      .tuple(fc.nat(30), fc.nat(47))
      .map(([ahead, slot]) => [addDays('2026-09-20', ahead), slot * 30] as const);
    fc.assert(
      fc.property(weekly, fc.array(anyMinute, { minLength: 6, maxLength: 6 }), (hours, moments) => {
        const grid = gridOfHours(hours);
        if (!grid) return;
        shown++;
        for (const [on, minute] of moments) {
          const at = instantOf(on, minute);
          expect(openingAt(hoursOfGrid(grid), at, calendar).state, `${formatOpeningHours(hours)} ${on} ${minute}`).toBe(
            openingAt(hours, at, calendar).state,
          );
        }
      }),
      { seed: 302, numRuns: 200 },
    );
    expect(shown).toBeGreaterThan(50);
  }, 60_000);

  it.each([
    ['24/7', '24/7'],
    ['off', 'off'],
    ['Mo-Fr 08:00-18:00', 'Mo-Fr 08:00-18:00'],
    ['Mo-Fr 08:30-12:00,14:30-18:00; Sa 09:00-12:00', 'Mo-Fr 08:30-12:00,14:30-18:00; Sa 09:00-12:00'],
    ['Mo-Su 22:00-06:00', 'Mo-Su 22:00-06:00'],
    ['Fr 22:00-04:00; Sa 22:00-04:00', 'Fr,Sa 22:00-04:00'],
    ['08:00-20:00; PH off', 'Mo-Su 08:00-20:00; PH off'],
    ['Mo-Su,PH 09:00-17:00', 'Mo-Su,PH 09:00-17:00'],
    ['Mo-Fr 09:00-17:00; Sa,Su,PH 10:00-16:00', 'Mo-Fr 09:00-17:00; Sa,Su,PH 10:00-16:00'],
    ['24/7; PH off', 'Mo-Su 00:00-24:00; PH off'],
  ])('%s is written %s', (text, written) => {
    expect(textOf(slotsOf(text)!)).toBe(written);
  });

  it.each([
    'Mo-Fr 08:15-18:00',
    'Jun-Sep 08:00-20:00',
    'Mo-Fr 08:00+',
    'Mo[1] 08:00-18:00',
    '08:00-20:00 "ring the bell"',
    'Mo-Fr 08:00-18:00; Sa unknown',
    '2026 Oct 01-07 off',
  ])('%s is more than a week can show', (text) => {
    expect(slotsOf(text)).toBeNull();
  });

  it('is painted by rectangles, in whatever direction they are drawn', () => {
    const painted = paintCells(EMPTY_GRID, { row: 4, slot: 35 }, { row: 0, slot: 16 }, true);
    expect(textOf(painted)).toBe('Mo-Fr 08:00-18:00');
    const lunch = paintCells(painted, { row: 0, slot: 24 }, { row: 6, slot: 27 }, false);
    expect(textOf(lunch)).toBe('Mo-Fr 08:00-12:00,14:00-18:00');
    expect(daySlots(lunch, 5).some(Boolean)).toBe(false);
  });
});
