import { and, eq, ne, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { appointmentMessages, appointments, calendarFeeds, waitingPeople } from '../../db/tables/appointments.ts';
import type { AuditEntry } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';
import { startsAt } from './load-offers.ts';
import { listMyAppointments } from './view-appointment.ts';
import { listWaiting, tellNextWaiting } from './waiting-list.ts';

/** What the service market keeps about the holder of an account, in the clear, for themselves. Empty: nothing. */
export async function exportAppointments(
  db: Database,
  vault: Vault,
  userId: string,
  nowMs: number,
): Promise<Record<string, unknown>> {
  const person: Actor = { personId: userId, memberships: [] };
  const booked = await listMyAppointments({ db, vault }, person, nowMs);
  const waiting = await listWaiting(db, person);
  return booked.length + waiting.length > 0 ? { appointments: { booked, waiting } } : {};
}

/**
 * Gives back what somebody who is erased has booked, of which whoever waits is told, and forgets their calendar, messages and waiting. What they wrote
 * cannot be read once their key is gone. Returns what the audit trail shall say, which comes last.
 */
export async function eraseAppointments(
  tx: Transaction,
  holidays: HolidayLookup,
  userId: string,
  nowMs: number,
): Promise<AuditEntry[]> {
  const gone = await tx
    .update(appointments)
    .set({ state: 'cancelled', version: sql`${appointments.version} + 1`, stateSince: new Date(nowMs) })
    .where(
      and(
        eq(appointments.userId, userId),
        eq(appointments.state, 'booked'),
        sql`lower(${appointments.during}) > ${new Date(nowMs).toISOString()}::timestamptz`,
      ),
    )
    .returning({ id: appointments.id, offerId: appointments.offerId, startsAt });
  await tx.delete(calendarFeeds).where(eq(calendarFeeds.userId, userId));
  await tx.delete(appointmentMessages).where(eq(appointmentMessages.userId, userId));
  await tx
    .update(waitingPeople)
    .set({ state: 'left', slotStartsAt: null })
    .where(and(eq(waitingPeople.userId, userId), ne(waitingPeople.state, 'left')));
  for (const { offerId, startsAt: starts } of gone) {
    await tellNextWaiting(tx, { offerId, startMs: starts.getTime(), holidays, nowMs });
  }
  return gone.map(({ id }) => ({
    actorId: userId,
    action: 'appointment.cancel',
    subject: { kind: 'appointment', id },
    after: { state: 'cancelled' },
    atMs: nowMs,
  }));
}
