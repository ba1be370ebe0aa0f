import { refuse } from './chinese-hours-reasons.ts';
import { type Item, type SelectorItem, isSelector } from './chinese-hours-reader.ts';
import { isHoliday, isWide } from './chinese-hours-selectors.ts';

/** Puts days written behind their times, as in 8:30-17:30（周一至周五）, in front of them. Throws `Refused`. */
export function daysFirst(items: Item[]): Item[] {
  const ordered: Item[] = [];
  for (let start = 0; start < items.length;) {
    const stop = items.findIndex((item, index) => index >= start && item.kind === 'stop');
    const end = stop < 0 ? items.length : stop + 1;
    const clause = items.slice(start, end);
    // 周一至周五；8:30-17:30: the days wait for their times.
    const waiting = isSelector(ordered.findLast((item) => item.kind !== 'stop'));
    ordered.push(...(waiting ? clause : clauseDaysFirst(clause)));
    start = end;
  }
  return ordered;
}

function clauseDaysFirst(clause: Item[]): Item[] {
  const ordered: Item[] = [];
  let rest = clause;
  while (rest[0]?.kind === 'span') {
    const times = takeWhile(rest, isAboutTimes);
    const days = takeWhile(rest.slice(times.length), isSelector) as SelectorItem[];
    const behind = days.slice(0, countBehind(days, rest.slice(times.length + days.length)));
    if (!behind.length) break;
    ordered.push(...behind, ...times);
    rest = rest.slice(times.length + behind.length);
  }
  return [...ordered, ...rest];
}

function isAboutTimes(item: Item): boolean {
  return item.kind === 'span' || item.kind === 'break' || item.kind === 'off';
}

/** How many of the `days` behind some times belong to those, and not to what follows. */
function countBehind(days: SelectorItem[], following: Item[]): number {
  const next = following[0];
  if (!days.length || !next || next.kind === 'stop' || next.kind === 'except_before') return days.length;
  if (next.kind === 'span') {
    // 8:00-18:00（周一至周五）9:00-12:00（周六）
    if (endsInDays(following)) return days.length;
    if (days[0]!.afterComma) return 0;
    return unclear(days);
  }
  // 8:00-18:00（周一至周五，节假日休息）: a 休息 has the last days to itself.
  const closed = days.findLastIndex((item) => item.afterComma || (isHoliday(item) && item.apart));
  if (closed > 0 && isWide(days.slice(0, closed))) return closed;
  if (closed > 0 && !days[0]!.afterComma) unclear(days);
  return 0;
}

function unclear(days: SelectorItem[]): never {
  const season = days.find((item) => item.kind === 'season');
  if (season && !days.some((item) => item.kind === 'dates')) refuse('season_without_dates', season.at);
  return refuse('days_unclear', days.map((item) => item.at).join(''));
}

function endsInDays(items: Item[]): boolean {
  return isSelector(items.findLast((item) => item.kind !== 'stop'));
}

function takeWhile(items: Item[], holds: (item: Item) => boolean): Item[] {
  const end = items.findIndex((item) => !holds(item));
  return end < 0 ? items : items.slice(0, end);
}
