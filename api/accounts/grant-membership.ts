import { and, eq } from 'drizzle-orm';
import { grantsFor } from '#domain/accounts/permissions.ts';
import { type Actor, isStaff, type Membership, ROLE_HOME } from '#domain/accounts/roles.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { credentials, memberships, users } from '../../db/tables/accounts.ts';
import { jurisdictions, organisations } from '../../db/tables/places.ts';
import { Problem } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';

export type GrantMembership = { person: { userId: string } | { username: string } } & Membership;

/**
 * Gives a person a role. Throws `person_not_found`, `needs_password` (staff sign in by name), `membership_held`,
 * `not_allowed`, and `invalid_request` when the role is not held there.
 */
export async function grantMembership(
  db: Database,
  actor: Actor,
  { person, ...membership }: GrantMembership,
  nowMs: number,
): Promise<string> {
  // The one scope in which roles are given today; a narrower one would have to be compared with the membership.
  if (!grantsFor(actor, 'membership.grant').some(({ scope }) => scope === 'city')) {
    throw new Problem('not_allowed', 'Your roles do not let you give roles.');
  }
  return db.transaction(async (tx) => {
    const user = await getUser(tx, person);
    if (isStaff(membership.role)) await assertHasPassword(tx, user.id);
    return storeMembership(tx, { ...membership, userId: user.id, grantedBy: actor.personId, nowMs });
  });
}

/** Stores a role in the transaction of whoever gives it; `grantedBy` null is the program itself. */
export async function storeMembership(
  tx: Transaction,
  { nowMs, ...membership }: Membership & { userId: string; grantedBy: string | null; nowMs: number },
): Promise<string> {
  await assertHome(tx, membership);
  const [stored] = await tx
    .insert(memberships)
    .values({ ...membership, createdAt: new Date(nowMs) })
    .onConflictDoNothing()
    .returning({ id: memberships.id });
  if (!stored) throw new Problem('membership_held', 'This person holds this role there already.');
  const { userId, grantedBy, role, organisationId, jurisdictionCode } = membership;
  await writeAudit(tx, {
    actorId: grantedBy,
    action: 'membership.grant',
    subject: { kind: 'membership', id: stored.id },
    after: { userId, role, organisationId, jurisdictionCode },
    atMs: nowMs,
  });
  return stored.id;
}

async function getUser(tx: Transaction, person: GrantMembership['person']): Promise<{ id: string }> {
  const isPerson = 'userId' in person ? eq(users.id, person.userId) : eq(users.username, person.username.toLowerCase());
  const [user] = await tx.select({ id: users.id }).from(users).where(isPerson).for('key share');
  if (!user) throw new Problem('person_not_found', 'There is no account with this name. Make it first.');
  return user;
}

async function assertHasPassword(tx: Transaction, userId: string): Promise<void> {
  const [credential] = await tx
    .select({ id: credentials.id })
    .from(credentials)
    .where(and(eq(credentials.userId, userId), eq(credentials.providerId, 'credential')));
  if (!credential) {
    throw new Problem(
      'needs_password',
      'Staff never sign in by a code on a phone. Make an account with a user name and a password for this person.',
    );
  }
}

/** Throws `invalid_request` unless the role is held where such a role is held. */
async function assertHome(tx: Transaction, { role, organisationId, jurisdictionCode }: Membership): Promise<void> {
  const home = ROLE_HOME[role];
  if (home !== 'organisation' && organisationId !== null)
    refuse('organisationId', `${role} is held in no organisation`);
  if (home !== 'jurisdiction' && jurisdictionCode !== null)
    refuse('jurisdictionCode', `${role} is held in no district or street`);
  if (home === 'organisation') {
    const [known] =
      organisationId === null
        ? []
        : await tx.select({ id: organisations.id }).from(organisations).where(eq(organisations.id, organisationId));
    if (!known) refuse('organisationId', `${role} is held in an organisation; this is none`);
  }
  if (home === 'jurisdiction') {
    const [known] =
      jurisdictionCode === null
        ? []
        : await tx
            .select({ kind: jurisdictions.kind })
            .from(jurisdictions)
            .where(eq(jurisdictions.code, jurisdictionCode));
    const wanted = role === 'district_officer' ? 'district' : 'street or town';
    if (!known || (known.kind === 'district') !== (role === 'district_officer')) {
      refuse('jurisdictionCode', `must be the code of a ${wanted}`);
    }
  }
}

function refuse(path: string, message: string): never {
  throw new Problem('invalid_request', `${path}: ${message}`, { errors: [{ path, message }] });
}
