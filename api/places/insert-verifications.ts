import { inArray } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { VerifyFact } from '#domain/places/office-contract.ts';
import { saysFact } from '#domain/places/site-facts.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Transaction } from '../../db/connect.ts';
import { siteVerifications } from '../../db/tables/office.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { attachFiles } from '../platform/files/attach-files.ts';

/**
 * Stores the checks of a document that are not stored yet, and returns those. Throws `nothing_to_verify`, `day_to_come`,
 * `id_taken`, `no_such_file`.
 */
export async function insertVerifications(
  tx: Transaction,
  siteId: string,
  document: SiteDocument,
  verify: readonly VerifyFact[],
  actor: Actor,
  nowMs: number,
): Promise<VerifyFact[]> {
  if (verify.length === 0) return [];
  const known = await tx
    .select({ id: siteVerifications.id, siteId: siteVerifications.siteId, fact: siteVerifications.fact })
    .from(siteVerifications)
    .where(
      inArray(
        siteVerifications.id,
        verify.map(({ id }) => id),
      ),
    );
  const fresh = verify.filter(({ id, fact }) => {
    const same = known.find((one) => one.id === id.toLowerCase());
    if (same && (same.siteId !== siteId || same.fact !== fact)) {
      throw new Problem('id_taken', 'Another verification was stored under this id. Make a new id.');
    }
    return !same;
  });
  for (const { fact, day } of fresh) {
    if (day > shanghaiDay(nowMs)) throw refuseField('day_to_come', 'day', 'Nobody has verified anything tomorrow.');
    if (!saysFact(document, fact)) {
      throw refuseField('nothing_to_verify', fact, `Nothing is known of the ${fact} yet: write it down first.`);
    }
  }
  if (fresh.length === 0) return [];
  const stored = await tx
    .insert(siteVerifications)
    .values(
      fresh.map(({ id, fact, method, day, note }) => ({
        id,
        fact,
        method,
        day,
        note: note || null,
        siteId,
        personId: actor.personId,
        at: new Date(nowMs),
      })),
    )
    .onConflictDoNothing()
    .returning({ id: siteVerifications.id });
  if (stored.length < fresh.length) {
    throw new Problem('id_taken', 'Each verification has an id of its own. Make a new id.');
  }
  for (const { id, photo } of fresh) {
    if (!photo) continue;
    await attachFiles(tx, {
      fileIds: [photo],
      use: { kind: 'verification', subjectId: id.toLowerCase() },
      purpose: 'verification_photo',
      uploader: { personId: actor.personId, deviceHash: null },
      path: 'photo',
      nowMs,
    });
  }
  return fresh;
}
