/** From so many people on, the same complaint against the same respondent is one collective case. Configurable. */
const COLLECTIVE_FROM = 5;

/** A smaller number of similar requests is not told: it could point to a person. */
export const SIMILAR_SHOWN_FROM = 5;

/** Requests of so many days count as similar. */
export const SIMILAR_WITHIN_DAYS = 90;

export type CollectiveState = 'gathering' | 'open' | 'concluded';

/** What a collective case becomes when one more joins. `members` counts the newcomer. */
export function stateAfterJoining(state: CollectiveState, members: number, from = COLLECTIVE_FROM): CollectiveState {
  return state === 'gathering' && members >= from ? 'open' : state;
}
