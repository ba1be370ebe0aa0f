import { TO } from './chinese-clock.ts';
import { refuse } from './chinese-hours-reasons.ts';
import { NUMBER, chineseNumber } from './chinese-numbers.ts';
import type { DateRange } from './opening-rules.ts';
import type { Reader } from './osm-reader.ts';
import { daysInMonth } from './shanghai.ts';

type WrittenDate = { year: number; month: number; day: number | null };

const LEAP_YEAR = 2024;
const DATE = new RegExp(`(?:([12]\\d{3})年)?(${NUMBER})月份?(?:(${NUMBER})(?:日|号|(?=[-~至到)\\s])|$))?`, 'y');
const NUMERIC_DATE = /([12]\d{3})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/y;
const DAY = new RegExp(`(${NUMBER})[日号]`, 'y');
/** 5-10月; 7、8月. */
const MONTHS = new RegExp(`(${NUMBER})(?:[-~]|至|到)(${NUMBER})月份?(?!\\d{1,2}[日号])`, 'y');
const MONTH_LIST = new RegExp(`((?:(?:${NUMBER})[、,和]){1,11}(?:${NUMBER}))月份?(?!\\d{1,2}[日号])`, 'y');
/** 5.1-9.30, which only a season before it makes a date of. */
const DOTTED = /(\d{1,2})[./](\d{1,2})(?:[-~至到]{1,3})(\d{1,2})[./](\d{1,2})(?![\d:])/y;
const NEXT_YEAR = /次年|翌年|来年|第二年|明年/y;
const OPEN_RANGE = /起|开始|以后|之后|后|以前|之前|前|止|截止|底|初|中旬|上旬|下旬/y;

/** Reads dates such as 5月1日-9月30日, 5-10月, 11月至次年3月, 7、8月, 2026年6月. Null when none stand here. */
export function readChineseDates(reader: Reader, text: string, afterSeason: boolean): DateRange[] | null {
  const from = reader.at;
  const written = () => text.slice(from, reader.at).trim();
  const ranges = readRanges(reader, written, afterSeason);
  if (ranges && reader.take(OPEN_RANGE)) refuse('not_expressible', written());
  return ranges;
}

function readRanges(reader: Reader, written: () => string, afterSeason: boolean): DateRange[] | null {
  const dotted = afterSeason ? reader.take(DOTTED) : null;
  if (dotted) {
    const [a, b, c, d] = dotted.slice(1).map(Number) as [number, number, number, number];
    return [range({ year: 0, month: a, day: b }, { year: 0, month: c, day: d }, written())];
  }
  const months = reader.take(MONTHS);
  if (months) {
    const [first, last] = months.slice(1).map((month) => ({ year: 0, month: chineseNumber(month), day: null }));
    return [range(first!, last!, written())];
  }
  const list = reader.take(MONTH_LIST);
  if (list) {
    return list[1]!
      .split(/[、,和]/)
      .map((month) => ({ year: 0, month: chineseNumber(month), day: null }))
      .map((month) => range(month, month, written()));
  }
  const first = readDate(reader);
  if (!first) return null;
  const { at } = reader;
  if (!reader.take(TO)) return [range(first, first, written())];
  const nextYear = reader.take(NEXT_YEAR) !== null;
  const day = first.day === null ? null : reader.take(DAY);
  const last = day ? { ...first, day: chineseNumber(day[1]!) } : readDate(reader);
  if (!last) {
    // 5月1日-8:00 is no range of dates.
    reader.at = at;
    return refuse('not_understood', written());
  }
  if (!first.year && last.year) refuse('not_expressible', written());
  if (first.year && !last.year) last.year = first.year + (nextYear || last.month < first.month ? 1 : 0);
  return [range(first, last, written())];
}

function readDate(reader: Reader): WrittenDate | null {
  const numeric = reader.take(NUMERIC_DATE);
  if (numeric) return { year: Number(numeric[1]), month: Number(numeric[2]), day: Number(numeric[3]) };
  const match = reader.take(DATE);
  if (!match) return null;
  const [, year, month, day] = match;
  return { year: Number(year ?? 0), month: chineseNumber(month!), day: day === undefined ? null : chineseNumber(day) };
}

function range(first: WrittenDate, last: WrittenDate, at: string): DateRange {
  for (const { year, month, day } of [first, last]) {
    if (!(month >= 1 && month <= 12)) refuse('no_such_date', at);
    if (day !== null && !(day >= 1 && day <= daysInMonth(year || LEAP_YEAR, month))) refuse('no_such_date', at);
  }
  const wholeMonths = first.day === null && last.day === null;
  // A range of whole months ends on "day 31"; beside a date, a month has its real last day.
  const lastDay = last.day ?? (wholeMonths ? 31 : daysInMonth(last.year || LEAP_YEAR, last.month));
  const from = first.year * 10000 + first.month * 100 + (first.day ?? 1);
  const to = last.year * 10000 + last.month * 100 + lastDay;
  if (first.year && to < from) refuse('contradiction', at);
  return { from, to };
}
