import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { AppointmentView } from '#domain/appointments/appointment-contract.ts';
import { type CalendarEvent, calendarText } from '#domain/appointments/calendar-text.ts';
import type { Database } from '../../db/connect.ts';
import { calendarFeeds } from '../../db/tables/appointments.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';
import { getMyAppointment, listMyAppointments } from './view-appointment.ts';

type Look = { db: Database; vault: Vault };

/** A phone's calendar reminds so long before; the service itself does a day before. */
const REMIND_MIN = 60;
/** 192 bits: the address of a calendar is its only key. */
const TOKEN_BYTES = 24;
const CALENDAR_NAME = '鹭驿预约';

export async function appointmentFile(look: Look, actor: Actor, id: string, nowMs: number): Promise<string> {
  return calendarText(CALENDAR_NAME, [asEvent(await getMyAppointment(look, actor, id, nowMs))], nowMs);
}

export async function myCalendar(look: Look, actor: Pick<Actor, 'personId'>, nowMs: number): Promise<string> {
  const views = await listMyAppointments(look, { ...actor, memberships: [] }, nowMs);
  return calendarText(CALENDAR_NAME, views.map(asEvent), nowMs);
}

/** A new secret address for the actor's calendar; the one before is worth nothing from now on. Answers the token. */
export async function makeFeed({ db, vault }: Look, actor: Actor, nowMs: number): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const row = { tokenLookup: vault.lookupOf('calendar_feed', token), createdAt: new Date(nowMs) };
  await db.transaction(async (tx) => {
    await tx
      .insert(calendarFeeds)
      .values({ userId: actor.personId, ...row })
      .onConflictDoUpdate({ target: calendarFeeds.userId, set: row });
    await writeAudit(tx, { ...deedOf(actor), action: 'calendar.make', atMs: nowMs });
  });
  return token;
}

/** Makes the secret address worth nothing. Throws `feed_not_found`. */
export async function revokeFeed(db: Database, actor: Actor, nowMs: number): Promise<void> {
  await db.transaction(async (tx) => {
    const gone = await tx
      .delete(calendarFeeds)
      .where(eq(calendarFeeds.userId, actor.personId))
      .returning({ userId: calendarFeeds.userId });
    if (gone.length === 0) throw feedNotFound();
    await writeAudit(tx, { ...deedOf(actor), action: 'calendar.revoke', atMs: nowMs });
  });
}

/** The calendar behind a secret address. Throws `feed_not_found`. */
export async function readFeed(look: Look, token: string, nowMs: number): Promise<string> {
  const [feed] = await look.db
    .select({ userId: calendarFeeds.userId })
    .from(calendarFeeds)
    .where(eq(calendarFeeds.tokenLookup, look.vault.lookupOf('calendar_feed', token)));
  if (!feed) throw feedNotFound();
  return myCalendar(look, { personId: feed.userId }, nowMs);
}

export async function feedSince(db: Database, actor: Actor): Promise<string | null> {
  const [feed] = await db
    .select({ createdAt: calendarFeeds.createdAt })
    .from(calendarFeeds)
    .where(eq(calendarFeeds.userId, actor.personId));
  return feed?.createdAt.toISOString() ?? null;
}

/** What somebody wrote for the counter stays out of it: a calendar is copied to wherever its owner keeps it. */
function asEvent(view: AppointmentView): CalendarEvent {
  const { id, version, service, site, room, state, code } = view;
  return {
    id,
    version,
    startMs: Date.parse(view.startsAt),
    endMs: Date.parse(view.endsAt),
    summary: service.name,
    location: [site.name, site.address, room].filter(Boolean).join(' '),
    description: [`预约号 ${code}`, service.toBring && `请带：${service.toBring}`].filter(Boolean).join('\n'),
    point: site.point,
    isCancelled: state === 'cancelled',
    remindMin: REMIND_MIN,
  };
}

const deedOf = ({ personId }: Actor) => ({ actorId: personId, subject: { kind: 'person', id: personId } });

function feedNotFound(): Problem {
  return new Problem('feed_not_found', 'This calendar address is not in use. Make a new one under your appointments.');
}
