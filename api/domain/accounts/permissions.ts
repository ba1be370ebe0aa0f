import type { Actor, Membership, Role } from './roles.ts';

/** What can be done. A name says on what and what: `site.edit`. */
export const ACTIONS = [
  'site.view',
  'site.edit',
  'site.propose',
  'site.import',
  'site.export',
  'proposal.decide',
  'report.answer',
  'handover.ask',
  'handover.decide',
  'scorecard.view',
  'membership.view',
  'membership.grant',
  'person.reveal',
  'person.reset',
  'audit.view',
  'own.data',
  'enrolment.own',
  'enrolment.employ',
  'enrolment.oversee',
  'ledger.view',
  'ledger.settle',
  'terms.replace',
  'claim.own',
  'claim.view',
  'claim.receive',
  'claim.assess',
  'claim.approve',
  'claim.pay',
  'claim.decide_appeal',
  'claim.review',
  'claim.supervise',
  'case.own',
  'case.intake',
  'case.triage',
  'case.mediate',
  'case.receive',
  'case.respond',
  'case.supervise',
  'case.rules',
  'appointment.own',
  'appointment.serve',
  'service.manage',
  'knowledge.edit',
  'knowledge.review',
] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * Over which rows: `own` those about oneself, `organisation` those of the organisation that the role is held in,
 * `jurisdiction` those of the street or of the district with its streets, `city` all.
 */
export const SCOPES = ['own', 'organisation', 'jurisdiction', 'city'] as const;
export type Scope = (typeof SCOPES)[number];

type Rights = Partial<Record<Action, Scope>>;

const ONESELF = {
  'own.data': 'own',
  'enrolment.own': 'own',
  'claim.own': 'own',
  'case.own': 'own',
  'appointment.own': 'own',
} as const satisfies Rights;
const SERVICES_OF_ORGANISATION = {
  'service.manage': 'organisation',
  'appointment.serve': 'organisation',
} as const satisfies Rights;
const CASES_OF_OFFICE = {
  'case.intake': 'jurisdiction',
  'case.triage': 'jurisdiction',
  'service.manage': 'jurisdiction',
  'appointment.serve': 'jurisdiction',
} as const satisfies Rights;
const CASES_OF_CITY = {
  'case.intake': 'city',
  'case.triage': 'city',
  'case.rules': 'city',
  'service.manage': 'city',
  'appointment.serve': 'city',
  'knowledge.edit': 'city',
  'knowledge.review': 'city',
} as const satisfies Rights;
const OWN_PLACES = {
  'site.view': 'organisation',
  'site.propose': 'organisation',
  'site.export': 'organisation',
  'report.answer': 'organisation',
} as const satisfies Rights;
const PLACES_OF_OFFICE = {
  'site.view': 'jurisdiction',
  'site.edit': 'jurisdiction',
  'site.propose': 'jurisdiction',
  'site.import': 'jurisdiction',
  'site.export': 'jurisdiction',
  'proposal.decide': 'jurisdiction',
  'report.answer': 'jurisdiction',
  'handover.ask': 'jurisdiction',
  'handover.decide': 'jurisdiction',
  'scorecard.view': 'jurisdiction',
} as const satisfies Rights;
const CLAIMS_OF_OFFICE = { 'claim.view': 'jurisdiction', 'claim.receive': 'jurisdiction' } as const satisfies Rights;
const CLAIMS_OF_CITY = { 'claim.view': 'city', 'claim.receive': 'city' } as const satisfies Rights;
const PLACES_OF_CITY = {
  'site.view': 'city',
  'site.edit': 'city',
  'site.propose': 'city',
  'site.import': 'city',
  'site.export': 'city',
  'proposal.decide': 'city',
  'report.answer': 'city',
  'handover.ask': 'city',
  'handover.decide': 'city',
  'scorecard.view': 'city',
} as const satisfies Rights;

/** The one table that says who may do what, over which rows. What is not in it may not be done. */
export const PERMISSIONS: Readonly<Record<Role, Rights>> = {
  rider: ONESELF,
  employer: {
    ...ONESELF,
    ...SERVICES_OF_ORGANISATION,
    'enrolment.employ': 'organisation',
    'case.respond': 'organisation',
    'case.receive': 'organisation',
  },
  keeper: { ...ONESELF, ...OWN_PLACES },
  officer: { ...ONESELF, ...PLACES_OF_OFFICE, ...CLAIMS_OF_OFFICE, ...CASES_OF_OFFICE },
  district_officer: { ...ONESELF, ...PLACES_OF_OFFICE, ...CLAIMS_OF_OFFICE, ...CASES_OF_OFFICE },
  insurer: {
    ...ONESELF,
    ...SERVICES_OF_ORGANISATION,
    'enrolment.oversee': 'organisation',
    'ledger.view': 'organisation',
    'claim.view': 'organisation',
    'claim.pay': 'organisation',
  },
  assessor: { ...ONESELF, 'claim.view': 'city', 'claim.assess': 'city', 'claim.review': 'city' },
  approver: { ...ONESELF, 'claim.view': 'city', 'claim.approve': 'city' },
  mediator: {
    ...ONESELF,
    ...SERVICES_OF_ORGANISATION,
    'case.intake': 'organisation',
    'case.triage': 'organisation',
    'case.mediate': 'organisation',
    'case.receive': 'organisation',
  },
  department_officer: {
    ...ONESELF,
    ...SERVICES_OF_ORGANISATION,
    'case.receive': 'organisation',
    'knowledge.edit': 'organisation',
  },
  coordinator: { ...ONESELF, ...PLACES_OF_CITY, ...CLAIMS_OF_CITY, ...CASES_OF_CITY },
  supervisor: {
    ...ONESELF,
    'site.view': 'city',
    'site.export': 'city',
    'scorecard.view': 'city',
    'membership.view': 'city',
    'audit.view': 'city',
    'enrolment.oversee': 'city',
    'ledger.view': 'city',
    'claim.view': 'city',
    'claim.decide_appeal': 'city',
    'claim.supervise': 'city',
    'case.supervise': 'city',
  },
  administrator: {
    ...ONESELF,
    ...PLACES_OF_CITY,
    'enrolment.oversee': 'city',
    'ledger.view': 'city',
    'ledger.settle': 'city',
    'terms.replace': 'city',
    'case.rules': 'city',
    'knowledge.review': 'city',
    'membership.view': 'city',
    'membership.grant': 'city',
    'person.reveal': 'city',
    'person.reset': 'city',
    'audit.view': 'city',
  },
};

/** One way in which an actor may do something: over a scope, by one of their memberships. */
export type Grant = { scope: Scope; membership: Membership };

/** Every way in which the actor may do it; none: they may not. Rows are then narrowed by these, in SQL. */
export function grantsFor(actor: Actor, action: Action): Grant[] {
  return actor.memberships.flatMap((membership) => {
    const scope = PERMISSIONS[membership.role][action];
    return scope ? [{ scope, membership }] : [];
  });
}

export function mayEver(actor: Actor, action: Action): boolean {
  return grantsFor(actor, action).length > 0;
}

/** Whether a grant covers something that belongs to a street, a district, an organisation or a person. */
export function covers(
  { scope, membership }: Grant,
  subject: {
    streetCode?: string | null;
    districtCode?: string | null;
    organisationId?: string | null;
    isOwn?: boolean;
  },
): boolean {
  switch (scope) {
    case 'city':
      return true;
    case 'own':
      return subject.isOwn === true;
    case 'organisation':
      return membership.organisationId !== null && membership.organisationId === subject.organisationId;
    case 'jurisdiction':
      return (
        membership.jurisdictionCode !== null &&
        (membership.jurisdictionCode === subject.streetCode || membership.jurisdictionCode === subject.districtCode)
      );
  }
}

export function can(actor: Actor, action: Action, subject: Parameters<typeof covers>[1]): boolean {
  return grantsFor(actor, action).some((grant) => covers(grant, subject));
}
