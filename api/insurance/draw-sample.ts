import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import type { DrawSample } from '#domain/insurance/review-contract.ts';
import { drawSample, SAMPLE_ALGORITHM } from '#domain/insurance/review-sample.ts';
import { addDays, instantOf, shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database } from '../../db/connect.ts';
import { claimSampleItems, claimSamples } from '../../db/tables/claims.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';

export type DecidedClaim = { id: string; amountFen: number; version: number };

/**
 * What was decided on these days: each claim with its last decision of them, over what was approved, or for a declined
 * one over what was at stake. Read from the timeline, which is never altered, so that it is the same for ever.
 */
export async function listDecided(db: Database, fromDay: string, toDay: string): Promise<DecidedClaim[]> {
  const [from, to] = [fromDay, addDays(toDay, 1)].map((day) => new Date(instantOf(day, 0)).toISOString());
  const rows = await db.execute<{ id: string; version: number; amount_fen: string }>(sql`
    select distinct on (claim_id) claim_id as id, version,
      coalesce(data ->> 'approvedFen', data ->> 'atStakeFen', '0')::bigint as amount_fen
    from claim_events
    where (action = 'decline' or (action = 'approve' and to_state = 'approved')) and at >= ${from} and at < ${to}
    order by claim_id, version desc`);
  return [...rows].map(({ id, version, amount_fen }) => ({ id, version, amountFen: Number(amount_fen) }));
}

/** Over the sorted ids and amounts. */
export function hashFrame(frame: readonly DecidedClaim[]): string {
  const lines = frame.map(({ id, amountFen }) => `${id}:${amountFen}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/**
 * Draws a sample of decided claims for a second look and keeps how it was drawn. True when it is new. Throws
 * `day_to_come`, `nothing_to_review`, `id_taken`.
 */
export async function drawClaimSample(db: Database, actor: Actor, input: DrawSample, nowMs: number): Promise<boolean> {
  const { id, seed, size, valuePercent, fromDay, toDay } = input;
  if (toDay >= shanghaiDay(nowMs)) {
    throw refuseField('day_to_come', 'toDay', 'Draw from days that are over: then nothing is added to them any more.');
  }
  return db.transaction(async (tx) => {
    const [known] = await tx.select().from(claimSamples).where(eq(claimSamples.id, id));
    if (known) {
      const { fromDay: from, toDay: to, ...rest } = known;
      const isSame =
        rest.seed === seed &&
        rest.size === size &&
        rest.valuePercent === valuePercent &&
        from === fromDay &&
        to === toDay;
      if (isSame && rest.drawnBy === actor.personId) return false;
      throw new Problem('id_taken', 'Another sample was drawn under this id. Make a new id.');
    }
    const frame = await listDecided(tx, fromDay, toDay);
    if (frame.length === 0) throw new Problem('nothing_to_review', 'Nothing was decided on these days.');
    const drawn = drawSample({ seed, size, valuePercent, frame });
    const frameHash = hashFrame(frame);
    await tx.insert(claimSamples).values({
      id,
      seed,
      algorithm: SAMPLE_ALGORITHM,
      size,
      valuePercent,
      fromDay,
      toDay,
      frameCount: frame.length,
      frameFen: frame.reduce((sum, { amountFen }) => sum + amountFen, 0),
      frameHash,
      drawnBy: actor.personId,
      drawnAt: new Date(nowMs),
    });
    const decided = new Map(frame.map((claim) => [claim.id, claim]));
    await tx.insert(claimSampleItems).values(
      drawn.map(({ id: claimId, by }, position) => {
        const { version, amountFen } = decided.get(claimId)!;
        return { sampleId: id, claimId, position, drawnBy: by, decidedVersion: version, decidedFen: amountFen };
      }),
    );
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'claim.sample',
      subject: { kind: 'claim_sample', id },
      after: { seed, size, valuePercent, fromDay, toDay, frameHash, drawn: drawn.length },
      atMs: nowMs,
    });
    return true;
  });
}
