import { expect, test } from 'vitest';
import { CLAIM_DUE, CLAIM_MOVES, CLAIM_STATES, type ClaimState } from '#domain/insurance/claim-lifecycle.ts';
import { stepsAhead } from './claim-steps.ts';

test.each([
  ['reported', ['receive', 'assess', 'approve', 'pay']],
  ['materials_requested', ['supplement', 'receive', 'assess', 'approve', 'pay']],
  ['assessed', ['approve', 'pay']],
  ['appealed', ['reopen', 'assess', 'approve', 'pay']],
  ['declined', []],
  ['paid', []],
  ['closed', []],
] as const)('from %s', (state, actions) => {
  expect(stepsAhead(state).map(({ action }) => action)).toEqual(actions);
});

test('whatever waits for somebody has a way to being paid that the table allows', () => {
  for (const state of CLAIM_STATES) {
    if (CLAIM_DUE[state] === null) continue;
    let at: ClaimState = state;
    for (const { action, days } of stepsAhead(state)) {
      expect(CLAIM_MOVES[action].from).toContain(at);
      expect(days).toBeGreaterThan(0);
      at = CLAIM_MOVES[action].to;
    }
    expect(at).toBe('paid');
  }
});
