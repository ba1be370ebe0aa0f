import type { ActOnClaim, ClaimView } from '#domain/insurance/claim-contract.ts';
import { ask } from './ask.ts';
import { insuranceApiPaths } from './insurance-paths.ts';

/** One step of a claim's life. Throws `RequestRefused`; with `changed_meanwhile` somebody else took a step before. */
export function actOnClaim(id: string, body: ActOnClaim): Promise<ClaimView> {
  return ask(insuranceApiPaths.claimActions(id), { method: 'POST', body });
}
