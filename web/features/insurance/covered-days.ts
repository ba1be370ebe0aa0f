import { daysOf } from '#domain/insurance/day-ranges.ts';
import type { KnownCover } from '../../client/known-cover.ts';
import type { CoveredDay } from './day-choice.ts';

/** Each covered (or held) day with who bought it, for calendars and checks. */
export function coveredDays(known: readonly KnownCover[]): Map<string, CoveredDay> {
  const days = new Map<string, CoveredDay>();
  for (const { by, held, ...range } of known) {
    for (const day of daysOf([range])) if (held ? !days.has(day) : true) days.set(day, { by, held });
  }
  return days;
}
