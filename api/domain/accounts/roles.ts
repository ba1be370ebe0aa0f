/**
 * Who people are in the service. A role is held through a membership: of a person, in an organisation or a jurisdiction
 * or, for those who serve the whole city, in neither. Codes are stored; a code is never renamed.
 */
export const ROLES = [
  'rider',
  'employer',
  'keeper',
  'officer',
  'district_officer',
  'insurer',
  'assessor',
  'approver',
  'mediator',
  'department_officer',
  'coordinator',
  'supervisor',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** Where a role is held. `none`: everywhere, or (rider) only over what is one's own. */
export const ROLE_HOME = {
  rider: 'none',
  employer: 'organisation',
  keeper: 'organisation',
  officer: 'jurisdiction',
  district_officer: 'jurisdiction',
  insurer: 'organisation',
  assessor: 'none',
  approver: 'none',
  mediator: 'organisation',
  department_officer: 'organisation',
  coordinator: 'none',
  supervisor: 'none',
  administrator: 'none',
} as const satisfies Record<Role, 'organisation' | 'jurisdiction' | 'none'>;

/** Staff sign in by name and password, never by a code on a phone. */
export function isStaff(role: Role): boolean {
  return role !== 'rider';
}

/** One role of one person. `jurisdictionCode` is a street's, a town's or a district's official code. */
export type Membership = {
  role: Role;
  organisationId: string | null;
  jurisdictionCode: string | null;
};

/** Whoever asks for something: a person with the roles they hold now. */
export type Actor = {
  personId: string;
  memberships: readonly Membership[];
};
