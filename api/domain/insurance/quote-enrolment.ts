import { addDays } from '../time/shanghai.ts';
import { countDays, type Days, rangesOf } from './day-ranges.ts';
import type { PolicyTerms } from './policy-terms.ts';

/** What of the terms a quote depends on. */
export type SaleTerms = Pick<
  PolicyTerms,
  'ownShareFenPerDay' | 'subsidyFenPerDay' | 'minAge' | 'maxAge' | 'startsAfterDays' | 'longestTermDays' | 'aheadDays'
>;

/** Why days cannot be bought; `day` is the first one that is at fault. */
export type SaleFault =
  | { code: 'no_days' }
  | { code: 'too_soon'; day: string; earliest: string }
  | { code: 'too_far_ahead'; day: string; latest: string }
  | { code: 'too_many_days'; mostDays: number }
  | { code: 'too_young'; day: string; minAge: number }
  | { code: 'too_old'; day: string; maxAge: number };

export type EnrolmentQuote =
  | { ok: true; ranges: Days[]; coveredDays: number; ownFen: number; subsidyFen: number }
  | { ok: false; fault: SaleFault };

/** Whole years on a day. Who was born on the 29th of February is a year older on the 1st of March of an ordinary year. */
export function ageOn(birthDay: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDay.slice(0, 4));
  return day.slice(5) < birthDay.slice(5) ? years - 1 : years;
}

/** The first and the last day that can be bought on the day `today`. */
export function saleWindow(terms: SaleTerms, today: string): Days {
  return { from: addDays(today, terms.startsAfterDays.value), to: addDays(today, terms.aheadDays.value) };
}

/**
 * Whether these days can be bought on the day `today`, and what they cost. `birthDay` is null while the person is not
 * known yet: then ages are not judged.
 */
export function quoteEnrolment({
  days,
  terms,
  today,
  birthDay,
}: {
  days: readonly string[];
  terms: SaleTerms;
  today: string;
  birthDay: string | null;
}): EnrolmentQuote {
  const ranges = rangesOf(days);
  const [first, last] = [ranges[0]?.from, ranges.at(-1)?.to];
  if (first === undefined || last === undefined) return refuse({ code: 'no_days' });
  const window = saleWindow(terms, today);
  if (first < window.from) return refuse({ code: 'too_soon', day: first, earliest: window.from });
  if (last > window.to) return refuse({ code: 'too_far_ahead', day: last, latest: window.to });
  const coveredDays = countDays(ranges);
  const mostDays = terms.longestTermDays.value;
  if (coveredDays > mostDays) return refuse({ code: 'too_many_days', mostDays });
  const fault = birthDay === null ? null : judgeAge(birthDay, first, last, terms);
  if (fault) return refuse(fault);
  return {
    ok: true,
    ranges,
    coveredDays,
    ownFen: coveredDays * terms.ownShareFenPerDay.value,
    subsidyFen: coveredDays * terms.subsidyFenPerDay.value,
  };
}

const refuse = (fault: SaleFault) => ({ ok: false as const, fault });

/** Age only grows: the youngest day is the first, the oldest the last. */
function judgeAge(birthDay: string, first: string, last: string, terms: SaleTerms): SaleFault | null {
  const [minAge, maxAge] = [terms.minAge.value, terms.maxAge.value];
  if (ageOn(birthDay, first) < minAge) return { code: 'too_young', day: first, minAge };
  if (ageOn(birthDay, last) > maxAge) return { code: 'too_old', day: last, maxAge };
  return null;
}

type TermsVersion = { version: string; validFrom: string; createdAtMs: number };

/**
 * The terms that hold for a covered day: the ones that began last before it. Of two that begin on the same day it is the
 * one that was made later. Null before the first.
 */
export function termsForDay<T extends TermsVersion>(versions: readonly T[], day: string): T | null {
  const begun = versions.filter(({ validFrom }) => validFrom <= day);
  return begun.reduce<T | null>((best, version) => (best === null || isLater(version, best) ? version : best), null);
}

function isLater(a: TermsVersion, b: TermsVersion): boolean {
  return a.validFrom === b.validFrom ? a.createdAtMs > b.createdAtMs : a.validFrom > b.validFrom;
}
