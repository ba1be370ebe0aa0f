import { asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { mayEver } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import type { SampleRow, SampleView } from '#domain/insurance/review-contract.ts';
import { drawSample } from '#domain/insurance/review-sample.ts';
import type { Database } from '../../db/connect.ts';
import { claimReviews, claimSampleItems, claimSamples, claims } from '../../db/tables/claims.ts';
import { Problem } from '../http/problem.ts';
import type { Vault } from '../platform/vault.ts';
import { hashFrame, listDecided } from './draw-sample.ts';
import { listFoundClaims } from './lock-claim.ts';
import { type Findings, mayReview, reviewContext } from './record-review.ts';

const MAX_SAMPLES = 200;

const count = (what: SQL) => sql<number>`count(${what})`.mapWith(Number);

/** Every sample that was drawn, the newest first. */
export async function listSamples(db: Database): Promise<SampleRow[]> {
  const rows = await db
    .select({
      sample: claimSamples,
      drawn: count(sql`${claimSampleItems.claimId}`),
      reviewed: count(sql`${claimReviews.claimId}`),
      differs: count(sql`case when not ${claimReviews.agrees} then 1 end`),
    })
    .from(claimSamples)
    .innerJoin(claimSampleItems, eq(claimSampleItems.sampleId, claimSamples.id))
    .leftJoin(
      claimReviews,
      sql`${claimReviews.sampleId} = ${claimSampleItems.sampleId} and ${claimReviews.claimId} = ${claimSampleItems.claimId}`,
    )
    .groupBy(claimSamples.id)
    .orderBy(desc(claimSamples.drawnAt), claimSamples.id)
    .limit(MAX_SAMPLES);
  return rows.map(({ sample, ...counts }) => ({ ...viewSample(sample), ...counts }));
}

/** One sample with its claims, drawn again to see that it is the same. Throws `sample_not_found`. */
export async function getSample(
  { db, vault }: { db: Database; vault: Vault },
  actor: Actor,
  id: string,
): Promise<SampleView> {
  const [sample] = await db.select().from(claimSamples).where(eq(claimSamples.id, id));
  if (!sample) throw new Problem('sample_not_found', `There is no sample ${id}.`);
  const rows = await db
    .select({ item: claimSampleItems, number: claims.number, state: claims.state, personId: claims.insuredPersonId })
    .from(claimSampleItems)
    .innerJoin(claims, eq(claims.id, claimSampleItems.claimId))
    .where(eq(claimSampleItems.sampleId, id))
    .orderBy(asc(claimSampleItems.position));
  const reviews = new Map(
    (await db.select().from(claimReviews).where(eq(claimReviews.sampleId, id))).map((row) => [row.claimId, row]),
  );
  const found = await listFoundClaims(db, actor, (query) =>
    query.where(
      inArray(
        claims.id,
        rows.map(({ item }) => item.claimId),
      ),
    ),
  );
  const reviewable = new Set(found.filter(mayReview).map(({ claim }) => claim.id));
  const items: SampleView['items'] = [];
  for (const { item, number, state, personId } of rows) {
    const review = reviews.get(item.claimId);
    const readsWords = mayEver(actor, 'claim.supervise') || review?.reviewerId === actor.personId;
    const sealed = readsWords ? (review?.wordsSealed ?? null) : null;
    const findings = review?.findings as Findings | undefined;
    items.push({
      claimId: item.claimId,
      number,
      by: item.drawnBy,
      decidedFen: item.decidedFen,
      state,
      mayReview: !review && reviewable.has(item.claimId),
      review: review
        ? {
            at: review.at.toISOString(),
            agrees: review.agrees,
            reviewedFen: review.reviewedFen,
            differenceFen: review.differenceFen,
            declineCode: findings!.declineCode,
            lines: findings!.lines,
            words: sealed && (await vault.unsealFor(db, personId, sealed, reviewContext(id, item.claimId))),
          }
        : null,
    });
  }
  return {
    ...viewSample(sample),
    drawn: items.length,
    reviewed: reviews.size,
    differs: [...reviews.values()].filter(({ agrees }) => !agrees).length,
    drawnAgain: (await isDrawnAgain(
      db,
      sample,
      rows.map(({ item }) => item.claimId),
    ))
      ? 'same'
      : 'different',
    items,
  };
}

async function isDrawnAgain(
  db: Database,
  { seed, size, valuePercent, fromDay, toDay, frameHash }: typeof claimSamples.$inferSelect,
  drawn: readonly string[],
): Promise<boolean> {
  const frame = await listDecided(db, fromDay, toDay);
  if (hashFrame(frame) !== frameHash) return false;
  return drawSample({ seed, size, valuePercent, frame }).every(({ id }, i) => id === drawn[i]);
}

function viewSample(sample: typeof claimSamples.$inferSelect) {
  const { id, seed, algorithm, size, valuePercent, fromDay, toDay, frameCount, frameFen, drawnAt } = sample;
  const drawn = { id, seed, algorithm, size, valuePercent, fromDay, toDay, frameCount, frameFen };
  return { ...drawn, drawnAt: drawnAt.toISOString() };
}
