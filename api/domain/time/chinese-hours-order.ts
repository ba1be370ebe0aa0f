import { refuse } from './chinese-hours-reasons.ts';
import { type Item, type SelectorItem, isSelector } from './chinese-hours-reader.ts';
import { isHoliday, isWide } from './chinese-hours-selectors.ts';

/** Puts days written behind their times, as in 8:30-17:30（周一至周五）, in front of them. Throws `Refused`. */
export function daysFirst(items: Item[]): Item[] {
  const ordered: Item[] = [];
  const led = isSelector(items.find((item) => item.kind !== 'stop'));
  for (let start = 0; start < items.length;) {
    const stop = items.findIndex((item, index) => index >= start && item.kind === 'stop');
    const end = stop < 0 ? items.length : stop + 1;
    const clause = items.slice(start, end);
    // 周一至周五；8:30-17:30: the days wait for their times.
    const waiting = isSelector(ordered.findLast((item) => item.kind !== 'stop'));
    ordered.push(...(waiting ? clause : clauseDaysFirst(clause, items.slice(end), led)));
    start = end;
  }
  return ordered;
}

function clauseDaysFirst(clause: Item[], after: Item[], led: boolean): Item[] {
  const ordered: Item[] = [];
  let rest = clause;
  for (;;) {
    // 周一休息，8:00-18:00（周二至周日）
    const done = isSelector(rest[0]) && rest[1]?.kind === 'off' && rest[2]?.afterComma ? 2 : 0;
    ordered.push(...rest.slice(0, done));
    rest = rest.slice(done);
    if (rest[0]?.kind !== 'span') break;
    const times = takeWhile(rest, isAboutTimes);
    const days = takeWhile(rest.slice(times.length), isSelector) as SelectorItem[];
    const following = rest.slice(times.length + days.length);
    let behind = days.slice(0, countBehind(times[0]!, days, following));
    // 周一8:00-10:00；13:00-16:00，周二；18:00-20:00: the days may be for the times of the next line.
    if (behind.length && behind.length === days.length && awaitsDays(times[0]!, behind, following, after, led)) {
      behind = led && days[0]!.afterComma ? [] : unclear(days);
    }
    if (!behind.length) break;
    ordered.push(...behind, ...times);
    rest = rest.slice(times.length + behind.length);
  }
  return [...ordered, ...rest];
}

function awaitsDays(time: Item, behind: SelectorItem[], following: Item[], after: Item[], led: boolean): boolean {
  const endsClause = !following.length || following[0]!.kind === 'stop';
  const nextStop = after.findIndex((item) => item.kind === 'stop');
  const next = nextStop < 0 ? after : after.slice(0, nextStop);
  return endsClause && behind[0]!.depth <= time.depth && next[0]?.kind === 'span' && (led || !endsInDays(next));
}

function isAboutTimes(item: Item): boolean {
  return item.kind === 'span' || item.kind === 'break' || item.kind === 'off';
}

/** How many of the `days` behind some times belong to those, and not to what follows. */
function countBehind(time: Item, days: SelectorItem[], following: Item[]): number {
  const next = following[0];
  // 8:00-12:00（周一），周二休息: a bracket holds them together.
  const bracketed = [...days, ...following].findIndex(({ depth }) => depth <= time.depth);
  if (bracketed > 0 && bracketed <= days.length) return bracketed;
  if (!days.length || !next || next.kind === 'stop' || next.kind === 'except_before') return days.length;
  if (next.kind === 'span') {
    // 8:00-18:00（周末9:00-17:00）
    if (days[0]!.depth > time.depth && next.depth === days[0]!.depth) return 0;
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
