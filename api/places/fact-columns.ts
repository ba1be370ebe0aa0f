import { VERIFIED_FACTS, type VerifiedFact } from '#domain/places/catalogue.ts';
import { changedSource, checkedSource } from '#domain/places/fact-source.ts';
import { freshnessOf } from '#domain/places/freshness.ts';
import type { FactState, VerifyFact } from '#domain/places/office-contract.ts';
import type { VerificationMethod } from '#domain/places/office.ts';
import { type FactStanding, isNewer, saysFact, withoutSettled } from '#domain/places/site-facts.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import type { sites } from '../../db/tables/places.ts';
import type { SiteState } from './site-document-rows.ts';

type Columns = Partial<typeof sites.$inferInsert>;
type Site = SiteState['site'];

function standingOf(site: Site, fact: VerifiedFact): FactStanding {
  return { status: site[`${fact}Status`], date: site[`${fact}Date`], source: site[`${fact}Source`] };
}

const columnsOf = (fact: VerifiedFact, { status, date, source }: FactStanding): Columns => ({
  [`${fact}Status`]: status,
  [`${fact}Date`]: date,
  [`${fact}Source`]: source,
});

/** A fact that an office changed without saying that anybody looked: as good as its word of that day. */
export function changedColumns(document: SiteDocument, fact: VerifiedFact, office: string, day: string): Columns {
  if (!saysFact(document, fact)) return columnsOf(fact, { status: 'unknown', date: null, source: null });
  return columnsOf(fact, { status: 'reported', date: day, source: changedSource(office, day) });
}

/**
 * Facts that somebody verified, and what riders have said without what that settles. A check that is older than what is
 * known stays in the history alone; what is `changed` was looked at in the form in which it is stored now.
 */
export function verifiedColumns(
  site: Site | null,
  verify: readonly VerifyFact[],
  changed: ReadonlySet<VerifiedFact>,
  office: string,
): Columns {
  let columns: Columns = {};
  let reported = site?.reported ?? null;
  for (const { fact, method, day } of verify) {
    if (site && !changed.has(fact) && !isNewer(day, standingOf(site, fact))) continue;
    reported = withoutSettled(reported, fact, day);
    columns = {
      ...columns,
      ...columnsOf(fact, { status: 'verified', date: day, source: checkedSource(office, method) }),
      reported,
    };
  }
  return columns;
}

/** The three facts as they stand, with how each was last verified. */
export function factStates(
  site: Site,
  methods: Readonly<Partial<Record<VerifiedFact, VerificationMethod>>>,
  today: string,
): FactState[] {
  const verification = {
    location: standingOf(site, 'location'),
    hours: standingOf(site, 'hours'),
    facilities: standingOf(site, 'facilities'),
  };
  return VERIFIED_FACTS.map((fact) => {
    const { status, date, source } = verification[fact];
    const isVerified = status === 'verified';
    return {
      fact,
      freshness: freshnessOf(fact, { verification, reported: site.reported }, today),
      verifiedOn: isVerified ? date : null,
      method: isVerified ? (methods[fact] ?? null) : null,
      source,
    };
  });
}
