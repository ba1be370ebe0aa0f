import { eq, or, sql, type SQL } from 'drizzle-orm';
import { type Action, type Grant, grantsFor } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { marketServices } from '../../db/tables/appointments.ts';
import { sites } from '../../db/tables/places.ts';

type MarketRight = Extract<Action, 'service.manage' | 'appointment.serve'>;

/** Narrows a query over `market_services` to those whose provider the actor acts for. */
export function servicesInScope(actor: Actor, right: MarketRight): SQL {
  return or(...grantsFor(actor, right).map(serviceIsCovered)) ?? sql`false`;
}

/** Narrows a query over `service_offers` joined with service and site: by the provider, or by where the site lies. */
export function offersInScope(actor: Actor, right: MarketRight): SQL {
  const ways = grantsFor(actor, right).map((grant) => {
    const code = grant.scope === 'jurisdiction' ? grant.membership.jurisdictionCode : null;
    if (!code) return serviceIsCovered(grant);
    return or(serviceIsCovered(grant), eq(sites.streetCode, code), eq(sites.districtCode, code))!;
  });
  return or(...ways) ?? sql`false`;
}

function serviceIsCovered({ scope, membership }: Grant): SQL {
  switch (scope) {
    case 'city':
      return sql`true`;
    case 'organisation':
      return eq(marketServices.organisationId, membership.organisationId ?? '');
    case 'jurisdiction': {
      const code = membership.jurisdictionCode ?? '';
      return code === '' ? sql`false` : sql`left(${marketServices.jurisdictionCode}, ${code.length}::int) = ${code}`;
    }
    case 'own':
      return sql`false`;
  }
}
