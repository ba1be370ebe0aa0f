import type { Actor } from '#domain/accounts/roles.ts';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { writeAudit } from '../platform/audit.ts';
import { type ClaimViewDependencies, mayReadAccount, viewClaim } from './claim-view.ts';
import { type FoundClaim, getClaim } from './lock-claim.ts';

/**
 * One claim, for whoever may see it. No look without a record: what staff open is in the audit trail by the same
 * transaction. Throws `claim_not_found`.
 */
export async function openClaim(
  { db, ...deps }: ClaimViewDependencies & { db: Database },
  actor: Actor,
  id: string,
  nowMs: number,
): Promise<ClaimView> {
  return db.transaction(async (tx) => {
    const found = await getClaim(tx, actor, id);
    const view = await viewClaim(tx, deps, found, nowMs);
    await recordLook(tx, found, nowMs);
    return view;
  });
}

/** Writes down that somebody of the staff has seen a claim; a claimant's own look is nobody's business. */
export async function recordLook(tx: Transaction, found: FoundClaim, nowMs: number): Promise<void> {
  const { claim, actor } = found;
  if (actor.isClaimant) return;
  await writeAudit(tx, {
    actorId: actor.personId,
    action: 'claim.look',
    subject: { kind: 'claim', id: claim.id },
    after: { version: claim.version, account: mayReadAccount(found) },
    atMs: nowMs,
  });
}
