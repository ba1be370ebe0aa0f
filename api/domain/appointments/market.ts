/** The closed lists of the service market, in the order in which people see them. Codes are stored, never renamed. */
export const SERVICE_CATEGORIES = [
  'legal_aid',
  'mediation',
  'union_desk',
  'government_desk',
  'platform_desk',
  'insurance_office',
  'employment',
  'social_insurance',
  'education',
  'recruitment',
  'skills',
  'counselling',
  'employer_services',
] as const;

export const APPOINTMENT_STATES = ['booked', 'cancelled', 'served', 'no_show'] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

/** What a counter does with an appointment, from `booked` to which state. */
export const COUNTER_ACTIONS = { serve: 'served', no_show: 'no_show', cancel: 'cancelled' } as const satisfies Record<
  string,
  AppointmentState
>;
export type CounterAction = keyof typeof COUNTER_ACTIONS;

export const WAITING_STATES = ['waiting', 'told', 'left'] as const;

export const TICKET_STATES = ['waiting', 'called', 'served', 'skipped', 'left'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** Which ticket may go where, and who moves it: the counter, or whoever holds it. */
export const TICKET_MOVES = {
  serve: { from: ['called'], to: 'served' },
  skip: { from: ['called'], to: 'skipped' },
  recall: { from: ['skipped'], to: 'called' },
  leave: { from: ['waiting', 'called', 'skipped'], to: 'left' },
} as const satisfies Record<string, { from: readonly TicketState[]; to: TicketState }>;
export type TicketMove = keyof typeof TICKET_MOVES;

/** So many appointments to come may one person have. */
export const MAX_BOOKED_AHEAD = 10;
/** So many tickets of one service at one place are handed out in a day. */
export const MAX_TICKETS_A_DAY = 500;
/** As far ahead as slots are ever told, whatever a schedule says. */
export const MAX_HORIZON_DAYS = 90;
