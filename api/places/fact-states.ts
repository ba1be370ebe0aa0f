import { desc, inArray } from 'drizzle-orm';
import { VERIFIED_FACTS } from '#domain/places/catalogue.ts';
import { freshnessOf } from '#domain/places/freshness.ts';
import type { FactState } from '#domain/places/office-contract.ts';
import type { VerificationMethod } from '#domain/places/office.ts';
import type { Database } from '../../db/connect.ts';
import { siteVerifications } from '../../db/tables/office.ts';
import { sites } from '../../db/tables/places.ts';

/** The columns of `sites` from which its facts are judged. */
export const factColumns = {
  locationStatus: sites.locationStatus,
  locationDate: sites.locationDate,
  locationSource: sites.locationSource,
  hoursStatus: sites.hoursStatus,
  hoursDate: sites.hoursDate,
  hoursSource: sites.hoursSource,
  facilitiesStatus: sites.facilitiesStatus,
  facilitiesDate: sites.facilitiesDate,
  facilitiesSource: sites.facilitiesSource,
  reported: sites.reported,
};
type FactRow = { id: string } & Pick<typeof sites.$inferSelect, keyof typeof factColumns>;

/** How sure each fact of each site is on a day, and how it was last checked. By the sites' ids. */
export async function getFactStates(
  db: Database,
  rows: readonly FactRow[],
  today: string,
): Promise<Map<string, FactState[]>> {
  const methods = await getMethods(
    db,
    rows.map(({ id }) => id),
  );
  return new Map(rows.map((row) => [row.id, factStatesOf(row, today, methods)]));
}

function factStatesOf(row: FactRow, today: string, methods: Map<string, VerificationMethod>): FactState[] {
  const verification = {
    location: { status: row.locationStatus, date: row.locationDate, source: row.locationSource },
    hours: { status: row.hoursStatus, date: row.hoursDate, source: row.hoursSource },
    facilities: { status: row.facilitiesStatus, date: row.facilitiesDate, source: row.facilitiesSource },
  };
  return VERIFIED_FACTS.map((fact) => {
    const { status, date, source } = verification[fact];
    const verifiedOn = status === 'verified' ? date : null;
    return {
      fact,
      freshness: freshnessOf(fact, { verification, reported: row.reported }, today),
      verifiedOn,
      method: (verifiedOn && methods.get(`${row.id} ${fact} ${verifiedOn}`)) || null,
      source,
    };
  });
}

/** How a fact was checked on a day, by site, fact and day; what seeds and lists call verified has no such row. */
async function getMethods(db: Database, ids: string[]): Promise<Map<string, VerificationMethod>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectDistinctOn([siteVerifications.siteId, siteVerifications.fact])
    .from(siteVerifications)
    .where(inArray(siteVerifications.siteId, ids))
    .orderBy(siteVerifications.siteId, siteVerifications.fact, desc(siteVerifications.day), desc(siteVerifications.at));
  return new Map(rows.map(({ siteId, fact, day, method }) => [`${siteId} ${fact} ${day}`, method]));
}
