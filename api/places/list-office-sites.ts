import { and, eq, type SQL, sql } from 'drizzle-orm';
import { z } from '@hono/zod-openapi';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Service } from '#domain/places/catalogue.ts';
import type { OfficeSitePage } from '#domain/places/office-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { servicePoints, sites } from '../../db/tables/places.ts';
import { factColumns, getFactStates } from './fact-states.ts';
import { officeConditions, type OfficeFilter, officeFilterQuery } from './office-filter.ts';
import { isAfter, orderKeys, orderOf, readCursor, writeCursor } from './office-order.ts';
import { openReportCounts } from './open-reports.ts';
import { wholeNumber } from './query-params.ts';

const MAX_LIMIT = 200;
const LIMIT_RANGE = `must be a whole number from 1 to ${MAX_LIMIT}`;

export const officeSitesQuery = officeFilterQuery.extend({
  cursor: z.string().max(1000).optional().openapi({ description: '`next` of the page before' }),
  limit: wholeNumber(LIMIT_RANGE)
    .refine((value) => value >= 1 && value <= MAX_LIMIT, { message: LIMIT_RANGE })
    .default(50)
    .openapi({ type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: 50 }),
});
type OfficeSitesQuery = OfficeFilter & { cursor?: string | undefined; limit: number };

const offered = sql<Service[] | null>`(
  select json_agg(p.service order by p.position, p.service) from ${servicePoints} p where p.site_id = ${sites.id})`;

/**
 * One page of the places that somebody may see, in a stable order: a page begins after the last row of the one before,
 * so that a change in between neither repeats nor skips another place. Throws `invalid_request` for a bad cursor.
 */
export async function listOfficeSites(
  db: Database,
  actor: Actor,
  query: OfficeSitesQuery,
  nowMs: number,
): Promise<z.infer<typeof OfficeSitePage>> {
  const today = shanghaiDay(nowMs);
  const scoped = officeConditions(db, actor, 'site.view', query, today);
  const rows = await officeSitesPage(db, scoped, query);
  const [all] = await db
    .select({ total: sql<number>`count(*)`.mapWith(Number) })
    .from(sites)
    .where(scoped);
  const shown = rows.slice(0, query.limit);
  const ids = shown.map(({ id }) => id);
  const facts = await getFactStates(db, shown, today);
  const open = new Map((ids.length ? await openReportCounts(db, ids) : []).map(({ siteId, count }) => [siteId, count]));
  return {
    rows: shown.map((row) => ({
      id: row.id,
      name: row.name,
      streetCode: row.streetCode,
      districtCode: row.districtCode,
      address: row.address,
      status: row.status,
      services: row.services ?? [],
      placed: row.placed,
      facts: facts.get(row.id)!,
      openReports: open.get(row.id) ?? 0,
      revision: row.revision,
      demo: row.demo,
    })),
    next: rows.length > query.limit ? writeCursor(query.sort, shown.at(-1)!.keys) : null,
    total: all!.total,
  };
}

/** The statement behind one page, whose plan a test looks at. One row more than is shown tells whether there is more. */
export function officeSitesPage(db: Database, scoped: SQL, { sort, cursor, limit }: OfficeSitesQuery) {
  const columns = {
    id: sites.id,
    name: sites.name,
    streetCode: sites.streetCode,
    districtCode: sites.districtCode,
    address: sites.address,
    status: sites.status,
    services: offered,
    placed: sql<boolean>`${sites.point} is not null`,
    revision: sites.revision,
    demo: sites.demo,
    keys: orderKeys(sort),
    ...factColumns,
  };
  const after = cursor === undefined ? undefined : isAfter(sort, readCursor(sort, cursor));
  const page = db
    .select(columns)
    .from(sites)
    .where(and(scoped, after))
    .orderBy(...orderOf(sort))
    .limit(limit + 1)
    .$dynamic();
  if (sort !== 'reports') return page;
  const open = openReportCounts(db).as('open');
  return page.leftJoin(open, eq(open.siteId, sites.id));
}
