/** What must hold of the money and the covered days whatever was done. */
import { expect } from 'vitest';
import type { Connection } from '../../db/connect.ts';

/** Balances by account, in fen. */
async function balances({ sql }: Connection): Promise<Record<string, number>> {
  const rows = await sql<{ account: string; fen: string }[]>`
    select account, sum(amount_fen)::text as fen from ledger_entries group by account`;
  return Object.fromEntries(rows.map(({ account, fen }) => [account, Number(fen)]));
}

/** Only while no day was closed: then what is unearned is the own share of every insured day. */
export async function expectBooksToAgree(connection: Connection): Promise<void> {
  const { sql } = connection;
  const unbalanced = await sql`select posting_id from ledger_entries group by posting_id having sum(amount_fen) <> 0`;
  expect(unbalanced).toEqual([]);
  const overlaps = await sql`
    select a.id from covers a join covers b
    on a.insured_person_id = b.insured_person_id and a.id < b.id and a.days && b.days`;
  expect(overlaps).toEqual([]);
  const overRefunded = await sql`
    select p.id from payments p join refunds r on r.payment_id = p.id
    group by p.id having sum(r.amount_fen) > p.amount_fen or p.state <> 'paid' or p.paid_at is null`;
  expect(overRefunded).toEqual([]);
  const astray = await sql`
    select e.id from enrolments e left join covers c on c.enrolment_id = e.id
    group by e.id having
      (e.state in ('held', 'insured')) <> (count(c.id) > 0)
      or bool_or(c.is_insured) is distinct from (case when count(c.id) = 0 then null else e.state = 'insured' end)`;
  expect(astray).toEqual([]);
  const [facts] = await sql<{ paid: string; refunded: string; owed: string; unearned: string }[]>`
    select
      (select coalesce(sum(amount_fen), 0) from payments where state = 'paid')::text as paid,
      (select coalesce(sum(amount_fen), 0) from refunds where state = 'paid')::text as refunded,
      (select coalesce(sum(amount_fen), 0) from refunds where state <> 'paid')::text as owed,
      (select coalesce(sum((upper(days) - lower(days)) * own_fen_per_day), 0) from covers where is_insured)::text
        as unearned`;
  const [paid, refunded, owed, unearned] = [facts!.paid, facts!.refunded, facts!.owed, facts!.unearned].map(Number);
  const { cash = 0, unearned_own_share: own = 0, refunds_due: due = 0 } = await balances(connection);
  expect({ cash, own, due }).toEqual({ cash: paid! - refunded!, own: 0 - unearned!, due: 0 - owed! });
}
