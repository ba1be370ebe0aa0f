import type { Days } from '#domain/insurance/day-ranges.ts';
import { addDays } from '#domain/time/shanghai.ts';

/** As PostgreSQL writes a `daterange`: the end is the day after the last. */
export function dayRangeText({ from, to }: Days): string {
  return `[${from},${addDays(to, 1)})`;
}

/** Throws a `RangeError` for what is not a range of days with both ends. */
export function readDayRange(text: string): Days {
  const [, from, end] = /^\[(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d)\)$/.exec(text) ?? [];
  if (from === undefined || end === undefined) throw new RangeError(`Not a range of days: ${text}`);
  return { from, to: addDays(end, -1) };
}
