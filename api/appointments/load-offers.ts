import { and, eq, gt, inArray, lt, ne, sql, type SQL } from 'drizzle-orm';
import type { MinuteSpan, Schedule, TakenSeat } from '#domain/appointments/slots.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { appointments, marketServices, offerExceptions, serviceOffers } from '../../db/tables/appointments.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';

export type OfferAtSite = {
  offer: typeof serviceOffers.$inferSelect;
  service: typeof marketServices.$inferSelect;
  site: {
    id: string;
    name: string;
    address: string | null;
    status: string;
    streetCode: string | null;
    point: { lng: number; lat: number } | null;
  };
  schedule: Schedule;
};

/** Something that anybody may see and use. */
export const isOffered = and(
  eq(serviceOffers.isActive, true),
  eq(marketServices.isActive, true),
  eq(sites.status, 'open'),
)!;

/** Offers with service, site and the exceptions from today on, in one statement. */
export async function loadOffers(db: Database, where: SQL, nowMs: number, limit = 5000): Promise<OfferAtSite[]> {
  const today = shanghaiDay(nowMs);
  const rows = await db
    .select({
      offer: serviceOffers,
      service: marketServices,
      site: {
        id: sites.id,
        name: sites.name,
        address: sites.address,
        status: sites.status,
        streetCode: sites.streetCode,
      },
      lng: sql<number | null>`ST_X(${sites.point})`,
      lat: sql<number | null>`ST_Y(${sites.point})`,
      exceptions: sql<Record<string, MinuteSpan[]> | null>`(
        select json_object_agg(x.day, x.spans) from ${offerExceptions} x
        where x.offer_id = ${serviceOffers.id} and x.day >= ${today}::date)`,
    })
    .from(serviceOffers)
    .innerJoin(marketServices, eq(marketServices.id, serviceOffers.serviceId))
    .innerJoin(sites, eq(sites.id, serviceOffers.siteId))
    .where(where)
    .orderBy(serviceOffers.id)
    .limit(limit);
  return rows.map(({ offer, service, site, lng, lat, exceptions }) => ({
    offer,
    service,
    site: { ...site, point: lng !== null && lat !== null ? { lng, lat } : null },
    schedule: { ...offer, exceptions: new Map(Object.entries(exceptions ?? {})) },
  }));
}

/** A service at a site that anybody may use. Throws `service_not_found`. */
export async function getOffered(
  db: Database,
  { serviceId, siteId }: { serviceId: string; siteId: string },
  nowMs: number,
): Promise<OfferAtSite> {
  const here = and(isOffered, eq(serviceOffers.serviceId, serviceId), eq(serviceOffers.siteId, siteId))!;
  const [found] = await loadOffers(db, here, nowMs);
  if (!found) throw new Problem('service_not_found', 'This service is not given at this place. Choose from the list.');
  return found;
}

/** Holds the schedules still to the end of the transaction; always in the same order, so that nobody waits in a circle. */
export async function lockOffers(tx: Transaction, offerIds: readonly string[]): Promise<void> {
  await tx
    .select({ id: serviceOffers.id })
    .from(serviceOffers)
    .where(inArray(serviceOffers.id, [...offerIds]))
    .orderBy(serviceOffers.id)
    .for('update');
}

/** Instants as PostgreSQL's range of instants. */
export const rangeText = (startMs: number, endMs: number) =>
  `[${new Date(startMs).toISOString()},${new Date(endMs).toISOString()})`;

export const startsAt = sql<Date>`lower(${appointments.during})`.mapWith(asInstant);
export const endsAt = sql<Date>`upper(${appointments.during})`.mapWith(asInstant);

/** What the driver gives for an instant that is no column. */
function asInstant(value: unknown): Date {
  return value instanceof Date ? value : new Date(String(value));
}

/** The taken seats of some offers between two instants, by offer; one statement. */
export async function takenSeats(
  db: Database,
  offerIds: readonly string[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
  /** An appointment that is about to move, which is not in its own way. */
  except?: string,
): Promise<ReadonlyMap<string, TakenSeat[]>> {
  const found = new Map<string, TakenSeat[]>();
  if (offerIds.length === 0) return found;
  const rows = await db
    .select({
      offerId: appointments.offerId,
      counter: appointments.counter,
      seat: appointments.seat,
      startsAt,
      endsAt,
    })
    .from(appointments)
    .where(
      and(
        inArray(appointments.offerId, [...offerIds]),
        ne(appointments.state, 'cancelled'),
        // No appointment is longer than a day: the first bound is what the index is walked by.
        gt(sql`lower(${appointments.during})`, new Date(fromMs - 86_400_000).toISOString()),
        lt(sql`lower(${appointments.during})`, new Date(toMs).toISOString()),
        except ? ne(appointments.id, except) : undefined,
      ),
    );
  for (const row of rows) {
    const one = { counter: row.counter, seat: row.seat, startMs: row.startsAt.getTime(), endMs: row.endsAt.getTime() };
    found.set(row.offerId, [...(found.get(row.offerId) ?? []), one]);
  }
  return found;
}
