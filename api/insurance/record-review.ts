import { and, eq } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import { calculateBenefit } from '#domain/insurance/benefit.ts';
import type { DeclineCode } from '#domain/insurance/claim-lifecycle.ts';
import type { RecordReview, SampleView } from '#domain/insurance/review-contract.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { claimReviews, claimSampleItems } from '../../db/tables/claims.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Vault } from '../platform/vault.ts';
import { checkLines } from './calculate-claim.ts';
import { getCoverUse } from './cover-of-day.ts';
import { type FoundClaim, lockClaim } from './lock-claim.ts';
import { explainErased } from './submit-claim.ts';

export const reviewContext = (sampleId: string, claimId: string) => `claim review ${sampleId} ${claimId}`;

type ReviewedLine = NonNullable<SampleView['items'][number]['review']>['lines'][number];
export type Findings = { declineCode: DeclineCode | null; lines: ReviewedLine[] };

/** A second look is somebody else's: not of whoever assessed, approved, declined or paid it, nor of the claimant. */
export function mayReview({ actor, facts }: Pick<FoundClaim, 'actor' | 'facts'>): boolean {
  const { personId, rights, isClaimant } = actor;
  return rights.has('claim.review') && !isClaimant && !facts.people.deciders.includes(personId);
}

/**
 * Keeps what a second assessor found about a claim of a sample, once. Throws `sample_not_found`, `claim_not_found`,
 * `four_eyes`, `already_decided`, `invalid_request`, `person_erased`.
 */
export async function recordReview(
  { db, vault }: { db: Database; vault: Vault },
  actor: Actor,
  { sampleId, claimId }: { sampleId: string; claimId: string },
  input: RecordReview,
  nowMs: number,
): Promise<void> {
  const { agrees, declineCode = null, words } = input;
  await db
    .transaction(async (tx) => {
      const [item] = await tx
        .select()
        .from(claimSampleItems)
        .where(and(eq(claimSampleItems.sampleId, sampleId), eq(claimSampleItems.claimId, claimId)));
      if (!item) throw new Problem('sample_not_found', 'This sample does not hold this claim.');
      const found = await lockClaim(tx, actor, claimId);
      if (!mayReview(found)) {
        throw new Problem('four_eyes', 'You took part in this decision. Somebody else gives it the second look.');
      }
      const lines = await compareLines(tx, found, input);
      const reviewedFen =
        lines === null ? (declineCode ? 0 : null) : lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
      const approvedFen = found.claim.approvedFen ?? 0;
      const differenceFen = reviewedFen === null ? 0 : reviewedFen - approvedFen;
      const wordsSealed = words
        ? await vault.sealFor(tx, found.claim.insuredPersonId, words, reviewContext(sampleId, claimId))
        : null;
      const stored = await tx
        .insert(claimReviews)
        .values({
          sampleId,
          claimId,
          reviewerId: actor.personId,
          at: new Date(nowMs),
          agrees,
          reviewedFen,
          differenceFen,
          findings: { declineCode, lines: lines ?? [] } satisfies Findings,
          wordsSealed,
        })
        .onConflictDoNothing()
        .returning({ claimId: claimReviews.claimId });
      if (stored.length === 0) throw new Problem('already_decided', 'This claim of the sample was reviewed already.');
      await writeAudit(tx, {
        actorId: actor.personId,
        action: 'claim.review',
        subject: { kind: 'claim', id: claimId },
        after: { sampleId, agrees, reviewedFen, differenceFen, declineCode },
        atMs: nowMs,
      });
    })
    .catch(explainErased);
}

/** What the lines come to by the reviewer, beside what was approved; what was paid already plays no part. */
async function compareLines(
  tx: Transaction,
  found: FoundClaim,
  { lines }: RecordReview,
): Promise<ReviewedLine[] | null> {
  if (lines === undefined) return null;
  const { claim, terms, facts } = found;
  const known = await checkLines(tx, found, lines);
  const calculation = calculateBenefit({
    terms,
    lines,
    isCovered: facts.isCovered,
    used: await getCoverUse(tx, claim.enrolmentId, claim.id),
  });
  return calculation.lines.map((line) => ({
    ...line,
    approvedFen: known.find(({ id }) => id === line.id)?.approvedFen ?? 0,
  }));
}
