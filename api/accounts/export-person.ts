import { asc, eq, or, and } from 'drizzle-orm';
import { PERSONAL_FIELDS } from '#domain/accounts/personal-data.ts';
import type { Database } from '../../db/connect.ts';
import { memberships, sessions, users } from '../../db/tables/accounts.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import type { Accounts } from './accounts.ts';
import type { Vault } from '../platform/vault.ts';
import { listConsents } from './list-personal.ts';

const MAX_DEEDS = 10_000;

/**
 * Everything that is kept about a person, in the clear, for themselves. Of the audit trail their own deeds and what
 * others did with their data. Riders' reports about places are not in it: nothing says who sent them.
 */
export async function exportPerson(
  { db, vault, onExport }: { db: Database; vault: Vault; onExport?: Accounts['onExport'] },
  personId: string,
) {
  const [person] = await db.select().from(users).where(eq(users.id, personId));
  const held = await db
    .select()
    .from(memberships)
    .where(eq(memberships.userId, personId))
    .orderBy(asc(memberships.createdAt));
  const open = await db.select().from(sessions).where(eq(sessions.userId, personId)).orderBy(asc(sessions.createdAt));
  const deeds = await db
    .select()
    .from(auditRecords)
    .where(
      or(
        eq(auditRecords.actorId, personId),
        and(eq(auditRecords.subjectKind, 'person'), eq(auditRecords.subjectId, personId)),
      ),
    )
    .orderBy(asc(auditRecords.seq))
    .limit(MAX_DEEDS);
  const personalData: Record<string, string> = {};
  for (const field of PERSONAL_FIELDS) {
    const value = await vault.getPersonal(db, personId, field);
    if (value !== null) personalData[field] = value;
  }
  return {
    account: {
      id: personId,
      name: person!.name,
      username: person!.username,
      phone: person!.phoneNumber,
      twoFactor: person!.twoFactorEnabled === true,
      createdAt: person!.createdAt.toISOString(),
    },
    personalData,
    ...(await onExport?.(personId)),
    consents: await listConsents(db, personId),
    memberships: held.map(({ role, organisationId, jurisdictionCode, createdAt, endedAt }) => ({
      role,
      organisationId,
      jurisdictionCode,
      from: createdAt.toISOString(),
      to: endedAt?.toISOString() ?? null,
    })),
    sessions: open.map(({ createdAt, expiresAt }) => ({
      from: createdAt.toISOString(),
      to: expiresAt.toISOString(),
    })),
    deeds: deeds.map(({ at, action, actorId, subjectKind, subjectId, reason }) => ({
      at: at.toISOString(),
      action,
      byMe: actorId === personId,
      subject: `${subjectKind} ${subjectId}`,
      reason,
    })),
  };
}
