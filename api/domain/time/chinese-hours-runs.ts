import { refuse } from './chinese-hours-reasons.ts';
import type { Item, SelectorItem } from './chinese-hours-reader.ts';
import { count, isByDate, isHoliday, isWide, weekdaysOf } from './chinese-hours-selectors.ts';
import { WEEKEND, WORKWEEK } from './chinese-weekdays.ts';

/** The days named last, together with those that 、 or 及 or nothing at all ties to them. */
export function lastRun(parts: SelectorItem[]): SelectorItem[] {
  let first = parts.length - 1;
  while (first > 0 && !parts[first]!.apart) first--;
  return parts.slice(first);
}

/**
 * Which of the days named so far (`parts`, of which `run` is the last run) a 休息 or 除外 is about: 周一至周五，节假日除外
 * keeps the first, 周六，周日休息 closes both. `at` is the piece to show. Throws `Refused` when it may be either.
 */
export function closedBy(item: Item, parts: SelectorItem[], run: SelectorItem[], at: string): SelectorItem[] {
  const rest = parts.filter((part) => !run.includes(part) && !isByDate(part));
  if (!rest.length) {
    const holidays = run.filter(isHoliday);
    const others = run.filter((part) => !isHoliday(part));
    if (!holidays.length || !(weekdaysOf(others) & WORKWEEK)) return parts;
    // 周一至周五法定节假日除外
    if (isWide(others) && item.kind === 'except_after' && isHoliday(run.at(-1)!)) return holidays;
    return isWide(others) ? refuse('days_unclear', at) : parts;
  }
  if (run[0]!.depth > rest[0]!.depth || isWide(rest)) return run;
  const weekdays = weekdaysOf(rest);
  if (!(weekdays & ~WEEKEND) || (count(weekdays) <= 2 && !run.some(isHoliday))) return parts;
  return refuse('days_unclear', at);
}
