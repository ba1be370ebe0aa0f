import { and, eq, isNotNull, lte, sql } from 'drizzle-orm';
import { appointmentMessage, REMIND_BEFORE_MS } from '#domain/appointments/appointment-messages.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { appointmentMessages, appointments, serviceOffers } from '../../db/tables/appointments.ts';
import { sites } from '../../db/tables/places.ts';
import type { SendMessage } from '../platform/notifications/message.ts';

const MINUTE_MS = 60_000;
/** How long until each further try. A message about a time that is over is not tried again. */
const WAITS_MS = [5, 15, 60, 240].map((minutes) => minutes * MINUTE_MS);
const AT_ONCE = 50;
/** Somebody who has just booked was just told. */
const TOLD_LATELY_MS = 2 * 60 * MINUTE_MS;

/** Has those reminded whose appointment is less than a day away, once for every time it was moved to. */
export async function remindOfAppointments(db: Database, nowMs: number): Promise<void> {
  const now = new Date(nowMs).toISOString();
  const starts = sql`lower(${appointments.during})`;
  await db.execute(sql`
    insert into ${appointmentMessages} (subject_id, version, kind, user_id, site_name, starts_at, created_at, next_try_at)
    select ${appointments.id}, ${appointments.version}, 'reminder', ${appointments.userId}, ${sites.name}, ${starts},
      ${now}::timestamptz, ${now}::timestamptz
    from ${appointments}
    join ${serviceOffers} on ${serviceOffers.id} = ${appointments.offerId}
    join ${sites} on ${sites.id} = ${serviceOffers.siteId}
    where ${appointments.state} = 'booked' and ${starts} > ${now}::timestamptz
      and ${starts} <= ${new Date(nowMs + REMIND_BEFORE_MS).toISOString()}::timestamptz
      and ${appointments.createdAt} < ${new Date(nowMs - TOLD_LATELY_MS).toISOString()}::timestamptz
    on conflict do nothing`);
}

export type MessengerOptions = { db: Database; sendMessage: SendMessage };

/**
 * Sends the messages that are due, and returns how many went out. A message is taken before it is sent, so that two
 * processes do not both send it; what fails is tried again later.
 */
export async function sendAppointmentMessages({ db, sendMessage }: MessengerOptions, nowMs: number): Promise<number> {
  let sent = 0;
  for (;;) {
    const taken = await takeMessages(db, nowMs);
    for (const message of taken) {
      const isTimely = message.kind === 'cancelled' || message.startsAt.getTime() > nowMs;
      const [person] = isTimely
        ? await db.select({ phone: users.phoneNumber }).from(users).where(eq(users.id, message.userId))
        : [];
      try {
        if (person?.phone) {
          const text = appointmentMessage(message.kind, message.startsAt.getTime(), message.siteName);
          await sendMessage({ to: person.phone, text });
          sent += 1;
        }
      } catch {
        continue; // tried again at the time that was set when it was taken
      }
      await db
        .update(appointmentMessages)
        .set({ nextTryAt: null, sentAt: person?.phone ? new Date(nowMs) : null })
        .where(isMessage(message));
    }
    if (taken.length < AT_ONCE) return sent;
  }
}

type Taken = typeof appointmentMessages.$inferSelect;

async function takeMessages(db: Database, nowMs: number): Promise<Taken[]> {
  return db.transaction(async (tx) => {
    const due = await tx
      .select()
      .from(appointmentMessages)
      .where(and(isNotNull(appointmentMessages.nextTryAt), lte(appointmentMessages.nextTryAt, new Date(nowMs))))
      .orderBy(appointmentMessages.nextTryAt)
      .limit(AT_ONCE)
      .for('update', { skipLocked: true });
    for (const message of due) {
      const waitMs = WAITS_MS[message.tries];
      await tx
        .update(appointmentMessages)
        .set({ tries: message.tries + 1, nextTryAt: waitMs === undefined ? null : new Date(nowMs + waitMs) })
        .where(isMessage(message));
    }
    return due;
  });
}

const isMessage = ({ subjectId, version, kind }: Taken) =>
  and(
    eq(appointmentMessages.subjectId, subjectId),
    eq(appointmentMessages.version, version),
    eq(appointmentMessages.kind, kind),
  );
