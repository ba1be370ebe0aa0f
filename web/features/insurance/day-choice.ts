import { daysOf } from '#domain/insurance/day-ranges.ts';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { addDays, dayNumber } from '#domain/time/shanghai.ts';

/** Why a day cannot be chosen. `too_soon`: cover starts later; `too_far`: too far ahead. */
export type DayFault = 'past' | 'too_soon' | 'too_far' | 'covered' | 'held';

/** What a day is to the calendar besides being chosen. `by`: the employer that bought it; null for one's own. */
export type CoveredDay = { by: string | null; held: boolean };

export type DayLimits = {
  today: string;
  terms: Pick<PolicyTerms, 'startsAfterDays' | 'aheadDays' | 'longestTermDays'>;
  covered: ReadonlyMap<string, CoveredDay>;
};

export function firstDay({ today, terms }: DayLimits): string {
  return addDays(today, terms.startsAfterDays.value);
}

export function lastDay({ today, terms }: DayLimits): string {
  return addDays(today, terms.aheadDays.value);
}

export function dayFault(day: string, limits: DayLimits): DayFault | null {
  const known = limits.covered.get(day);
  if (known) return known.held ? 'held' : 'covered';
  if (day < limits.today) return 'past';
  if (day < firstDay(limits)) return 'too_soon';
  return day > lastDay(limits) ? 'too_far' : null;
}

/** The first `count` days from `from` on that can be chosen, covered ones passed over. */
export function nextDays(count: number, limits: DayLimits, from = firstDay(limits)): string[] {
  const days: string[] = [];
  const most = Math.min(count, limits.terms.longestTermDays.value);
  for (let day = from; day <= lastDay(limits) && days.length < most; day = addDays(day, 1)) {
    if (!dayFault(day, limits)) days.push(day);
  }
  return days;
}

/** All days between two, in either order, that can be chosen, at most as many as the terms allow. */
export function daysBetween(one: string, other: string, limits: DayLimits): string[] {
  const [from, to] = one < other ? [one, other] : [other, one];
  return daysOf([{ from, to }])
    .filter((day) => !dayFault(day, limits))
    .slice(0, limits.terms.longestTermDays.value);
}

/** The days of a month as weeks from Monday; null where a week reaches out of it. `month`: `YYYY-MM`. */
export function weeksOf(month: string): (string | null)[][] {
  const first = `${month}-01`;
  const lead = (((dayNumber(first) + 3) % 7) + 7) % 7;
  const cells: (string | null)[] = Array.from({ length: lead }, () => null);
  for (let day = first; day.startsWith(month); day = addDays(day, 1)) cells.push(day);
  while (cells.length % 7) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** `2026-12` after `2026-11`. */
export function monthAfter(month: string, months: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const index = year * 12 + number - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
