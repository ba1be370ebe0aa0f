import { eq } from 'drizzle-orm';
import type { ClaimAction } from '#domain/insurance/claim-lifecycle.ts';
import { claimMessage } from '#domain/insurance/claim-messages.ts';
import { type ClaimInput, type ClaimRefusal, type ClaimStep, decideClaim } from '#domain/insurance/decide-claim.ts';
import type { Transaction } from '../../db/connect.ts';
import { claimEvents, claimMessages, claims } from '../../db/tables/claims.ts';
import { Problem, refuseField } from '../http/problem.ts';
import type { Vault } from '../platform/vault.ts';
import { wordsContext } from './claim-view.ts';
import type { FoundClaim, StoredClaim } from './lock-claim.ts';

export type Step = {
  action: ClaimAction;
  words?: string | undefined;
  data: Record<string, unknown> | null;
  /** What else of the claim's row changes with it. */
  change?: Partial<StoredClaim>;
  nowMs: number;
  /** As it was decided; left out: decided here, without anything that the action brings along. */
  step?: ClaimStep;
};

/** Decides, or throws the refusal as a problem. */
export function decideOrRefuse({ facts, actor, terms }: FoundClaim, input: ClaimInput, nowMs: number): ClaimStep {
  const decision = decideClaim({ claim: facts, actor, terms, input, nowMs });
  if (!decision.ok) throw problemOf(decision);
  return decision;
}

function problemOf({ code, words, path }: ClaimRefusal): Problem {
  return path ? refuseField(code, path, words) : new Problem(code, words);
}

/**
 * Moves a locked claim one step: its row, the step in its timeline, and the message to its claimant, which is sent once
 * this is committed. Returns the claim's new version.
 */
export async function recordStep(tx: Transaction, vault: Vault, found: FoundClaim, asked: Step): Promise<number> {
  const { claim, actor } = found;
  const { action, words, data, change = {}, nowMs } = asked;
  const { toState, dueAtMs, tells } = asked.step ?? decideOrRefuse(found, { action }, nowMs);
  const version = claim.version + 1;
  const at = new Date(nowMs);
  const wordsSealed = words
    ? await vault.sealFor(tx, claim.insuredPersonId, words, wordsContext(claim.id, version))
    : null;
  await tx
    .update(claims)
    .set({
      ...change,
      state: toState,
      version,
      dueAt: dueAtMs === null ? null : new Date(dueAtMs),
      ...(toState !== claim.state && { stateSince: at }),
    })
    .where(eq(claims.id, claim.id));
  await tx.insert(claimEvents).values({
    claimId: claim.id,
    version,
    action,
    fromState: claim.state,
    toState,
    actorId: actor.personId,
    wordsSealed,
    data,
    at,
  });
  if (tells && claimMessage(action, claim.number) !== null) {
    await tx.insert(claimMessages).values({ claimId: claim.id, version, kind: action, createdAt: at, nextTryAt: at });
  }
  return version;
}
