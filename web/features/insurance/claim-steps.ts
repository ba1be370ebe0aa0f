import {
  CLAIM_ACTIONS,
  CLAIM_DUE,
  CLAIM_MOVES,
  type ClaimAction,
  type ClaimState,
} from '#domain/insurance/claim-lifecycle.ts';

/** A step that is still to come: what is done, by which right, within how many days. */
export type StepAhead = { action: ClaimAction; right: string; days: number };

/** Not on the way to being paid: they turn back, end it, or are the claimant's own choice. */
const DETOURS: readonly ClaimAction[] = ['withdraw', 'decline', 'return', 'appeal', 'request_materials', 'close'];

/** The shortest way from a state to the money, by the lifecycle table; empty when it is over or nobody has it. */
export function stepsAhead(state: ClaimState): StepAhead[] {
  if (CLAIM_DUE[state] === null) return [];
  const ways = new Map<ClaimState, ClaimAction[]>([[state, []]]);
  const open: ClaimState[] = [state];
  for (const from of open) {
    const way = ways.get(from)!;
    if (from === 'paid') return withTimes(state, way);
    for (const action of CLAIM_ACTIONS) {
      const { to, from: allowed } = CLAIM_MOVES[action];
      if (DETOURS.includes(action) || !allowed.includes(from) || ways.has(to)) continue;
      ways.set(to, [...way, action]);
      open.push(to);
    }
  }
  return [];
}

function withTimes(state: ClaimState, way: readonly ClaimAction[]): StepAhead[] {
  let at = state;
  return way.flatMap((action) => {
    const due = CLAIM_DUE[at];
    at = CLAIM_MOVES[action].to;
    return due ? [{ action, right: due.right, days: due.days }] : [];
  });
}
