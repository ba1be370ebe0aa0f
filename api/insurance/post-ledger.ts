import type { LedgerEntry, PostingKind } from '#domain/insurance/ledger.ts';
import type { Transaction } from '../../db/connect.ts';
import { ledgerEntries, ledgerPostings } from '../../db/tables/ledger.ts';

export type Posting = {
  kind: PostingKind;
  /** What it is about, said once: `payment:…`. */
  key: string;
  /** `YYYY-MM-DD`, the day that it counts for. */
  day: string;
  atMs: number;
  /** From `postingEntries`. What is zero is left out. */
  entries: readonly LedgerEntry[];
  enrolmentId?: string;
  claimId?: string;
};

/**
 * Posts to the ledger. False, and nothing is written, when this very thing was posted before. Throws a `RangeError` for
 * entries that do not balance or are not whole fen.
 */
export async function postLedger(tx: Transaction, posting: Posting): Promise<boolean> {
  const { kind, key, day, atMs, enrolmentId = null, claimId = null } = posting;
  const entries = posting.entries.filter(({ amountFen }) => amountFen !== 0);
  const isWhole = entries.every(({ amountFen }) => Number.isSafeInteger(amountFen));
  if (!isWhole || entries.reduce((sum, { amountFen }) => sum + amountFen, 0) !== 0) {
    throw new RangeError(`The posting ${key} does not balance in whole fen.`);
  }
  const [posted] = await tx
    .insert(ledgerPostings)
    .values({ kind, key, day, at: new Date(atMs), enrolmentId, claimId })
    .onConflictDoNothing({ target: ledgerPostings.key })
    .returning({ id: ledgerPostings.id });
  if (!posted) return false;
  if (entries.length > 0) {
    await tx.insert(ledgerEntries).values(entries.map((entry) => ({ postingId: posted.id, ...entry })));
  }
  return true;
}
