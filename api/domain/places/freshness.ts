import type { ReportKind, VerifiedFact } from './catalogue.ts';
import type { Freshness } from './office-contract.ts';
import type { ReportSummary, Verification } from './site.ts';
import { dayNumber } from '../time/shanghai.ts';

/** For how many days a check holds: `fresh` up to the first number, `ageing` up to the second, `stale` after it. */
export const FRESHNESS_DAYS = {
  /** A place moves when its lease ends, and leases run for years. */
  location: { fresh: 180, ageing: 365 },
  /** Opening hours change with the season and with a shop's staff. */
  hours: { fresh: 90, ageing: 180 },
  /** Water runs out and chargers break within weeks. */
  facilities: { fresh: 45, ageing: 90 },
} as const satisfies Record<VerifiedFact, { fresh: number; ageing: number }>;

/** A phone that was at the place saw it; the other one may speak of yesterday, or of another door. */
export const NEAR_WEIGHT = 1;
export const FAR_WEIGHT = 0.5;
/** So much riders' word puts a fact in question, or renews it: one who was there, or two who may not have been. */
export const ENOUGH_WEIGHT = 1;

/** What each kind of complaint speaks against. `confirmed` speaks for all three facts. */
export const FACT_OF_COMPLAINT = {
  locked: 'hours',
  hours_wrong: 'hours',
  moved: 'location',
  closed_for_good: 'location',
  no_water: 'facilities',
  facility_wrong: 'facilities',
} as const satisfies Record<Exclude<ReportKind, 'confirmed'>, VerifiedFact>;

export function complaintsAbout(fact: VerifiedFact): Exclude<ReportKind, 'confirmed'>[] {
  const kinds = Object.keys(FACT_OF_COMPLAINT) as (keyof typeof FACT_OF_COMPLAINT)[];
  return kinds.filter((kind) => FACT_OF_COMPLAINT[kind] === fact);
}

/** What there is to judge a place by; a rider's `SiteProperties` is such a thing. */
export type FreshnessEvidence = {
  verification: Readonly<Record<VerifiedFact, Pick<Verification, 'status' | 'date'>>>;
  reported?: ReportSummary | null | undefined;
};

/**
 * How sure a fact is on a day (`YYYY-MM-DD` in Asia/Shanghai). Time makes a check age; a confirmation by riders counts
 * as a check of its day, a complaint that nobody has answered puts the fact in question. What nobody of the office has
 * ever checked is `ageing` at best, however new the publication or the riders' word for it is.
 */
export function freshnessOf(
  fact: VerifiedFact,
  { verification, reported }: FreshnessEvidence,
  today: string,
): Freshness {
  const { status, date } = verification[fact];
  const checkedOn = status === 'verified' ? date : null;
  const complaint = complaintWeight(fact, reported, checkedOn);
  if (status === 'disputed' || complaint >= ENOUGH_WEIGHT) return 'contested';

  const { confirmed } = reported ?? {};
  const confirmedOn = confirmed && reportWeight(confirmed) >= ENOUGH_WEIGHT ? confirmed.last : null;
  const publishedOn = status === 'reported' ? date : null;
  const asOf = later(later(checkedOn, confirmedOn), publishedOn);
  if (asOf === null) return 'never';

  const ageDays = dayNumber(today) - dayNumber(asOf);
  const { fresh, ageing } = FRESHNESS_DAYS[fact];
  if (ageDays > ageing) return 'stale';
  return ageDays <= fresh && checkedOn !== null && complaint === 0 ? 'fresh' : 'ageing';
}

/** Whether somebody should look: what the workbench lists and the table's filter finds. */
export function needsLook(freshness: Freshness): boolean {
  return freshness === 'stale' || freshness === 'contested' || freshness === 'never';
}

/** Complaints about a fact that no check and no confirmation came after. */
function complaintWeight(
  fact: VerifiedFact,
  reported: FreshnessEvidence['reported'],
  checkedOn: string | null,
): number {
  const settledOn = later(checkedOn, reported?.confirmed?.last ?? null) ?? '';
  return complaintsAbout(fact)
    .flatMap((kind) => reported?.[kind] ?? [])
    .filter(({ last }) => last >= settledOn)
    .reduce((sum, complaint) => sum + reportWeight(complaint), 0);
}

function reportWeight({ count, near = 0 }: NonNullable<ReportSummary[ReportKind]>): number {
  return near * NEAR_WEIGHT + (count - near) * FAR_WEIGHT;
}

function later(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a;
}
