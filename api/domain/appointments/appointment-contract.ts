import { z } from 'zod';
import { Day, SiteId } from '../places/site.ts';
import { isStorable } from '../places/site-document.ts';
import { PlanDay } from './service-contract.ts';
import { APPOINTMENT_STATES, COUNTER_ACTIONS, type CounterAction, WAITING_STATES } from './market.ts';

const Instant = z.iso.datetime();
const Starts = z.iso.datetime({ offset: true });
const Words = z
  .string()
  .trim()
  .max(1000)
  .refine(isStorable, { message: 'must not hold a NUL character or half a character' });
const actions = Object.keys(COUNTER_ACTIONS) as [CounterAction, ...CounterAction[]];

/** `POST /api/appointments` */
export const BookAppointment = z.strictObject({
  /** Chosen by the phone: what is sent twice is booked once. */
  id: z.uuid(),
  serviceId: z.uuid(),
  siteId: SiteId,
  /** The beginning of a slot, as `GET /api/services/:id/slots` tells it. */
  startsAt: Starts,
  /** For the counter; sealed. */
  words: Words.default(''),
});
export type BookAppointment = z.infer<typeof BookAppointment>;

/** `POST /api/appointments/:id/cancel` and `/reschedule`; another version by now answers 412 with `current`. */
export const CancelAppointment = z.strictObject({ version: z.int().min(0) });
export const RescheduleAppointment = z.strictObject({
  version: z.int().min(0),
  startsAt: Starts,
  /** Another place of the same service; left out: the same place. */
  siteId: SiteId.optional(),
});
export type RescheduleAppointment = z.infer<typeof RescheduleAppointment>;

/** As the person who booked sees it. */
export const AppointmentView = z.object({
  id: z.uuid(),
  code: z.string(),
  state: z.enum(APPOINTMENT_STATES),
  version: z.int(),
  startsAt: Instant,
  endsAt: Instant,
  counter: z.int(),
  service: z.object({ id: z.uuid(), name: z.string(), nameEn: z.string(), toBring: z.string() }),
  site: z.object({
    id: SiteId,
    name: z.string(),
    address: z.string().nullable(),
    point: z.object({ lng: z.number(), lat: z.number() }).nullable(),
  }),
  room: z.string(),
  words: z.string(),
  /** Whether it may still be cancelled or moved. */
  isOpen: z.boolean(),
  createdAt: Instant,
});
export type AppointmentView = z.infer<typeof AppointmentView>;

export const WaitingView = z.object({
  id: z.uuid(),
  state: z.enum(WAITING_STATES),
  service: z.object({ id: z.uuid(), name: z.string() }),
  site: z.object({ id: SiteId, name: z.string() }),
  fromDay: Day,
  toDay: Day,
  /** How many were here before. */
  ahead: z.int(),
});
export type WaitingView = z.infer<typeof WaitingView>;

/** `feedSince`: since when a secret calendar address is in use; null: none is. */
export const MyAppointments = z.object({
  rows: z.array(AppointmentView),
  waiting: z.array(WaitingView),
  feedSince: Instant.nullable(),
});
export type MyAppointments = z.infer<typeof MyAppointments>;

/** `POST /api/waiting` */
export const WaitForSlot = z
  .strictObject({ id: z.uuid(), serviceId: z.uuid(), siteId: SiteId, fromDay: PlanDay, toDay: PlanDay })
  .refine(({ fromDay, toDay }) => fromDay <= toDay, { message: 'must not lie before fromDay', path: ['toDay'] });
export type WaitForSlot = z.infer<typeof WaitForSlot>;

/** Shown once: whoever has the address sees the appointments. */
export const CalendarFeed = z.object({ url: z.string(), createdAt: Instant });

/** A row of a counter's day. No name, no phone, no words: those are looked at one by one, and the look is kept. */
export const CounterRow = z.object({
  id: z.uuid(),
  code: z.string(),
  state: z.enum(APPOINTMENT_STATES),
  version: z.int(),
  startsAt: Instant,
  endsAt: Instant,
  counter: z.int(),
  seat: z.int(),
  offerId: z.uuid(),
  serviceName: z.string(),
  siteId: SiteId,
  siteName: z.string(),
  hasWords: z.boolean(),
});
export type CounterRow = z.infer<typeof CounterRow>;
export const CounterDay = z.object({ rows: z.array(CounterRow), next: z.string().nullable() });
export type CounterDay = z.infer<typeof CounterDay>;
export const CounterAppointment = CounterRow.extend({ words: z.string().nullable(), phone: z.string().nullable() });
export type CounterAppointment = z.infer<typeof CounterAppointment>;

/** `POST /api/office/appointments/:id/actions` */
export const ActOnAppointment = z.strictObject({ action: z.enum(actions), version: z.int().min(0) });
export type ActOnAppointment = z.infer<typeof ActOnAppointment>;
