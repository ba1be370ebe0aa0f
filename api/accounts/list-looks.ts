import { and, desc, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import { LOOK_KINDS, type LookKind } from '#domain/accounts/looks.ts';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { auditRecords } from '../../db/tables/audit.ts';

export type LookView = {
  at: string;
  what: LookKind;
  field: PersonalField | null;
  /** What whoever looked is called at work; null: the operator's command line. */
  by: string | null;
  reason: string | null;
};

const NEWEST = 100;

/** What others did with a person's data or account, the newest first. */
export async function listLooks(db: Database, personId: string): Promise<LookView[]> {
  const rows = await db
    .select({
      at: auditRecords.at,
      action: auditRecords.action,
      after: auditRecords.after,
      by: users.name,
      reason: auditRecords.reason,
    })
    .from(auditRecords)
    .leftJoin(users, eq(users.id, auditRecords.actorId))
    .where(
      and(
        eq(auditRecords.subjectKind, 'person'),
        eq(auditRecords.subjectId, personId),
        inArray(auditRecords.action, [...LOOK_KINDS]),
        or(isNull(auditRecords.actorId), ne(auditRecords.actorId, personId)),
      ),
    )
    .orderBy(desc(auditRecords.seq))
    .limit(NEWEST);
  return rows.map(({ at, action, after, by, reason }) => ({
    at: at.toISOString(),
    what: action as LookKind,
    field: (after as { field?: PersonalField } | null)?.field ?? null,
    by,
    reason,
  }));
}
