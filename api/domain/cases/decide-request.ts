import { addDays } from '../time/shanghai.ts';
import { lastMediationDay } from './mediation-clock.ts';
import { type Need, REQUEST_DUE, REQUEST_MOVES, type RequestAction, type RequestState } from './request-lifecycle.ts';

/** How a request stands when somebody acts on it. Days are `YYYY-MM-DD` in Asia/Shanghai. */
export type RequestStanding = { state: RequestState; acceptedOn: string | null; isExtended: boolean };

/** What was brought along, as far as a decision needs it. */
export type Brought = Readonly<Partial<Record<Need, boolean>>> & { respondBy?: string | undefined };

export type RequestDecision =
  | {
      ok: true;
      state: RequestState;
      acceptedOn: string | null;
      isExtended: boolean;
      /** The last day on which it may move on; null: nobody waits. */
      dueOn: string | null;
    }
  | { ok: false; why: 'not_from_here' | 'extended_before' | 'clock_ran_out' }
  | { ok: false; why: 'missing'; need: Need };

/** How long a state may last whose time is asked for and was not said. */
const DAYS_UNLESS_ASKED = 7;

/**
 * Where an action leads from here, and by when it must move on then. Says nothing about who may act: that is the rights
 * of the table. `today` is `YYYY-MM-DD`.
 */
export function decideRequest(
  { state, acceptedOn, isExtended }: RequestStanding,
  action: RequestAction,
  brought: Brought,
  today: string,
): RequestDecision {
  const move = REQUEST_MOVES[action];
  if (!move.from.includes(state)) return { ok: false, why: 'not_from_here' };
  const need = move.needs.find((what) => !brought[what]);
  if (need) return { ok: false, why: 'missing', need };

  const next = move.to === 'same' ? state : move.to;
  // The clock starts once and for all: a second acceptance, after a return, does not turn it back.
  const accepted = action === 'accept' ? (acceptedOn ?? today) : acceptedOn;
  if (action === 'extend') {
    if (isExtended) return { ok: false, why: 'extended_before' };
    if (acceptedOn === null || lastMediationDay(acceptedOn, false) < today) return { ok: false, why: 'clock_ran_out' };
  }
  const extended = isExtended || action === 'extend';
  return {
    ok: true,
    state: next,
    acceptedOn: accepted,
    isExtended: extended,
    dueOn: dueOn(next, accepted, extended, brought.respondBy, today),
  };
}

function dueOn(
  state: RequestState,
  acceptedOn: string | null,
  isExtended: boolean,
  asked: string | undefined,
  today: string,
): string | null {
  const due = REQUEST_DUE[state];
  if (!due) return null;
  if (due.days === 'clock') return lastMediationDay(acceptedOn ?? today, isExtended);
  if (due.days === 'asked') return asked ?? addDays(today, DAYS_UNLESS_ASKED);
  return addDays(today, due.days);
}
