import { Problem } from '../http/problem.ts';
import { actOnClaim, type ActOnClaimDependencies } from './act-on-claim.ts';
import type { PayClaim } from './take-insurer-payments.ts';

/** Pays a claim by the action `pay` of its lifecycle, which posts it and tells the claimant. */
export function payByAction(deps: ActOnClaimDependencies): PayClaim {
  return async (actor, { id, version }, nowMs) => {
    try {
      await actOnClaim(deps, actor, id, { action: 'pay', version }, nowMs);
      return true;
    } catch (error) {
      // Changed meanwhile, or nothing may be paid: the claim stays, and the payment is a difference to be looked at.
      if (error instanceof Problem && error.code !== 'not_allowed') return false;
      throw error;
    }
  };
}
