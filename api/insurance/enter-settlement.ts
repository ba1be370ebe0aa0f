import { eq, sql } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import { postingEntries } from '#domain/insurance/ledger.ts';
import type { EnterSettlement, SettlementView } from '#domain/insurance/ledger-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Database, Transaction } from '../../db/connect.ts';
import { settlements } from '../../db/tables/ledger.ts';
import { organisations } from '../../db/tables/places.ts';
import { Problem, refuseField } from '../http/problem.ts';
import { writeAudit } from '../platform/audit.ts';
import { postingsOf } from './ledger-balances.ts';
import { lockLedger } from './lock-ledger.ts';
import { postLedger } from './post-ledger.ts';

/**
 * Enters what the treasury sent, or what an insurer was sent; the same id with the same content again changes nothing.
 * Throws `more_than_due`, `day_to_come`, `id_taken` and `no_such_reference`.
 */
export async function enterSettlement(
  db: Database,
  actor: Actor,
  settlement: EnterSettlement,
  nowMs: number,
): Promise<SettlementView> {
  const { id, kind, amountFen, day, reference } = settlement;
  const insurerId = settlement.kind === 'premium_transferred' ? settlement.insurerId : null;
  return db.transaction(async (tx) => {
    await lockLedger(tx); // so that what is due stays what it is until this is posted
    const [known] = await tx.select().from(settlements).where(eq(settlements.id, id));
    if (known) {
      const { kind: k, amountFen: a, day: d, reference: r, insurerId: i } = known;
      if (k !== kind || a !== amountFen || d !== day || r !== reference || i !== insurerId) {
        throw new Problem('id_taken', 'Another settlement has this id. Nothing was stored.');
      }
      return { id, stillDueFen: await dueFen(tx, insurerId) };
    }
    if (day > shanghaiDay(nowMs)) throw refuseField('day_to_come', 'day', 'day: is still to come. Nothing was stored.');
    if (insurerId !== null) await assertInsurer(tx, insurerId);
    const due = await dueFen(tx, insurerId);
    if (amountFen > due) {
      const words = `amountFen: ${amountFen} fen is more than is due (${due} fen). Check the amount and the days that are closed. Nothing was stored.`;
      throw refuseField('more_than_due', 'amountFen', words);
    }
    const at = new Date(nowMs);
    await tx.insert(settlements).values({ id, kind, amountFen, day, reference, insurerId, madeBy: actor.personId, at });
    const entries = postingEntries[kind](amountFen);
    await postLedger(tx, { kind, key: `settlement:${id}`, day, atMs: nowMs, entries });
    await writeAudit(tx, {
      actorId: actor.personId,
      action: 'ledger.settle',
      subject: { kind: 'settlement', id },
      after: settlement,
      atMs: nowMs,
    });
    return { id, stillDueFen: due - amountFen };
  });
}

async function assertInsurer(tx: Transaction, insurerId: string): Promise<void> {
  const [organisation] = await tx
    .select({ kind: organisations.kind })
    .from(organisations)
    .where(eq(organisations.id, insurerId));
  if (organisation?.kind !== 'insurer') {
    throw refuseField('no_such_reference', 'insurerId', `insurerId: ${insurerId} is no insurer. Nothing was stored.`);
  }
}

/** What the treasury owes the scheme, or the scheme owes an insurer. */
async function dueFen(tx: Transaction, insurerId: string | null): Promise<number> {
  const ofWhom =
    insurerId === null
      ? sql`e.account = 'treasury_subsidy_due'`
      : sql`e.account = 'insurer_premium' and ${postingsOf([insurerId])}`;
  const [row] = await tx.execute<{ sum: string | null }>(sql`
    select sum(e.amount_fen) as sum from ledger_entries e join ledger_postings p on p.id = e.posting_id where ${ofWhom}`);
  const sum = Number(row!.sum ?? 0);
  return insurerId === null ? sum : sum === 0 ? 0 : -sum;
}
