import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';

/** Any number, as long as nothing else on the same database uses it for an advisory lock. */
const LEDGER_LOCK = 592_0594;

/** From here to the end of the transaction nobody else closes a day or settles what is due. */
export async function lockLedger(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LEDGER_LOCK})`);
}
