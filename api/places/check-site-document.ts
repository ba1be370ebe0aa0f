import { eq, inArray, sql } from 'drizzle-orm';
import { can } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { SiteStatus } from '#domain/places/catalogue.ts';
import { type DistrictArea, findPlacementFault } from '#domain/places/placement.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { jurisdictions, organisations, sites } from '../../db/tables/places.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { getJurisdictions } from './city.ts';

/** What a point is judged by. */
export type Ground = { network: Pick<LandNetwork, 'locate'>; districts: readonly DistrictArea[] };

export async function getDistrictAreas(db: Database): Promise<DistrictArea[]> {
  const { features } = await getJurisdictions(db);
  return features.flatMap(({ geometry, properties: { kind, code, name } }) =>
    kind === 'district' && geometry ? [{ code, name, geometry }] : [],
  );
}

/** Throws `outside_city`, `point_at_sea` or `other_district`, with words that say how far off it is. */
export function assertPlaced({ point, districtCode }: SiteDocument, { network, districts }: Ground): void {
  const fault = point && findPlacementFault(point, districtCode, network, districts);
  switch (fault?.what) {
    case 'outside_city': {
      const away = Math.max(1, Math.round(fault.awayM / 1000));
      throw refuseField('outside_city', 'point', `The point is about ${away} km off the nearest land of Xiamen.`);
    }
    case 'at_sea':
      throw refuseField(
        'point_at_sea',
        'point',
        `The point is in the water, about ${Math.round(fault.offshoreM / 10) * 10} m from the shore. Move it onto land.`,
      );
    case 'other_district': {
      const where = fault.found ? `in ${fault.found.name}` : 'outside every district';
      throw refuseField(
        'other_district',
        'point',
        `The point is ${where}, and the place is said to be in ${fault.stated.name}. Move the point, or hand the place over.`,
      );
    }
  }
}

/** Throws `needs_handover` when the place would leave what the actor looks after. */
export function assertStreetAllowed(actor: Actor, before: SiteDocument, after: SiteDocument): void {
  if (before.streetCode === after.streetCode && before.districtCode === after.districtCode) return;
  if (can(actor, 'site.edit', after)) return;
  throw refuseField(
    'needs_handover',
    'streetCode',
    'The other street is not yours to decide for: ask for a hand-over.',
  );
}

/** Throws `no_such_reference` when a code or an organisation is not there. Unchanged ones are not asked for. */
export async function assertReferences(
  tx: Transaction,
  before: SiteDocument | null,
  { districtCode, streetCode, organisationId }: SiteDocument,
): Promise<void> {
  const codes = [
    ...(districtCode !== null && districtCode !== before?.districtCode ? [districtCode] : []),
    ...(streetCode !== null && streetCode !== before?.streetCode ? [streetCode] : []),
  ];
  if (codes.length > 0) {
    const known = await tx
      .select({ code: jurisdictions.code, kind: jurisdictions.kind })
      .from(jurisdictions)
      .where(inArray(jurisdictions.code, codes));
    for (const code of codes) {
      const path = code === streetCode ? 'streetCode' : 'districtCode';
      if (!known.some((one) => one.code === code && (one.kind === 'district') === (path === 'districtCode'))) {
        const what = path === 'streetCode' ? 'street or town' : 'district';
        throw refuseField('no_such_reference', path, `There is no ${what} with the code ${code}.`);
      }
    }
  }
  if (organisationId !== null && organisationId !== before?.organisationId) {
    const [known] = await tx
      .select({ id: organisations.id })
      .from(organisations)
      .where(eq(organisations.id, organisationId));
    if (!known) throw refuseField('no_such_reference', 'organisationId', 'There is no such organisation.');
  }
}

/** Throws `no_such_reference`, `replaced_in_circle` for the place itself. Holds the replacement, so that nothing waits for it later with more in its hands. */
export async function holdReplacement(tx: Transaction, id: string | null, replacedBy: string | null): Promise<void> {
  if (replacedBy === null) return;
  if (replacedBy === id) throw refuseField('replaced_in_circle', 'replacedBy', 'A place cannot replace itself.');
  const [found] = await tx
    .select({ status: sites.status })
    .from(sites)
    .where(eq(sites.id, replacedBy))
    .for('key share');
  const useless: readonly (SiteStatus | undefined)[] = [undefined, 'withdrawn'];
  if (useless.includes(found?.status)) {
    throw refuseField('no_such_reference', 'replacedBy', `There is no place with the id ${replacedBy}.`);
  }
}

/**
 * Throws `replaced_in_circle`. Asked after the site was written: writers of sites follow each other from there on, so two
 * that replace each other at the same time are found out by the second.
 */
export async function assertNoCircle(tx: Transaction, id: string, { replacedBy }: SiteDocument): Promise<void> {
  if (replacedBy === null) return;
  const found = await tx.execute<{ id: string }>(sql`
    with recursive chain (id, next) as (
      select id, replaced_by from sites where id = ${replacedBy}
      union select s.id, s.replaced_by from chain join sites s on s.id = chain.next
    ) select id from chain where id = ${id}`);
  if (found.length === 0) return;
  throw refuseField(
    'replaced_in_circle',
    'replacedBy',
    `${replacedBy} is itself replaced by this place, over one or more steps.`,
  );
}

/** Throws `not_allowed` when a new place would not be the actor's to look after. */
export function assertMayAdd(actor: Actor, document: SiteDocument): void {
  if (can(actor, 'site.edit', document)) return;
  throw new Problem('not_allowed', 'Choose a street that you look after; another street adds its own places.');
}
