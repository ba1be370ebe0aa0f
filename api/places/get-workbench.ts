import { and, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import { VERIFIED_FACTS } from '#domain/places/catalogue.ts';
import { needsLook } from '#domain/places/freshness.ts';
import type { Workbench } from '#domain/places/office-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { oldestCheck, sites } from '../../db/tables/places.ts';
import type { FileLinks } from '../platform/files/file-links.ts';
import { factColumns, getFactStates } from './fact-states.ts';
import { freshnessSql, siteNeedsLook } from './freshness-sql.ts';
import { listDrafts, listHandovers, listProposals } from './office-drafts.ts';
import { listReportGroups } from './open-reports.ts';
import { sitesInScope } from './site-scope.ts';

/** What one looks through in a sitting; the totals say how much more there is. */
const MAX_GROUPS = 200;
const MAX_SITES = 50;

const siteRef = { id: sites.id, name: sites.name, streetCode: sites.streetCode };

/** Today's work over the places that somebody sees: most urgent first in each list. */
export async function getWorkbench(db: Database, actor: Actor, nowMs: number, links: FileLinks): Promise<Workbench> {
  const seen = sitesInScope(actor, 'site.view');
  const today = shanghaiDay(nowMs);
  const unplacedSites = and(seen, isNull(sites.point), inArray(sites.status, ['planned', 'open', 'closed_for_now']))!;
  const unplaced = await db
    .select(siteRef)
    .from(sites)
    .where(unplacedSites)
    .orderBy(sites.streetCode, sites.id)
    .limit(MAX_SITES);
  const staleSites = and(seen, siteNeedsLook(today))!;
  return {
    reports: await listReportGroups(db, seen, MAX_GROUPS, { actor, links }),
    stale: await listStale(db, staleSites, today),
    staleTotal: await countSites(db, staleSites),
    drafts: await listDrafts(db, actor),
    proposals: await listProposals(db, actor, nowMs),
    handovers: await listHandovers(db, actor, nowMs),
    unplaced,
    unplacedTotal: unplaced.length < MAX_SITES ? unplaced.length : await countSites(db, unplacedSites),
  };
}

/** Contested facts first, then what has aged, then what nobody ever checked; the longest unchecked first in each. */
async function listStale(db: Database, where: SQL, today: string): Promise<Workbench['stale']> {
  const urgency = VERIFIED_FACTS.map(
    (fact) => sql`case ${freshnessSql(fact, today)} when 'contested' then 0 when 'stale' then 1 else 2 end`,
  );
  const rows = await db
    .select({ ...siteRef, ...factColumns })
    .from(sites)
    .where(where)
    .orderBy(sql`least(${sql.join(urgency, sql`, `)})`, oldestCheck(sites), sites.id)
    .limit(MAX_SITES);
  const facts = await getFactStates(db, rows, today);
  return rows.map(({ id, name, streetCode }) => ({
    site: { id, name, streetCode },
    facts: facts.get(id)!.filter(({ freshness }) => needsLook(freshness)),
  }));
}

async function countSites(db: Database, where: SQL): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(sites)
    .where(where);
  return row!.count;
}
