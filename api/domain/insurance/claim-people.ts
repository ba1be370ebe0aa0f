import type { ClaimAction, ClaimRight } from './claim-lifecycle.ts';

/** What somebody may do with one claim, and what they had to do with it before. */
export type ClaimActor = {
  personId: string;
  /** Which rights of the permission table they have over this very claim. */
  rights: ReadonlySet<ClaimRight>;
  /** The claim is about themselves. */
  isClaimant: boolean;
};

/** Who did what with a claim up to now. */
export type ClaimPeople = {
  /** Whether the insured person has an account, by which they speak for themselves. */
  claimantHasAccount: boolean;
  /** Who made the assessment that stands. */
  assessedBy: string | null;
  /** Everybody who assessed it before it was reopened last; empty when it never was. */
  earlierAssessors: readonly string[];
  /** Who has approved the assessment that stands. */
  approvers: readonly string[];
  /** Whoever once assessed, approved, declined or paid it. */
  deciders: readonly string[];
};

/**
 * Why this person may not take this action although the table gives them the right, in words; null: they may. Nobody
 * handles their own claim, nobody decides about their own decision.
 */
export function refusePerson(action: ClaimAction, actor: ClaimActor, people: ClaimPeople): string | null {
  const { personId } = actor;
  const is = (who: readonly string[]) => who.includes(personId);
  switch (action) {
    case 'withdraw':
    case 'appeal':
      return !actor.isClaimant && people.claimantHasAccount
        ? 'The claimant has an account: only they themselves can do this.'
        : null;
    case 'assess':
      return is(people.earlierAssessors)
        ? 'You assessed this claim before it was reopened. Somebody else assesses it now.'
        : null;
    case 'approve':
      if (people.assessedBy === personId) return 'You assessed this claim. Somebody else approves it.';
      return is(people.approvers)
        ? 'You have approved this claim already. A second, different person has to approve it too.'
        : null;
    case 'decline':
      return people.assessedBy === personId ? 'You assessed this claim. Somebody else decides about it.' : null;
    case 'pay':
      return people.assessedBy === personId || is(people.approvers)
        ? 'You assessed or approved this claim. Somebody else pays it.'
        : null;
    case 'reopen':
    case 'uphold':
      return is(people.deciders)
        ? 'You took part in the decision that is appealed against. Somebody else decides about the appeal.'
        : null;
    default:
      return null;
  }
}

/** The rights that count: about their own claim somebody has no others than a claimant's. */
export function rightsThatCount({ rights, isClaimant }: ClaimActor): ReadonlySet<ClaimRight> {
  return isClaimant ? new Set([...rights].filter((right) => right === 'claim.own')) : rights;
}
