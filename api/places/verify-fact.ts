import { desc, eq } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { FactState, VerifyFact } from '#domain/places/office-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { siteVerifications } from '../../db/tables/office.ts';
import type { Ground } from './check-site-document.ts';
import { factStates } from './fact-columns.ts';
import { getSiteDocument, getSiteForUpdate } from './get-site-document.ts';
import { storeRevision } from './store-revision.ts';

/**
 * Keeps that somebody checked a fact of a site as it stands, and shows it to riders. Idempotent by the id. Throws
 * `nothing_to_verify`, `day_to_come`, `id_taken` and what `getSiteForUpdate` throws.
 */
export async function verifyFact(
  db: Database,
  actor: Actor,
  siteId: string,
  verify: VerifyFact,
  ground: Ground,
  nowMs: number,
): Promise<FactState[]> {
  return db.transaction(async (tx) => {
    const state = await getSiteForUpdate(tx, actor, 'site.edit', siteId);
    const deed = { actor, action: 'site.verify', reason: verify.note || null, nowMs, verify: [verify] };
    await storeRevision(tx, state, state.document, deed, ground);
    const { site } = await getSiteDocument(tx, actor, 'site.edit', siteId);
    const latest = await tx
      .selectDistinctOn([siteVerifications.fact], { fact: siteVerifications.fact, method: siteVerifications.method })
      .from(siteVerifications)
      .where(eq(siteVerifications.siteId, siteId))
      .orderBy(siteVerifications.fact, desc(siteVerifications.day), desc(siteVerifications.at));
    const methods = Object.fromEntries(latest.map(({ fact, method }) => [fact, method]));
    return factStates(site, methods, shanghaiDay(nowMs));
  });
}
