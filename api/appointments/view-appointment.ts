import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { AppointmentView } from '#domain/appointments/appointment-contract.ts';
import type { Database } from '../../db/connect.ts';
import { appointments, marketServices, serviceOffers } from '../../db/tables/appointments.ts';
import { sites } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import type { Vault } from '../platform/vault.ts';
import { endsAt, startsAt } from './load-offers.ts';

type Look = { db: Database; vault: Vault };

export const sealedFor = (id: string) => `appointment ${id}`;
const ofActor = (actor: Actor) => eq(appointments.userId, actor.personId);

/** One of the actor's own. Throws `appointment_not_found`. */
export async function getMyAppointment(look: Look, actor: Actor, id: string, nowMs: number): Promise<AppointmentView> {
  const [view] = await viewAppointments(look, and(ofActor(actor), eq(appointments.id, id))!, nowMs);
  if (!view) throw appointmentNotFound();
  return view;
}

/** The actor's own, the latest first, at most 200. */
export function listMyAppointments(look: Look, actor: Actor, nowMs: number): Promise<AppointmentView[]> {
  return viewAppointments(look, ofActor(actor), nowMs);
}

async function viewAppointments({ db, vault }: Look, where: SQL, nowMs: number): Promise<AppointmentView[]> {
  const rows = await db
    .select({
      row: appointments,
      startsAt,
      endsAt,
      service: {
        id: marketServices.id,
        name: marketServices.name,
        nameEn: marketServices.nameEn,
        toBring: marketServices.toBring,
      },
      site: { id: sites.id, name: sites.name, address: sites.address },
      lng: sql<number | null>`ST_X(${sites.point})`,
      lat: sql<number | null>`ST_Y(${sites.point})`,
      room: serviceOffers.room,
    })
    .from(appointments)
    .innerJoin(serviceOffers, eq(serviceOffers.id, appointments.offerId))
    .innerJoin(marketServices, eq(marketServices.id, serviceOffers.serviceId))
    .innerJoin(sites, eq(sites.id, serviceOffers.siteId))
    .where(where)
    .orderBy(desc(startsAt), desc(appointments.id))
    .limit(200);
  return Promise.all(
    rows.map(async ({ row, service, site, lng, lat, room, ...times }) => ({
      id: row.id,
      code: row.code,
      state: row.state,
      version: row.version,
      startsAt: times.startsAt.toISOString(),
      endsAt: times.endsAt.toISOString(),
      counter: row.counter,
      service,
      site: { ...site, point: lng !== null && lat !== null ? { lng, lat } : null },
      room,
      words: (row.wordsSealed && (await vault.unsealFor(db, row.userId, row.wordsSealed, sealedFor(row.id)))) || '',
      isOpen: row.state === 'booked' && times.startsAt.getTime() > nowMs,
      createdAt: row.createdAt.toISOString(),
    })),
  );
}

export function appointmentNotFound(): Problem {
  return new Problem(
    'appointment_not_found',
    'There is no such appointment of yours. Look at the list of your appointments.',
  );
}
