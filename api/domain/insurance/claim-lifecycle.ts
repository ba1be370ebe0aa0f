import type { Action } from '../accounts/permissions.ts';
import { dayNumber } from '../time/shanghai.ts';

export const CLAIM_STATES = [
  'draft',
  'reported',
  'materials_requested',
  'supplemented',
  'received',
  'assessed',
  'approved',
  'declined',
  'paid',
  'closed',
  'appealed',
  'reopened',
] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

export const CLAIM_ACTIONS = [
  'report',
  'request_materials',
  'supplement',
  'receive',
  'assess',
  'return',
  'approve',
  'decline',
  'pay',
  'close',
  'appeal',
  'reopen',
  'uphold',
  'withdraw',
] as const;
export type ClaimAction = (typeof CLAIM_ACTIONS)[number];

/** Who moves a claim on, as a right of the permission table. */
export type ClaimRight = Extract<Action, `claim.${string}`>;

/**
 * `from` → `to` by whoever has one of the rights. `approve` stays in `assessed` until enough people have approved.
 * `tells`: the claimant gets a message. `needs`: what the action brings along.
 */
type Move = {
  from: readonly ClaimState[];
  to: ClaimState;
  rights: readonly ClaimRight[];
  tells: boolean;
  needs: 'nothing' | 'words' | 'materials' | 'lines' | 'decline_code';
};

/** The one table of a claim's life: it guards the API, drives the buttons and draws the timeline. */
export const CLAIM_MOVES: Readonly<Record<ClaimAction, Move>> = {
  report: { from: ['draft'], to: 'reported', rights: ['claim.own', 'claim.receive'], tells: true, needs: 'nothing' },
  request_materials: {
    from: ['reported', 'supplemented', 'received', 'reopened'],
    to: 'materials_requested',
    rights: ['claim.receive', 'claim.assess'],
    tells: true,
    needs: 'materials',
  },
  // Also before anybody asks: report now, papers later.
  supplement: {
    from: ['reported', 'materials_requested', 'supplemented'],
    to: 'supplemented',
    rights: ['claim.own', 'claim.receive'],
    tells: false,
    needs: 'nothing',
  },
  receive: {
    from: ['reported', 'supplemented'],
    to: 'received',
    rights: ['claim.receive'],
    tells: true,
    needs: 'nothing',
  },
  assess: { from: ['received', 'reopened'], to: 'assessed', rights: ['claim.assess'], tells: true, needs: 'lines' },
  return: { from: ['assessed'], to: 'received', rights: ['claim.approve'], tells: false, needs: 'words' },
  approve: { from: ['assessed'], to: 'approved', rights: ['claim.approve'], tells: true, needs: 'nothing' },
  decline: { from: ['assessed'], to: 'declined', rights: ['claim.approve'], tells: true, needs: 'decline_code' },
  pay: { from: ['approved'], to: 'paid', rights: ['claim.pay'], tells: true, needs: 'nothing' },
  close: {
    from: ['paid', 'declined'],
    to: 'closed',
    rights: ['claim.pay', 'claim.approve'],
    tells: true,
    needs: 'nothing',
  },
  appeal: {
    from: ['declined', 'paid', 'closed'],
    to: 'appealed',
    rights: ['claim.own', 'claim.receive'],
    tells: true,
    needs: 'words',
  },
  reopen: { from: ['appealed'], to: 'reopened', rights: ['claim.decide_appeal'], tells: true, needs: 'words' },
  uphold: { from: ['appealed'], to: 'closed', rights: ['claim.decide_appeal'], tells: true, needs: 'words' },
  withdraw: {
    from: ['draft', 'reported', 'materials_requested', 'supplemented', 'received'],
    to: 'closed',
    rights: ['claim.own', 'claim.receive'],
    tells: true,
    needs: 'nothing',
  },
};

/** Who has a claim now and how long they have, in days; this service's own aims, not the scheme's. Null: nobody waits. */
export const CLAIM_DUE: Readonly<Record<ClaimState, { right: ClaimRight; days: number } | null>> = {
  draft: { right: 'claim.own', days: 30 },
  reported: { right: 'claim.receive', days: 2 },
  materials_requested: { right: 'claim.own', days: 30 },
  supplemented: { right: 'claim.receive', days: 2 },
  received: { right: 'claim.assess', days: 10 },
  assessed: { right: 'claim.approve', days: 5 },
  approved: { right: 'claim.pay', days: 3 },
  declined: null,
  paid: null,
  closed: null,
  appealed: { right: 'claim.decide_appeal', days: 15 },
  reopened: { right: 'claim.assess', days: 10 },
};

/**
 * What can still be done when the day was not covered, in the order in which it helps: was it another day; did the
 * platform or employer cover it; who else pays; what the claim is good for all the same; from when on one is covered.
 */
export const UNCOVERED_ADVICE = [
  'check_day',
  'ask_employer',
  'other_insurance',
  'legal_aid',
  'stays_stored',
  'cover_coming_days',
] as const;
export type UncoveredAdvice = (typeof UNCOVERED_ADVICE)[number];

/** Why a claim is declined: a code, put into plain words on the screens. */
export const DECLINE_CODES = [
  'day_not_covered',
  'not_at_work',
  'not_an_accident',
  'excluded_cause',
  'over_age',
  'paid_elsewhere',
  'papers_missing',
  'not_the_insured_person',
  'nothing_payable',
] as const;
export type DeclineCode = (typeof DECLINE_CODES)[number];

/** A rider who remembers the wrong day is off by this much at most. */
const CLOSE_BY_DAYS = 3;

/** What to tell somebody whose day was not covered; `coveredDays` are those around it, both ends included. */
export function adviceForUncovered(
  happenedOn: string,
  coveredDays: readonly { from: string; to: string }[],
): UncoveredAdvice[] {
  const day = dayNumber(happenedOn);
  const isCloseBy = coveredDays.some(
    ({ from, to }) => dayNumber(from) - CLOSE_BY_DAYS <= day && day <= dayNumber(to) + CLOSE_BY_DAYS,
  );
  return UNCOVERED_ADVICE.filter((advice) => advice !== 'check_day' || isCloseBy);
}

/** What can be done with a claim in a state, in the table's order. */
export function movesFrom(state: ClaimState): ClaimAction[] {
  return CLAIM_ACTIONS.filter((action) => CLAIM_MOVES[action].from.includes(state));
}
