import { z } from 'zod';
import { Day, SiteId } from '../places/site.ts';
import { isStorable } from '../places/site-document.ts';
import { MAX_HORIZON_DAYS, SERVICE_CATEGORIES } from './market.ts';
import { HOLIDAY_RULES } from './slots.ts';

const STORABLE = { message: 'must not hold a NUL character or half a character' };
const Instant = z.iso.datetime();
const words = (most: number) => z.string().trim().max(most).refine(isStorable, STORABLE);
/** A day that a plan or a look at one can be about. */
export const PlanDay = Day.refine((day) => day >= '2020-01-01' && day < '2100-01-01', {
  message: 'must be a day of this century',
});
const Version = z.int().min(0);

/** Minutes since midnight in Xiamen, the end not included. */
const Span = z
  .strictObject({ fromMin: z.int().min(0).max(1439), toMin: z.int().min(1).max(1440) })
  .refine(({ fromMin, toMin }) => fromMin < toMin, { message: 'must end after it begins', path: ['toMin'] });
const Window = z
  .strictObject({
    /** Monday is 0. */
    weekday: z.int().min(0).max(6),
    fromMin: z.int().min(0).max(1439),
    toMin: z.int().min(1).max(1440),
  })
  .refine(({ fromMin, toMin }) => fromMin < toMin, { message: 'must end after it begins', path: ['toMin'] });

const Free = z.object({ startsAt: Instant, endsAt: Instant, free: z.int() });

const Provider = z.object({
  kind: z.enum(['organisation', 'jurisdiction']),
  id: z.string(),
  name: z.string(),
});

/** One service, for everybody. */
const ServiceFacts = z.object({
  id: z.uuid(),
  category: z.enum(SERVICE_CATEGORIES),
  provider: Provider,
  name: z.string(),
  nameEn: z.string(),
  about: z.string(),
  audience: z.string(),
  toBring: z.string(),
  demo: z.boolean(),
});

/** A service at a place. Distances are null when nobody said where they are, or when the place cannot be reached. */
export const OfferView = z.object({
  offerId: z.uuid(),
  siteId: SiteId,
  siteName: z.string(),
  streetCode: z.string().nullable(),
  point: z.object({ lng: z.number(), lat: z.number() }).nullable(),
  room: z.string(),
  slotMin: z.int(),
  isBookable: z.boolean(),
  hasTickets: z.boolean(),
  /** The open hours of the week, to be read: breaks, holidays and exceptions are in the slots. */
  week: z.array(z.object({ weekday: z.int(), fromMin: z.int(), toMin: z.int() })),
  breaks: z.array(z.object({ fromMin: z.int(), toMin: z.int() })),
  distanceM: z.number().nullable(),
  travelTimeMin: z.number().nullable(),
  /** The next free slot; null: none within its horizon. */
  nextFree: Free.nullable(),
});
export type OfferView = z.infer<typeof OfferView>;

/** `offers`: the nearest first when asked with a position, else by the name of the place; `offerCount` counts all. */
export const ServiceView = ServiceFacts.extend({ offers: z.array(OfferView), offerCount: z.int() });
export type ServiceView = z.infer<typeof ServiceView>;

/** `isMore`: there are more than were answered; ask with a narrower filter. */
export const ServiceList = z.object({ services: z.array(ServiceView), isMore: z.boolean() });
export type ServiceList = z.infer<typeof ServiceList>;

/** `GET /api/services/:id/slots` */
export const SlotList = z.object({
  offerId: z.uuid(),
  siteId: SiteId,
  /** Ascending; those with `free: 0` are full, and there one can wait. */
  slots: z.array(Free),
});
export type SlotList = z.infer<typeof SlotList>;

/** `PUT /api/office/services/:id`: stores a new service (without `version`) or another version of it. */
export const SaveService = z.strictObject({
  category: z.enum(SERVICE_CATEGORIES),
  provider: z.strictObject({ kind: z.enum(['organisation', 'jurisdiction']), id: words(60).min(1) }),
  name: words(80).min(1),
  nameEn: words(120).default(''),
  about: words(2000).default(''),
  audience: words(1000).default(''),
  toBring: words(1000).default(''),
  isActive: z.boolean().default(true),
  version: Version.optional(),
});
export type SaveService = z.infer<typeof SaveService>;

export const OfficeService = ServiceFacts.extend({ isActive: z.boolean(), version: Version, offerCount: z.int() });
export type OfficeService = z.infer<typeof OfficeService>;
export const OfficeServices = z.object({ rows: z.array(OfficeService), next: z.string().nullable() });

/** `PUT /api/office/schedules/:id`: a service at a place with its weekly plan; `version` as with services. */
export const SaveOffer = z.strictObject({
  serviceId: z.uuid(),
  siteId: SiteId,
  room: words(60).default(''),
  week: z.array(Window).max(50),
  breaks: z.array(Span).max(10).default([]),
  holidays: z.enum(HOLIDAY_RULES).default('closed'),
  slotMin: z.int().min(5).max(480),
  bufferMin: z.int().min(0).max(240).default(0),
  leadMin: z
    .int()
    .min(0)
    .max(14 * 1440)
    .default(60),
  horizonDays: z.int().min(0).max(MAX_HORIZON_DAYS).default(14),
  counters: z.int().min(1).max(20).default(1),
  capacity: z.int().min(1).max(100).default(1),
  isBookable: z.boolean().default(true),
  hasTickets: z.boolean().default(false),
  isActive: z.boolean().default(true),
  version: Version.optional(),
});
export type SaveOffer = z.infer<typeof SaveOffer>;

const Exception = z.object({ day: Day, spans: z.array(Span), note: z.string() });
export const OfficeOffer = SaveOffer.extend({
  id: z.uuid(),
  version: Version,
  serviceName: z.string(),
  siteName: z.string(),
  /** Those from today on. */
  exceptions: z.array(Exception),
  /** Appointments to come that the plan as it is now would not give: they stand, and somebody has to see to them. */
  outsidePlan: z.int(),
});
export type OfficeOffer = z.infer<typeof OfficeOffer>;
export const OfficeOffers = z.object({ rows: z.array(OfficeOffer) });

/** `PUT /api/office/schedules/:id/exceptions/:day`; no spans: closed that day. */
export const SaveException = z.strictObject({ spans: z.array(Span).max(10), note: words(200).default('') });
export type SaveException = z.infer<typeof SaveException>;
