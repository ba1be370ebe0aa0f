import { and, desc, eq, getTableColumns, lt } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import { changesBetween } from '#domain/places/document-changes.ts';
import type { RevisionView } from '#domain/places/office-contract.ts';
import type { Database } from '../../db/connect.ts';
import { users } from '../../db/tables/accounts.ts';
import { siteRevisions } from '../../db/tables/office.ts';
import { getSiteDocument } from './get-site-document.ts';

const PAGE = 200;

/**
 * A site's history, newest first, at most 200 of it; `before` goes on from there. Each revision says what it changed of
 * the one before it. Throws what `getSiteDocument` throws.
 */
export async function listRevisions(
  db: Database,
  actor: Actor,
  siteId: string,
  before: number | undefined,
): Promise<RevisionView[]> {
  await getSiteDocument(db, actor, 'site.view', siteId);
  const rows = await db
    .select({ ...getTableColumns(siteRevisions), name: users.name })
    .from(siteRevisions)
    .leftJoin(users, eq(users.id, siteRevisions.personId))
    .where(and(eq(siteRevisions.siteId, siteId), before === undefined ? undefined : lt(siteRevisions.revision, before)))
    .orderBy(desc(siteRevisions.revision))
    .limit(PAGE + 1);
  return rows.slice(0, PAGE).map(({ revision, at, name, personId, reason, restoredFrom, importId, document }, i) => {
    const previous = rows[i + 1];
    return {
      revision,
      at: at.toISOString(),
      by: name ?? personId,
      reason,
      restoredFrom,
      importId,
      changes: previous ? changesBetween(previous.document, document) : [],
    };
  });
}
