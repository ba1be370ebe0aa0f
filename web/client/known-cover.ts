import type { DayRange } from '#domain/insurance/enrolment-contract.ts';

/** A range of covered days as this phone last saw it; `by`: the employer that bought it, null for one's own. */
export type KnownCover = DayRange & { by: string | null; held: boolean; code: string };

/** What this phone remembers for somebody without a network. `identityKept`: name and ID number are known already. */
export type KnownOnPhone = { days: KnownCover[]; identityKept: boolean };

const STORAGE_KEY = 'luyi.cover';

/** What this phone saw last, for somebody without a network after an accident; null: it never saw any answer. */
export function readKnownCover(): KnownOnPhone | null {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null') as KnownOnPhone | null;
  } catch {
    return null;
  }
}

/** Whoever signs out takes their days along. */
export function keepKnownCover(known: KnownOnPhone | null): void {
  try {
    if (known) localStorage.setItem(STORAGE_KEY, JSON.stringify(known));
    else localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Storage refused: without a network nothing is then known.
  }
}
