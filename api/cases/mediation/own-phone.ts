import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Side } from '#domain/cases/mediation/session.ts';
import { RequestAccount } from '#domain/cases/request-contract.ts';
import type { Database } from '../../../db/connect.ts';
import { users } from '../../../db/tables/accounts.ts';
import { sessionLinks } from '../../../db/tables/mediation.ts';
import type { Vault } from '../../platform/vault.ts';
import { accountOf } from '../view-request.ts';
import type { Partaker } from './find-partaker.ts';
import { phoneContext } from './join-session.ts';

const MOBILE = /^1\d{10}$/;

/** The phone of a side that is known here; null: none is. `actorId` is somebody of that side, if they are signed in. */
export async function ownPhone(
  { db, vault }: { db: Database; vault: Vault },
  { session, request }: { session: { id: string } | null; request: Partaker['request'] },
  side: Side,
  actorId: string | null,
): Promise<string | null> {
  if (side === 'respondent') {
    const desk = actorId === null ? null : await phoneOfUser(db, actorId);
    return desk ?? (session && phoneOfLink(db, vault, { session, request }));
  }
  const account = request.userId && (await phoneOfUser(db, request.userId));
  if (account) return account;
  const sealed = await vault.unsealFor(db, request.vaultPersonId, request.accountSealed, accountOf(request.id));
  if (sealed === null) return null;
  const given = RequestAccount.parse(JSON.parse(sealed)).phone.replaceAll(/[\s-]/g, '');
  return MOBILE.test(given) ? given : null;
}

export async function phoneOfUser(db: Database, id: string): Promise<string | null> {
  const [user] = await db.select({ phone: users.phoneNumber }).from(users).where(eq(users.id, id));
  return user?.phone ?? null;
}

async function phoneOfLink(
  db: Database,
  vault: Vault,
  { session, request }: { session: { id: string }; request: Partaker['request'] },
): Promise<string | null> {
  const [link] = await db
    .select({ id: sessionLinks.id, phoneSealed: sessionLinks.phoneSealed })
    .from(sessionLinks)
    .where(and(eq(sessionLinks.sessionId, session.id), isNull(sessionLinks.revokedAt)))
    .orderBy(desc(sessionLinks.madeAt))
    .limit(1);
  if (!link?.phoneSealed) return null;
  return vault.unsealFor(db, request.vaultPersonId, link.phoneSealed, phoneContext(link.id));
}
