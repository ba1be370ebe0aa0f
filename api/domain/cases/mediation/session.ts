/** Closed lists of a mediation session. Codes are stored; a code is never renamed. */

export const SESSION_FORMS = ['phone', 'online'] as const;

/** The two sides of a quarrel. */
export const SIDES = ['claimant', 'respondent'] as const;
export type Side = (typeof SIDES)[number];

export const PARTIES = [...SIDES, 'mediator'] as const;
export type Party = (typeof PARTIES)[number];

/** Where something is said: before both sides, or between the mediator and one of them. */
export const ROOMS = ['plenary', 'caucus_claimant', 'caucus_respondent'] as const;
export type Room = (typeof ROOMS)[number];

export const ENTRY_KINDS = [
  'text',
  'call',
  'opened',
  'joined',
  'offer',
  'offer_answered',
  'settlement',
  'confirmed',
  'performance',
  'consent',
  'extended',
  'reminder',
  'ended',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Whoever is the author of an entry; `program` when it tells of what was done elsewhere. */
export const AUTHORS = [...PARTIES, 'program'] as const;
export type Author = (typeof AUTHORS)[number];

/** How a claimant is called in a session, whoever looks: their name is never written there. */
export const CLAIMANT_NAME = '申请人';

export const OFFER_STATES = ['open', 'accepted', 'rejected', 'superseded'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

export const SETTLEMENT_STATES = ['open', 'confirmed', 'superseded'] as const;

/** `reported`: the respondent says that it is paid; `disputed`: the claimant says that it is not. */
export const PERFORMANCES = ['due', 'reported', 'disputed', 'paid'] as const;
export type Performance = (typeof PERFORMANCES)[number];

export const PERFORMANCE_REPORTS = ['paid', 'received', 'not_received'] as const;
export type PerformanceReport = (typeof PERFORMANCE_REPORTS)[number];

/** Whether somebody takes part in a room: reads it and may speak there. */
export function isIn(room: Room, party: Party): boolean {
  return room === 'plenary' || party === 'mediator' || room === `caucus_${party}`;
}

/** What an answer to an offer may do; null: this side may not answer it now. */
export function answerOffer(
  offer: { state: OfferState; by: Side },
  side: Side,
  answer: 'accept' | 'reject',
): OfferState | null {
  if (offer.state !== 'open' || offer.by === side) return null;
  return answer === 'accept' ? 'accepted' : 'rejected';
}

/** Where a report leads; null: this party may not report that, or not any more. The mediator records what was proved. */
export function reportPerformance(now: Performance, party: Party, report: PerformanceReport): Performance | null {
  if (now === 'paid') return null;
  if (party === 'mediator') return report === 'paid' ? 'paid' : null;
  if (party === 'respondent') return report === 'paid' ? 'reported' : null;
  if (report === 'received') return 'paid';
  return report === 'not_received' ? 'disputed' : null;
}
