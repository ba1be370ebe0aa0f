import { and, eq, isNull } from 'drizzle-orm';
import { ACTIONS, type Action, mayEver } from '#domain/accounts/permissions.ts';
import { maskPhone } from '#domain/accounts/masking.ts';
import type { Actor, Role } from '#domain/accounts/roles.ts';
import type { Database } from '../../db/connect.ts';
import { memberships, users } from '../../db/tables/accounts.ts';
import { jurisdictions, organisations } from '../../db/tables/places.ts';

export type Me = {
  person: {
    id: string;
    name: string;
    username: string | null;
    phoneMasked: string | null;
    demo: boolean;
    twoFactor: boolean;
  };
  memberships: {
    role: Role;
    organisationId: string | null;
    organisation: string | null;
    jurisdictionCode: string | null;
    jurisdiction: string | null;
  }[];
  actions: Action[];
};

/** Who the actor is, which roles they hold now, and what these let them do. */
export async function getMe(db: Database, actor: Actor): Promise<Me> {
  const [person] = await db.select().from(users).where(eq(users.id, actor.personId));
  const held = await db
    .select({
      role: memberships.role,
      organisationId: memberships.organisationId,
      organisation: organisations.name,
      jurisdictionCode: memberships.jurisdictionCode,
      jurisdiction: jurisdictions.name,
    })
    .from(memberships)
    .leftJoin(organisations, eq(organisations.id, memberships.organisationId))
    .leftJoin(jurisdictions, eq(jurisdictions.code, memberships.jurisdictionCode))
    .where(and(eq(memberships.userId, actor.personId), isNull(memberships.endedAt)))
    .orderBy(memberships.createdAt, memberships.id);
  return {
    person: {
      id: actor.personId,
      name: person!.name,
      username: person!.username,
      phoneMasked: maskPhone(person!.phoneNumber),
      demo: person!.demo,
      twoFactor: person!.twoFactorEnabled === true,
    },
    memberships: held,
    actions: ACTIONS.filter((action) => mayEver(actor, action)),
  };
}
