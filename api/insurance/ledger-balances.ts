import { sql, type SQL } from 'drizzle-orm';
import { LEDGER_ACCOUNTS, type LedgerAccount } from '#domain/insurance/ledger.ts';
import type { LedgerBalances } from '#domain/insurance/ledger-contract.ts';
import type { Database } from '../../db/connect.ts';
import { ofInsurers } from './ledger-scope.ts';

/** What an insurer may see of the ledger: its premium and its claims, not the service's cash and bank. */
export const INSURER_ACCOUNTS = [
  'insurer_premium',
  'claim_payments',
  'insurer_claims',
] as const satisfies readonly LedgerAccount[];

/**
 * Every account's balance. `insurerIds`: only the accounts and postings that concern these insurers; null: the whole
 * ledger, whose sum is zero.
 */
export async function getBalances(
  db: Database,
  insurerIds: readonly string[] | null,
  nowMs: number,
): Promise<LedgerBalances> {
  const rows = await db.execute<{ account: LedgerAccount; balance_fen: string; postings: string }>(sql`
    select e.account, sum(e.amount_fen) as balance_fen, count(distinct e.posting_id) as postings
    from ledger_entries e
    ${insurerIds === null ? sql`` : sql`join ledger_postings p on p.id = e.posting_id where ${postingsOf(insurerIds)}`}
    group by e.account`);
  const found = new Map(rows.map((row) => [row.account, row]));
  const accounts = (insurerIds === null ? LEDGER_ACCOUNTS : INSURER_ACCOUNTS).map((account) => ({
    account,
    balanceFen: Number(found.get(account)?.balance_fen ?? 0),
    postings: Number(found.get(account)?.postings ?? 0),
  }));
  return {
    asOf: new Date(nowMs).toISOString(),
    accounts,
    sumFen: accounts.reduce((sum, { balanceFen }) => sum + balanceFen, 0),
    isWhole: insurerIds === null,
  };
}

/** Narrows a query over `ledger_postings p` to what concerns these insurers. */
export function postingsOf(insurerIds: readonly string[]): SQL {
  return sql`case p.kind
    when 'day_closed' then ${ofInsurers(sql`split_part(p.key, ':', 4)`, insurerIds)}
    when 'premium_transferred' then exists (select from settlements s
      where s.id::text = split_part(p.key, ':', 2) and ${ofInsurers(sql`s.insurer_id`, insurerIds)})
    when 'claim_paid' then exists (select from claims c where c.id = p.claim_id and ${ofInsurers(sql`c.insurer_id`, insurerIds)})
    else false end`;
}
