import { and, asc, eq, gte, isNotNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { WaitForSlot, WaitingView } from '#domain/appointments/appointment-contract.ts';
import { findSlot, freeSeats } from '#domain/appointments/slots.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { marketServices, serviceOffers, waitingPeople } from '../../db/tables/appointments.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import { getOffered, isOffered, loadOffers, takenSeats } from './load-offers.ts';
import { queueMessage } from './queue-message.ts';

/** Somebody who was told has this long before the next is told of the same slot. */
const HEAD_START_MS = 30 * 60_000;
const DAY_MS = 86_400_000;

/**
 * Puts somebody on the waiting list of a service at a place. True when it is new; who waits there already stays where
 * they are. Throws `service_not_found`, `invalid_request`, `id_taken`.
 */
export async function waitForSlot(db: Database, actor: Actor, wish: WaitForSlot, nowMs: number): Promise<boolean> {
  const { id, fromDay, toDay } = wish;
  if (toDay < shanghaiDay(nowMs)) throw refuseField('invalid_request', 'toDay', 'must not lie in the past');
  return db.transaction(async (tx) => {
    const { offer } = await getOffered(tx, wish, nowMs);
    const [known] = await tx.select().from(waitingPeople).where(eq(waitingPeople.id, id));
    if (known) {
      if (known.userId === actor.personId && known.offerId === offer.id) return false;
      throw new Problem('id_taken', 'Something else has this id. Make a new id. Nothing was stored.');
    }
    const stored = await tx
      .insert(waitingPeople)
      .values({
        id,
        offerId: offer.id,
        userId: actor.personId,
        fromDay,
        toDay,
        state: 'waiting',
        createdAt: new Date(nowMs),
      })
      .onConflictDoNothing()
      .returning({ id: waitingPeople.id });
    if (stored.length === 0) return false;
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'appointment.wait',
      subject: { kind: 'waiting', id },
      after: { offerId: offer.id, fromDay, toDay },
      atMs: nowMs,
    });
    return true;
  });
}

/** Takes somebody off the list. Throws `waiting_not_found`. */
export async function leaveWaiting(db: Database, actor: Actor, id: string, nowMs: number): Promise<void> {
  await db.transaction(async (tx) => {
    const left = await tx
      .update(waitingPeople)
      .set({ state: 'left', slotStartsAt: null })
      .where(and(eq(waitingPeople.id, id), eq(waitingPeople.userId, actor.personId), ne(waitingPeople.state, 'left')))
      .returning({ id: waitingPeople.id });
    if (left.length === 0) throw new Problem('waiting_not_found', 'You do not wait there any more.');
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'appointment.leave_waiting',
      subject: { kind: 'waiting', id },
      atMs: nowMs,
    });
  });
}

/** Whoever has booked waits no more. */
export async function stopWaiting(tx: Transaction, offerId: string, userId: string): Promise<void> {
  await tx
    .update(waitingPeople)
    .set({ state: 'left', slotStartsAt: null })
    .where(and(eq(waitingPeople.offerId, offerId), eq(waitingPeople.userId, userId), ne(waitingPeople.state, 'left')));
}

/** For what somebody waits, and how many were here before. */
export async function listWaiting(db: Database, actor: Actor): Promise<WaitingView[]> {
  const ahead = sql<number>`(select count(*)::int from ${waitingPeople} w where w.offer_id = ${waitingPeople.offerId}
    and w.state = 'waiting' and (w.created_at, w.id) < (${waitingPeople.createdAt}, ${waitingPeople.id}))`;
  const rows = await db
    .select({
      row: waitingPeople,
      service: { id: marketServices.id, name: marketServices.name },
      site: { id: sites.id, name: sites.name },
      ahead,
    })
    .from(waitingPeople)
    .innerJoin(serviceOffers, eq(serviceOffers.id, waitingPeople.offerId))
    .innerJoin(marketServices, eq(marketServices.id, serviceOffers.serviceId))
    .innerJoin(sites, eq(sites.id, serviceOffers.siteId))
    .where(and(eq(waitingPeople.userId, actor.personId), ne(waitingPeople.state, 'left')))
    .orderBy(asc(waitingPeople.createdAt))
    .limit(100);
  return rows.map(({ row: { id, state, fromDay, toDay }, ...rest }) => ({ id, state, fromDay, toDay, ...rest }));
}

type FreedSlot = { offerId: string; startMs: number; holidays: HolidayLookup; nowMs: number };

/** Tells the first who waits for such a day that a slot is free, if it can still be booked; they have half an hour. */
export async function tellNextWaiting(
  tx: Transaction,
  { offerId, startMs, holidays, nowMs }: FreedSlot,
): Promise<void> {
  const [offered] = await loadOffers(tx, and(isOffered, eq(serviceOffers.id, offerId))!, nowMs);
  if (!offered) return;
  const slot = findSlot(offered.schedule, holidays, startMs, nowMs);
  if (!slot) return;
  const around = { fromMs: slot.startMs - DAY_MS, toMs: slot.endMs + DAY_MS };
  const taken = await takenSeats(tx, [offerId], around);
  if (freeSeats(offered.schedule, slot, taken.get(offerId) ?? []).length === 0) return;
  const day = shanghaiDay(startMs);
  const [next] = await tx
    .select({ id: waitingPeople.id, userId: waitingPeople.userId })
    .from(waitingPeople)
    .where(
      and(
        eq(waitingPeople.offerId, offerId),
        eq(waitingPeople.state, 'waiting'),
        lte(waitingPeople.fromDay, day),
        gte(waitingPeople.toDay, day),
      ),
    )
    .orderBy(asc(waitingPeople.createdAt), asc(waitingPeople.id))
    .limit(1)
    .for('update', { skipLocked: true });
  if (!next) return;
  await tx
    .update(waitingPeople)
    .set({ state: 'told', toldAt: new Date(nowMs), slotStartsAt: new Date(startMs) })
    .where(eq(waitingPeople.id, next.id));
  const message = { subjectId: next.id, version: 0, userId: next.userId, siteName: offered.site.name, startMs };
  await queueMessage(tx, { ...message, kind: 'slot_free' }, nowMs);
}

/** Tells the next of slots that whoever was told has let pass, and forgets those whose days are over. */
export async function passOnSlots(db: Database, holidays: HolidayLookup, nowMs: number): Promise<void> {
  const late = new Date(nowMs - HEAD_START_MS);
  await db.transaction(async (tx) => {
    const told = await tx
      .select({ id: waitingPeople.id, offerId: waitingPeople.offerId, slotStartsAt: waitingPeople.slotStartsAt })
      .from(waitingPeople)
      .where(and(isNotNull(waitingPeople.slotStartsAt), lte(waitingPeople.toldAt, late)))
      .orderBy(asc(waitingPeople.toldAt))
      .limit(100)
      .for('update', { skipLocked: true });
    for (const { id, offerId, slotStartsAt } of told) {
      await tx.update(waitingPeople).set({ slotStartsAt: null }).where(eq(waitingPeople.id, id));
      await tellNextWaiting(tx, { offerId, startMs: slotStartsAt!.getTime(), holidays, nowMs });
    }
    await tx
      .update(waitingPeople)
      .set({ state: 'left' })
      .where(
        and(
          or(eq(waitingPeople.state, 'waiting'), eq(waitingPeople.state, 'told')),
          sql`${waitingPeople.toDay} < ${shanghaiDay(nowMs)}::date`,
        ),
      );
  });
}
