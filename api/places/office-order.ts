import { z } from 'zod';
import { sql, type SQL } from 'drizzle-orm';
import { Day, SiteId } from '#domain/places/site.ts';
import { oldestCheck, sites, streetOrder } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import type { OFFICE_SORTS } from './office-filter.ts';

type Sort = (typeof OFFICE_SORTS)[number];

/** The place of a row in an order: the keys by which it is sorted, its id last. */
export type OrderKeys = (string | number)[];

const nameOrder = sql`${sites.name} collate "C"`;
/** The open reports of a site, from the subquery `open`; fewer come later. */
const FEWER_REPORTS = sql`-coalesce(open.open_count, 0)`;

/** By what each order sorts, ascending; the expressions are those of the indexes. */
const KEYS: Record<Sort, SQL[]> = {
  name: [nameOrder],
  street: [sql`${streetOrder(sites)}`, nameOrder],
  reports: [FEWER_REPORTS],
  verified: [sql`${oldestCheck(sites)}`],
};
const CASTS: Record<Sort, SQL[]> = {
  name: [sql`::text collate "C"`],
  street: [sql`::text collate "C"`, sql`::text collate "C"`],
  reports: [sql`::bigint`],
  verified: [sql`::date`],
};
/** What PostgreSQL can compare with: it knows neither NUL, nor half a character, nor a year 0. */
const Text = z
  .string()
  .max(300)
  // oxlint-disable-next-line no-control-regex
  .refine((text) => !/\0|\p{Surrogate}/u.test(text));
const CheckDay = Day.refine((day) => day >= '0001-01-01');
const CURSORS: Record<Sort, z.ZodType<OrderKeys>> = {
  name: z.tuple([Text, SiteId]),
  street: z.tuple([Text, Text, SiteId]),
  reports: z.tuple([z.number().int().max(0), SiteId]),
  verified: z.tuple([CheckDay, SiteId]),
};

export function orderOf(sort: Sort): SQL[] {
  return [...KEYS[sort], sql`${sites.id}`];
}

/** The keys of a row, to be selected beside it: a JSON array, so that any order has the same shape. */
export function orderKeys(sort: Sort): SQL<OrderKeys> {
  return sql<OrderKeys>`json_build_array(${sql.join(orderOf(sort), sql`, `)})`;
}

/** What comes after a row in an order. */
export function isAfter(sort: Sort, keys: OrderKeys): SQL {
  const values = keys.map((key, i) => sql`${key}${CASTS[sort][i] ?? sql`::text`}`);
  return sql`(${sql.join(orderOf(sort), sql`, `)}) > (${sql.join(values, sql`, `)})`;
}

export function writeCursor(sort: Sort, keys: OrderKeys): string {
  return Buffer.from(JSON.stringify([sort, ...keys])).toString('base64url');
}

/** Throws `invalid_request` for anything but a cursor that `writeCursor` made for the same order. */
export function readCursor(sort: Sort, cursor: string): OrderKeys {
  try {
    const [of, ...keys] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (of === sort) return CURSORS[sort].parse(keys);
  } catch {
    // Not JSON, or not the keys of this order.
  }
  throw new Problem(
    'invalid_request',
    'cursor: take it from `next` of the page before, with the same sort; leave it out for the first page',
    { errors: [{ path: 'cursor', message: 'is not the `next` of a page in this order' }] },
  );
}
