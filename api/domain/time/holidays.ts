import { dayNumber } from './shanghai.ts';

/**
 * Public holidays and make-up workdays (调休) as plain JSON; the phone gets it from the API. Days are 'YYYY-MM-DD'.
 *
 * In a covered year the official arrangement is known, so a day in neither list is certainly an ordinary one. The
 * lists may also hold days of other years, such as those fixed by law; the other days of such a year are not known.
 */
export type HolidayCalendar = {
  coveredYears: number[];
  /** Every day of a public holiday, bridging days included. */
  daysOff: string[];
  /** Saturdays and Sundays that are official workdays in exchange for a bridging day. */
  makeupWorkdays: string[];
};

export type DayKind = 'ordinary' | 'holiday' | 'makeup_workday' | 'not_known';

/** The calendar in the form that is asked thousands of times, by day number. */
export type HolidayLookup = {
  kinds: ReadonlyMap<number, DayKind>;
  coveredYears: ReadonlySet<number>;
};

/** Prepares a calendar for `openingAt` and `daySpans`. Throws a RangeError on a malformed day. */
export function compileHolidays(calendar: HolidayCalendar): HolidayLookup {
  const kinds = new Map<number, DayKind>();
  for (const day of calendar.daysOff) kinds.set(dayNumber(day), 'holiday');
  for (const day of calendar.makeupWorkdays) kinds.set(dayNumber(day), 'makeup_workday');
  return { kinds, coveredYears: new Set(calendar.coveredYears) };
}

/** What the official calendar says of a day; `year` is that day's year. */
export function dayKind(lookup: HolidayLookup, number: number, year: number): DayKind {
  return lookup.kinds.get(number) ?? (lookup.coveredYears.has(year) ? 'ordinary' : 'not_known');
}
