import { createHmac } from 'node:crypto';
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { codeOf } from '#domain/cases/case-code.ts';
import { MAX_TICKETS_A_DAY, TICKET_MOVES, type TicketState } from '#domain/appointments/market.ts';
import { openSpans } from '#domain/appointments/slots.ts';
import type { SiteQueue, TakenTicket, TakeTicket, TicketView } from '#domain/appointments/ticket-contract.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import { dayNumberAt, minuteOfDay, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { marketServices, serviceOffers, tickets } from '../../db/tables/appointments.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import type { Vault } from '../platform/vault.ts';
import { getOffered, isOffered, loadOffers, lockOffers, type OfferAtSite } from './load-offers.ts';

/** 80 bits: nobody finds a ticket by trying. */
const CODE_BYTES = 16;
const CALLED_SHOWN = 5;

type Dependencies = { db: Database; vault: Vault; holidays: HolidayLookup };

/**
 * Hands out the next number of a service at a site for today. The code follows from the id, so that a ticket sent for
 * twice is answered alike; only its keyed hash is kept, and nothing of who took it. Throws `service_not_found`,
 * `no_tickets_now`, `id_taken`.
 */
export async function takeTicket(
  { db, vault, holidays }: Dependencies,
  siteId: string,
  { id, serviceId }: TakeTicket,
  nowMs: number,
): Promise<{ ticket: TakenTicket; isNew: boolean }> {
  const code = codeOf(
    createHmac('sha256', vault.secretFor('ticket codes')).update(id.toLowerCase()).digest().subarray(0, CODE_BYTES),
  );
  const isNew = await db.transaction(async (tx) => {
    const here = await getOffered(tx, { serviceId, siteId }, nowMs);
    const offerId = here.offer.id;
    await lockOffers(tx, [offerId]);
    const [known] = await tx.select().from(tickets).where(eq(tickets.id, id));
    if (known) {
      if (known.offerId === offerId) return false;
      throw new Problem('id_taken', 'Another ticket has this id. Make a new id. Nothing was stored.');
    }
    if (!givesTickets(here, holidays, nowMs)) {
      throw new Problem('no_tickets_now', 'No tickets are given now. Look at the opening hours, or book a time.');
    }
    const day = shanghaiDay(nowMs);
    const [last] = await tx
      .select({ number: sql<number>`coalesce(max(${tickets.number}), 0)` })
      .from(tickets)
      .where(and(eq(tickets.offerId, offerId), eq(tickets.day, day)));
    if (last!.number >= MAX_TICKETS_A_DAY) {
      throw new Problem('no_tickets_now', 'All tickets of today are taken. Book a time, or come another day.');
    }
    const at = new Date(nowMs);
    await tx.insert(tickets).values({
      id,
      offerId,
      day,
      number: last!.number + 1,
      codeLookup: vault.lookupOf('ticket', code),
      state: 'waiting',
      takenAt: at,
      stateSince: at,
    });
    return true;
  });
  return { ticket: { ...(await getTicket({ db, vault }, code)), code }, isNew };
}

function givesTickets({ offer, schedule }: OfferAtSite, holidays: HolidayLookup, nowMs: number): boolean {
  const minute = minuteOfDay(nowMs);
  return (
    offer.hasTickets &&
    openSpans(schedule, holidays, dayNumberAt(nowMs)).some(({ fromMin, toMin }) => fromMin <= minute && minute < toMin)
  );
}

/** A ticket by its code. Throws `ticket_not_found`. */
export async function getTicket({ db, vault }: Pick<Dependencies, 'db' | 'vault'>, code: string): Promise<TicketView> {
  const [found] = await db
    .select({
      row: tickets,
      siteId: serviceOffers.siteId,
      serviceId: serviceOffers.serviceId,
      serviceName: marketServices.name,
      room: serviceOffers.room,
      ahead: sql<number>`(select count(*)::int from ${tickets} w where w.offer_id = ${tickets.offerId}
        and w.day = ${tickets.day} and w.state = 'waiting' and w.number < ${tickets.number})`,
    })
    .from(tickets)
    .innerJoin(serviceOffers, eq(serviceOffers.id, tickets.offerId))
    .innerJoin(marketServices, eq(marketServices.id, serviceOffers.serviceId))
    .where(eq(tickets.codeLookup, vault.lookupOf('ticket', code.toUpperCase())));
  if (!found) throw ticketNotFound();
  const { row, ahead, ...rest } = found;
  const { number, state, day, counter, takenAt } = row;
  return {
    ...rest,
    number,
    state,
    day,
    counter,
    ahead: state === 'waiting' ? ahead : 0,
    takenAt: takenAt.toISOString(),
  };
}

/** Whoever holds a ticket gives it back. Throws `ticket_not_found` and `ticket_state`. */
export async function leaveQueue({ db, vault }: Pick<Dependencies, 'db' | 'vault'>, code: string, nowMs: number) {
  await db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(tickets)
      .where(eq(tickets.codeLookup, vault.lookupOf('ticket', code.toUpperCase())))
      .for('update');
    if (!row) throw ticketNotFound();
    if (row.state !== 'left') await moveTicket(tx, row, 'leave', nowMs);
  });
  return getTicket({ db, vault }, code);
}

/** Throws `ticket_state` when the ticket is not where the move begins. */
export async function moveTicket(
  tx: Transaction,
  { id, state }: { id: string; state: TicketState },
  move: keyof typeof TICKET_MOVES,
  nowMs: number,
): Promise<TicketState> {
  const { from, to } = TICKET_MOVES[move];
  if (!(from as readonly TicketState[]).includes(state)) {
    throw new Problem('ticket_state', `The ticket is ${state}; nothing was changed.`);
  }
  await tx
    .update(tickets)
    .set({ state: to, stateSince: new Date(nowMs) })
    .where(eq(tickets.id, id));
  return to;
}

/** Today's queues at a site. Throws `site_not_found` for a place that nobody sees. */
export async function getSiteQueue(
  { db, holidays }: Pick<Dependencies, 'db' | 'holidays'>,
  siteId: string,
  nowMs: number,
): Promise<SiteQueue> {
  const [site] = await db.select({ status: sites.status }).from(sites).where(eq(sites.id, siteId));
  if (!site || site.status === 'planned')
    throw new Problem('site_not_found', `There is no place with the id ${siteId}.`);
  const offered = await loadOffers(
    db,
    and(isOffered, eq(serviceOffers.siteId, siteId), eq(serviceOffers.hasTickets, true))!,
    nowMs,
  );
  if (offered.length === 0) return { queues: [] };
  const ids = offered.map(({ offer }) => offer.id);
  const today = and(inArray(tickets.offerId, ids), eq(tickets.day, shanghaiDay(nowMs)));
  const waiting = await db
    .select({ offerId: tickets.offerId, count: sql<number>`count(*)::int` })
    .from(tickets)
    .where(and(today, eq(tickets.state, 'waiting')))
    .groupBy(tickets.offerId);
  const called = await db
    .select({ offerId: tickets.offerId, number: tickets.number, counter: tickets.counter })
    .from(tickets)
    .where(and(today, eq(tickets.state, 'called')))
    .orderBy(desc(tickets.stateSince), asc(tickets.number))
    .limit(100);
  return {
    queues: offered.map((one) => ({
      serviceId: one.service.id,
      serviceName: one.service.name,
      isOpen: givesTickets(one, holidays, nowMs),
      waiting: waiting.find(({ offerId }) => offerId === one.offer.id)?.count ?? 0,
      called: called
        .filter(({ offerId }) => offerId === one.offer.id)
        .slice(0, CALLED_SHOWN)
        .map(({ number, counter }) => ({ number, counter: counter! })),
    })),
  };
}

export function ticketNotFound(): Problem {
  return new Problem('ticket_not_found', 'There is no such ticket. Check the code, or take a new ticket.');
}
