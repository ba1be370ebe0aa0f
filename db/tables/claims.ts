import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { CLAIM_ACTIONS, CLAIM_STATES, DECLINE_CODES } from '#domain/insurance/claim-lifecycle.ts';
import { CHANNELS } from '#domain/insurance/enrolment.ts';
import { INSURER_PAYMENT_OUTCOMES } from '#domain/insurance/ledger.ts';
import { BENEFIT_KINDS, MATERIALS } from '#domain/insurance/policy-terms.ts';
import { SAMPLE_REASONS } from '#domain/insurance/review-sample.ts';
import { instant, oneOf } from '../columns.ts';
import { enrolments, insuredPersons, policyTerms } from './enrolments.ts';
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
    /** The purchase which that cover is part of. Its limit runs over all claims of it; days cut off later don't touch it. */
    enrolmentId: uuid('enrolment_id').references(() => enrolments.id),
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
    check('claims_paid', sql`coalesce(${t.paidFen}, 0) <= coalesce(${t.approvedFen}, 0)`),
    check('claims_approved', sql`coalesce(${t.approvedFen}, 0) <= coalesce(${t.assessedFen}, 0)`),
    index('claims_by_cover').on(t.coverId),
    index('claims_by_enrolment').on(t.enrolmentId),
    index('claims_by_queue').on(sql`coalesce(${t.dueAt}, 'infinity')`, t.id),
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

/** What a claimant is to be told on their phone. Written with the step it tells of, sent after it is committed. */
export const claimMessages = pgTable(
  'claim_messages',
  {
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    /** The claim's version after the step; a reminder is of the step that it waits since. */
    version: integer('version').notNull(),
    kind: text('kind').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When it is tried next; null: it was sent, or is given up. */
    nextTryAt: instant('next_try_at'),
    tries: integer('tries').notNull().default(0),
    sentAt: instant('sent_at'),
  },
  (t) => [
    primaryKey({ columns: [t.claimId, t.version, t.kind] }),
    index('claim_messages_to_send')
      .on(t.nextTryAt)
      .where(sql`${t.nextTryAt} is not null`),
  ],
);

/** A sample of decided claims that a second assessor looks at. Append-only; drawn again by its seed it is the same. */
export const claimSamples = pgTable(
  'claim_samples',
  {
    id: uuid('id').primaryKey(),
    seed: text('seed').notNull(),
    algorithm: text('algorithm').notNull(),
    size: integer('size').notNull(),
    /** Which share of it was drawn by amount. */
    valuePercent: integer('value_percent').notNull(),
    /** The days of decision, both included, from which it was drawn. */
    fromDay: date('from_day').notNull(),
    toDay: date('to_day').notNull(),
    /** What it was drawn from: how many claims over how much, and the SHA-256 of their ids and amounts. */
    frameCount: integer('frame_count').notNull(),
    frameFen: fen('frame_fen').notNull(),
    frameHash: text('frame_hash').notNull(),
    drawnBy: text('drawn_by').notNull(),
    drawnAt: instant('drawn_at').notNull(),
  },
  (t) => [
    check('claim_samples_size', sql`${t.size} between 1 and 1000 and ${t.valuePercent} between 0 and 100`),
    check('claim_samples_days', sql`${t.fromDay} <= ${t.toDay}`),
  ],
);

/** Append-only. */
export const claimSampleItems = pgTable(
  'claim_sample_items',
  {
    sampleId: uuid('sample_id')
      .notNull()
      .references(() => claimSamples.id),
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    position: integer('position').notNull(),
    drawnBy: text('drawn_by', { enum: SAMPLE_REASONS }).notNull(),
    /** The claim's version when it was decided: what the second assessor judges. */
    decidedVersion: integer('decided_version').notNull(),
    decidedFen: fen('decided_fen').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sampleId, t.claimId] }),
    check('claim_sample_items_drawn_by', oneOf(t.drawnBy, SAMPLE_REASONS)),
    index('claim_sample_items_by_claim').on(t.claimId),
  ],
);

/** What the second assessor found. Append-only. */
export const claimReviews = pgTable(
  'claim_reviews',
  {
    sampleId: uuid('sample_id').notNull(),
    claimId: uuid('claim_id').notNull(),
    reviewerId: text('reviewer_id').notNull(),
    at: instant('at').notNull(),
    agrees: boolean('agrees').notNull(),
    /** What it should have come to; null: the reviewer agrees without working it out again. */
    reviewedFen: fen('reviewed_fen'),
    differenceFen: fen('difference_fen').notNull(),
    /** Lines with their steps, a reason to decline, and what was decided, for each line. */
    findings: jsonb('findings').$type<Record<string, unknown>>().notNull(),
    /** Sealed under the insured person's key. */
    wordsSealed: text('words_sealed'),
  },
  (t) => [
    primaryKey({ columns: [t.sampleId, t.claimId] }),
    foreignKey({
      name: 'claim_reviews_item',
      columns: [t.sampleId, t.claimId],
      foreignColumns: [claimSampleItems.sampleId, claimSampleItems.claimId],
    }),
  ],
);
