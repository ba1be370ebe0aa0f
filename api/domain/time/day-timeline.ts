import { type DayKind, type HolidayLookup, dayKind } from './holidays.ts';
import type { DateRange, OpeningHours, OpeningState, Rule, TimeSpan } from './opening-rules.ts';
import { MINUTES_PER_DAY, dateOf, daysInMonth, weekdayOf } from './shanghai.ts';

/** What the rules ask about a day. */
export type DayFacts = {
  number: number;
  /** month * 100 + day */
  monthDay: number;
  year: number;
  dayOfMonth: number;
  daysInMonth: number;
  weekday: number;
  kind: DayKind;
};

/** A stretch of a day's timeline, in minutes after its midnight. */
export type Stretch = {
  startMin: number;
  endMin: number;
  state: OpeningState;
  comment: string | undefined;
  /** It may go on beyond its end. */
  openEnd: boolean;
  /** It began on the day before. */
  fromYesterday: boolean;
};

/** Without a calendar every day is an ordinary one. */
export function dayFacts(number: number, calendar: HolidayLookup | null): DayFacts {
  const { year, month, dayOfMonth } = dateOf(number);
  return {
    number,
    monthDay: month * 100 + dayOfMonth,
    year,
    dayOfMonth,
    daysInMonth: daysInMonth(year, month),
    weekday: weekdayOf(number),
    kind: calendar ? dayKind(calendar, number, year) : 'ordinary',
  };
}

/**
 * Lays the rules out on `today`, together with what began on `yesterday`: stretches that do not overlap, sorted by
 * start, some before minute 0 and some past 1440. Rules paint in order, later over earlier. What no rule speaks of is
 * closed; what a rule closes stays as a `closed` stretch, so that no fallback fills it.
 *
 * Hours past midnight belong to the day they begin on: `Fr 22:00-04:00; Sa off` is open until Saturday 04:00. So a rule
 * without times leaves the tail of the night before alone, and only one that names times paints over it.
 */
export function dayTimeline(hours: OpeningHours, yesterday: DayFacts, today: DayFacts): Stretch[] {
  let painted: Stretch[] = [];
  for (const rule of hours.rules) {
    const fallback = rule.joint === 'fallback';
    const wholeDay = !rule.times.length;
    for (const day of [yesterday, today]) {
      if (!ruleApplies(rule, day) || !inSeason(hours.season, day)) continue;
      const fromYesterday = day === yesterday;
      // `; 12:00-13:00 off` takes an hour out of the day; every other `;` rule, and any that speaks of the whole day,
      // starts its day afresh.
      if (!fallback && (wholeDay || (rule.joint === 'replace' && rule.state !== 'closed'))) {
        painted = painted.filter((stretch) => stretch.fromYesterday !== fromYesterday);
      }
      for (const stretch of stretchesOf(rule, fromYesterday)) {
        painted = fallback || wholeDay ? paintUnder(painted, stretch) : paintOver(painted, stretch);
      }
    }
  }
  return painted.sort((a, b) => a.startMin - b.startMin);
}

const WHOLE_DAY: TimeSpan[] = [{ startMin: 0, endMin: MINUTES_PER_DAY }];

function stretchesOf(rule: Rule, fromYesterday: boolean): Stretch[] {
  const offset = fromYesterday ? -MINUTES_PER_DAY : 0;
  const found: Stretch[] = [];
  const push = (startMin: number, endMin: number, state: OpeningState, openEnd: boolean) =>
    found.push({
      startMin: startMin + offset,
      endMin: endMin + offset,
      state,
      comment: rule.comment,
      openEnd,
      fromYesterday,
    });
  for (const { startMin, endMin, openEnd } of rule.times.length ? rule.times : WHOLE_DAY) {
    if (!openEnd) push(startMin, endMin, rule.state, false);
    // `09:00+` is open, until when is not known; the text says nothing beyond the day, so neither do we.
    else if (startMin === endMin) push(startMin, MINUTES_PER_DAY, rule.state, true);
    else {
      push(startMin, endMin, rule.state, endMin >= MINUTES_PER_DAY);
      // `17:00-20:00+` is open until 20:00 for certain, and perhaps later.
      if (endMin < MINUTES_PER_DAY) push(endMin, MINUTES_PER_DAY, 'unknown', false);
    }
  }
  return found;
}

function paintOver(painted: Stretch[], added: Stretch): Stretch[] {
  return [...painted.flatMap((stretch) => without(stretch, added)), added];
}

function paintUnder(painted: Stretch[], added: Stretch): Stretch[] {
  return painted
    .reduce((pieces, stretch) => pieces.flatMap((piece) => without(piece, stretch)), [added])
    .concat(painted);
}

/** What is left of a stretch when the time of another is cut out of it. */
function without(stretch: Stretch, hole: Stretch): Stretch[] {
  if (stretch.endMin <= hole.startMin || stretch.startMin >= hole.endMin) return [stretch];
  const left: Stretch[] = [];
  if (stretch.startMin < hole.startMin) left.push({ ...stretch, endMin: hole.startMin, openEnd: false });
  if (stretch.endMin > hole.endMin) left.push({ ...stretch, startMin: hole.endMin });
  return left;
}

function inSeason(season: DateRange[] | undefined, day: DayFacts): boolean {
  return !season || season.some((range) => dateInRange(range, day));
}

/** Whether a rule speaks of a day, the season aside. */
export function ruleApplies(rule: Rule, day: DayFacts): boolean {
  if (rule.dates.length && !rule.dates.some((range) => dateInRange(range, day))) return false;
  if (!rule.weekdays && !rule.nth.length && !rule.publicHoliday) return true;
  return (
    (rule.publicHoliday && day.kind === 'holiday') ||
    (rule.weekdays & (1 << servedWeekday(day))) !== 0 ||
    rule.nth.some(({ weekday, nth }) => weekday === day.weekday && nth === nthFrom(nth, day))
  );
}

/**
 * The weekday whose hours a day has. The State Council says that a make-up Saturday or Sunday is a workday, not which;
 * its neighbour in the working week is the likeliest: Friday for Saturday, Monday for Sunday. `We[2]` and the like mean
 * that very date and are not moved.
 */
function servedWeekday(day: DayFacts): number {
  if (day.kind !== 'makeup_workday') return day.weekday;
  return day.weekday === 5 ? 4 : day.weekday === 6 ? 0 : day.weekday;
}

/** The how-manieth of its weekday in the month a day is, counted from the end (-1 the last) when `nth` is negative. */
function nthFrom(nth: number, day: DayFacts): number {
  return nth > 0 ? Math.ceil(day.dayOfMonth / 7) : -Math.ceil((day.daysInMonth - day.dayOfMonth + 1) / 7);
}

function dateInRange({ from, to }: DateRange, day: DayFacts): boolean {
  const date = from > 1231 ? day.year * 10000 + day.monthDay : day.monthDay;
  return from <= to ? from <= date && date <= to : date >= from || date <= to;
}
