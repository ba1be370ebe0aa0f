import { sql } from 'drizzle-orm';
import type { ClaimState } from '#domain/insurance/claim-lifecycle.ts';
import type { ClaimReconciliation, PassedClaim } from '#domain/insurance/ledger-contract.ts';
import type { InsurerPaymentOutcome } from '#domain/insurance/ledger.ts';
import type { Database } from '../../db/connect.ts';
import type { Vault } from '../platform/vault.ts';
import { pseudonymsFor } from './insurer-key.ts';

export const CLAIM_FILES = ['claims.csv', 'claims.json'] as const;
export type ClaimFile = (typeof CLAIM_FILES)[number];

/** `to_pay`: approved, and not paid yet. `passed`: everything that was approved at some time. */
export const PASSED_CLAIMS = ['to_pay', 'passed'] as const;
export type PassedClaims = (typeof PASSED_CLAIMS)[number];

/** An insurer's claims in the order of their numbers, after one of them, under the pseudonyms of its daily files. */
export async function listPassedClaims(
  db: Database,
  vault: Vault,
  insurerId: string,
  { which, after = '', limit }: { which: PassedClaims; after?: string | undefined; limit: number },
): Promise<PassedClaim[]> {
  type Row = {
    number: string;
    insured_person_id: string;
    happened_on: string;
    enrolment_id: string | null;
    state: ClaimState;
  } & Record<'claimed_fen' | 'assessed_fen' | 'approved_fen' | 'paid_fen', string | null>;
  const rows = await db.execute<Row>(sql`
    select number, insured_person_id, happened_on::text, enrolment_id, state, claimed_fen, assessed_fen, approved_fen,
      paid_fen
    from claims
    where insurer_id = ${insurerId} and number > ${after}
      and ${which === 'to_pay' ? sql`state = 'approved'` : sql`(state = 'approved' or coalesce(approved_fen, 0) > 0)`}
    order by number limit ${limit}`);
  const nameOf = pseudonymsFor(vault, insurerId);
  return rows.map((row) => ({
    claim: row.number,
    insured: nameOf(row.insured_person_id),
    happenedOn: row.happened_on,
    enrolment: row.enrolment_id,
    state: row.state,
    claimedFen: Number(row.claimed_fen),
    assessedFen: fen(row.assessed_fen),
    approvedFen: fen(row.approved_fen),
    paidFen: fen(row.paid_fen),
  }));
}

const fen = (text: string | null) => (text === null ? null : Number(text));

/** Claims that wait for their payment, at most: more go into the next file, once these are paid. */
const MAX_FILE_CLAIMS = 20_000;

/** The claims that an insurer is to pay, as a file; the same as long as no claim moves. */
export async function writePassedClaims(
  db: Database,
  vault: Vault,
  insurerId: string,
  file: ClaimFile,
): Promise<Buffer> {
  const claims = await listPassedClaims(db, vault, insurerId, { which: 'to_pay', limit: MAX_FILE_CLAIMS });
  const rows = claims.map(({ approvedFen, paidFen, ...claim }) => ({
    claim: claim.claim,
    insured: claim.insured,
    happenedOn: claim.happenedOn,
    enrolment: claim.enrolment,
    approvedFen: approvedFen ?? 0,
    paidBeforeFen: paidFen ?? 0,
    toPayFen: (approvedFen ?? 0) - (paidFen ?? 0),
  }));
  const toPayFen = rows.reduce((sum, row) => sum + row.toPayFen, 0);
  if (file === 'claims.json') {
    const head = { format: 'luyi-insurer-claims', version: 1, insurer: insurerId, count: rows.length, toPayFen };
    return Buffer.from(`${JSON.stringify({ ...head, claims: rows })}\n`);
  }
  const lines = rows.map((row) =>
    [
      'claim',
      insurerId,
      row.claim,
      row.insured,
      row.happenedOn,
      row.enrolment ?? '',
      row.approvedFen,
      row.paidBeforeFen,
      row.toPayFen,
    ].join(','),
  );
  const total = ['total', insurerId, rows.length, '', '', '', '', '', toPayFen].join(',');
  return Buffer.from([CSV_HEAD, ...lines, total, ''].join('\n'));
}

const CSV_HEAD = 'line,insurer,claim,insured,happened_on,enrolment,approved_fen,paid_before_fen,to_pay_fen';
const MAX_DIFFERENCES = 500;

/** What the claims, the insurer's own word and the ledger say was paid, with every claim on which they differ. */
export async function reconcileClaims(db: Database, insurerId: string): Promise<ClaimReconciliation> {
  type Row = {
    number: string;
    reference: string | null;
    outcome: InsurerPaymentOutcome | null;
  } & Record<'approved_fen' | 'claim_fen' | 'insurer_fen' | 'ledger_fen', string | null>;
  return db.transaction(
    async (tx) => {
      const paid = sql`
        select c.number, c.approved_fen, coalesce(c.paid_fen, 0) as claim_fen, coalesce(i.fen, 0) as insurer_fen,
          coalesce(l.fen, 0) as ledger_fen
        from claims c
        left join (select claim_id, sum(paid_fen) as fen from insurer_payments where outcome = 'paid' group by claim_id) i
          on i.claim_id = c.id
        left join (select p.claim_id, sum(e.amount_fen) as fen
          from ledger_postings p join ledger_entries e on e.posting_id = p.id
          where p.kind = 'claim_paid' and e.account = 'claim_payments' group by p.claim_id) l on l.claim_id = c.id
        where c.insurer_id = ${insurerId}`;
      const [sums] = await tx.execute<Record<'claim_fen' | 'insurer_fen' | 'ledger_fen', string>>(sql`
        select coalesce(sum(claim_fen), 0) as claim_fen, coalesce(sum(insurer_fen), 0) as insurer_fen,
          coalesce(sum(ledger_fen), 0) as ledger_fen from (${paid}) as paid`);
      const rows = await tx.execute<Row>(sql`
        select number, null as reference, null as outcome, approved_fen, claim_fen, insurer_fen, ledger_fen
        from (${paid}) as paid
        where claim_fen <> insurer_fen or claim_fen <> ledger_fen
        union all
        select i.claim_number, i.reference, i.outcome, c.approved_fen, coalesce(c.paid_fen, 0), i.paid_fen, 0
        from insurer_payments i left join claims c on c.id = i.claim_id
        where i.insurer_id = ${insurerId} and i.outcome <> 'paid'
        order by 1, 2 nulls first limit ${MAX_DIFFERENCES}`);
      const [claimsFen, insurerFen, ledgerFen] = [
        Number(sums!.claim_fen),
        Number(sums!.insurer_fen),
        Number(sums!.ledger_fen),
      ];
      return {
        claimsFen,
        insurerFen,
        ledgerFen,
        agrees: rows.length === 0 && claimsFen === insurerFen && claimsFen === ledgerFen,
        differences: rows.map((row) => ({
          claim: row.number,
          reference: row.reference,
          outcome: row.outcome,
          approvedFen: row.approved_fen === null ? null : Number(row.approved_fen),
          claimFen: Number(row.claim_fen),
          insurerFen: Number(row.insurer_fen),
          ledgerFen: Number(row.ledger_fen),
        })),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
