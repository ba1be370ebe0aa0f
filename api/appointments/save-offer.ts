import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { OfficeOffer, SaveException, SaveOffer } from '#domain/appointments/service-contract.ts';
import { slotsOfDay } from '#domain/appointments/slots.ts';
import { isPublicStatus } from '#domain/places/catalogue.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import { addDays, dayNumberAt, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { appointments, marketServices, offerExceptions, serviceOffers } from '../../db/tables/appointments.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import { loadOffers, type OfferAtSite, startsAt, endsAt } from './load-offers.ts';
import { offersInScope } from './offer-scope.ts';

const MAX_ROWS = 500;
/** A day further ahead than this is not planned yet. */
const MAX_DAYS_AHEAD = 400;

type Wanted = { serviceId?: string | undefined; siteId?: string | undefined; id?: string };

/** The schedules that the actor manages, with exceptions from today on; at most 500, narrowed by service or place. */
export async function listOffers(
  db: Database,
  holidays: HolidayLookup,
  actor: Actor,
  { serviceId, siteId, id }: Wanted,
  nowMs: number,
): Promise<OfficeOffer[]> {
  const found = await loadOffers(
    db,
    and(
      offersInScope(actor, 'service.manage'),
      id === undefined ? undefined : eq(serviceOffers.id, id),
      serviceId === undefined ? undefined : eq(serviceOffers.serviceId, serviceId),
      siteId === undefined ? undefined : eq(serviceOffers.siteId, siteId),
    )!,
    nowMs,
    MAX_ROWS,
  );
  const ids = found.map(({ offer }) => offer.id);
  if (ids.length === 0) return [];
  const exceptions = await db
    .select()
    .from(offerExceptions)
    .where(and(inArray(offerExceptions.offerId, ids), gte(offerExceptions.day, shanghaiDay(nowMs))))
    .orderBy(asc(offerExceptions.day));
  const booked = await db
    .select({ offerId: appointments.offerId, startsAt, endsAt })
    .from(appointments)
    .where(
      and(
        inArray(appointments.offerId, ids),
        eq(appointments.state, 'booked'),
        sql`lower(${appointments.during}) > ${new Date(nowMs).toISOString()}::timestamptz`,
      ),
    );
  return found.map((one) => {
    const { updatedBy: _by, updatedAt: _at, ...offer } = one.offer;
    return {
      ...offer,
      serviceName: one.service.name,
      siteName: one.site.name,
      exceptions: exceptions
        .filter(({ offerId }) => offerId === offer.id)
        .map(({ day, spans, note }) => ({ day, spans, note })),
      outsidePlan: booked.filter((row) => row.offerId === offer.id && !isPlanned(one, holidays, row)).length,
    };
  });
}

function isPlanned({ schedule }: OfferAtSite, holidays: HolidayLookup, row: { startsAt: Date; endsAt: Date }): boolean {
  const [startMs, endMs] = [row.startsAt.getTime(), row.endsAt.getTime()];
  return slotsOfDay(schedule, holidays, dayNumberAt(startMs)).some(
    (slot) => slot.startMs <= startMs && endMs <= slot.endMs,
  );
}

/** One of them. Throws `service_not_found`. */
export async function getOffer(
  db: Database,
  holidays: HolidayLookup,
  actor: Actor,
  id: string,
  nowMs: number,
): Promise<OfficeOffer> {
  const [offer] = await listOffers(db, holidays, actor, { id }, nowMs);
  if (!offer) throw offerNotManaged();
  return offer;
}

/**
 * Gives a service at a place by a plan, or changes the plan. What is booked stands. True when it is new. Throws
 * `service_not_found`, `no_such_reference`, `not_allowed`, `id_taken`, `invalid_request`, `changed_meanwhile`.
 */
export async function saveOffer(
  db: Database,
  holidays: HolidayLookup,
  actor: Actor,
  id: string,
  { version, ...plan }: SaveOffer,
  nowMs: number,
): Promise<boolean> {
  const outcome = await db.transaction(async (tx) => {
    const [known] = await tx.select().from(serviceOffers).where(eq(serviceOffers.id, id)).for('update');
    if (known) {
      if (!(await isManaged(tx, actor, id))) throw offerNotManaged();
      if (known.version !== version) return 'differs';
      if (known.serviceId !== plan.serviceId || known.siteId !== plan.siteId) {
        throw refuseField('invalid_request', 'siteId', 'A schedule keeps its service and its place. Make a new one.');
      }
    } else {
      if (version !== undefined) throw offerNotManaged();
      await assertParts(tx, plan);
    }
    const row = { ...plan, updatedBy: actor.personId, updatedAt: new Date(nowMs) };
    if (known) {
      await tx
        .update(serviceOffers)
        .set({ ...row, version: known.version + 1 })
        .where(eq(serviceOffers.id, id));
    } else {
      const stored = await tx
        .insert(serviceOffers)
        .values({ id, ...row, version: 0 })
        .onConflictDoNothing()
        .returning({ id: serviceOffers.id });
      if (stored.length === 0) {
        throw new Problem('id_taken', 'The service has a schedule at this place already. Change that one.');
      }
      if (!(await isManaged(tx, actor, id))) {
        throw new Problem('not_allowed', 'Neither the service nor the place is yours. Nothing was stored.');
      }
    }
    await writeAudit(tx, {
      actorId: actor.personId,
      action: known ? 'schedule.edit' : 'schedule.add',
      subject: { kind: 'schedule', id },
      before: known && { ...known, updatedAt: undefined },
      after: plan,
      atMs: nowMs,
    });
    return known ? 'changed' : 'new';
  });
  if (outcome !== 'differs') return outcome === 'new';
  throw new Problem('changed_meanwhile', 'Somebody else has changed this schedule. Look at it again.', {
    current: await getOffer(db, holidays, actor, id, nowMs),
  });
}

/** Sets how a day differs from the week; null: it does not any more. Throws `service_not_found`, `invalid_request`. */
export async function saveException(
  db: Database,
  actor: Actor,
  { id, day }: { id: string; day: string },
  exception: SaveException | null,
  nowMs: number,
): Promise<void> {
  const today = shanghaiDay(nowMs);
  if (day < today || day > addDays(today, MAX_DAYS_AHEAD)) {
    throw refuseField('invalid_request', 'day', `must lie between today and ${MAX_DAYS_AHEAD} days ahead`);
  }
  await db.transaction(async (tx) => {
    await tx.select({ id: serviceOffers.id }).from(serviceOffers).where(eq(serviceOffers.id, id)).for('update');
    if (!(await isManaged(tx, actor, id))) throw offerNotManaged();
    const key = and(eq(offerExceptions.offerId, id), eq(offerExceptions.day, day));
    const [before] = await tx.select().from(offerExceptions).where(key);
    if (exception) {
      await tx
        .insert(offerExceptions)
        .values({ offerId: id, day, ...exception })
        .onConflictDoUpdate({ target: [offerExceptions.offerId, offerExceptions.day], set: exception });
    } else {
      await tx.delete(offerExceptions).where(key);
    }
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'schedule.except',
      subject: { kind: 'schedule', id },
      before,
      after: { day, ...exception },
      atMs: nowMs,
    });
  });
}

async function assertParts(tx: Transaction, { serviceId, siteId }: SaveOffer): Promise<void> {
  const [service] = await tx
    .select({ id: marketServices.id })
    .from(marketServices)
    .where(eq(marketServices.id, serviceId));
  if (!service) throw refuseField('no_such_reference', 'serviceId', 'There is no such service.');
  const [site] = await tx.select({ status: sites.status }).from(sites).where(eq(sites.id, siteId));
  if (!site || !isPublicStatus(site.status)) {
    throw refuseField('no_such_reference', 'siteId', 'There is no such place on the map.');
  }
}

async function isManaged(tx: Transaction, actor: Actor, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: serviceOffers.id })
    .from(serviceOffers)
    .innerJoin(marketServices, eq(marketServices.id, serviceOffers.serviceId))
    .innerJoin(sites, eq(sites.id, serviceOffers.siteId))
    .where(and(eq(serviceOffers.id, id), offersInScope(actor, 'service.manage')));
  return rows.length > 0;
}

function offerNotManaged(): Problem {
  return new Problem('service_not_found', 'You manage no such schedule.');
}
