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

/** What speaks against each fact; no complaint speaks against two. `confirmed` speaks for all three. */
const COMPLAINTS = {
  location: ['moved', 'closed_for_good'],
  hours: ['locked', 'hours_wrong'],
  facilities: ['no_water', 'facility_wrong'],
} as const satisfies Record<VerifiedFact, readonly ReportKind[]>;

export function complaintsAbout(fact: VerifiedFact): readonly Exclude<ReportKind, 'confirmed'>[] {
  return COMPLAINTS[fact];
}

/** What there is to judge a place by; a rider's `SiteProperties` is such a thing. */
export type FreshnessEvidence = {
  verification: Readonly<Record<VerifiedFact, Pick<Verification, 'status' | 'date'>>>;
  reported?: ReportSummary | null | undefined;
};

/** Who last vouched for a fact, and on which day: an office's check, riders' word, or a publication. */
export type FreshnessBasis = { by: 'check' | 'riders' | 'publication'; day: string };
/** A complaint that no check and no confirmation came after. */
export type OpenComplaint = { kind: ReportKind; last: string };

export type JudgedFact = {
  freshness: Freshness;
  /** The newest of what speaks for the fact; null when nothing does. */
  basis: FreshnessBasis | null;
  /** The newest that speaks against it. */
  complaint: OpenComplaint | null;
};

/**
 * How sure a fact is on a day (`YYYY-MM-DD` in Asia/Shanghai), and why. Time makes a check age; a confirmation by
 * riders counts as a check of its day, a complaint that nobody has answered puts the fact in question. What nobody of
 * the office has ever checked is `ageing` at best, however new the publication or the riders' word for it is.
 */
export function judgeFact(
  fact: VerifiedFact,
  { verification, reported }: FreshnessEvidence,
  today: string,
): JudgedFact {
  const { status, date } = verification[fact];
  const checkedOn = status === 'verified' ? date : null;
  const confirmed = reported?.confirmed;
  let basis: FreshnessBasis | null = checkedOn === null ? null : { by: 'check', day: checkedOn };
  function take(by: FreshnessBasis['by'], day: string | null): void {
    if (day !== null && (basis === null || day > basis.day)) basis = { by, day };
  }
  if (confirmed && reportWeight(confirmed) >= ENOUGH_WEIGHT) take('riders', confirmed.last);
  if (status === 'reported') take('publication', date);

  let complaint: OpenComplaint | null = null;
  let weight = 0;
  for (const kind of COMPLAINTS[fact]) {
    const said = reported?.[kind];
    if (!said || said.last < (confirmed?.last ?? '') || said.last < (checkedOn ?? '')) continue;
    weight += reportWeight(said);
    if (complaint === null || said.last > complaint.last) complaint = { kind, last: said.last };
  }
  return { freshness: decayed(), basis, complaint };

  function decayed(): Freshness {
    if (status === 'disputed' || weight >= ENOUGH_WEIGHT) return 'contested';
    if (basis === null) return 'never';
    const ageDays = dayNumber(today) - dayNumber(basis.day);
    const { fresh, ageing } = FRESHNESS_DAYS[fact];
    if (ageDays > ageing) return 'stale';
    return ageDays <= fresh && checkedOn !== null && weight === 0 ? 'fresh' : 'ageing';
  }
}

export function freshnessOf(fact: VerifiedFact, evidence: FreshnessEvidence, today: string): Freshness {
  return judgeFact(fact, evidence, today).freshness;
}

/** Whether somebody should look: what the workbench lists and the table's filter finds. */
export function needsLook(freshness: Freshness): boolean {
  return freshness === 'stale' || freshness === 'contested' || freshness === 'never';
}

function reportWeight({ count, near = 0 }: NonNullable<ReportSummary[ReportKind]>): number {
  return near * NEAR_WEIGHT + (count - near) * FAR_WEIGHT;
}
