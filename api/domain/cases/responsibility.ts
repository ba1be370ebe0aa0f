import type { RequestKind } from './request.ts';

export const RULE_TARGETS = ['street_of_site', 'nearest_mediation', 'organisation', 'window'] as const;
export type RuleTarget = (typeof RULE_TARGETS)[number];

/** A rule of responsibility; empty lists hold for everything. */
export type ResponsibilityRule = {
  id: string;
  name: string;
  kinds: readonly RequestKind[];
  /** Official codes; a district's holds for its streets. */
  jurisdictionCodes: readonly string[];
  respondentIds: readonly string[];
  /** Whether the rule has an outline of its own. */
  hasArea: boolean;
  target: RuleTarget;
  targetOrganisationId: string | null;
};

/** What is known of a request when somebody must be found for it. */
export type ResponsibilityFacts = {
  kind: RequestKind;
  streetCode: string | null;
  districtCode: string | null;
  respondentId: string | null;
  /** The rules in whose outline the request's place lies. */
  inAreaOf: ReadonlySet<string>;
  /** The body of the nearest mediation point that one can reach over land: its organisation, else its street. */
  nearestMediation: Body | null;
};

/** A street, an organisation, or the centre's window (`id` null). */
export type Body = { kind: 'street'; id: string } | { kind: 'organisation'; id: string } | { kind: 'window'; id: null };

export const WINDOW: Body = { kind: 'window', id: null };

/**
 * The body responsible for a request: the target of the first rule in order that holds and leads somewhere. A rule that
 * leads nowhere (no street is known, no mediation point is near) is passed over; what no rule catches goes to the
 * centre's window, never nowhere.
 */
export function findResponsible(
  rules: readonly ResponsibilityRule[],
  facts: ResponsibilityFacts,
): { body: Body; ruleId: string | null } {
  for (const rule of rules) {
    if (!holds(rule, facts)) continue;
    const body = targetOf(rule, facts);
    if (body) return { body, ruleId: rule.id };
  }
  return { body: WINDOW, ruleId: null };
}

function holds(rule: ResponsibilityRule, facts: ResponsibilityFacts): boolean {
  const { kinds, jurisdictionCodes, respondentIds, hasArea } = rule;
  return (
    (kinds.length === 0 || kinds.includes(facts.kind)) &&
    (respondentIds.length === 0 || (facts.respondentId !== null && respondentIds.includes(facts.respondentId))) &&
    (jurisdictionCodes.length === 0 ||
      jurisdictionCodes.some((code) => code === facts.streetCode || code === facts.districtCode)) &&
    (!hasArea || facts.inAreaOf.has(rule.id))
  );
}

function targetOf({ target, targetOrganisationId }: ResponsibilityRule, facts: ResponsibilityFacts): Body | null {
  switch (target) {
    case 'street_of_site':
      return facts.streetCode === null ? null : { kind: 'street', id: facts.streetCode };
    case 'nearest_mediation':
      return facts.nearestMediation;
    case 'organisation':
      return targetOrganisationId === null ? null : { kind: 'organisation', id: targetOrganisationId };
    case 'window':
      return WINDOW;
  }
}
