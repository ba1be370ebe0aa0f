import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { APPOINTMENT_MESSAGES } from '#domain/appointments/appointment-messages.ts';
import { APPOINTMENT_STATES, SERVICE_CATEGORIES, TICKET_STATES, WAITING_STATES } from '#domain/appointments/market.ts';
import { HOLIDAY_RULES, type MinuteSpan, type WeekWindow } from '#domain/appointments/slots.ts';
import { instant, oneOf } from '../columns.ts';
import { jurisdictions, organisations, sites } from './places.ts';

/** PostgreSQL's `tstzrange`, always with its beginning in and its end out. */
const instantRange = customType<{ data: string }>({ dataType: () => 'tstzrange' });

/** What the centre and its partners offer, by provider: an organisation, or the office of a street or district. */
export const marketServices = pgTable(
  'market_services',
  {
    id: uuid('id').primaryKey(),
    category: text('category', { enum: SERVICE_CATEGORIES }).notNull(),
    organisationId: text('organisation_id').references(() => organisations.id),
    jurisdictionCode: text('jurisdiction_code').references(() => jurisdictions.code),
    name: text('name').notNull(),
    nameEn: text('name_en').notNull(),
    /** What it is, who may use it, what to bring: plain text, which is escaped wherever it is shown. */
    about: text('about').notNull(),
    audience: text('audience').notNull(),
    toBring: text('to_bring').notNull(),
    isActive: boolean('is_active').notNull(),
    version: integer('version').notNull(),
    updatedBy: text('updated_by').notNull(),
    updatedAt: instant('updated_at').notNull(),
    demo: boolean('demo').notNull().default(false),
  },
  (t) => [
    check('market_services_category', oneOf(t.category, SERVICE_CATEGORIES)),
    check('market_services_provider', sql`(${t.organisationId} is null) <> (${t.jurisdictionCode} is null)`),
    index('market_services_by_category').on(t.isActive, t.category),
    index('market_services_by_organisation').on(t.organisationId),
    index('market_services_by_jurisdiction').on(t.jurisdictionCode),
  ],
);

/** A service at a site, with its schedule. */
export const serviceOffers = pgTable(
  'service_offers',
  {
    id: uuid('id').primaryKey(),
    serviceId: uuid('service_id')
      .notNull()
      .references(() => marketServices.id),
    siteId: text('site_id')
      .notNull()
      .references(() => sites.id),
    /** Where in the house. */
    room: text('room').notNull(),
    week: jsonb('week').$type<WeekWindow[]>().notNull(),
    breaks: jsonb('breaks').$type<MinuteSpan[]>().notNull(),
    holidays: text('holidays', { enum: HOLIDAY_RULES }).notNull(),
    slotMin: integer('slot_min').notNull(),
    bufferMin: integer('buffer_min').notNull(),
    leadMin: integer('lead_min').notNull(),
    horizonDays: integer('horizon_days').notNull(),
    counters: integer('counters').notNull(),
    capacity: integer('capacity').notNull(),
    /** Whether appointments are given, and whether tickets are. */
    isBookable: boolean('is_bookable').notNull(),
    hasTickets: boolean('has_tickets').notNull(),
    isActive: boolean('is_active').notNull(),
    version: integer('version').notNull(),
    updatedBy: text('updated_by').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    unique('service_offers_once').on(t.serviceId, t.siteId),
    check('service_offers_holidays', oneOf(t.holidays, HOLIDAY_RULES)),
    check('service_offers_counts', sql`${t.counters} > 0 and ${t.capacity} > 0 and ${t.slotMin} > 0`),
    check('service_offers_times', sql`${t.bufferMin} >= 0 and ${t.leadMin} >= 0 and ${t.horizonDays} >= 0`),
    index('service_offers_by_site').on(t.siteId),
  ],
);

/** A day on which an offer differs from its week; no spans: closed. */
export const offerExceptions = pgTable(
  'offer_exceptions',
  {
    offerId: uuid('offer_id')
      .notNull()
      .references(() => serviceOffers.id),
    day: date('day').notNull(),
    spans: jsonb('spans').$type<MinuteSpan[]>().notNull(),
    note: text('note').notNull(),
  },
  (t) => [primaryKey({ columns: [t.offerId, t.day] })],
);

/**
 * Who comes when. The database itself refuses a seat that is taken, and two appointments of one person at once
 * (exclusion constraints in the migration). What the person wrote is sealed under their key.
 */
export const appointments = pgTable(
  'appointments',
  {
    /** Chosen by whoever books, so that what is sent twice is booked once. */
    id: uuid('id').primaryKey(),
    offerId: uuid('offer_id')
      .notNull()
      .references(() => serviceOffers.id),
    counter: integer('counter').notNull(),
    seat: integer('seat').notNull(),
    during: instantRange('during').notNull(),
    userId: text('user_id').notNull(),
    /** What is said at the counter instead of a name. */
    code: text('code').notNull(),
    state: text('state', { enum: APPOINTMENT_STATES }).notNull(),
    version: integer('version').notNull(),
    wordsSealed: text('words_sealed'),
    createdAt: instant('created_at').notNull(),
    stateSince: instant('state_since').notNull(),
  },
  (t) => [
    check('appointments_state', oneOf(t.state, APPOINTMENT_STATES)),
    check('appointments_seat', sql`${t.counter} > 0 and ${t.seat} > 0`),
    check('appointments_during', sql`lower_inc(${t.during}) and not upper_inc(${t.during})`),
    index('appointments_by_person').on(t.userId, sql`lower(${t.during})`),
    index('appointments_by_offer').on(t.offerId, sql`lower(${t.during})`, t.id),
    index('appointments_in_time').on(sql`lower(${t.during})`, t.id),
  ],
);

/** Who wants to be told when a slot of an offer frees within some days; the first who came is told first. */
export const waitingPeople = pgTable(
  'waiting_people',
  {
    id: uuid('id').primaryKey(),
    offerId: uuid('offer_id')
      .notNull()
      .references(() => serviceOffers.id),
    userId: text('user_id').notNull(),
    fromDay: date('from_day').notNull(),
    toDay: date('to_day').notNull(),
    state: text('state', { enum: WAITING_STATES }).notNull(),
    createdAt: instant('created_at').notNull(),
    toldAt: instant('told_at'),
    /** The slot they were told of, until it is passed on to the next. */
    slotStartsAt: instant('slot_starts_at'),
  },
  (t) => [
    check('waiting_people_state', oneOf(t.state, WAITING_STATES)),
    check('waiting_people_days', sql`${t.fromDay} <= ${t.toDay}`),
    uniqueIndex('waiting_people_once')
      .on(t.offerId, t.userId)
      .where(sql`${t.state} = 'waiting'`),
    index('waiting_people_in_order').on(t.offerId, t.state, t.createdAt, t.id),
    index('waiting_people_by_person').on(t.userId),
    index('waiting_people_told')
      .on(t.toldAt)
      .where(sql`${t.slotStartsAt} is not null`),
  ],
);

/** Messages to phones; housekeeping sends them, and tries again. */
export const appointmentMessages = pgTable(
  'appointment_messages',
  {
    /** The appointment, or the row of `waiting_people`. */
    subjectId: uuid('subject_id').notNull(),
    version: integer('version').notNull(),
    kind: text('kind', { enum: APPOINTMENT_MESSAGES }).notNull(),
    userId: text('user_id').notNull(),
    siteName: text('site_name').notNull(),
    startsAt: instant('starts_at').notNull(),
    createdAt: instant('created_at').notNull(),
    tries: integer('tries').notNull().default(0),
    nextTryAt: instant('next_try_at'),
    sentAt: instant('sent_at'),
  },
  (t) => [
    primaryKey({ columns: [t.subjectId, t.version, t.kind] }),
    check('appointment_messages_kind', oneOf(t.kind, APPOINTMENT_MESSAGES)),
    index('appointment_messages_due')
      .on(t.nextTryAt)
      .where(sql`${t.nextTryAt} is not null`),
  ],
);

/** The secret address of somebody's calendar; only its keyed hash is kept. */
export const calendarFeeds = pgTable('calendar_feeds', {
  userId: text('user_id').primaryKey(),
  tokenLookup: text('token_lookup').notNull().unique(),
  createdAt: instant('created_at').notNull(),
});

/** Walk-in tickets: nobody's name, a number for the day, and the keyed hash of the code that follows it. */
export const tickets = pgTable(
  'tickets',
  {
    /** Chosen by the phone. */
    id: uuid('id').primaryKey(),
    offerId: uuid('offer_id')
      .notNull()
      .references(() => serviceOffers.id),
    day: date('day').notNull(),
    number: integer('number').notNull(),
    codeLookup: text('code_lookup').notNull().unique(),
    state: text('state', { enum: TICKET_STATES }).notNull(),
    counter: integer('counter'),
    takenAt: instant('taken_at').notNull(),
    stateSince: instant('state_since').notNull(),
  },
  (t) => [
    check('tickets_state', oneOf(t.state, TICKET_STATES)),
    unique('tickets_number').on(t.offerId, t.day, t.number),
    index('tickets_in_order').on(t.offerId, t.day, t.state, t.number),
  ],
);
