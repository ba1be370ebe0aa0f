import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateOf, dayNumber, daysInMonth, instantOf, minuteOfDay, shanghaiDay, weekdayOf } from './shanghai.ts';

describe('the calendar of Xiamen', () => {
  it('turns the day at 16:00 UTC', () => {
    expect(shanghaiDay(Date.UTC(2026, 11, 31, 15, 59, 59, 999))).toBe('2026-12-31');
    expect(shanghaiDay(Date.UTC(2026, 11, 31, 16))).toBe('2027-01-01');
    expect(minuteOfDay(Date.UTC(2026, 11, 31, 15, 59))).toBe(1439);
    expect(minuteOfDay(Date.UTC(2026, 11, 31, 16))).toBe(0);
    expect(shanghaiDay(Date.UTC(1969, 11, 31, 15))).toBe('1969-12-31');
    expect(minuteOfDay(Date.UTC(1969, 11, 31, 15))).toBe(23 * 60);
  });

  it('agrees with the time zone database', () => {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'Asia/Shanghai',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    const range = { min: Date.UTC(1992, 0, 1), max: Date.UTC(2099, 0, 1) };
    fc.assert(
      fc.property(fc.integer(range), (instantMs) => {
        const parts = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, value]));
        const day = `${parts.year}-${parts.month}-${parts.day}`;
        expect(shanghaiDay(instantMs)).toBe(day);
        expect(minuteOfDay(instantMs)).toBe(Number(parts.hour) * 60 + Number(parts.minute));
        expect(weekdays[weekdayOf(dayNumber(day))]).toBe(parts.weekday);
      }),
      { seed: 20269, numRuns: 300 },
    );
  });

  it('goes from a day and its minutes to the instant and back', () => {
    expect(instantOf('2026-11-23', 540)).toBe(Date.UTC(2026, 10, 23, 1));
    expect(instantOf('2026-11-23', 1440)).toBe(instantOf('2026-11-24', 0));
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(dateOf(dayNumber('2026-02-28'))).toEqual({ year: 2026, month: 2, dayOfMonth: 28 });
    expect([daysInMonth(2026, 2), daysInMonth(2028, 2), daysInMonth(2026, 12)]).toEqual([28, 29, 31]);
    expect(weekdayOf(dayNumber('1969-12-29'))).toBe(0);
  });

  it.each(['2026-02-30', '2026-13-01', '2026-1-1', '', 'today'])('refuses “%s” as a day', (day) => {
    expect(() => dayNumber(day)).toThrow(RangeError);
  });
});
