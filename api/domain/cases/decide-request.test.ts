import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../time/shanghai.ts';
import { decideRequest, type RequestStanding } from './decide-request.ts';
import { CLOCK_DAYS, EXTENSION_DAYS } from './mediation-clock.ts';
import { NEEDS, REQUEST_ACTIONS, REQUEST_MOVES, REQUEST_STATES } from './request-lifecycle.ts';

const TODAY = '2026-03-10';
const ALL = Object.fromEntries(NEEDS.map((need) => [need, true]));
const standing = (changes: Partial<RequestStanding> = {}): RequestStanding => ({
  state: 'submitted',
  acceptedOn: null,
  isExtended: false,
  ...changes,
});

describe('the table of 前中后', () => {
  it.each(REQUEST_STATES)('leads out of %s, but for what the person took back', (state) => {
    const ways = REQUEST_ACTIONS.filter((action) => REQUEST_MOVES[action].from.includes(state));
    if (state === 'withdrawn') expect(ways).toEqual([]);
    else expect(ways).not.toEqual([]);
  });

  it('leads to every state but the first', () => {
    const reached = new Set(Object.values(REQUEST_MOVES).map(({ to }) => to));
    for (const state of REQUEST_STATES.filter((name) => name !== 'submitted')) expect(reached).toContain(state);
  });

  it('ends nothing without an outcome or, when the person ends it, without their own will', () => {
    for (const action of REQUEST_ACTIONS) {
      const { to, needs, rights } = REQUEST_MOVES[action];
      if (to === 'concluded') expect(needs).toEqual(expect.arrayContaining(['outcome', 'words']));
      if (to === 'withdrawn') expect(rights).toEqual(['case.own']);
    }
  });
});

describe('a decision', () => {
  it('asks for what an action needs', () => {
    expect(decideRequest(standing(), 'answer', {}, TODAY)).toEqual({ ok: false, why: 'missing', need: 'words' });
    expect(decideRequest(standing(), 'answer', { words: true }, TODAY)).toMatchObject({
      state: 'answered',
      dueOn: null,
    });
  });

  it('starts the clock at acceptance, and never turns it back', () => {
    const first = decideRequest(standing(), 'accept', ALL, TODAY);
    expect(first).toMatchObject({ acceptedOn: TODAY, dueOn: addDays(TODAY, CLOCK_DAYS) });
    const again = decideRequest(standing({ state: 'sent_back', acceptedOn: '2026-03-01' }), 'accept', ALL, TODAY);
    expect(again).toMatchObject({ acceptedOn: '2026-03-01', dueOn: addDays('2026-03-01', CLOCK_DAYS) });
  });

  it('extends once, while the clock runs, by at most as much again', () => {
    const running = standing({ state: 'in_mediation', acceptedOn: '2026-03-01' });
    expect(decideRequest(running, 'extend', ALL, TODAY)).toMatchObject({
      state: 'in_mediation',
      isExtended: true,
      dueOn: addDays('2026-03-01', CLOCK_DAYS + EXTENSION_DAYS),
    });
    expect(decideRequest({ ...running, isExtended: true }, 'extend', ALL, TODAY)).toMatchObject({
      why: 'extended_before',
    });
    expect(decideRequest(running, 'extend', ALL, '2026-03-17')).toMatchObject({ why: 'clock_ran_out' });
  });

  it('keeps any sequence of actions lawful', () => {
    const anyStep = fc.record({
      action: fc.constantFrom(...REQUEST_ACTIONS),
      days: fc.integer({ min: 0, max: 40 }),
      brought: fc.record(Object.fromEntries(NEEDS.map((need) => [need, fc.boolean()]))),
    });
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
        let now = standing();
        let today = TODAY;
        let firstAccepted: string | null = null;
        for (const { action, days, brought } of steps) {
          today = addDays(today, days);
          const decision = decideRequest(now, action, brought, today);
          if (!decision.ok) continue;
          expect(REQUEST_MOVES[action].from).toContain(now.state);
          for (const need of REQUEST_MOVES[action].needs) expect(brought[need]).toBe(true);
          if (action === 'accept') firstAccepted ??= today;
          expect(decision.acceptedOn).toBe(firstAccepted);
          if (decision.state === 'in_mediation' && firstAccepted) {
            expect(decision.dueOn! <= addDays(firstAccepted, CLOCK_DAYS + EXTENSION_DAYS)).toBe(true);
          }
          now = decision;
        }
      }),
    );
  });
});
