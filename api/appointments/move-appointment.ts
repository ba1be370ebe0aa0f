import { and, eq, type SQL } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { RescheduleAppointment } from '#domain/appointments/appointment-contract.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import type { Transaction } from '../../db/connect.ts';
import { appointments, serviceOffers } from '../../db/tables/appointments.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { AppointmentsDependencies } from './dependencies.ts';
import { lockPerson } from './book-appointment.ts';
import { getOffered, lockOffers, rangeText, startsAt } from './load-offers.ts';
import { queueMessage } from './queue-message.ts';
import { findSeat, writingSeat } from './take-seat.ts';
import { appointmentNotFound, getMyAppointment } from './view-appointment.ts';
import { tellNextWaiting } from './waiting-list.ts';

type Dependencies = Pick<AppointmentsDependencies, 'connection' | 'vault'> & { holidays: HolidayLookup };

type Held = {
  row: typeof appointments.$inferSelect;
  startMs: number;
  serviceId: string;
  siteId: string;
  siteName: string;
};

/**
 * Gives an appointment of one's own back; who waits for such a slot is told. Throws `appointment_not_found`,
 * `changed_meanwhile` with the appointment in `current`, and `appointment_state`.
 */
export async function cancelAppointment(
  deps: Dependencies,
  actor: Actor,
  id: string,
  { version }: { version: number },
  nowMs: number,
): Promise<void> {
  const isDone = await deps.connection.db.transaction(async (tx) => {
    const held = await holdAppointment(tx, id, eq(appointments.userId, actor.personId));
    if (!held) throw appointmentNotFound();
    if (held.row.version !== version) return false;
    assertToCome(held, nowMs);
    await cancelHeld(tx, held, { actorId: actor.personId, holidays: deps.holidays, nowMs });
    return true;
  });
  if (!isDone) throw await changedMeanwhile(deps, actor, id, nowMs);
}

/**
 * Moves an appointment to another slot, also at another place of the same service: the old seat is given back and the
 * new one taken together, or neither. Throws what booking and cancelling do.
 */
export async function rescheduleAppointment(
  deps: Dependencies,
  actor: Actor,
  id: string,
  { version, startsAt: begins, siteId }: RescheduleAppointment,
  nowMs: number,
): Promise<void> {
  const { holidays } = deps;
  const startMs = Date.parse(begins);
  const own = eq(appointments.userId, actor.personId);
  const isDone = await deps.connection.db.transaction(async (tx) => {
    const before = await findAppointment(tx, and(own, eq(appointments.id, id))!);
    if (!before) throw appointmentNotFound();
    const target = { serviceId: before.serviceId, siteId: siteId ?? before.siteId };
    const { offer } = await getOffered(tx, target, nowMs);
    await lockOffers(tx, [before.row.offerId, offer.id]);
    await lockPerson(tx, actor.personId);
    const held = await holdAppointment(tx, id, own);
    if (held?.row.version !== version || held.row.offerId !== before.row.offerId) return false;
    assertToCome(held, nowMs);
    const here = await getOffered(tx, target, nowMs);
    const { slot, seat } = await findSeat(tx, here, holidays, { startMs, nowMs, except: id });
    const change = { offerId: offer.id, ...seat, during: rangeText(slot.startMs, slot.endMs), version: version + 1 };
    await writingSeat(() => tx.update(appointments).set(change).where(eq(appointments.id, id)));
    const message = { subjectId: id, version: version + 1, userId: actor.personId, siteName: here.site.name, startMs };
    await queueMessage(tx, { ...message, kind: 'moved' }, nowMs);
    await tellNextWaiting(tx, { offerId: held.row.offerId, startMs: held.startMs, holidays, nowMs });
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'appointment.reschedule',
      subject: { kind: 'appointment', id },
      before: seatOf(held.row),
      after: change,
      atMs: nowMs,
    });
    return true;
  });
  if (!isDone) throw await changedMeanwhile(deps, actor, id, nowMs);
}

/** Cancels an appointment that is held still, tells its person and whoever waits, and keeps the deed. */
export async function cancelHeld(
  tx: Transaction,
  { row, startMs, siteName }: Held,
  { actorId, holidays, nowMs }: { actorId: string; holidays: HolidayLookup; nowMs: number },
): Promise<void> {
  const version = row.version + 1;
  await tx
    .update(appointments)
    .set({ state: 'cancelled', version, stateSince: new Date(nowMs) })
    .where(eq(appointments.id, row.id));
  await queueMessage(
    tx,
    { subjectId: row.id, version, kind: 'cancelled', userId: row.userId, siteName, startMs },
    nowMs,
  );
  await tellNextWaiting(tx, { offerId: row.offerId, startMs, holidays, nowMs });
  await writeAudit(tx, {
    actorId,
    action: 'appointment.cancel',
    subject: { kind: 'appointment', id: row.id },
    before: seatOf(row),
    after: { state: 'cancelled' },
    atMs: nowMs,
  });
}

/** Reads an appointment and holds it still to the end of the transaction. */
export async function holdAppointment(tx: Transaction, id: string, where: SQL): Promise<Held | undefined> {
  await tx.select({ id: appointments.id }).from(appointments).where(eq(appointments.id, id)).for('update');
  return findAppointment(tx, and(where, eq(appointments.id, id))!);
}

async function findAppointment(tx: Transaction, where: SQL): Promise<Held | undefined> {
  const [found] = await tx
    .select({
      row: appointments,
      startsAt,
      serviceId: serviceOffers.serviceId,
      siteId: serviceOffers.siteId,
      siteName: sites.name,
    })
    .from(appointments)
    .innerJoin(serviceOffers, eq(serviceOffers.id, appointments.offerId))
    .innerJoin(sites, eq(sites.id, serviceOffers.siteId))
    .where(where);
  if (!found) return undefined;
  const { startsAt: starts, ...rest } = found;
  return { ...rest, startMs: starts.getTime() };
}

function assertToCome({ row, startMs }: Held, nowMs: number): void {
  if (row.state !== 'booked') {
    throw new Problem('appointment_state', `The appointment is ${row.state} already; nothing was changed.`);
  }
  if (startMs <= nowMs) {
    throw new Problem('appointment_state', 'The appointment has begun already. Speak with the counter.');
  }
}

const seatOf = ({ offerId, counter, seat, during, state }: Held['row']) => ({ offerId, counter, seat, during, state });

async function changedMeanwhile({ connection: { db }, vault }: Dependencies, actor: Actor, id: string, nowMs: number) {
  return new Problem('changed_meanwhile', 'The appointment has changed meanwhile. Look at it again.', {
    current: await getMyAppointment({ db, vault }, actor, id, nowMs),
  });
}
