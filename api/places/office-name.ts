import { eq } from 'drizzle-orm';
import { type Action, covers, grantsFor } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { jurisdictions, organisations } from '../../db/tables/places.ts';

const WHOLE_CITY = '厦门市';

/** In whose name an actor does this: the street, the district or the organisation that they hold their role in. */
export async function getOfficeName(
  db: Database,
  actor: Actor,
  action: Action,
  subject: Parameters<typeof covers>[1],
): Promise<string> {
  const grant = grantsFor(actor, action).find((one) => covers(one, subject));
  const { jurisdictionCode, organisationId } = grant?.membership ?? {};
  const [named] = jurisdictionCode
    ? await db.select({ name: jurisdictions.name }).from(jurisdictions).where(eq(jurisdictions.code, jurisdictionCode))
    : organisationId
      ? await db.select({ name: organisations.name }).from(organisations).where(eq(organisations.id, organisationId))
      : [];
  return named?.name ?? WHOLE_CITY;
}

/** What somebody is called at work; who left is named by their id. */
export async function findPersonName(db: Database, personId: string | null): Promise<string | null> {
  if (personId === null) return null;
  const [person] = await db.select({ name: users.name }).from(users).where(eq(users.id, personId));
  return person?.name ?? personId;
}
