import type { DateRange, OpeningHours, Rule, TimeSpan } from './opening-rules.ts';

/** Days of one year on which other hours hold. `times` null: closed on them. */
export type DatedException = { from: string; to: string; times: TimeSpan[] | null; comment?: string };

/**
 * Hours as those of every week or season, and the dated exceptions at their end (`; 2026 Feb 16-20 off`). Rules that
 * are more than a plain exception stay with the first part, and so does everything before them.
 */
export function splitExceptions({ rules, ...rest }: OpeningHours): {
  base: OpeningHours;
  exceptions: DatedException[];
} {
  let first = rules.length;
  while (first > 1 && isException(rules[first - 1]!)) first--;
  return { base: { ...rest, rules: rules.slice(0, first) }, exceptions: rules.slice(first).flatMap(toExceptions) };
}

/** The same hours with these exceptions instead of those they had. */
export function withExceptions(base: OpeningHours, exceptions: readonly DatedException[]): OpeningHours {
  return { ...base, rules: [...base.rules, ...exceptions.map(toRule)] };
}

function isException({ joint, dates, weekdays, nth, publicHoliday, times, state }: Rule): boolean {
  const dated = dates.length > 0 && dates.every(({ from, to }) => isDay(from) && isDay(to));
  const plain = state === 'closed' ? !times.length : state === 'open' && times.every(({ openEnd }) => !openEnd);
  return joint === 'replace' && dated && !weekdays && !nth.length && !publicHoliday && plain;
}

/** Of a stated year, and not the "day 31" that ends a range of whole months. */
function isDay(date: number): boolean {
  return date > 1231 && toNumber(toDay(date)) === date;
}

function toExceptions({ dates, times, state, comment }: Rule): DatedException[] {
  return dates.map(({ from, to }) => ({
    from: toDay(from),
    to: toDay(to),
    times: state === 'closed' ? null : times.length ? times : [{ startMin: 0, endMin: 1440 }],
    ...(comment !== undefined && { comment }),
  }));
}

function toRule({ from, to, times, comment }: DatedException): Rule {
  const dates: DateRange[] = [{ from: toNumber(from), to: toNumber(to) }];
  const state = times ? 'open' : 'closed';
  const rule: Rule = { joint: 'replace', dates, weekdays: 0, nth: [], publicHoliday: false, times: times ?? [], state };
  return comment === undefined ? rule : { ...rule, comment };
}

/** `2026-02-16` of 20260216; the nearest real day where there is none. */
function toDay(date: number): string {
  const [year, month, day] = [Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100];
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}

function toNumber(day: string): number {
  return Number(day.replaceAll('-', ''));
}
