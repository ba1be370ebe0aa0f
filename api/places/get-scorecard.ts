import { and, asc, eq, gte, inArray, ne, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Actor } from '#domain/accounts/roles.ts';
import { PUBLIC_STATUSES, VERIFIED_FACTS } from '#domain/places/catalogue.ts';
import type { ScorecardRow } from '#domain/places/office-contract.ts';
import { wilsonInterval } from '#domain/stats/wilson-interval.ts';
import { addDays, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { reportAnswers } from '../../db/tables/office.ts';
import { jurisdictions, siteReports, sites } from '../../db/tables/places.ts';
import { streetInScope } from './site-scope.ts';

const WINDOW_DAYS = 90;
const DAY_MS = 24 * 3_600_000;
/** Of fewer places a share says more about chance than about an office. */
const MIN_PLACES = 5;

const count = sql<number>`count(*)`.mapWith(Number);

/** One row for each street in scope, by code: its public places, and what happened in the last 90 days. */
export async function getScorecard(db: Database, actor: Actor, nowMs: number): Promise<ScorecardRow[]> {
  const sinceMs = nowMs - WINDOW_DAYS * DAY_MS;
  const streets = await db
    .select({ code: jurisdictions.code, name: jurisdictions.name })
    .from(jurisdictions)
    .where(
      and(inArray(jurisdictions.kind, ['street', 'town']), streetInScope(actor, 'scorecard.view', jurisdictions.code)),
    )
    .orderBy(asc(jurisdictions.code));
  const codes = streets.map(({ code }) => code);
  if (codes.length === 0) return [];
  const places = byStreet(await countPlaces(db, codes, addDays(shanghaiDay(nowMs), -WINDOW_DAYS)));
  const reports = byStreet(await countReports(db, codes, sinceMs));
  const stockOuts = byStreet(await sumStockOuts(db, codes, sinceMs, nowMs));
  return streets.map(({ code, name }) => {
    const counts = places.get(code);
    const said = reports.get(code);
    return {
      code,
      name,
      places: counts?.places ?? 0,
      verified: VERIFIED_FACTS.map((fact) => ({ fact, ...shareOf(counts?.[fact] ?? 0, counts?.places ?? 0) })),
      reports: said?.reports ?? 0,
      answered: said?.answered ?? 0,
      medianAnswerHours: toTenths(said?.medianAnswerHours ?? null),
      stockOutDays: toTenths(stockOuts.get(code)?.days ?? 0),
    };
  });
}

function shareOf(verified: number, places: number) {
  if (places < MIN_PLACES) return { count: verified, share: null, low: null, high: null };
  return { count: verified, share: verified / places, ...wilsonInterval(verified, places) };
}

function countPlaces(db: Database, streets: string[], sinceDay: string) {
  const lately = (status: AnyPgColumn, date: AnyPgColumn) =>
    sql<number>`count(*) filter (where ${status} = 'verified' and ${date} >= ${sinceDay}::date)`.mapWith(Number);
  return db
    .select({
      street: sites.streetCode,
      places: count,
      location: lately(sites.locationStatus, sites.locationDate),
      hours: lately(sites.hoursStatus, sites.hoursDate),
      facilities: lately(sites.facilitiesStatus, sites.facilitiesDate),
    })
    .from(sites)
    .where(and(inArray(sites.streetCode, streets), inArray(sites.status, [...PUBLIC_STATUSES])))
    .groupBy(sites.streetCode);
}

/**
 * Complaints since then. What still waits counts as waiting for ever: otherwise an office that answers only the easy
 * ones would look quick. The median is null when more than half still wait.
 */
function countReports(db: Database, streets: string[], sinceMs: number) {
  const waited = sql`coalesce(extract(epoch from ${reportAnswers.at} - ${siteReports.receivedAt}) / 3600, 'Infinity')::float8`;
  return db
    .select({
      street: sites.streetCode,
      reports: count,
      answered: sql<number>`count(${reportAnswers.reportId})`.mapWith(Number),
      medianAnswerHours: sql<number | null>`nullif(percentile_disc(0.5) within group (order by ${waited}), 'Infinity')`,
    })
    .from(siteReports)
    .innerJoin(sites, eq(sites.id, siteReports.siteId))
    .leftJoin(reportAnswers, eq(reportAnswers.reportId, siteReports.id))
    .where(
      and(
        inArray(sites.streetCode, streets),
        ne(siteReports.kind, 'confirmed'),
        gte(siteReports.receivedAt, new Date(sinceMs)),
      ),
    )
    .groupBy(sites.streetCode);
}

/** Days without water: from when a rider said so until somebody answered, at each place; reports that overlap count once. */
function sumStockOuts(db: Database, streets: string[], sinceMs: number, nowMs: number) {
  const [since, now] = [new Date(sinceMs).toISOString(), new Date(nowMs).toISOString()];
  const from = sql`greatest(${siteReports.observedAt}, ${since}::timestamptz)`;
  const until = sql`least(coalesce(${reportAnswers.at}, ${now}::timestamptz), ${now}::timestamptz)`;
  const perSite = db
    .select({
      siteId: sql<string>`${siteReports.siteId}`.as('site_id'),
      dry: sql<string>`range_agg(tstzrange(${from}, greatest(${from}, ${until})))`.as('dry'),
    })
    .from(siteReports)
    .leftJoin(reportAnswers, eq(reportAnswers.reportId, siteReports.id))
    .where(eq(siteReports.kind, 'no_water'))
    .groupBy(siteReports.siteId)
    .as('per_site');
  return db
    .select({
      street: sites.streetCode,
      days: sql<number>`sum((
        select coalesce(sum(extract(epoch from upper(span) - lower(span))), 0) from unnest(${perSite.dry}) span
      ) / 86400)`.mapWith(Number),
    })
    .from(perSite)
    .innerJoin(sites, eq(sites.id, perSite.siteId))
    .where(inArray(sites.streetCode, streets))
    .groupBy(sites.streetCode);
}

function byStreet<T extends { street: string | null }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.street ?? '', row]));
}

function toTenths<T extends number | null>(value: T): T {
  return (value === null ? null : Math.round(value * 10) / 10) as T;
}
