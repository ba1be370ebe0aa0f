import { and, asc, eq, type SQL } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { TicketMove } from '#domain/appointments/market.ts';
import type { CallNext, OfficeTicket } from '#domain/appointments/ticket-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { marketServices, serviceOffers, tickets } from '../../db/tables/appointments.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import { lockOffers } from './load-offers.ts';
import { offersInScope } from './offer-scope.ts';
import { moveTicket, ticketNotFound } from './take-ticket.ts';

function selectTickets(db: Database, actor: Actor, where: SQL | undefined) {
  return db
    .select({ row: tickets, serviceName: marketServices.name })
    .from(tickets)
    .innerJoin(serviceOffers, eq(serviceOffers.id, tickets.offerId))
    .innerJoin(marketServices, eq(marketServices.id, serviceOffers.serviceId))
    .innerJoin(sites, eq(sites.id, serviceOffers.siteId))
    .where(and(offersInScope(actor, 'appointment.serve'), where))
    .$dynamic();
}

/** Today's tickets at a site, in the order of their numbers; at most 500 of every service there. */
export async function listTickets(db: Database, actor: Actor, siteId: string, nowMs: number): Promise<OfficeTicket[]> {
  const today = and(eq(serviceOffers.siteId, siteId), eq(tickets.day, shanghaiDay(nowMs)));
  const rows = await selectTickets(db, actor, today).orderBy(asc(serviceOffers.id), asc(tickets.number)).limit(2000);
  return rows.map(asTicket);
}

/**
 * Calls the next one that waits to a counter; whoever stood there is served. Null: nobody waits. Throws
 * `service_not_found` and `invalid_request` for a counter that there is not.
 */
export async function callNext(
  db: Database,
  actor: Actor,
  { offerId, counter }: CallNext,
  nowMs: number,
): Promise<OfficeTicket | null> {
  const id = await db.transaction(async (tx) => {
    const [offer] = await tx
      .select({ counters: serviceOffers.counters })
      .from(serviceOffers)
      .innerJoin(marketServices, eq(marketServices.id, serviceOffers.serviceId))
      .innerJoin(sites, eq(sites.id, serviceOffers.siteId))
      .where(and(eq(serviceOffers.id, offerId), offersInScope(actor, 'appointment.serve')));
    if (!offer) throw new Problem('service_not_found', 'None of your counters gives this service.');
    if (counter > offer.counters) {
      throw refuseField(
        'invalid_request',
        'counter',
        `There are ${offer.counters} counters. Set more in the schedule.`,
      );
    }
    await lockOffers(tx, [offerId]);
    const today = and(eq(tickets.offerId, offerId), eq(tickets.day, shanghaiDay(nowMs)));
    const at = new Date(nowMs);
    await tx
      .update(tickets)
      .set({ state: 'served', stateSince: at })
      .where(and(today, eq(tickets.state, 'called'), eq(tickets.counter, counter)));
    const [next] = await tx
      .select({ id: tickets.id, number: tickets.number })
      .from(tickets)
      .where(and(today, eq(tickets.state, 'waiting')))
      .orderBy(asc(tickets.number))
      .limit(1)
      .for('update');
    if (!next) return null;
    await tx.update(tickets).set({ state: 'called', counter, stateSince: at }).where(eq(tickets.id, next.id));
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'ticket.call',
      subject: { kind: 'ticket', id: next.id },
      after: { counter, number: next.number },
      atMs: nowMs,
    });
    return next.id;
  });
  return id === null ? null : getOfficeTicket(db, actor, id);
}

/** Serves, skips or calls again. Throws `ticket_not_found` and `ticket_state`. */
export async function actOnTicket(
  db: Database,
  actor: Actor,
  id: string,
  move: Exclude<TicketMove, 'leave'>,
  nowMs: number,
): Promise<OfficeTicket> {
  await db.transaction(async (tx) => {
    const [seen] = await selectTickets(tx, actor, eq(tickets.id, id));
    if (!seen) throw ticketNotFound();
    const [row] = await tx.select().from(tickets).where(eq(tickets.id, id)).for('update');
    const state = await moveTicket(tx, row!, move, nowMs);
    await writeAudit(tx, {
      actorId: actor.personId,
      action: `ticket.${move}`,
      subject: { kind: 'ticket', id },
      before: { state: row!.state },
      after: { state },
      atMs: nowMs,
    });
  });
  return getOfficeTicket(db, actor, id);
}

async function getOfficeTicket(db: Database, actor: Actor, id: string): Promise<OfficeTicket> {
  const [found] = await selectTickets(db, actor, eq(tickets.id, id));
  if (!found) throw ticketNotFound();
  return asTicket(found);
}

function asTicket({ row, serviceName }: Awaited<ReturnType<typeof selectTickets>>[number]): OfficeTicket {
  const { id, offerId, number, state, counter, takenAt } = row;
  return { id, offerId, serviceName, number, state, counter, takenAt: takenAt.toISOString() };
}
