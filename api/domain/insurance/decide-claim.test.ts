import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { grantsFor } from '../accounts/permissions.ts';
import type { Role } from '../accounts/roles.ts';
import {
  adviceForUncovered,
  CLAIM_ACTIONS,
  CLAIM_DUE,
  CLAIM_MOVES,
  CLAIM_STATES,
  type ClaimAction,
  type ClaimRight,
  type ClaimState,
  movesFrom,
} from './claim-lifecycle.ts';
import { claimMessage } from './claim-messages.ts';
import type { ClaimActor } from './claim-people.ts';
import { actionsNow, appealUntilMs, approvalsNeeded, type ClaimFacts, decideClaim, dueIn } from './decide-claim.ts';
import type { PolicyTerms } from './policy-terms.ts';

const terms = JSON.parse(
  readFileSync(new URL('../../../seed/reference/policy-terms.json', import.meta.url), 'utf8'),
) as PolicyTerms;
const NOW = Date.parse('2026-11-25T09:10:00+08:00');

const RIGHTS: ClaimRight[] = [
  'claim.own',
  'claim.view',
  'claim.receive',
  'claim.assess',
  'claim.approve',
  'claim.pay',
  'claim.decide_appeal',
  'claim.review',
  'claim.supervise',
];
function person(personId: string, ...roles: Role[]): ClaimActor {
  const memberships = roles.map((role) => ({ role, organisationId: null, jurisdictionCode: null }));
  const rights = RIGHTS.filter((right) => grantsFor({ personId, memberships }, right).length > 0);
  return { personId, isClaimant: personId === 'rider', rights: new Set(rights) };
}

const RIDER = person('rider', 'rider');
const PEOPLE = [
  RIDER,
  person('rider', 'rider', 'officer', 'approver', 'supervisor'),
  person('officer', 'officer'),
  person('assessor', 'assessor'),
  person('assessor-2', 'assessor'),
  person('approver', 'approver'),
  person('approver-2', 'approver'),
  person('insurer', 'insurer'),
  person('supervisor', 'supervisor'),
  person('everything', 'officer', 'assessor', 'approver', 'insurer', 'supervisor'),
];

function facts(change: Partial<ClaimFacts> = {}): ClaimFacts {
  return {
    state: 'reported',
    people: { claimantHasAccount: true, assessedBy: null, earlierAssessors: [], approvers: [], deciders: [] },
    isCovered: true,
    assessedFen: 0,
    approvedFen: 0,
    paidFen: 0,
    remainingFen: 40_000_000,
    lastDecision: null,
    ...change,
  };
}

const INPUT = { words: '说明', materials: ['invoice' as const], hasLines: true, declineCode: 'not_at_work' as const };

describe('the table', () => {
  it('says for every state who is waited for, and lets them move it', () => {
    for (const state of CLAIM_STATES) {
      const due = CLAIM_DUE[state];
      if (!due) continue;
      expect(
        movesFrom(state).some((action) => CLAIM_MOVES[action].rights.includes(due.right)),
        state,
      ).toBe(true);
    }
  });

  it('leads from every state to the end and never out of it but by an appeal', () => {
    const reachable = (from: ClaimState, seen = new Set<ClaimState>([from])): Set<ClaimState> => {
      for (const action of movesFrom(from)) {
        const { to } = CLAIM_MOVES[action];
        if (!seen.has(to)) reachable(to, seen.add(to));
      }
      return seen;
    };
    for (const state of CLAIM_STATES) expect(reachable(state).has('closed'), state).toBe(true);
    expect(movesFrom('closed')).toEqual(['appeal']);
  });

  it('has words for every step that is told, without anything about the person', () => {
    for (const action of CLAIM_ACTIONS) {
      expect(claimMessage(action, 'ABCD-2345') !== null, action).toBe(CLAIM_MOVES[action].tells);
    }
  });
});

const approve = (claim: ClaimFacts, actor: ClaimActor) =>
  decideClaim({ claim, actor, terms, nowMs: NOW, input: { action: 'approve' } });

describe('four eyes', () => {
  const assessed = facts({
    state: 'assessed',
    assessedFen: 8_000_000,
    people: { ...facts().people, assessedBy: 'assessor', deciders: ['assessor'] },
  });
  it('needs one or two, from the very fen on', () => {
    const limit = terms.secondApprovalFromFen.value;
    expect([approvalsNeeded(limit - 1, terms), approvalsNeeded(limit, terms)]).toEqual([1, 2]);
  });

  it('stays assessed until the second has approved, and tells nobody before', () => {
    expect(approve(assessed, PEOPLE[5]!)).toMatchObject({ toState: 'assessed', approvalsMissing: 1, tells: false });
    const once = { ...assessed, people: { ...assessed.people, approvers: ['approver'] } };
    expect(approve(once, PEOPLE[5]!)).toMatchObject({ ok: false, code: 'four_eyes' });
    expect(approve(once, PEOPLE[6]!)).toMatchObject({ toState: 'approved', tells: true });
  });

  it('lets who may do everything not approve what they assessed, nor decide about an appeal against themselves', () => {
    const all = PEOPLE.at(-1)!;
    const own = { ...assessed, people: { ...assessed.people, assessedBy: 'everything', deciders: ['everything'] } };
    expect(approve(own, all)).toMatchObject({ code: 'four_eyes' });
    for (const action of ['reopen', 'uphold'] as const) {
      const decision = decideClaim({
        claim: { ...own, state: 'appealed' },
        actor: all,
        terms,
        nowMs: NOW,
        input: { action, words: '理由' },
      });
      expect(decision).toMatchObject({ code: 'four_eyes' });
    }
  });
});

it('counts whole days in Xiamen', () => {
  expect(new Date(dueIn('reported', NOW).dueAtMs!).toISOString()).toBe('2026-11-27T15:59:59.999Z');
  expect(new Date(appealUntilMs(NOW, terms)).toISOString()).toBe('2027-01-24T15:59:59.999Z');
});

it('advises to look at the day only when a covered one is close', () => {
  expect(adviceForUncovered('2026-03-10', [{ from: '2026-03-13', to: '2026-03-20' }])).toContain('check_day');
  expect(adviceForUncovered('2026-03-10', [{ from: '2026-03-14', to: '2026-03-20' }])).not.toContain('check_day');
});

/** A claim that is only moved by `decideClaim`, with the bookkeeping that the API does. */
function play(
  steps: readonly { who: number; wild: boolean; pick: number; action: ClaimAction; fen: number; hours: number }[],
) {
  let claim = facts({ state: 'draft' });
  let nowMs = NOW;
  const trail: { action: ClaimAction; from: ClaimState; to: ClaimState; who: string; claim: ClaimFacts }[] = [];
  const assessors: string[] = [];
  for (const { fen, hours, wild, pick, ...tried } of steps) {
    nowMs += hours * 3_600_000;
    // Mostly something that is offered, so that the walk gets far; now and then anything.
    const possible = PEOPLE.flatMap((actor) =>
      actionsNow({ claim, actor, terms, nowMs }).map((action) => ({ actor, action })),
    );
    const { actor, action } =
      wild || possible.length === 0
        ? { actor: PEOPLE[tried.who]!, action: tried.action }
        : possible[pick % possible.length]!;
    const decision = decideClaim({ claim, actor, terms, nowMs, input: { action, ...INPUT } });
    const offered = actionsNow({ claim, actor, terms, nowMs });
    expect(decision.ok, 'the buttons are what is accepted').toBe(offered.includes(action));
    if (!decision.ok) {
      expect(decision.words.length).toBeGreaterThan(10);
      continue;
    }
    const people = { ...claim.people };
    const before = claim;
    claim = { ...claim, state: decision.toState, people };
    if (action === 'assess') {
      assessors.push(actor.personId);
      claim.assessedFen = Math.max(claim.paidFen, Math.min(fen, claim.remainingFen));
      claim.approvedFen = claim.paidFen;
      people.assessedBy = actor.personId;
      people.approvers = [];
    }
    if (action === 'approve') {
      people.approvers = [...people.approvers, actor.personId];
      if (claim.state === 'approved') claim.approvedFen = claim.assessedFen;
    }
    if (action === 'decline') claim.approvedFen = claim.paidFen;
    if (action === 'pay') claim.paidFen = claim.approvedFen;
    if (action === 'reopen') people.earlierAssessors = [...assessors];
    if (['assess', 'approve', 'decline', 'pay'].includes(action))
      people.deciders = [...people.deciders, actor.personId];
    if (['decline', 'pay', 'uphold', 'withdraw'].includes(action) || claim.state === 'approved') {
      claim.lastDecision = { action: action as 'pay', atMs: nowMs };
    }
    trail.push({ action, from: before.state, to: claim.state, who: actor.personId, claim });
  }
  return trail;
}

const someSteps = fc.array(
  fc.record({
    who: fc.nat(PEOPLE.length - 1),
    wild: fc.constantFrom(true, false, false),
    pick: fc.nat(1000),
    action: fc.constantFrom(...CLAIM_ACTIONS),
    fen: fc.integer({ min: 0, max: 40_000_000 }),
    hours: fc.integer({ min: 0, max: 24 * 4 }),
  }),
  { minLength: 40, maxLength: 400 },
);

it('never leaves the table, never pays beyond the cover, never has one person do two parts', () => {
  let [paid, reopened] = [0, 0];
  fc.assert(
    fc.property(someSteps, (steps) => {
      const trail = play(steps);
      let assessor: string | null = null;
      let approvers: string[] = [];
      let before: string[] = [];
      for (const { action, from, to, who, claim } of trail) {
        const move = CLAIM_MOVES[action];
        expect(move.from).toContain(from);
        expect(to === move.to || (action === 'approve' && to === 'assessed')).toBe(true);
        expect(claim.paidFen).toBeLessThanOrEqual(claim.approvedFen);
        expect(claim.approvedFen).toBeLessThanOrEqual(claim.assessedFen);
        expect(claim.assessedFen).toBeLessThanOrEqual(claim.remainingFen);
        if (action === 'assess') {
          expect(before).not.toContain(who);
          [assessor, approvers] = [who, []];
        }
        if (action === 'approve') {
          expect([assessor, ...approvers]).not.toContain(who);
          approvers.push(who);
          if (to === 'approved') expect(approvers).toHaveLength(approvalsNeeded(claim.assessedFen, terms));
        }
        if (action === 'pay') {
          expect([assessor, ...approvers]).not.toContain(who);
          paid += 1;
        }
        if (action === 'reopen') {
          before = [...before, assessor!];
          reopened += 1;
        }
        if (who === 'rider') expect(move.rights).toContain('claim.own');
      }
    }),
    { seed: 20261125, numRuns: 300 },
  );
  expect(
    [paid, reopened].every((times) => times > 0),
    `paid ${paid}, reopened ${reopened}`,
  ).toBe(true);
});
