import type { DateRange } from './opening-rules.ts';
import { DASH, type HoursProblem, type Reader, readList, readName, readNumber, reading } from './osm-reader.ts';
import { daysInMonth } from './shanghai.ts';

/** Reads a season, the date part of opening hours: `Jun-Sep`, `Jun 01-Sep 30`, `2026 Jun 15-2026 Sep 15`. Never throws. */
export function parseSeason(text: string): { ok: true; season: DateRange[] } | HoursProblem {
  return reading(text, (reader) => {
    const season = readList(reader, readDates);
    if (!season.length) reader.fail('Expected months or dates, as in Jun 01-Sep 30');
    return { ok: true, season };
  });
}

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH = /(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?![a-z])/iy;
const YEAR = /([1-9]\d{3})(?![\d:])/y;
const DAY_OF_MONTH = /(\d{1,2})(?![\d:/])/y;
const LEAP_YEAR = 2024;

type PartialDate = { year: number | null; month: number | null; day: number | null };

export function readDates(reader: Reader): DateRange | null {
  const { at } = reader;
  const first = readDate(reader);
  if (!first) return null;
  let last = first;
  if (reader.take(DASH)) {
    const day = first.day === null ? null : readNumber(reader, DAY_OF_MONTH);
    last = day === null ? (readDate(reader) ?? reader.fail('Expected a date after the dash')) : { ...first, day };
    if (shape(last) !== shape(first) || (first.year === null && last.year !== null)) {
      reader.fail('Both ends must be of one kind, as in Jun-Sep or Jun 01-Sep 30', at);
    }
    if (last.year === null && first.year !== null) {
      // `2026 Dec 24-Jan 03` ends in the year after.
      last = { ...last, year: first.year };
      if (upperEnd(last) < lowerEnd(first)) last.year = first.year + 1;
    }
    // Every year, `Nov-Mar` runs over New Year; a year or `Jun 15-10` cannot.
    if (upperEnd(last) < lowerEnd(first) && (first.year !== null || day !== null)) {
      reader.fail('Ends before it begins', at);
    }
  }
  for (const { year, month, day } of [first, last]) {
    if (day === 0 || (day !== null && day > daysInMonth(year ?? LEAP_YEAR, month!))) {
      reader.fail('There is no such date', at);
    }
  }
  return { from: lowerEnd(first), to: upperEnd(last) };
}

function readDate(reader: Reader): PartialDate | null {
  const year = readNumber(reader, YEAR);
  const name = readName(reader, MONTH, MONTHS);
  if (name === null) return year === null ? null : { year, month: null, day: null };
  return { year, month: name + 1, day: readNumber(reader, DAY_OF_MONTH) };
}

function shape({ month, day }: PartialDate): string {
  return `${month !== null} ${day !== null}`;
}

function lowerEnd({ year, month, day }: PartialDate): number {
  return (year ?? 0) * 10000 + (month ?? 1) * 100 + (day ?? 1);
}

function upperEnd({ year, month, day }: PartialDate): number {
  return (year ?? 0) * 10000 + (month ?? 12) * 100 + (day ?? 31);
}
