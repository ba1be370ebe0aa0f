import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { ClaimActor, ClaimPeople } from '#domain/insurance/claim-people.ts';
import type { ClaimFacts } from '#domain/insurance/decide-claim.ts';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { claimApprovals, claimEvents, claims } from '../../db/tables/claims.ts';
import { insuredPersons } from '../../db/tables/enrolments.ts';
import { Problem } from '../http/problem.ts';
import { claimsInSight, isClaimantSql, rightsColumn } from './claim-scope.ts';
import { getTerms } from './find-terms.ts';
import { getCoverUse } from './cover-of-day.ts';

export type StoredClaim = typeof claims.$inferSelect;
export type ClaimEventRow = typeof claimEvents.$inferSelect;

/** A claim as somebody finds it, with what decides about its next step. */
export type FoundClaim = {
  claim: StoredClaim;
  claimantUserId: string | null;
  actor: ClaimActor;
  events: ClaimEventRow[];
  facts: ClaimFacts;
  terms: PolicyTerms;
  /** The version in which the assessment that stands was made; null: there is none. */
  assessmentVersion: number | null;
};

/** A claim that the actor may see. Throws `claim_not_found`, also for one outside of what they may see. */
export async function getClaim(db: Database, actor: Actor, id: string): Promise<FoundClaim> {
  const rows = await selectClaims(db, actor).where(and(eq(claims.id, id), claimsInSight(actor)));
  const [found] = await completeClaims(db, actor, rows);
  if (!found) throw notFound(id);
  const { claim, facts, terms } = found;
  const use = await getCoverUse(db, claim.enrolmentId, id);
  return { ...found, facts: { ...facts, remainingFen: Math.max(0, terms.coverLimitFen.value - use.totalFen) } };
}

/** Many at once, for a list. What other claims of a cover have used is left out: their `remainingFen` is the whole limit. */
export async function listFoundClaims(
  db: Database,
  actor: Actor,
  narrow: (query: ReturnType<typeof selectClaims>) => PromiseLike<SelectedClaim[]>,
): Promise<FoundClaim[]> {
  return completeClaims(db, actor, await narrow(selectClaims(db, actor)));
}

/**
 * The same, locked to the end of the transaction together with its insured person, so that the claims of one cover are
 * decided one after the other.
 */
export async function lockClaim(tx: Transaction, actor: Actor, id: string): Promise<FoundClaim> {
  const [seen] = await selectClaims(tx, actor).where(and(eq(claims.id, id), claimsInSight(actor)));
  if (!seen) throw notFound(id);
  await tx
    .select({ id: insuredPersons.id })
    .from(insuredPersons)
    .where(eq(insuredPersons.id, seen.claim.insuredPersonId))
    .for('update');
  // As it is now: somebody may have acted while this waited.
  await tx.select({ id: claims.id }).from(claims).where(eq(claims.id, id)).for('update');
  return getClaim(tx, actor, id);
}

const notFound = (id: string) => new Problem('claim_not_found', `There is no claim ${id} that you may see.`);

function selectClaims(db: Database, actor: Actor) {
  return db
    .select({
      claim: claims,
      claimantUserId: insuredPersons.userId,
      isClaimant: isClaimantSql(actor),
      rights: rightsColumn(actor),
    })
    .from(claims)
    .innerJoin(insuredPersons, eq(insuredPersons.id, claims.insuredPersonId))
    .$dynamic();
}
type SelectedClaim = Awaited<ReturnType<typeof selectClaims>>[number];

async function completeClaims(
  db: Database,
  { personId }: Actor,
  selected: readonly SelectedClaim[],
): Promise<FoundClaim[]> {
  if (selected.length === 0) return [];
  const ids = selected.map(({ claim }) => claim.id);
  const allEvents = await db
    .select()
    .from(claimEvents)
    .where(inArray(claimEvents.claimId, ids))
    .orderBy(asc(claimEvents.version));
  const allApprovals = await db.select().from(claimApprovals).where(inArray(claimApprovals.claimId, ids));
  const termsOf = new Map<string, PolicyTerms>();
  for (const { claim } of selected) {
    if (!termsOf.has(claim.termsVersion)) termsOf.set(claim.termsVersion, await getTerms(db, claim.termsVersion));
  }
  return selected.map(({ claim, claimantUserId, isClaimant, rights }) => {
    const events = allEvents.filter(({ claimId }) => claimId === claim.id);
    const terms = termsOf.get(claim.termsVersion)!;
    const assessmentVersion = events.findLast(({ action }) => action === 'assess')?.version ?? null;
    const approvers = allApprovals
      .filter((approval) => approval.claimId === claim.id && approval.assessmentVersion === assessmentVersion)
      .map(({ approverId }) => approverId);
    const facts: ClaimFacts = {
      state: claim.state,
      people: { claimantHasAccount: claimantUserId !== null, approvers, ...whoDidWhat(events) },
      isCovered: claim.enrolmentId !== null,
      assessedFen: claim.assessedFen ?? 0,
      approvedFen: claim.approvedFen ?? 0,
      paidFen: claim.paidFen ?? 0,
      remainingFen: terms.coverLimitFen.value,
      lastDecision: lastDecisionOf(events),
    };
    const actor = { personId, rights: new Set(rights), isClaimant };
    return { claim, claimantUserId, actor, events, facts, terms, assessmentVersion };
  });
}

const DECIDING = ['assess', 'approve', 'decline', 'pay'];

function whoDidWhat(events: readonly ClaimEventRow[]): Omit<ClaimPeople, 'claimantHasAccount' | 'approvers'> {
  const reopenedIn = events.findLast(({ action }) => action === 'reopen')?.version ?? 0;
  return {
    assessedBy: events.findLast(({ action }) => action === 'assess')?.actorId ?? null,
    earlierAssessors: events
      .filter(({ action, version }) => action === 'assess' && version < reopenedIn)
      .map(({ actorId }) => actorId),
    deciders: events.filter(({ action }) => DECIDING.includes(action)).map(({ actorId }) => actorId),
  };
}

function lastDecisionOf(events: readonly ClaimEventRow[]): ClaimFacts['lastDecision'] {
  for (const { action, toState, at } of events.toReversed()) {
    const settles =
      action === 'decline' ||
      action === 'pay' ||
      action === 'uphold' ||
      action === 'withdraw' ||
      (action === 'approve' && toState === 'approved');
    if (settles) return { action: action as 'decline', atMs: at.getTime() };
  }
  return null;
}
