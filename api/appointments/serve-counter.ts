import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Actor } from '#domain/accounts/roles.ts';
import type {
  ActOnAppointment,
  CounterAppointment,
  CounterDay,
  CounterRow,
} from '#domain/appointments/appointment-contract.ts';
import { COUNTER_ACTIONS } from '#domain/appointments/market.ts';
import { PlanDay } from '#domain/appointments/service-contract.ts';
import { SiteId } from '#domain/places/site.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import { instantOf, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { appointments, marketServices, serviceOffers } from '../../db/tables/appointments.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';
import { endsAt, startsAt } from './load-offers.ts';
import { cancelHeld, holdAppointment } from './move-appointment.ts';
import { offersInScope } from './offer-scope.ts';
import { sealedFor } from './view-appointment.ts';

const MAX_ROWS = 200;

export const counterQuery = z.strictObject({
  day: PlanDay.optional(),
  siteId: SiteId.optional(),
  offerId: z.uuid().optional(),
  counter: z.coerce.number().int().min(1).max(20).optional(),
  cursor: z.string().max(200).optional(),
});
type CounterQuery = z.infer<typeof counterQuery>;

/** Those that the actor's counters serve; never one's own. */
function servedBy(actor: Actor): SQL {
  return and(offersInScope(actor, 'appointment.serve'), sql`${appointments.userId} <> ${actor.personId}`)!;
}

function selectRows(db: Database) {
  return db
    .select({
      row: appointments,
      startsAt,
      endsAt,
      serviceName: marketServices.name,
      siteId: sites.id,
      siteName: sites.name,
    })
    .from(appointments)
    .innerJoin(serviceOffers, eq(serviceOffers.id, appointments.offerId))
    .innerJoin(marketServices, eq(marketServices.id, serviceOffers.serviceId))
    .innerJoin(sites, eq(sites.id, serviceOffers.siteId))
    .$dynamic();
}
type Selected = Awaited<ReturnType<typeof selectRows>>[number];

/** The day of a counter (today unless said otherwise), by time; keyset paging over (start, id). */
export async function listCounterDay(
  db: Database,
  actor: Actor,
  { day, siteId, offerId, counter, cursor }: CounterQuery,
  nowMs: number,
): Promise<CounterDay> {
  const wanted = day ?? shanghaiDay(nowMs);
  const begins = sql`lower(${appointments.during})`;
  const rows = await selectRows(db)
    .where(
      and(
        servedBy(actor),
        sql`${begins} >= ${new Date(instantOf(wanted, 0)).toISOString()}::timestamptz`,
        sql`${begins} < ${new Date(instantOf(wanted, 1440)).toISOString()}::timestamptz`,
        siteId === undefined ? undefined : eq(sites.id, siteId),
        offerId === undefined ? undefined : eq(appointments.offerId, offerId),
        counter === undefined ? undefined : eq(appointments.counter, counter),
        cursor === undefined ? undefined : afterCursor(cursor),
      ),
    )
    .orderBy(asc(begins), asc(appointments.id))
    .limit(MAX_ROWS + 1);
  const shown = rows.slice(0, MAX_ROWS).map(asRow);
  const last = shown.at(-1);
  const next = rows.length > MAX_ROWS ? `${last!.startsAt}_${last!.id}` : null;
  return { rows: shown, next };
}

function afterCursor(cursor: string): SQL {
  const [at, id] = cursor.split('_');
  const read = z.tuple([z.iso.datetime(), z.uuid()]).safeParse([at, id]);
  if (!read.success || read.data[0] < '2000') {
    throw new Problem('invalid_request', 'cursor: take it from `next` of the page before', {
      errors: [{ path: 'cursor', message: 'is not the `next` of a page' }],
    });
  }
  return sql`(lower(${appointments.during}), ${appointments.id}) > (${read.data[0]}::timestamptz, ${read.data[1]}::uuid)`;
}

/** One appointment with what its person wrote and their phone. The look is kept. Throws `appointment_not_found`. */
export async function lookAtAppointment(
  { db, vault }: { db: Database; vault: Vault },
  actor: Actor,
  id: string,
  nowMs: number,
): Promise<CounterAppointment> {
  return db.transaction(async (tx) => {
    const [found] = await selectRows(tx).where(and(servedBy(actor), eq(appointments.id, id)));
    if (!found) throw notAtCounter();
    const { row } = found;
    const [person] = await tx.select({ phone: users.phoneNumber }).from(users).where(eq(users.id, row.userId));
    const words = row.wordsSealed && (await vault.unsealFor(tx, row.userId, row.wordsSealed, sealedFor(row.id)));
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'appointment.look',
      subject: { kind: 'appointment', id },
      atMs: nowMs,
    });
    return { ...asRow(found), words, phone: person?.phone ?? null };
  });
}

/**
 * What happened at the counter: served or not come (from its beginning on), or cancelled by the counter, of which the
 * person is told. Throws `appointment_not_found`, `changed_meanwhile`, `appointment_state`.
 */
export async function actAtCounter(
  db: Database,
  holidays: HolidayLookup,
  actor: Actor,
  id: string,
  { action, version }: ActOnAppointment,
  nowMs: number,
): Promise<CounterRow> {
  await db.transaction(async (tx) => {
    const [seen] = await selectRows(tx).where(and(servedBy(actor), eq(appointments.id, id)));
    if (!seen) throw notAtCounter();
    const held = await holdAppointment(tx, id, eq(appointments.offerId, seen.row.offerId));
    if (held?.row.version !== version) {
      throw new Problem('changed_meanwhile', 'The appointment has changed meanwhile. Look at it again.', {
        current: asRow(seen),
      });
    }
    const { row, startMs } = held;
    if (row.state !== 'booked') {
      throw new Problem('appointment_state', `The appointment is ${row.state} already; nothing was changed.`);
    }
    if (action === 'cancel') {
      await cancelHeld(tx, held, { actorId: actor.personId, holidays, nowMs });
      return;
    }
    // Somebody may be served early, but nobody is missed before their time.
    if (action === 'no_show' && startMs > nowMs) {
      throw new Problem('appointment_state', 'The appointment has not begun yet; nobody has missed it.');
    }
    if (action === 'serve' && shanghaiDay(startMs) > shanghaiDay(nowMs)) {
      throw new Problem('appointment_state', 'The appointment is on another day. Let the person move it first.');
    }
    await tx
      .update(appointments)
      .set({ state: COUNTER_ACTIONS[action], version: version + 1, stateSince: new Date(nowMs) })
      .where(eq(appointments.id, id));
    await writeAudit(tx, {
      actorId: actor.personId,
      action: `appointment.${action}`,
      subject: { kind: 'appointment', id },
      before: { state: row.state },
      after: { state: COUNTER_ACTIONS[action] },
      atMs: nowMs,
    });
  });
  const [after] = await selectRows(db).where(eq(appointments.id, id));
  return asRow(after!);
}

function asRow({ row, serviceName, siteId, siteName, ...times }: Selected): CounterRow {
  const { id, code, state, version, counter, seat, offerId, wordsSealed } = row;
  return {
    id,
    code,
    state,
    version,
    startsAt: times.startsAt.toISOString(),
    endsAt: times.endsAt.toISOString(),
    counter,
    seat,
    offerId,
    serviceName,
    siteId,
    siteName,
    hasWords: wordsSealed !== null,
  };
}

function notAtCounter(): Problem {
  return new Problem('appointment_not_found', 'None of your counters has such an appointment.');
}
