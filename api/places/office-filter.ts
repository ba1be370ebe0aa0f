import { z } from '@hono/zod-openapi';
import { and, eq, exists, ilike, inArray, isNull, ne, or, sql, type SQL } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import { type Action } from '#domain/accounts/permissions.ts';
import { SERVICES, SITE_STATUSES } from '#domain/places/catalogue.ts';
import type { Database } from '../../db/connect.ts';
import { servicePoints, sites } from '../../db/tables/places.ts';
import { siteNeedsLook } from './freshness-sql.ts';
import { listOf } from './query-params.ts';
import { sitesInScope } from './site-scope.ts';

export const OFFICE_SORTS = ['name', 'street', 'reports', 'verified'] as const;

/** What the office's table can be narrowed by and ordered by; the export takes the same. */
export const officeFilterQuery = z.object({
  q: z
    .string()
    .trim()
    .max(100)
    .refine((text) => !text.includes('\0'), { message: 'must not hold a NUL character' })
    .optional()
    .openapi({ description: 'part of the name, the address or the id' }),
  street: z
    .string()
    .regex(/^\d{9}$/, 'must be the 9 digits of a street')
    .optional(),
  district: z
    .string()
    .regex(/^\d{6}$/, 'must be the 6 digits of a district')
    .optional(),
  status: listOf(SITE_STATUSES)
    .optional()
    .openapi({ type: 'string', description: 'any of these; without it all but `withdrawn`' }),
  service: listOf(SERVICES).optional().openapi({ type: 'string', example: 'rest,water' }),
  stale: z.literal('1').optional().openapi({ description: 'only places where somebody should look at a fact' }),
  unplaced: z.literal('1').optional().openapi({ description: 'only places without a point' }),
  sort: z
    .enum(OFFICE_SORTS)
    .default('name')
    .openapi({ description: '`name` in the order of the characters, `reports` most first, `verified` oldest first' }),
});
export type OfficeFilter = z.infer<typeof officeFilterQuery>;

/** The conditions over `sites` that a filter means for somebody, their scope among them. */
export function officeConditions(db: Database, actor: Actor, action: Action, filter: OfficeFilter, today: string): SQL {
  const { q, street, district, status, service, stale, unplaced } = filter;
  const pattern = q && `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return and(
    sitesInScope(actor, action),
    pattern ? or(ilike(sites.name, pattern), ilike(sites.address, pattern), ilike(sites.id, pattern)) : undefined,
    street ? eq(sites.streetCode, street) : undefined,
    district ? eq(sites.districtCode, district) : undefined,
    status ? inArray(sites.status, status) : ne(sites.status, 'withdrawn'),
    service &&
      exists(
        db
          .select({ one: sql`1` })
          .from(servicePoints)
          .where(and(eq(servicePoints.siteId, sites.id), inArray(servicePoints.service, service))),
      ),
    stale && siteNeedsLook(today),
    unplaced && isNull(sites.point),
  )!;
}
