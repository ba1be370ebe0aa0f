import type { Action } from '../accounts/permissions.ts';

export const REQUEST_STATES = [
  'submitted',
  'answered',
  'booked',
  'accepted',
  'in_mediation',
  'settled',
  'unsettled',
  'referred',
  'with_receiver',
  'sent_back',
  'concluded',
  'not_solved',
  'withdrawn',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const REQUEST_ACTIONS = [
  'answer',
  'book',
  'accept',
  'open_session',
  'settle',
  'end_unsettled',
  'refer',
  'take',
  'send_back',
  'report_outcome',
  'conclude',
  'not_solved',
  'extend',
  'reassign',
  'withdraw',
] as const;
export type RequestAction = (typeof REQUEST_ACTIONS)[number];

export const OUTCOMES = [
  'settled_paid',
  'settled_other',
  'answered',
  'advice_given',
  'unsettled_arbitration',
  'unsettled_court',
  'referred_resolved',
  'referred_unresolved',
  'no_jurisdiction',
  'no_contact',
  'duplicate',
  'withdrawn',
] as const;

type CaseRight = Extract<Action, `case.${string}`>;

/** What an action brings along beside the version that was seen. */
export const NEEDS = ['words', 'outcome', 'appointment', 'body', 'receiver', 'receipt', 'consents'] as const;
export type Need = (typeof NEEDS)[number];

/** `to: 'same'` leaves the state. `tells`: the person who asked gets a message. */
type Move = {
  from: readonly RequestState[];
  to: RequestState | 'same';
  rights: readonly CaseRight[];
  needs: readonly Need[];
  tells: boolean;
};

export const OPEN_STATES = [
  'submitted',
  'answered',
  'booked',
  'accepted',
  'in_mediation',
  'settled',
  'unsettled',
  'referred',
  'with_receiver',
  'sent_back',
  'not_solved',
] as const satisfies readonly RequestState[];

/** The one table of 前中后: it guards the API, drives the buttons and draws the timeline. */
export const REQUEST_MOVES: Readonly<Record<RequestAction, Move>> = {
  answer: {
    from: ['submitted', 'sent_back', 'not_solved'],
    to: 'answered',
    rights: ['case.triage'],
    needs: ['words'],
    tells: true,
  },
  book: {
    from: ['submitted', 'not_solved'],
    to: 'booked',
    rights: ['case.triage'],
    needs: ['appointment'],
    tells: true,
  },
  accept: {
    from: ['submitted', 'booked', 'answered', 'sent_back', 'not_solved'],
    to: 'accepted',
    rights: ['case.triage'],
    needs: ['body'],
    tells: true,
  },
  open_session: { from: ['accepted'], to: 'in_mediation', rights: ['case.mediate'], needs: [], tells: true },
  settle: { from: ['in_mediation'], to: 'settled', rights: ['case.mediate'], needs: [], tells: true },
  end_unsettled: {
    from: ['in_mediation'],
    to: 'unsettled',
    rights: ['case.mediate'],
    needs: ['outcome', 'words'],
    tells: true,
  },
  refer: {
    from: ['submitted', 'booked', 'accepted', 'unsettled', 'sent_back', 'not_solved'],
    to: 'referred',
    rights: ['case.triage', 'case.mediate'],
    needs: ['receiver', 'words'],
    tells: true,
  },
  take: { from: ['referred'], to: 'with_receiver', rights: ['case.receive'], needs: ['receipt'], tells: true },
  send_back: {
    from: ['referred', 'with_receiver'],
    to: 'sent_back',
    rights: ['case.receive'],
    needs: ['words'],
    tells: true,
  },
  report_outcome: {
    from: ['with_receiver'],
    to: 'concluded',
    rights: ['case.receive'],
    needs: ['outcome', 'words'],
    tells: true,
  },
  conclude: {
    from: ['answered', 'booked', 'settled', 'unsettled'],
    to: 'concluded',
    rights: ['case.triage', 'case.mediate'],
    needs: ['outcome', 'words'],
    tells: true,
  },
  not_solved: {
    from: ['answered', 'concluded'],
    to: 'not_solved',
    rights: ['case.own'],
    needs: ['words'],
    tells: false,
  },
  extend: {
    from: ['accepted', 'in_mediation'],
    to: 'same',
    rights: ['case.mediate'],
    needs: ['consents'],
    tells: true,
  },
  reassign: { from: OPEN_STATES, to: 'same', rights: ['case.triage'], needs: ['body', 'words'], tells: true },
  withdraw: { from: OPEN_STATES, to: 'withdrawn', rights: ['case.own'], needs: [], tells: true },
};

/**
 * Who has a request now and how many calendar days they have: this service's own aims, but for the mediation clock,
 * which runs from acceptance and is kept in `mediation-clock.ts`. Null: nobody waits.
 */
export const REQUEST_DUE: Readonly<
  Record<RequestState, { right: CaseRight; days: number | 'clock' | 'asked' } | null>
> = {
  submitted: { right: 'case.triage', days: 2 },
  answered: null,
  booked: { right: 'case.triage', days: 'asked' },
  accepted: { right: 'case.mediate', days: 'clock' },
  in_mediation: { right: 'case.mediate', days: 'clock' },
  settled: { right: 'case.mediate', days: 'asked' },
  unsettled: { right: 'case.triage', days: 3 },
  referred: { right: 'case.receive', days: 'asked' },
  with_receiver: { right: 'case.receive', days: 30 },
  sent_back: { right: 'case.triage', days: 2 },
  concluded: null,
  not_solved: { right: 'case.triage', days: 2 },
  withdrawn: null,
};

export function movesFrom(state: RequestState): RequestAction[] {
  return REQUEST_ACTIONS.filter((action) => REQUEST_MOVES[action].from.includes(state));
}
