import { and, eq } from 'drizzle-orm';
import type { Action } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import { findSiteForUpdate, findSiteState, type SiteState } from './site-document-rows.ts';
import { sitesInScope } from './site-scope.ts';

/**
 * A site whole, for somebody who may do this with it. Throws `site_not_found`, or `not_allowed` when they may see it and
 * no more.
 */
export async function getSiteDocument(db: Database, actor: Actor, action: Action, id: string): Promise<SiteState> {
  const state = await findSiteState(db, and(eq(sites.id, id), sitesInScope(actor, action)));
  return state ?? refuseSite(db, actor, id);
}

/** The same, locked: what is read stays so until the end of the transaction. */
export async function getSiteForUpdate(tx: Transaction, actor: Actor, action: Action, id: string): Promise<SiteState> {
  const state = await findSiteForUpdate(tx, and(eq(sites.id, id), sitesInScope(actor, action)));
  return state ?? refuseSite(tx, actor, id);
}

async function refuseSite(db: Database, actor: Actor, id: string): Promise<never> {
  const [seen] = await db
    .select({ id: sites.id })
    .from(sites)
    .where(and(eq(sites.id, id), sitesInScope(actor, 'site.view')));
  if (seen) {
    throw new Problem('not_allowed', 'You may look at this place, not change it. Ask its street office.');
  }
  throw new Problem('site_not_found', `There is no place with the id ${id} among those that you look after.`);
}
