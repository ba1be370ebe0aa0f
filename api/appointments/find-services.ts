import { and, eq, ilike, or, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { MAX_HORIZON_DAYS, SERVICE_CATEGORIES } from '#domain/appointments/market.ts';
import {
  type OfferView,
  PlanDay,
  type ServiceList,
  type ServiceView,
  type SlotList,
} from '#domain/appointments/service-contract.ts';
import { type FreeSlot, freeSlots, type TakenSeat } from '#domain/appointments/slots.ts';
import { looksSwapped } from '#domain/geo/city-box.ts';
import { TRAVEL_MODES } from '#domain/geo/travel.ts';
import { describeNearest } from '#domain/places/nearest.ts';
import { SiteId } from '#domain/places/site.ts';
import { isStorable } from '#domain/places/site-document.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import { addDays, dayNumber, instantOf, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { marketServices, serviceOffers } from '../../db/tables/appointments.ts';
import { jurisdictions, organisations, sites } from '../../db/tables/places.ts';
import { Problem, refuseField } from '../http/problem.ts';
import type { AppointmentsDependencies } from './dependencies.ts';
import { getOffered, isOffered, loadOffers, type OfferAtSite, takenSeats } from './load-offers.ts';

const MAX_SERVICES = 50;
const OFFERS_SHOWN = 5;
/** As many days as one look at the slots may cover. */
const MAX_DAYS = 31;

const degree = z
  .string()
  .regex(/^-?\d{1,3}(\.\d{1,12})?$/, 'must be a plain decimal number')
  .transform(Number);

export const servicesQuery = z
  .strictObject({
    category: z.enum(SERVICE_CATEGORIES).optional(),
    /** A part of the name, of what it is, or of its provider. */
    q: z
      .string()
      .trim()
      .max(60)
      .refine(isStorable, { message: 'must not hold a NUL character or half a character' })
      .optional(),
    siteId: SiteId.optional(),
    /** A street's or a district's code. */
    street: z
      .string()
      .regex(/^\d{6}(\d{3})?$/)
      .optional(),
    lng: degree.optional(),
    lat: degree.optional(),
    mode: z.enum(TRAVEL_MODES).default('ebike'),
  })
  .refine(({ lng, lat }) => (lng === undefined) === (lat === undefined), {
    message: 'lng and lat go together',
    path: ['lng'],
  })
  .refine(({ lng, lat }) => lng === undefined || lat === undefined || !looksSwapped(lng, lat), {
    message: 'lng and lat look swapped: Xiamen is at lng 118, lat 24',
    path: ['lng'],
  });
type ServicesQuery = z.infer<typeof servicesQuery>;

export const slotsQuery = z.strictObject({ siteId: SiteId, from: PlanDay.optional(), to: PlanDay.optional() });

type Ground = Pick<AppointmentsDependencies, 'store' | 'network'> & { db: Database; holidays: HolidayLookup };
type Way = Pick<OfferView, 'distanceM' | 'travelTimeMin'> & { rank: number };

/**
 * What is offered, where, how far over land, and when the next free slot is; two statements whatever is asked. Throws
 * `outside_city`.
 */
export async function findServices(ground: Ground, query: ServicesQuery, nowMs: number): Promise<ServiceList> {
  const { category, q, siteId, street } = query;
  const like = q ? `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : null;
  const found = await loadOffers(
    ground.db,
    and(
      isOffered,
      category && eq(marketServices.category, category),
      siteId !== undefined ? eq(sites.id, siteId) : undefined,
      street !== undefined ? or(eq(sites.streetCode, street), eq(sites.districtCode, street)) : undefined,
      like === null
        ? undefined
        : or(
            ilike(marketServices.name, like),
            ilike(marketServices.nameEn, like),
            ilike(marketServices.about, like),
            sql`${providerName} ilike ${like}`,
          ),
    )!,
    nowMs,
  );
  const ways = waysTo(ground, found, query);
  const groups = new Map<string, OfferAtSite[]>();
  for (const one of found.sort(byWay(ways))) {
    groups.set(one.service.id, [...(groups.get(one.service.id) ?? []), one]);
  }
  const shown = [...groups.values()].slice(0, MAX_SERVICES);
  const services = await viewServices(ground, shown, ways, nowMs);
  return { services, isMore: groups.size > MAX_SERVICES };
}

/** One service with every place where it is given (at most 100). Throws `service_not_found`. */
export async function getService(ground: Ground, id: string, nowMs: number): Promise<ServiceView> {
  const found = await loadOffers(ground.db, and(isOffered, eq(serviceOffers.serviceId, id))!, nowMs, 100);
  if (found.length === 0) throw new Problem('service_not_found', 'This service is not given anywhere at the moment.');
  found.sort(byWay(new Map()));
  const [view] = await viewServices(ground, [found], new Map(), nowMs, found.length);
  return view!;
}

/** The slots of a service at a place, full ones included, a fortnight unless said otherwise. Throws `service_not_found`. */
export async function listSlots(
  { db, holidays }: Pick<Ground, 'db' | 'holidays'>,
  serviceId: string,
  { siteId, from, to }: z.infer<typeof slotsQuery>,
  nowMs: number,
): Promise<SlotList> {
  const fromDay = from ?? shanghaiDay(nowMs);
  const toDay = to ?? addDays(fromDay, 13);
  if (toDay < fromDay) throw refuseField('invalid_request', 'to', 'must not lie before `from`');
  if (dayNumber(toDay) - dayNumber(fromDay) >= MAX_DAYS) {
    throw refuseField('invalid_request', 'to', `At most ${MAX_DAYS} days at once.`);
  }
  const { offer, schedule } = await getOffered(db, { serviceId, siteId }, nowMs);
  const taken = await takenSeats(db, [offer.id], { fromMs: instantOf(fromDay, 0), toMs: instantOf(toDay, 1440) });
  const slots = offer.isBookable
    ? freeSlots(schedule, holidays, { fromDay, toDay, nowMs, taken: taken.get(offer.id) ?? [] })
    : [];
  return { offerId: offer.id, siteId, slots: slots.map(viewSlot) };
}

const providerName = sql<string>`coalesce(
  (select o.name from ${organisations} o where o.id = ${marketServices.organisationId}),
  (select j.name from ${jurisdictions} j where j.code = ${marketServices.jurisdictionCode}), '')`;

/** The ways to the sites over land and crossings; empty when nobody said from where. */
function waysTo({ store, network }: Ground, found: OfferAtSite[], { lng, lat, mode }: ServicesQuery): Map<string, Way> {
  const ways = new Map<string, Way>();
  if (lng === undefined || lat === undefined) return ways;
  const from = { lng, lat };
  if (network.locate(from).outside) {
    throw new Problem('outside_city', 'The point is outside Xiamen. Choose a street instead.');
  }
  const wanted = new Set(found.map(({ site }) => site.id));
  const nearest = store.index.query({
    from,
    mode,
    limit: wanted.size,
    accepts: (index) => wanted.has(store.sites[index]!.id),
  });
  const described = describeNearest(nearest, from, mode, network, (index) => {
    const site = store.sites[index]!;
    return { site, point: site.point!, precisionM: site.precisionM, opening: { state: 'unknown' } };
  });
  [...described.reachable, ...described.acrossWater].forEach(({ site, distanceM, travelTimeMin }, rank) =>
    ways.set(site.id, { distanceM, travelTimeMin, rank }),
  );
  return ways;
}

const words = ({ service, site }: OfferAtSite) =>
  `${String(SERVICE_CATEGORIES.indexOf(service.category)).padStart(2, '0')} ${service.name}\n${site.name}\n${site.id}`;

function byWay(ways: ReadonlyMap<string, Way>) {
  const rank = ({ site }: OfferAtSite) => ways.get(site.id)?.rank ?? Infinity;
  return (a: OfferAtSite, b: OfferAtSite) => {
    const [x, y] = [rank(a), rank(b)];
    if (x !== y) return x - y;
    return words(a) < words(b) ? -1 : 1;
  };
}

async function viewServices(
  { db, holidays }: Ground,
  groups: readonly OfferAtSite[][],
  ways: ReadonlyMap<string, Way>,
  nowMs: number,
  offersShown = OFFERS_SHOWN,
): Promise<ServiceView[]> {
  const shown = groups.flatMap((offers) => offers.slice(0, offersShown));
  const horizonDays = Math.max(0, ...shown.map(({ offer }) => offer.horizonDays));
  const toDay = addDays(shanghaiDay(nowMs), Math.min(horizonDays, MAX_HORIZON_DAYS));
  const taken = await takenSeats(
    db,
    shown.map(({ offer }) => offer.id),
    { fromMs: nowMs, toMs: instantOf(toDay, 1440) },
  );
  const providers = await namesOfProviders(
    db,
    groups.map(([first]) => first!.service.id),
  );
  return groups.map((offers) => {
    const { id, category, name, nameEn, about, audience, toBring, demo, organisationId, jurisdictionCode } =
      offers[0]!.service;
    return {
      id,
      category,
      name,
      nameEn,
      about,
      audience,
      toBring,
      demo,
      provider: {
        kind: organisationId !== null ? 'organisation' : 'jurisdiction',
        id: organisationId ?? jurisdictionCode!,
        name: providers.get(id) ?? '',
      },
      offerCount: offers.length,
      offers: offers
        .slice(0, offersShown)
        .map((one) => viewOffer(one, ways, holidays, taken.get(one.offer.id) ?? [], nowMs)),
    };
  });
}

export async function namesOfProviders(db: Database, serviceIds: readonly string[]): Promise<Map<string, string>> {
  if (serviceIds.length === 0) return new Map();
  const ids: SQL = sql.join(
    serviceIds.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
  const rows = await db
    .select({ id: marketServices.id, name: providerName })
    .from(marketServices)
    .where(sql`${marketServices.id} in (${ids})`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function viewOffer(
  { offer, site, schedule }: OfferAtSite,
  ways: ReadonlyMap<string, Way>,
  holidays: HolidayLookup,
  taken: readonly TakenSeat[],
  nowMs: number,
): OfferView {
  const fromDay = shanghaiDay(nowMs);
  const toDay = addDays(fromDay, offer.horizonDays);
  const next = offer.isBookable
    ? freeSlots(schedule, holidays, { fromDay, toDay, nowMs, taken, limit: 1 }).find(({ free }) => free > 0)
    : undefined;
  const way = ways.get(site.id);
  return {
    offerId: offer.id,
    siteId: site.id,
    siteName: site.name,
    streetCode: site.streetCode,
    point: site.point,
    room: offer.room,
    slotMin: offer.slotMin,
    isBookable: offer.isBookable,
    hasTickets: offer.hasTickets,
    week: offer.week,
    breaks: offer.breaks,
    distanceM: way?.distanceM ?? null,
    travelTimeMin: way?.travelTimeMin ?? null,
    nextFree: next ? viewSlot(next) : null,
  };
}

function viewSlot({ startMs, endMs, free }: FreeSlot) {
  return { startsAt: new Date(startMs).toISOString(), endsAt: new Date(endMs).toISOString(), free };
}
