/**
 * The calendar of Xiamen, whatever zone the machine is in. Asia/Shanghai has been UTC+8 without summer time since
 * September 1991 (tz database), so plain arithmetic is exact and cheaper than Intl on a slow phone.
 *
 * A day is written 'YYYY-MM-DD'; for arithmetic it is a day number, counted from 1970-01-01 = 0. Weekdays count from
 * Monday = 0 to Sunday = 6.
 */
export const MINUTES_PER_DAY = 24 * 60;
const MINUTE_MS = 60_000;
const DAY_MS = MINUTES_PER_DAY * MINUTE_MS;
const OFFSET_MS = 8 * 60 * MINUTE_MS;

/** The day number on which an instant (epoch milliseconds) falls in Xiamen. */
export function dayNumberAt(instantMs: number): number {
  return Math.floor((instantMs + OFFSET_MS) / DAY_MS);
}

/** The day 'YYYY-MM-DD' on which an instant (epoch milliseconds) falls in Xiamen. */
export function shanghaiDay(instantMs: number): string {
  return dayFromNumber(dayNumberAt(instantMs));
}

/** Whole minutes since midnight in Xiamen, 0 to 1439. */
export function minuteOfDay(instantMs: number): number {
  return Math.floor((instantMs + OFFSET_MS) / MINUTE_MS) - dayNumberAt(instantMs) * MINUTES_PER_DAY;
}

/** The instant (epoch milliseconds) so many minutes after midnight of a day; 1440 and more reach into later days. */
export function instantOf(day: string, minutes: number): number {
  return instantOfNumber(dayNumber(day), minutes);
}

/** The same as `instantOf`, for a day number. */
export function instantOfNumber(number: number, minutes: number): number {
  return number * DAY_MS - OFFSET_MS + minutes * MINUTE_MS;
}

/** The number of a day 'YYYY-MM-DD'. Throws a RangeError when there is no such day. */
export function dayNumber(day: string): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms) || dayFromNumber(ms / DAY_MS) !== day) throw new RangeError(`Not a day: ${day}`);
  return ms / DAY_MS;
}

/** The day 'YYYY-MM-DD' with this number. */
export function dayFromNumber(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** The day so many days later (earlier when negative). */
export function addDays(day: string, days: number): string {
  return dayFromNumber(dayNumber(day) + days);
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(number: number): number {
  // 1970-01-01 was a Thursday.
  return (((number + 3) % 7) + 7) % 7;
}

/** Year, month (1-12) and day of the month of a day number. */
export function dateOf(number: number): { year: number; month: number; dayOfMonth: number } {
  const date = new Date(number * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}

/** How many days a month (1-12) has in a year. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
