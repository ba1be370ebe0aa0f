import { and, asc, eq, sql } from 'drizzle-orm';
import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import type { RequestKind } from '#domain/cases/request.ts';
import { type Body, findResponsible, type ResponsibilityRule } from '#domain/cases/responsibility.ts';
import type { Database } from '../../db/connect.ts';
import { responsibilityRules } from '../../db/tables/cases.ts';
import { sites } from '../../db/tables/places.ts';
import { serviceBit, type SiteStore } from '../places/site-store.ts';

export type RequestPlace = {
  kind: RequestKind;
  streetCode: string | null;
  districtCode: string | null;
  respondentId: string | null;
  /** Where it happened, else where the place is through which it came. */
  point: Point | null;
};

export type CityMap = { store: SiteStore; network: LandNetwork };

/** Applies the rules in force, or `rules` when some are only tried, to one request. */
export async function findResponsibleBody(
  db: Database,
  { store, network }: CityMap,
  place: RequestPlace,
  rules?: readonly ResponsibilityRule[],
): Promise<{ body: Body; ruleId: string | null }> {
  const inForce = rules ?? (await activeRules(db));
  return findResponsible(inForce, {
    ...place,
    inAreaOf: await rulesAround(db, place.point),
    nearestMediation:
      place.point && network.locate(place.point) ? await nearestMediation(db, store, place.point) : null,
  });
}

async function activeRules(db: Database): Promise<ResponsibilityRule[]> {
  const rows = await db
    .select({
      id: responsibilityRules.id,
      name: responsibilityRules.name,
      kinds: responsibilityRules.kinds,
      jurisdictionCodes: responsibilityRules.jurisdictionCodes,
      respondentIds: responsibilityRules.respondentIds,
      hasArea: sql<boolean>`${responsibilityRules.area} is not null`,
      target: responsibilityRules.target,
      targetOrganisationId: responsibilityRules.targetOrganisationId,
    })
    .from(responsibilityRules)
    .where(eq(responsibilityRules.isActive, true))
    .orderBy(asc(responsibilityRules.position), asc(responsibilityRules.id));
  return rows as ResponsibilityRule[];
}

async function rulesAround(db: Database, point: Point | null): Promise<Set<string>> {
  if (!point) return new Set();
  const here = sql`ST_SetSRID(ST_MakePoint(${point.lng}, ${point.lat}), 4326)`;
  const rows = await db
    .select({ id: responsibilityRules.id })
    .from(responsibilityRules)
    .where(and(eq(responsibilityRules.isActive, true), sql`ST_Covers(${responsibilityRules.area}, ${here})`));
  return new Set(rows.map(({ id }) => id));
}

/** Whoever runs the mediation point that is nearest over land on an e-bike: its organisation, else its street. */
async function nearestMediation(db: Database, store: SiteStore, from: Point): Promise<Body | null> {
  const bit = serviceBit('mediation');
  const { reachable } = store.index.query({
    from,
    mode: 'ebike',
    limit: 1,
    accepts: (index) => (store.sites[index]!.serviceBits & bit) !== 0,
  });
  const nearest = reachable[0];
  if (!nearest) return null;
  const [row] = await db
    .select({ organisationId: sites.organisationId, streetCode: sites.streetCode })
    .from(sites)
    .where(eq(sites.id, store.sites[nearest.index]!.id));
  if (row?.organisationId) return { kind: 'organisation', id: row.organisationId };
  return row?.streetCode ? { kind: 'street', id: row.streetCode } : null;
}
