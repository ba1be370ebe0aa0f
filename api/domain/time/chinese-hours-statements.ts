import type { Draft } from './chinese-hours-drafts.ts';
import { refuse } from './chinese-hours-reasons.ts';
import { count, isByDate } from './chinese-hours-selectors.ts';
import { EVERY_DAY, WEEKEND } from './chinese-weekdays.ts';
import type { DateRange, Rule, TimeSpan } from './opening-rules.ts';
import { MINUTES_PER_DAY } from './shanghai.ts';

/** A statement for weekdays (0: any day) or for public holidays, ready to be compared with others. */
export type Statement = {
  draft: Draft;
  weekdays: number;
  dates: DateRange[];
  times: TimeSpan[];
  state: Rule['state'];
  comment?: string;
};

/** 周一至周五 上午8:30-12:00；周一至周五 下午14:30-18:00 is one statement; the same said twice is said once. */
export function mergeSame(statements: Statement[]): Statement[] {
  const merged: Statement[] = [];
  for (const statement of statements) {
    const same = merged.find(
      (one) => daysOf(one) === daysOf(statement) && JSON.stringify(one.dates) === JSON.stringify(statement.dates),
    );
    if (!same) merged.push(statement);
    else if (same.state !== statement.state) refuse('contradiction', statement.draft.at);
    else {
      const added = statement.times.filter((span) => !same.times.some((one) => sameSpan(one, span)));
      same.times = sorted([...same.times, ...added], statement.draft.at);
      same.weekdays ||= statement.weekdays;
    }
  }
  return merged;
}

function sameSpan(a: TimeSpan, b: TimeSpan): boolean {
  return a.startMin === b.startMin && a.endMin === b.endMin;
}

export function sorted(spans: TimeSpan[], at: string): TimeSpan[] {
  const inOrder = spans.slice().sort((a, b) => a.startMin - b.startMin);
  inOrder.forEach((span, index) => {
    const next = inOrder[index + 1];
    if (next && next.startMin < span.endMin) refuse('contradiction', at);
  });
  return inOrder;
}

/** Two statements that meet must be one within the other: the narrower is an exception to the wider. */
export function compareAll(statements: Statement[], drafts: Draft[]): void {
  statements.forEach((one, index) => {
    for (const other of statements.slice(index + 1)) {
      const [wide, narrow] = width(one) >= width(other) ? [one, other] : [other, one];
      if (!meet(wide, narrow)) continue;
      const wideDates = datesSet(wide.dates);
      const within =
        (daysOf(narrow) & ~daysOf(wide)) === 0 && [...datesSet(narrow.dates)].every((day) => wideDates.has(day));
      if (!within) refuse(dayless(wide) !== dayless(narrow) ? 'days_unclear' : 'contradiction', narrow.draft.at);
      // 8:30-12:00，14:30-17:30（6月-9月15:00-18:00）may be about the afternoon alone.
      if (
        narrow === other &&
        narrow.dates.length &&
        narrow.state === 'open' &&
        narrow.times.length < wide.times.length
      ) {
        refuse('days_unclear', narrow.draft.at);
      }
    }
  });
  // 周一至周五8:00-18:00；7月-8月8:00-20:00 does not say whether July has weekends.
  const undated = statements.filter(({ dates, state }) => !dates.length && state === 'open');
  const everyDay = undated.reduce((bits, one) => bits | daysOf(one), 0);
  for (const one of statements) {
    if (one.dates.length && dayless(one) && one.state === 'open' && everyDay && everyDay !== EVERY_DAY) {
      refuse('days_unclear', one.draft.at);
    }
  }
  // 8:00-18:00；周六9:00-12:00 leaves Sunday in the dark.
  const silent = undated.find(dayless);
  const spoken = statements.filter((one) => !one.dates.length && !dayless(one));
  const atWeekend = spoken.reduce((bits, one) => bits | (one.weekdays & WEEKEND), 0);
  if (silent && count(atWeekend) === 1 && spoken.some((one) => one.state === 'open' && one.weekdays & atWeekend)) {
    refuse('days_unclear', silent.draft.at);
  }
  // Dates carried on to later days must leave no season without those days.
  if (!drafts.some(({ inherited }) => inherited.some(isByDate))) return;
  const bySeason = new Map<string, number>();
  for (const one of statements) {
    const season = JSON.stringify(one.dates);
    if (one.dates.length) bySeason.set(season, (bySeason.get(season) ?? 0) | daysOf(one));
  }
  if (new Set(bySeason.values()).size > 1) refuse('days_unclear', drafts.at(-1)!.at);
}

/** As written, but for a wider statement written after its exception. */
export function exceptionsLast(statements: Statement[]): Statement[] {
  const ordered: Statement[] = [];
  for (const statement of statements) {
    const exception = ordered.findIndex((one) => meet(one, statement) && width(one) < width(statement));
    ordered.splice(exception < 0 ? ordered.length : exception, 0, statement);
  }
  return ordered;
}

function meet(a: Statement, b: Statement): boolean {
  const dates = datesSet(a.dates);
  return (daysOf(a) & daysOf(b)) !== 0 && [...datesSet(b.dates)].some((day) => dates.has(day));
}

export function dayless({ weekdays }: Statement): boolean {
  return weekdays === 0;
}

export function daysOf({ weekdays }: Statement): number {
  return weekdays || EVERY_DAY;
}

/** 24 hours on every day of the year. */
export function isAlways({ times, weekdays, dates }: Statement): boolean {
  const wholeDay = times.length === 1 && times[0]!.startMin === 0 && times[0]!.endMin === MINUTES_PER_DAY;
  return wholeDay && !dates.length && (weekdays === 0 || weekdays === EVERY_DAY);
}

/** How much of the year a statement speaks of; with a year, less than any without. */
function width({ dates, weekdays }: Statement): number {
  const dated = dates.some(({ from }) => from > 1231);
  return (dated ? 0 : datesSet(dates).size) * 10 + count(weekdays || EVERY_DAY);
}

const WHOLE_YEAR = new Set(Array.from({ length: 372 }, (_, index) => index));

/** Days of the year, each month counted as 31, whatever the year. */
export function datesSet(dates: DateRange[]): ReadonlySet<number> {
  if (!dates.length) return WHOLE_YEAR;
  const days = new Set<number>();
  for (const { from, to } of dates) {
    if (from > 1231 && to - from >= 10000) return WHOLE_YEAR;
    for (let day = dayIndex(from); ; day = (day + 1) % 372) {
      days.add(day);
      if (day === dayIndex(to)) break;
    }
  }
  return days;
}

function dayIndex(date: number): number {
  return (Math.floor((date % 10000) / 100) - 1) * 31 + (date % 100) - 1;
}
