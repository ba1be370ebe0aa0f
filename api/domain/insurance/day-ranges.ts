import { addDays, dayFromNumber, dayNumber } from '../time/shanghai.ts';

/** Days from the first to the last, both included, as `YYYY-MM-DD`. */
export type Days = { from: string; to: string };

/** The fewest ranges that hold exactly these days, in order. A day that is named twice counts once. */
export function rangesOf(days: readonly string[]): Days[] {
  const ranges: Days[] = [];
  for (const day of [...new Set(days)].sort()) {
    const last = ranges.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges;
}

export function daysOf(ranges: readonly Days[]): string[] {
  return ranges.flatMap(({ from, to }) => {
    const first = dayNumber(from);
    return Array.from({ length: dayNumber(to) - first + 1 }, (_, i) => dayFromNumber(first + i));
  });
}

export function countDays(ranges: readonly Days[]): number {
  return ranges.reduce((sum, { from, to }) => sum + dayNumber(to) - dayNumber(from) + 1, 0);
}

export function includesDay(ranges: readonly Days[], day: string): boolean {
  return ranges.some(({ from, to }) => from <= day && day <= to);
}

/** What of a range lies before a day, and what from it on; null: nothing. */
export function splitAt({ from, to }: Days, day: string): { before: Days | null; after: Days | null } {
  return {
    before: from < day ? { from, to: to < day ? to : addDays(day, -1) } : null,
    after: to >= day ? { from: from > day ? from : day, to } : null,
  };
}
