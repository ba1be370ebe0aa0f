import { randomBytes } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { BookAppointment } from '#domain/appointments/appointment-contract.ts';
import { MAX_BOOKED_AHEAD } from '#domain/appointments/market.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import type { Transaction } from '../../db/connect.ts';
import { appointments, serviceOffers } from '../../db/tables/appointments.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { AppointmentsDependencies } from './dependencies.ts';
import { getOffered, lockOffers, rangeText, startsAt } from './load-offers.ts';
import { queueMessage } from './queue-message.ts';
import { findSeat, writingSeat } from './take-seat.ts';
import { sealedFor } from './view-appointment.ts';
import { stopWaiting } from './waiting-list.ts';

type Dependencies = Pick<AppointmentsDependencies, 'connection' | 'vault'> & { holidays: HolidayLookup };

/**
 * Books a slot for the actor, in one transaction. True when it is new, false when this very booking was stored before.
 * Throws `service_not_found`, `slot_not_offered`, `slot_taken`, `appointment_overlaps`, `too_many_appointments`, `id_taken`.
 */
export async function bookAppointment(
  { connection: { db }, vault, holidays }: Dependencies,
  actor: Actor,
  booking: BookAppointment,
  nowMs: number,
): Promise<boolean> {
  const { id, words } = booking;
  const startMs = Date.parse(booking.startsAt);
  const userId = actor.personId;
  return db.transaction(async (tx) => {
    if (await isStored(tx, userId, booking)) return false;
    const { offer } = await getOffered(tx, booking, nowMs);
    await lockOffers(tx, [offer.id]);
    await lockPerson(tx, userId);
    if (await isStored(tx, userId, booking)) return false;
    // Read again under the lock: the plan may have changed while somebody else held it.
    const here = await getOffered(tx, booking, nowMs);
    const { slot, seat } = await findSeat(tx, here, holidays, { startMs, nowMs });
    await assertFewBooked(tx, userId, nowMs);
    const at = new Date(nowMs);
    const wordsSealed = words === '' ? null : await vault.sealFor(tx, userId, words, sealedFor(id));
    const row = {
      id,
      offerId: offer.id,
      ...seat,
      during: rangeText(slot.startMs, slot.endMs),
      userId,
      code: shortCode(),
      state: 'booked' as const,
      version: 0,
      wordsSealed,
      createdAt: at,
      stateSince: at,
    };
    await writingSeat(() => tx.insert(appointments).values(row));
    await stopWaiting(tx, offer.id, userId);
    await queueMessage(
      tx,
      { subjectId: id, version: 0, kind: 'booked', userId, siteName: here.site.name, startMs },
      nowMs,
    );
    await writeAudit(tx, {
      actorId: userId,
      action: 'appointment.book',
      subject: { kind: 'appointment', id },
      after: { offerId: offer.id, ...seat, during: row.during, words: wordsSealed },
      atMs: nowMs,
    });
    return true;
  });
}

/** Whether this very booking was stored before. Throws `id_taken` when something else has its id. */
async function isStored(tx: Transaction, userId: string, booking: BookAppointment): Promise<boolean> {
  const [known] = await tx
    .select({
      userId: appointments.userId,
      version: appointments.version,
      serviceId: serviceOffers.serviceId,
      siteId: serviceOffers.siteId,
      startsAt,
    })
    .from(appointments)
    .innerJoin(serviceOffers, eq(serviceOffers.id, appointments.offerId))
    .where(eq(appointments.id, booking.id));
  if (!known) return false;
  const isSame =
    known.serviceId === booking.serviceId &&
    (known.version > 0 ||
      (known.siteId === booking.siteId && known.startsAt.getTime() === Date.parse(booking.startsAt)));
  if (known.userId === userId && isSame) return true;
  throw new Problem('id_taken', 'Another appointment has this id. Make a new id. Nothing was stored.');
}

/** Two bookings of one person at once are taken one after the other, so that both count. */
export async function lockPerson(tx: Transaction, userId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`appointments of ${userId}`}, 0))`);
}

async function assertFewBooked(tx: Transaction, userId: string, nowMs: number): Promise<void> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(appointments)
    .where(
      and(
        eq(appointments.userId, userId),
        eq(appointments.state, 'booked'),
        sql`lower(${appointments.during}) > ${new Date(nowMs).toISOString()}::timestamptz`,
      ),
    );
  if (row!.count >= MAX_BOOKED_AHEAD) {
    throw new Problem(
      'too_many_appointments',
      `You have ${MAX_BOOKED_AHEAD} appointments to come. Cancel one that you do not need.`,
    );
  }
}

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

/** What is said at the counter: it opens nothing, so it may be short. */
function shortCode(): string {
  return Array.from(randomBytes(5), (byte) => LETTERS[byte % LETTERS.length]).join('');
}
