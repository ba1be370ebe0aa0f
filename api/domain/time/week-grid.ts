import { type DayFacts, dayTimeline } from './day-timeline.ts';
import type { DayKind } from './holidays.ts';
import type { OpeningHours, Rule, TimeSpan } from './opening-rules.ts';
import { MINUTES_PER_DAY } from './shanghai.ts';

export const SLOT_MIN = 30;
export const SLOTS_PER_DAY = MINUTES_PER_DAY / SLOT_MIN;
export const DAYS_PER_WEEK = 7;

/**
 * Hours painted on a week. `slots` has one boolean per half hour, Monday 00:00 first: weekday * 48 + half hour.
 * `holidays`: what happens on public holidays: nothing special, closed, or hours of their own (48 half hours, not all
 * of them closed).
 */
export type WeekGrid = { slots: readonly boolean[]; holidays: 'as_weekday' | 'closed' | readonly boolean[] };

export const EMPTY_GRID: WeekGrid = {
  slots: Array.from({ length: DAYS_PER_WEEK * SLOTS_PER_DAY }, () => false),
  holidays: 'as_weekday',
};

/** The half hours of a weekday, Monday = 0. */
export function daySlots(grid: WeekGrid, weekday: number): readonly boolean[] {
  return grid.slots.slice(weekday * SLOTS_PER_DAY, (weekday + 1) * SLOTS_PER_DAY);
}

/**
 * Hours as a grid, or null when the grid cannot say all of what they mean: dates, seasons, words, open ends, other
 * minutes than the half hours. Whatever is shown can be written back (`hoursOfGrid`) with the same meaning on every day.
 */
export function gridOfHours(hours: OpeningHours): WeekGrid | null {
  if (hours.season || hours.rules.some(isBeyondWeek)) return null;
  const slots = [...EMPTY_GRID.slots];
  for (let weekday = 0; weekday < DAYS_PER_WEEK; weekday++) {
    for (const [from, to] of begunOn(hours, weekday, 'ordinary')) {
      for (let slot = from; slot < to; slot++) slots[(weekday * SLOTS_PER_DAY + slot) % slots.length] = true;
    }
  }
  const grid: WeekGrid = { slots, holidays: holidaysOf(hours) };
  return meansTheSame(hours, hoursOfGrid(grid)) ? grid : null;
}

/** A grid as hours, days with the same hours together. Nothing painted is hours that say "never open". */
export function hoursOfGrid(grid: WeekGrid): OpeningHours {
  const { holidays } = grid;
  const spans = spansOfWeek(grid);
  const ownHolidays = typeof holidays !== 'string' && holidays.some(Boolean);
  if (holidays === 'as_weekday' && grid.slots.every(Boolean)) return { rules: [openRule({})] };

  const rules: Rule[] = [];
  spans.forEach((times, weekday) => {
    if (!times.length) return;
    const same = rules.find((rule) => isSame(rule.times, times));
    if (same) same.weekdays |= 1 << weekday;
    else rules.push(openRule({ weekdays: 1 << weekday, times }));
  });
  if (!rules.length) rules.push({ ...openRule({}), state: 'closed' });
  if (ownHolidays) {
    const holidaySpans = runsOf(holidays).map(toSpan);
    // Only the last rule: a later one would take the holidays of its own weekdays back.
    const last = rules.at(-1)!;
    if (last.state === 'open' && isSame(last.times, holidaySpans)) last.publicHoliday = true;
    else rules.push(openRule({ publicHoliday: true, times: holidaySpans }));
  }
  if (!ownHolidays && holidays !== 'as_weekday') rules.push({ ...openRule({ publicHoliday: true }), state: 'closed' });
  return { rules };
}

/** A half hour of the grid. `row`: 0 for Monday to 6 for Sunday, `HOLIDAY_ROW` where holidays have their own hours. */
export type GridCell = { row: number; slot: number };
export const HOLIDAY_ROW = 7;

export function isPainted(grid: WeekGrid, { row, slot }: GridCell): boolean {
  if (row === HOLIDAY_ROW) return typeof grid.holidays !== 'string' && grid.holidays[slot] === true;
  return grid.slots[row * SLOTS_PER_DAY + slot] === true;
}

/** Every half hour between two cells (a rectangle of rows and times) painted or cleared. */
export function paintCells(grid: WeekGrid, from: GridCell, to: GridCell, open: boolean): WeekGrid {
  const [firstRow, lastRow] = [Math.min(from.row, to.row), Math.max(from.row, to.row)];
  const [first, last] = [Math.min(from.slot, to.slot), Math.max(from.slot, to.slot)];
  const painted = (row: number, slot: number) => row >= firstRow && row <= lastRow && slot >= first && slot <= last;
  const slots = grid.slots.map((was, index) =>
    painted(Math.floor(index / SLOTS_PER_DAY), index % SLOTS_PER_DAY) ? open : was,
  );
  const { holidays } = grid;
  if (typeof holidays === 'string') return { slots, holidays };
  return { slots, holidays: holidays.map((was, slot) => (painted(HOLIDAY_ROW, slot) ? open : was)) };
}

function openRule(of: Partial<Pick<Rule, 'weekdays' | 'publicHoliday' | 'times'>>): Rule {
  return { joint: 'replace', dates: [], weekdays: 0, nth: [], publicHoliday: false, times: [], state: 'open', ...of };
}

function isBeyondWeek({ dates, nth, comment, state, times }: Rule): boolean {
  return Boolean(dates.length || nth.length || comment !== undefined || state === 'unknown' || times.some(isOffGrid));
}

function isOffGrid({ startMin, endMin, openEnd }: TimeSpan): boolean {
  return Boolean(openEnd) || startMin % SLOT_MIN !== 0 || endMin % SLOT_MIN !== 0;
}

/** What is open and begins on a day, in half hours; past 48 when it reaches into the next day. */
function begunOn(hours: OpeningHours, weekday: number, kind: DayKind): [from: number, to: number][] {
  return dayTimeline(hours, someDay(weekday - 1, 'ordinary'), someDay(weekday, kind))
    .filter(({ state, fromYesterday }) => state === 'open' && !fromYesterday)
    .map(({ startMin, endMin }) => [startMin / SLOT_MIN, endMin / SLOT_MIN]);
}

/** Read off a Monday: when other weekdays' holidays differ, the grid does not mean the same and is not used. */
function holidaysOf(hours: OpeningHours): WeekGrid['holidays'] {
  if (!hours.rules.some(({ publicHoliday }) => publicHoliday)) return 'as_weekday';
  const slots = Array.from({ length: SLOTS_PER_DAY }, () => false);
  for (const [from, to] of begunOn(hours, 0, 'holiday')) slots.fill(true, from, to);
  return slots.some(Boolean) ? slots : 'closed';
}

/** Runs of each day; one that goes on after midnight until noon at most is written with the day it began on. */
function spansOfWeek(grid: WeekGrid): TimeSpan[][] {
  const runs = Array.from({ length: DAYS_PER_WEEK }, (_, weekday) => runsOf(daySlots(grid, weekday)));
  const tails = runs.map((today, weekday) => {
    const last = today.at(-1);
    const next = runs[(weekday + 1) % DAYS_PER_WEEK]![0];
    const goesOn = last?.[1] === SLOTS_PER_DAY && last[0] > 0 && next?.[0] === 0;
    return goesOn && next[1] <= Math.min(last[0], SLOTS_PER_DAY / 2) ? next[1] : 0;
  });
  return runs.map((today, weekday) => {
    const taken = tails[(weekday + DAYS_PER_WEEK - 1) % DAYS_PER_WEEK]! > 0;
    return today
      .filter((_, index) => !(taken && index === 0))
      .map(([from, to]): TimeSpan => toSpan([from, to === SLOTS_PER_DAY ? to + tails[weekday]! : to]));
  });
}

function runsOf(slots: readonly boolean[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  slots.forEach((open, slot) => {
    const last = runs.at(-1);
    if (!open) return;
    if (last?.[1] === slot) last[1] = slot + 1;
    else runs.push([slot, slot + 1]);
  });
  return runs;
}

function toSpan([from, to]: readonly [number, number]): TimeSpan {
  return { startMin: from * SLOT_MIN, endMin: to * SLOT_MIN };
}

function isSame(a: readonly TimeSpan[], b: readonly TimeSpan[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ startMin, endMin }, i) => startMin === b[i]!.startMin && endMin === b[i]!.endMin)
  );
}

const KINDS = ['ordinary', 'holiday', 'makeup_workday'] as const satisfies DayKind[];

/** Whether two hours without dates open and close alike on every weekday, holiday, make-up workday and day after one. */
function meansTheSame(a: OpeningHours, b: OpeningHours): boolean {
  const follow = [a, b].map((hours) => hours.rules.some(({ publicHoliday }) => publicHoliday));
  if (follow[0] !== follow[1]) return false;
  const kinds = follow[0] ? KINDS : KINDS.slice(0, 1);
  for (let weekday = 0; weekday < DAYS_PER_WEEK; weekday++) {
    for (const before of kinds) {
      for (const kind of kinds) {
        const days = [someDay(weekday - 1, before), someDay(weekday, kind)] as const;
        if (openMinutes(a, ...days) !== openMinutes(b, ...days)) return false;
      }
    }
  }
  return true;
}

/** The open stretches of a day from 00:00 to 24:00 as one comparable text. */
function openMinutes(hours: OpeningHours, yesterday: DayFacts, today: DayFacts): string {
  const open: [number, number][] = [];
  for (const { startMin, endMin, state } of dayTimeline(hours, yesterday, today)) {
    const [from, to] = [Math.max(0, startMin), Math.min(MINUTES_PER_DAY, endMin)];
    if (state !== 'open' || from >= to) continue;
    const last = open.at(-1);
    if (last?.[1] === from) last[1] = to;
    else open.push([from, to]);
  }
  return open.join(' ');
}

/** A day in the middle of a month that no rule of a week can tell from another with this weekday. */
function someDay(weekday: number, kind: DayKind): DayFacts {
  const inWeek = (weekday + DAYS_PER_WEEK) % DAYS_PER_WEEK;
  return { number: inWeek, monthDay: 615, year: 2026, dayOfMonth: 15, daysInMonth: 30, weekday: inWeek, kind };
}
