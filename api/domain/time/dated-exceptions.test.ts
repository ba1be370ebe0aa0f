import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitExceptions, withExceptions } from './dated-exceptions.ts';
import { hoursArbitrary } from './hours-arbitrary.test-support.ts';
import { compileHolidays } from './holidays.ts';
import { daySpans } from './opening-hours.ts';
import { formatOpeningHours } from './format-opening-hours.ts';
import { parseOpeningHours } from './osm-opening-hours.ts';
import { addDays } from './shanghai.ts';

const hoursOf = (text: string) => {
  const read = parseOpeningHours(text);
  if (!read.ok) throw new Error(read.message);
  return read.hours;
};
const NO_HOLIDAYS = compileHolidays({ coveredYears: [2025, 2026, 2027, 2028], daysOff: [], makeupWorkdays: [] });

describe('dated exceptions', () => {
  it.each([
    ['Mo-Fr 08:00-18:00; 2026 Feb 16-20 off', 'Mo-Fr 08:00-18:00', 1],
    ['24/7; 2026 Feb 16-20 off; 2026 Oct 01 10:00-16:00', '24/7', 2],
    ['Mo-Fr 08:00-18:00; 2026 Feb 16,2026 Mar 01 off "stock-taking"', 'Mo-Fr 08:00-18:00', 2],
    ['Mo-Fr 08:00-18:00; Feb 16-20 off', 'Mo-Fr 08:00-18:00; Feb 16-20 off', 0],
    ['Mo-Fr 08:00-18:00; 2026 Feb off', 'Mo-Fr 08:00-18:00; 2026 Feb off', 0],
    ['2026 Oct 01 10:00-16:00', '2026 Oct 01 10:00-16:00', 0],
    [
      'Mo-Fr 08:00-18:00; 2026 Feb 16-20 off; Sa 09:00-12:00',
      'Mo-Fr 08:00-18:00; 2026 Feb 16-20 off; Sa 09:00-12:00',
      0,
    ],
  ])('of %s', (text, base, count) => {
    const split = splitExceptions(hoursOf(text));
    expect(formatOpeningHours(split.base)).toBe(base);
    expect(split.exceptions).toHaveLength(count);
  });

  it('say which days and what holds on them', () => {
    const { exceptions } = splitExceptions(hoursOf('24/7; 2026 Feb 16-20 off; 2026 Oct 01 10:00-16:00'));
    expect(exceptions).toEqual([
      { from: '2026-02-16', to: '2026-02-20', times: null },
      { from: '2026-10-01', to: '2026-10-01', times: [{ startMin: 600, endMin: 960 }] },
    ]);
  });

  it('taken out and put back change nothing on any day', () => {
    const someDay = fc.integer({ min: 0, max: 1000 }).map((days) => addDays('2025-03-01', days));
    fc.assert(
      fc.property(hoursArbitrary(), fc.array(someDay, { minLength: 5, maxLength: 5 }), (hours, days) => {
        const { base, exceptions } = splitExceptions(hours);
        const again = hoursOf(formatOpeningHours(withExceptions(base, exceptions)));
        for (const day of days) expect(daySpans(again, day, NO_HOLIDAYS)).toEqual(daySpans(hours, day, NO_HOLIDAYS));
      }),
      { seed: 303, numRuns: 200 },
    );
  }, 60_000);
});
