import type { Item, SelectorItem } from './chinese-hours-reader.ts';
import type { DateRange } from './opening-rules.ts';

/** 节假日, 春节: holidays and no weekdays. */
export function isHoliday(item: Item): boolean {
  return item.kind === 'named_holiday' || (item.kind === 'days' && !item.days.weekdays && item.days.publicHoliday);
}

/** Union of the weekdays named, as bits; weak words such as 每天 count only when there are no others. */
export function weekdaysOf(parts: SelectorItem[]): number {
  const named = parts.flatMap((part) => (part.kind === 'days' && part.days.weekdays ? [part.days] : []));
  const exact = named.filter((days) => !days.weak);
  return (exact.length ? exact : named).reduce((bits, days) => bits | days.weekdays, 0);
}

/** 每天, 周一至周五: more than a day or two, so that a 休息 after it is about something else. */
export function isWide(parts: SelectorItem[]): boolean {
  return parts.some((part) => count(weekdaysOf([part])) >= 4);
}

/** How many days are in a set of weekdays. */
export function count(bits: number): number {
  return bits.toString(2).replaceAll('0', '').length;
}

export function isByDate(item: Item): boolean {
  return item.kind === 'dates' || item.kind === 'season';
}

/** Dates of a statement: its own, or those kept from the one before. */
export function datesOf({ parts, inherited }: { parts: SelectorItem[]; inherited: SelectorItem[] }): DateRange[] {
  const own = datesIn(parts);
  return own.length ? own : datesIn(inherited);
}

function datesIn(items: SelectorItem[]): DateRange[] {
  return items.flatMap((item) => (item.kind === 'dates' ? item.dates : []));
}

/** The selectors as they are written. */
export function said(parts: SelectorItem[]): string {
  return parts.map((part, index) => (index && part.connected ? '、' : '') + part.at).join('');
}
