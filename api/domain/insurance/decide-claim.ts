import { addDays, instantOf, shanghaiDay } from '../time/shanghai.ts';
import {
  CLAIM_DUE,
  CLAIM_MOVES,
  type ClaimAction,
  type ClaimRight,
  type ClaimState,
  type DeclineCode,
  movesFrom,
} from './claim-lifecycle.ts';
import { type ClaimActor, type ClaimPeople, refusePerson, rightsThatCount } from './claim-people.ts';
import type { Material, PolicyTerms } from './policy-terms.ts';

/** What has to be known of a claim to decide about its next step. Money is fen. */
export type ClaimFacts = {
  state: ClaimState;
  people: ClaimPeople;
  isCovered: boolean;
  assessedFen: number;
  approvedFen: number;
  paidFen: number;
  /** What is left of the cover's limit beside all other claims of that cover. */
  remainingFen: number;
  /** The last step that settled something: from it the time for an appeal runs. */
  lastDecision: { action: 'approve' | 'decline' | 'pay' | 'uphold' | 'withdraw'; atMs: number } | null;
};

export type ClaimInput = {
  action: ClaimAction;
  words?: string | undefined;
  materials?: readonly Material[] | undefined;
  hasLines?: boolean;
  declineCode?: DeclineCode | undefined;
};

export type ClaimRefusal = {
  ok: false;
  code: 'not_allowed' | 'claim_state' | 'claim_incomplete' | 'four_eyes' | 'appeal_over' | 'cover_used_up';
  /** What is wrong and what to do. */
  words: string;
  /** The field of the input that is missing. */
  path?: 'words' | 'materials' | 'lines' | 'declineCode';
};

export type ClaimStep = {
  ok: true;
  toState: ClaimState;
  /** By when it must move on; null: nobody waits. */
  dueAtMs: number | null;
  waitsFor: ClaimRight | null;
  /** Whether the claimant gets a message. */
  tells: boolean;
  /** How many more people have to approve. */
  approvalsMissing: number;
};

/** How many different people approve an assessment. */
export function approvalsNeeded(assessedFen: number, terms: PolicyTerms): number {
  return assessedFen >= terms.secondApprovalFromFen.value ? 2 : 1;
}

/** The last instant at which an appeal is still in time: the end of that day in Xiamen. */
export function appealUntilMs(decidedAtMs: number, terms: PolicyTerms): number {
  return instantOf(addDays(shanghaiDay(decidedAtMs), terms.appealWithinDays.value + 1), 0) - 1;
}

type Asked = { claim: ClaimFacts; actor: ClaimActor; terms: PolicyTerms; nowMs: number };

/** Decides one step of a claim: where it goes, or why it may not, in words. */
export function decideClaim({ input, ...asked }: Asked & { input: ClaimInput }): ClaimStep | ClaimRefusal {
  const { action } = input;
  const refusal = refuseStep(action, asked) ?? refuseInput(input);
  if (refusal) return refusal;
  const { claim, terms, nowMs } = asked;
  const approvalsMissing =
    action === 'approve' ? approvalsNeeded(claim.assessedFen, terms) - claim.people.approvers.length - 1 : 0;
  if (approvalsMissing > 0) {
    return { ok: true, toState: 'assessed', ...dueIn('assessed', nowMs), tells: false, approvalsMissing };
  }
  const { to, tells } = CLAIM_MOVES[action];
  return { ok: true, toState: to, ...dueIn(to, nowMs), tells, approvalsMissing: 0 };
}

/** What this person may do with the claim now: the buttons they see. */
export function actionsNow(asked: Asked): ClaimAction[] {
  return movesFrom(asked.claim.state).filter((action) => refuseStep(action, asked) === null);
}

export function dueIn(state: ClaimState, nowMs: number): { dueAtMs: number | null; waitsFor: ClaimRight | null } {
  const due = CLAIM_DUE[state];
  if (!due) return { dueAtMs: null, waitsFor: null };
  // Until the end of the day: nobody is late at ten past nine.
  return { dueAtMs: instantOf(addDays(shanghaiDay(nowMs), due.days + 1), 0) - 1, waitsFor: due.right };
}

function refuseStep(action: ClaimAction, { claim, actor, terms, nowMs }: Asked): ClaimRefusal | null {
  const move = CLAIM_MOVES[action];
  const rights = rightsThatCount(actor);
  if (!move.rights.some((right) => rights.has(right))) {
    return actor.isClaimant && move.rights.some((right) => actor.rights.has(right))
      ? refuse('four_eyes', 'This claim is about yourself. A colleague has to handle it.')
      : refuse('not_allowed', `None of your roles may do this with this claim (${move.rights.join(' or ')}).`);
  }
  if (!move.from.includes(claim.state)) {
    const possible = movesFrom(claim.state);
    return refuse(
      'claim_state',
      `The claim is ${claim.state}; ${action} is not possible then. Possible is: ${possible.join(', ') || 'nothing more'}.`,
    );
  }
  const person = refusePerson(action, actor, claim.people);
  if (person) return refuse('four_eyes', person);
  switch (action) {
    case 'approve':
      return refuseApproval(claim);
    case 'pay':
      return refusePayment(claim);
    case 'appeal':
      return refuseAppeal(claim, terms, nowMs);
    default:
      return null;
  }
}

function refuseApproval({ isCovered, assessedFen, paidFen, remainingFen }: ClaimFacts): ClaimRefusal | null {
  if (!isCovered) return refuse('claim_incomplete', 'The day was not covered. Decline it, with that as the reason.');
  if (assessedFen === 0) {
    return refuse('claim_incomplete', 'The assessment comes to nothing. Decline it, or return it to the assessor.');
  }
  // What was paid before an appeal stays paid, so that only what goes beyond it needs room.
  return Math.max(assessedFen, paidFen) > remainingFen
    ? refuse(
        'cover_used_up',
        'Other claims of this cover were approved meanwhile and less of its limit is left. Return it to the assessor.',
      )
    : null;
}

function refusePayment({ isCovered, approvedFen, paidFen, remainingFen }: ClaimFacts): ClaimRefusal | null {
  if (!isCovered || approvedFen < paidFen) {
    return refuse('claim_incomplete', 'There is nothing that may be paid.');
  }
  return approvedFen > remainingFen
    ? refuse('cover_used_up', 'The limit of the cover does not leave room for this payment any more.')
    : null;
}

function refuseAppeal({ lastDecision }: ClaimFacts, terms: PolicyTerms, nowMs: number): ClaimRefusal | null {
  if (!lastDecision || lastDecision.action === 'withdraw') {
    return refuse('appeal_over', 'This claim was withdrawn, so nothing was decided. Send a new claim instead.');
  }
  if (lastDecision.action === 'uphold') {
    return refuse(
      'appeal_over',
      'An appeal against this decision was decided already. Legal aid (12348) says which way to a court there is.',
    );
  }
  if (nowMs > appealUntilMs(lastDecision.atMs, terms)) {
    const { value } = terms.appealWithinDays;
    return refuse(
      'appeal_over',
      `The ${value} days for an appeal are over. Legal aid (12348) and the labour hotline (12333) say what else can be done.`,
    );
  }
  return null;
}

function refuseInput({ action, words, materials, hasLines, declineCode }: ClaimInput): ClaimRefusal | null {
  switch (CLAIM_MOVES[action].needs) {
    case 'nothing':
      return null;
    case 'words':
      return words ? null : missing('words', 'say in words why');
    case 'materials':
      return materials?.length ? null : missing('materials', 'name the papers that are asked for');
    case 'lines':
      return hasLines ? null : missing('lines', 'put in what was found for each line');
    case 'decline_code':
      if (!declineCode) return missing('declineCode', 'choose the reason');
      return words ? null : missing('words', 'say in plain words what the reason means in this case');
  }
}

const refuse = (code: ClaimRefusal['code'], words: string): ClaimRefusal => ({ ok: false, code, words });
const missing = (path: NonNullable<ClaimRefusal['path']>, words: string): ClaimRefusal => ({
  ok: false,
  code: 'claim_incomplete',
  words: `${path}: ${words}`,
  path,
});
