import { eq } from 'drizzle-orm';
import type { RequestView } from '#domain/cases/request-contract.ts';
import { requests } from '../../db/tables/cases.ts';
import { writeAudit } from '../platform/audit.ts';
import { requestNotFound } from './act-on-request.ts';
import type { CasesDependencies } from './dependencies.ts';
import { type Looker, viewerOf, viewRequest } from './view-request.ts';

/**
 * A request as somebody may see it. When staff open the words of somebody else, the look is kept in the audit trail.
 * Throws `request_not_found`.
 */
export async function lookAtRequest(
  { connection: { db }, vault, files }: Pick<CasesDependencies, 'connection' | 'vault' | 'files'>,
  looker: Looker,
  id: string,
  nowMs: number,
): Promise<RequestView> {
  const viewer = await viewerOf(db, looker, id);
  if (!viewer) throw requestNotFound();
  const [record] = await db.select().from(requests).where(eq(requests.id, id));
  const view = await viewRequest({ db, vault, files }, looker, viewer, record!);
  if ('actor' in looker && viewer !== 'person' && view.account !== null) {
    await db.transaction((tx) =>
      writeAudit(tx, {
        actorId: looker.actor.personId,
        action: 'request.look',
        subject: { kind: 'request', id },
        after: { as: viewer },
        atMs: nowMs,
      }),
    );
  }
  return view;
}
