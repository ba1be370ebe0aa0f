import { and, eq, sql } from 'drizzle-orm';
import { appointmentMessage, REMIND_BEFORE_MS } from '#domain/appointments/appointment-messages.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { appointmentMessages, appointments, serviceOffers } from '../../db/tables/appointments.ts';
import { sites } from '../../db/tables/places.ts';
import type { SendMessage } from '../platform/notifications/message.ts';
import { type MessageQueue, sendQueued } from '../platform/notifications/send-queued.ts';

const MINUTE_MS = 60_000;
/** How long until each further try. A message about a time that is over is not tried again. */
const WAITS_MIN = [5, 15, 60, 240];
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

/** Sends the messages that are due, and returns how many went out; see `sendQueued`. */
export async function sendAppointmentMessages({ db, sendMessage }: MessengerOptions, nowMs: number): Promise<number> {
  const queue: MessageQueue<AppointmentMessageRow> = {
    table: appointmentMessages,
    isRow: ({ subjectId, version, kind }) =>
      and(
        eq(appointmentMessages.subjectId, subjectId),
        eq(appointmentMessages.version, version),
        eq(appointmentMessages.kind, kind),
      )!,
    waitsMin: WAITS_MIN,
    async compose({ kind, startsAt, userId, siteName }) {
      if (kind !== 'cancelled' && startsAt.getTime() <= nowMs) return null;
      const [person] = await db.select({ phone: users.phoneNumber }).from(users).where(eq(users.id, userId));
      return person?.phone ? { to: person.phone, text: appointmentMessage(kind, startsAt.getTime(), siteName) } : null;
    },
  };
  return sendQueued({ db, sendMessage }, queue, nowMs);
}

type AppointmentMessageRow = typeof appointmentMessages.$inferSelect;
