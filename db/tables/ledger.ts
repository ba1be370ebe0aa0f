import { sql } from 'drizzle-orm';
import { bigint, check, date, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { PAYERS } from '#domain/insurance/enrolment.ts';
import { LEDGER_ACCOUNTS, POSTING_KINDS, SETTLEMENT_KINDS } from '#domain/insurance/ledger.ts';
import { instant, oneOf } from '../columns.ts';
import { organisations } from './places.ts';

/** One posting: entries that sum to zero, which a deferred trigger sees to. Append-only. */
export const ledgerPostings = pgTable(
  'ledger_postings',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind', { enum: POSTING_KINDS }).notNull(),
    /** What it is about, said once: `payment:…`, `day:2026-11-25:self`. The same thing is never posted twice. */
    key: text('key').notNull().unique(),
    /** The day it counts for, in Asia/Shanghai. */
    day: date('day').notNull(),
    at: instant('at').notNull(),
    enrolmentId: uuid('enrolment_id'),
    claimId: uuid('claim_id'),
  },
  (t) => [
    check('ledger_postings_kind', oneOf(t.kind, POSTING_KINDS)),
    index('ledger_postings_by_day').on(t.day, t.kind),
    index('ledger_postings_by_enrolment').on(t.enrolmentId),
    index('ledger_postings_by_claim').on(t.claimId),
  ],
);

/** Append-only. Positive: debit; negative: credit. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    postingId: bigint('posting_id', { mode: 'number' })
      .notNull()
      .references(() => ledgerPostings.id),
    account: text('account', { enum: LEDGER_ACCOUNTS }).notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
  },
  (t) => [
    check('ledger_entries_account', oneOf(t.account, LEDGER_ACCOUNTS)),
    check('ledger_entries_amount', sql`${t.amountFen} <> 0`),
    index('ledger_entries_by_posting').on(t.postingId),
  ],
);

/** A covered day that is over and was closed, per payer and insurer: whom it covered and what that came to. Append-only. */
export const dayCloses = pgTable(
  'day_closes',
  {
    day: date('day').notNull(),
    payer: text('payer', { enum: PAYERS }).notNull(),
    insurerId: text('insurer_id')
      .notNull()
      .references(() => organisations.id),
    coveredDays: integer('covered_days').notNull(),
    ownFen: bigint('own_fen', { mode: 'number' }).notNull(),
    subsidyFen: bigint('subsidy_fen', { mode: 'number' }).notNull(),
    closedAt: instant('closed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.day, t.payer, t.insurerId] }),
    check('day_closes_payer', oneOf(t.payer, PAYERS)),
    check('day_closes_counts', sql`${t.coveredDays} >= 0 and ${t.ownFen} >= 0 and ${t.subsidyFen} >= 0`),
  ],
);

/** Money that the treasury sent or that an insurer was sent, behind a posting `settlement:<id>`. Append-only. */
export const settlements = pgTable(
  'settlements',
  {
    /** Chosen by whoever sends it, so that what is sent twice is stored once. */
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: SETTLEMENT_KINDS }).notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }).notNull(),
    day: date('day').notNull(),
    /** Who got the premium; null for what the treasury sent. */
    insurerId: text('insurer_id').references(() => organisations.id),
    /** What the bank's statement says, so that the two can be laid side by side. */
    reference: text('reference').notNull(),
    madeBy: text('made_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    check('settlements_kind', oneOf(t.kind, SETTLEMENT_KINDS)),
    check('settlements_amount', sql`${t.amountFen} > 0`),
    check('settlements_insurer', sql`(${t.kind} = 'premium_transferred') = (${t.insurerId} is not null)`),
  ],
);
