import { sql } from 'drizzle-orm';
import { bigint, check, date, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { CLAIM_ACTIONS, CLAIM_STATES, DECLINE_CODES } from '#domain/insurance/claim-lifecycle.ts';
import { CHANNELS } from '#domain/insurance/enrolment.ts';
import { INSURER_PAYMENT_OUTCOMES } from '#domain/insurance/ledger.ts';
import { BENEFIT_KINDS, MATERIALS } from '#domain/insurance/policy-terms.ts';
import { instant, oneOf } from '../columns.ts';
import { insuredPersons, policyTerms } from './enrolments.ts';
import { jurisdictions, organisations, sites } from './places.ts';

const fen = (name: string) => bigint(name, { mode: 'number' });

/** One accident of one insured person. What happened, where and with which witnesses is sealed under the person's key. */
export const claims = pgTable(
  'claims',
  {
    /** Chosen by whoever writes it, so that what is sent twice is stored once. */
    id: uuid('id').primaryKey(),
    /** Short enough to be read over the phone; says nothing about the person. */
    number: text('number').notNull().unique(),
    insuredPersonId: text('insured_person_id')
      .notNull()
      .references(() => insuredPersons.id),
    state: text('state', { enum: CLAIM_STATES }).notNull(),
    /** Counts its actions: whoever acts says which version they saw. */
    version: integer('version').notNull(),
    happenedAt: instant('happened_at').notNull(),
    /** `happenedAt` as a day in Asia/Shanghai, the day that must be covered. */
    happenedOn: date('happened_on').notNull(),
    /** The cover of that day; null when it was not covered. */
    coverId: uuid('cover_id'),
    termsVersion: text('terms_version')
      .notNull()
      .references(() => policyTerms.version),
    insurerId: text('insurer_id')
      .notNull()
      .references(() => organisations.id),
    /** Sealed JSON, `ClaimAccount`. */
    accountSealed: text('account_sealed').notNull(),
    /** Where it was handed in, and that office's street: who may receive it. */
    receivingSiteId: text('receiving_site_id').references(() => sites.id),
    receivingStreet: text('receiving_street').references(() => jurisdictions.code),
    channel: text('channel', { enum: CHANNELS }).notNull(),
    /** The place whose door or poster it came through. */
    siteId: text('site_id').references(() => sites.id),
    madeBy: text('made_by').notNull(),
    declineCode: text('decline_code', { enum: DECLINE_CODES }),
    claimedFen: fen('claimed_fen').notNull().default(0),
    assessedFen: fen('assessed_fen'),
    approvedFen: fen('approved_fen'),
    paidFen: fen('paid_fen'),
    /** Who assessed it; they never approve it. */
    assessedBy: text('assessed_by'),
    /** By when it must move on; null: nobody waits. */
    dueAt: instant('due_at'),
    createdAt: instant('created_at').notNull(),
    stateSince: instant('state_since').notNull(),
  },
  (t) => [
    check('claims_state', oneOf(t.state, CLAIM_STATES)),
    check('claims_channel', oneOf(t.channel, CHANNELS)),
    check('claims_decline_code', oneOf(t.declineCode, DECLINE_CODES)),
    check(
      'claims_fen',
      sql`${t.claimedFen} >= 0 and coalesce(${t.assessedFen}, 0) >= 0 and coalesce(${t.approvedFen}, 0) >= 0 and coalesce(${t.paidFen}, 0) >= 0`,
    ),
    index('claims_by_person').on(t.insuredPersonId, t.happenedOn),
    index('claims_by_street').on(t.receivingStreet, t.state, t.dueAt),
    index('claims_by_state').on(t.state, t.dueAt),
    index('claims_by_cover').on(t.coverId),
  ],
);

/** What was done with a claim, one row per action: its timeline. Append-only. */
export const claimEvents = pgTable(
  'claim_events',
  {
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    /** The claim's version after it. */
    version: integer('version').notNull(),
    action: text('action', { enum: CLAIM_ACTIONS }).notNull(),
    fromState: text('from_state', { enum: CLAIM_STATES }).notNull(),
    toState: text('to_state', { enum: CLAIM_STATES }).notNull(),
    actorId: text('actor_id').notNull(),
    /** Words of whoever acted, sealed under the insured person's key. */
    wordsSealed: text('words_sealed'),
    /** What it brought along and is not personal: materials asked for, a decline code, amounts. */
    data: jsonb('data').$type<Record<string, unknown>>(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.claimId, t.version] }),
    check('claim_events_action', oneOf(t.action, CLAIM_ACTIONS)),
  ],
);

/** One benefit asked for. Four amounts: claimed, assessed, approved and paid. */
export const claimLines = pgTable(
  'claim_lines',
  {
    id: uuid('id').primaryKey(),
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    position: integer('position').notNull(),
    kind: text('kind', { enum: BENEFIT_KINDS }).notNull(),
    claimedFen: fen('claimed_fen').notNull(),
    assessedFen: fen('assessed_fen'),
    approvedFen: fen('approved_fen'),
    paidFen: fen('paid_fen'),
    /** What the assessor put in (days, grade, cost …) and every step of the calculation. */
    calculation: jsonb('calculation').$type<Record<string, unknown>>(),
    /** Keyed hash of the invoice's number: the same invoice in another claim is a sign. */
    invoiceLookup: text('invoice_lookup'),
  },
  (t) => [
    check('claim_lines_kind', oneOf(t.kind, BENEFIT_KINDS)),
    check('claim_lines_claimed', sql`${t.claimedFen} >= 0`),
    index('claim_lines_by_claim').on(t.claimId, t.position),
    index('claim_lines_by_invoice').on(t.invoiceLookup),
  ],
);

/** Who has approved an assessment. Above a limit it takes two. */
export const claimApprovals = pgTable(
  'claim_approvals',
  {
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    /** The version of the claim when it was assessed: a new assessment needs new approvals. */
    assessmentVersion: integer('assessment_version').notNull(),
    approverId: text('approver_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.claimId, t.assessmentVersion, t.approverId] })],
);

/** What an insurer said it paid, one row per reference of its own, whatever came of it. */
export const insurerPayments = pgTable(
  'insurer_payments',
  {
    insurerId: text('insurer_id')
      .notNull()
      .references(() => organisations.id),
    /** The insurer's own number of the payment: said twice, it is the same payment. */
    reference: text('reference').notNull(),
    /** The claim's number as the insurer wrote it, and the claim of this insurer that has it. */
    claimNumber: text('claim_number').notNull(),
    claimId: uuid('claim_id').references(() => claims.id),
    paidFen: fen('paid_fen').notNull(),
    paidOn: date('paid_on').notNull(),
    outcome: text('outcome', { enum: INSURER_PAYMENT_OUTCOMES }).notNull(),
    receivedBy: text('received_by').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.insurerId, t.reference] }),
    check('insurer_payments_outcome', oneOf(t.outcome, INSURER_PAYMENT_OUTCOMES)),
    check('insurer_payments_paid', sql`${t.paidFen} > 0`),
    index('insurer_payments_by_claim').on(t.claimId),
  ],
);

/** Papers and photos of a claim; the file itself is in the file store. */
export const claimFiles = pgTable(
  'claim_files',
  {
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    fileId: uuid('file_id').notNull(),
    material: text('material', { enum: MATERIALS }).notNull(),
    addedBy: text('added_by').notNull(),
    addedAt: instant('added_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.claimId, t.fileId] }),
    check('claim_files_material', oneOf(t.material, MATERIALS)),
    index('claim_files_by_file').on(t.fileId),
  ],
);
