import { z } from 'zod';
import { Day, SiteId } from '../places/site.ts';
import { TICKET_STATES } from './market.ts';

const Instant = z.iso.datetime();

/** `POST /api/sites/:id/tickets` */
export const TakeTicket = z.strictObject({
  /** Chosen by the phone: what is sent twice is one ticket. */
  id: z.uuid(),
  serviceId: z.uuid(),
});
export type TakeTicket = z.infer<typeof TakeTicket>;

export const TicketView = z.object({
  number: z.int(),
  state: z.enum(TICKET_STATES),
  day: Day,
  siteId: SiteId,
  serviceId: z.uuid(),
  serviceName: z.string(),
  room: z.string(),
  /** Where to go, once called. */
  counter: z.int().nullable(),
  /** How many wait before this one. */
  ahead: z.int(),
  takenAt: Instant,
});
export type TicketView = z.infer<typeof TicketView>;
/** With the code by which `GET /api/tickets/:code` follows it. */
export const TakenTicket = TicketView.extend({ code: z.string() });
export type TakenTicket = z.infer<typeof TakenTicket>;

/** `GET /api/sites/:id/queue`: today's queue of every service with tickets there. */
export const SiteQueue = z.object({
  queues: z.array(
    z.object({
      serviceId: z.uuid(),
      serviceName: z.string(),
      /** Whether tickets are given at this moment. */
      isOpen: z.boolean(),
      waiting: z.int(),
      /** The last numbers that were called, the newest first. */
      called: z.array(z.object({ number: z.int(), counter: z.int() })),
    }),
  ),
});
export type SiteQueue = z.infer<typeof SiteQueue>;

/** `POST /api/office/tickets/call`: the next one that waits. */
export const CallNext = z.strictObject({ offerId: z.uuid(), counter: z.int().min(1).max(20) });
export type CallNext = z.infer<typeof CallNext>;
/** `POST /api/office/tickets/:id/actions` */
export const ActOnTicket = z.strictObject({ action: z.enum(['serve', 'skip', 'recall']) });

export const OfficeTicket = z.object({
  id: z.uuid(),
  offerId: z.uuid(),
  serviceName: z.string(),
  number: z.int(),
  state: z.enum(TICKET_STATES),
  counter: z.int().nullable(),
  takenAt: Instant,
});
export type OfficeTicket = z.infer<typeof OfficeTicket>;
export const OfficeTickets = z.object({ rows: z.array(OfficeTicket) });
