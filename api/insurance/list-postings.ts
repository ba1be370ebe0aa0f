import { sql } from 'drizzle-orm';
import type { Payer } from '#domain/insurance/enrolment.ts';
import type { LedgerEntry, PostingKind } from '#domain/insurance/ledger.ts';
import type { PostingPage, PostingsQuery } from '#domain/insurance/ledger-contract.ts';
import type { Database } from '../../db/connect.ts';
import { INSURER_ACCOUNTS, postingsOf } from './ledger-balances.ts';

type Row = {
  id: string;
  kind: PostingKind;
  day: string;
  at: string;
  entries: LedgerEntry[];
  enrolment_id: string | null;
  claim_id: string | null;
  claim_number: string | null;
  payer: Payer | null;
  covered_days: number | null;
  settlement_reference: string | null;
  insurer_id: string | null;
};

/** A page of postings, the newest first, each with its entries and with what it is about. */
export async function listPostings(
  db: Database,
  insurerIds: readonly string[] | null,
  { account, kind, from, to, cursor, limit }: PostingsQuery,
): Promise<PostingPage> {
  const visible =
    insurerIds === null
      ? sql`true`
      : sql`e.account in (${sql.raw(INSURER_ACCOUNTS.map((name) => `'${name}'`).join(', '))})`;
  const conditions = [
    insurerIds === null ? undefined : postingsOf(insurerIds),
    account &&
      sql`exists (select from ledger_entries e where e.posting_id = p.id and e.account = ${account} and ${visible})`,
    kind && sql`p.kind = ${kind}`,
    from && sql`p.day >= ${from}::date`,
    to && sql`p.day <= ${to}::date`,
    cursor && sql`p.id < ${cursor}::bigint`,
  ].filter((condition) => condition !== undefined && condition !== '');
  const rows = await db.execute<Row>(sql`
    with page as (
      select p.* from ledger_postings p
      where ${conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`}
      order by p.id desc
      limit ${limit + 1}
    )
    select p.id, p.kind, p.day::text, to_json(p.at) #>> '{}' as at, p.enrolment_id, p.claim_id, c.number as claim_number,
      d.payer, d.covered_days, s.reference as settlement_reference,
      coalesce(d.insurer_id, s.insurer_id, c.insurer_id) as insurer_id,
      (select coalesce(jsonb_agg(jsonb_build_object('account', e.account, 'amountFen', e.amount_fen) order by e.id), '[]')
        from ledger_entries e where e.posting_id = p.id and ${visible}) as entries
    from page p
    left join day_closes d on p.kind = 'day_closed' and d.day = p.day and d.payer = split_part(p.key, ':', 3)
      and d.insurer_id = split_part(p.key, ':', 4)
    left join settlements s on p.kind in ('subsidy_received', 'premium_transferred')
      and s.id::text = split_part(p.key, ':', 2)
    left join claims c on c.id = p.claim_id
    order by p.id desc`);
  const page = rows.slice(0, limit);
  return {
    rows: page.map((row) => ({
      id: Number(row.id),
      kind: row.kind,
      day: row.day,
      at: new Date(row.at).toISOString(),
      entries: row.entries,
      about: {
        enrolmentId: row.enrolment_id,
        claimId: row.claim_id,
        claimNumber: row.claim_number,
        payer: row.payer,
        coveredDays: row.covered_days,
        settlementReference: row.settlement_reference,
        insurerId: row.insurer_id,
      },
    })),
    nextCursor: rows.length > limit ? page.at(-1)!.id : null,
  };
}
