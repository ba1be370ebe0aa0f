import type { Database } from '../../db/connect.ts';
import { Problem } from '../http/problem.ts';
import type { Vault } from '../platform/vault.ts';
import { actOnClaim } from './act-on-claim.ts';
import { fileIdsOnly } from './claim-files.ts';
import type { PayClaim } from './take-insurer-payments.ts';

/** Pays a claim by the action `pay` of its lifecycle, which posts it and tells the claimant. */
export function payByAction(db: Database, vault: Vault): PayClaim {
  return async (actor, { id, version }, nowMs) => {
    try {
      // A payment brings no papers, so it needs no place for them.
      await actOnClaim({ db, vault, claimFileStore: fileIdsOnly }, actor, id, { action: 'pay', version }, nowMs);
      return true;
    } catch (error) {
      // Changed meanwhile, or nothing may be paid: the claim stays, and the payment is a difference to be looked at.
      if (error instanceof Problem && error.code !== 'not_allowed') return false;
      throw error;
    }
  };
}
