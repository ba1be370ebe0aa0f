import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  CHANNELS,
  ENROLMENT_STATES,
  PAYERS,
  PAYMENT_PROVIDERS,
  PAYMENT_STATES,
  REFUND_STATES,
} from '#domain/insurance/enrolment.ts';
import type { Days } from '#domain/insurance/day-ranges.ts';
import type { PolicyTerms } from '#domain/insurance/policy-terms.ts';
import { instant, oneOf } from '../columns.ts';
import { users } from './accounts.ts';
import { organisations, sites } from './places.ts';

/** PostgreSQL's `daterange`, always with its first day in and its end out: `[2026-11-25,2026-11-28)`. */
const dayRange = customType<{ data: string }>({ dataType: () => 'daterange' });
const fen = (name: string) => bigint(name, { mode: 'number' });

/** Every version of the policy terms that was ever in force. Append-only. */
export const policyTerms = pgTable('policy_terms', {
  version: text('version').primaryKey(),
  validFrom: date('valid_from').notNull(),
  document: jsonb('document').$type<PolicyTerms>().notNull(),
  /** Null: the program itself (the reference data). */
  createdBy: text('created_by'),
  createdAt: instant('created_at').notNull(),
});

/**
 * Whoever is or was insured: by themselves, or by an employer before they ever signed in. The id is that of their key in
 * the vault, where name, ID number and phone are. One row per ID number, found by its keyed hash.
 */
export const insuredPersons = pgTable('insured_persons', {
  id: text('id').primaryKey(),
  idLookup: text('id_lookup').notNull().unique(),
  /** The account that has shown to be this person's; null as long as nobody has. */
  userId: text('user_id')
    .unique()
    .references(() => users.id, { onDelete: 'set null' }),
  createdAt: instant('created_at').notNull(),
});

/** One purchase of covered days for one person. */
export const enrolments = pgTable(
  'enrolments',
  {
    /** Chosen by whoever sends it, so that what is sent twice is stored once. */
    id: uuid('id').primaryKey(),
    insuredPersonId: text('insured_person_id')
      .notNull()
      .references(() => insuredPersons.id),
    termsVersion: text('terms_version')
      .notNull()
      .references(() => policyTerms.version),
    insurerId: text('insurer_id')
      .notNull()
      .references(() => organisations.id),
    state: text('state', { enum: ENROLMENT_STATES }).notNull(),
    payer: text('payer', { enum: PAYERS }).notNull(),
    employerId: text('employer_id').references(() => organisations.id),
    employerFileId: uuid('employer_file_id'),
    /** As bought; what was cancelled since is in the refunds. */
    ownFen: fen('own_fen').notNull(),
    subsidyFen: fen('subsidy_fen').notNull(),
    /** As bought, however much of it is covered now. Null for what an employer's file brought. */
    boughtDays: jsonb('bought_days').$type<readonly Days[]>(),
    /** Says nothing about the person: whoever has it can check a certificate. */
    certificateCode: text('certificate_code').notNull().unique(),
    channel: text('channel', { enum: CHANNELS }).notNull(),
    siteId: text('site_id').references(() => sites.id),
    madeBy: text('made_by').notNull(),
    createdAt: instant('created_at').notNull(),
    insuredAt: instant('insured_at'),
    /** Held days are free again then, unless they are paid. */
    heldUntil: instant('held_until'),
  },
  (t) => [
    check('enrolments_state', oneOf(t.state, ENROLMENT_STATES)),
    check('enrolments_payer', oneOf(t.payer, PAYERS)),
    check('enrolments_channel', oneOf(t.channel, CHANNELS)),
    check('enrolments_employer', sql`(${t.payer} = 'employer') = (${t.employerId} is not null)`),
    check('enrolments_fen', sql`${t.ownFen} >= 0 and ${t.subsidyFen} >= 0`),
    index('enrolments_by_person').on(t.insuredPersonId, t.createdAt),
    index('enrolments_by_employer').on(t.employerId, t.createdAt),
    index('enrolments_by_file').on(t.employerFileId),
    index('enrolments_held')
      .on(t.heldUntil)
      .where(sql`${t.state} = 'held'`),
  ],
);

/**
 * The days of an enrolment that are covered, one row per range. No day of a person can be in two rows: the database
 * excludes it (an exclusion constraint in the migration). Days that are cancelled are taken out of their range.
 */
export const covers = pgTable(
  'covers',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    enrolmentId: uuid('enrolment_id')
      .notNull()
      .references(() => enrolments.id, { onDelete: 'cascade' }),
    insuredPersonId: text('insured_person_id').notNull(),
    insurerId: text('insurer_id').notNull(),
    payer: text('payer', { enum: PAYERS }).notNull(),
    /** The enrolment's own, which a trigger puts here: a month of the city is summed without joining millions of rows. */
    employerId: text('employer_id'),
    days: dayRange('days').notNull(),
    /** False while the enrolment is held. */
    isInsured: boolean('is_insured').notNull(),
    ownFenPerDay: integer('own_fen_per_day').notNull(),
    subsidyFenPerDay: integer('subsidy_fen_per_day').notNull(),
  },
  (t) => [
    check('covers_days', sql`not isempty(${t.days}) and not lower_inf(${t.days}) and not upper_inf(${t.days})`),
    check('covers_employer', sql`(${t.payer} = 'employer') = (${t.employerId} is not null)`),
    index('covers_by_enrolment').on(t.enrolmentId),
    index('covers_by_days').using('brin', t.days).with({ autosummarize: true }),
  ],
);

/** What somebody is asked to pay for an enrolment, or an employer for a file. */
export const payments = pgTable(
  'payments',
  {
    id: uuid('id').primaryKey(),
    enrolmentId: uuid('enrolment_id').references(() => enrolments.id),
    employerFileId: uuid('employer_file_id'),
    provider: text('provider', { enum: PAYMENT_PROVIDERS }).notNull(),
    state: text('state', { enum: PAYMENT_STATES }).notNull(),
    amountFen: fen('amount_fen').notNull(),
    /** Our number at the provider (`out_trade_no`), and the provider's own. */
    tradeNo: text('trade_no').notNull().unique(),
    providerRef: text('provider_ref'),
    createdAt: instant('created_at').notNull(),
    paidAt: instant('paid_at'),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    check('payments_state', oneOf(t.state, PAYMENT_STATES)),
    check('payments_amount', sql`${t.amountFen} > 0`),
    check('payments_subject', sql`num_nonnulls(${t.enrolmentId}, ${t.employerFileId}) = 1`),
    index('payments_by_enrolment').on(t.enrolmentId),
    uniqueIndex('payments_by_provider_ref')
      .on(t.provider, t.providerRef)
      .where(sql`${t.providerRef} is not null`),
  ],
);

export const refunds = pgTable(
  'refunds',
  {
    id: uuid('id').primaryKey(),
    paymentId: uuid('payment_id')
      .notNull()
      .references(() => payments.id),
    enrolmentId: uuid('enrolment_id')
      .notNull()
      .references(() => enrolments.id),
    state: text('state', { enum: REFUND_STATES }).notNull(),
    amountFen: fen('amount_fen').notNull(),
    /** How many days were cancelled for it. */
    days: integer('days').notNull(),
    providerRef: text('provider_ref'),
    createdAt: instant('created_at').notNull(),
    paidAt: instant('paid_at'),
  },
  (t) => [
    check('refunds_state', oneOf(t.state, REFUND_STATES)),
    check('refunds_amount', sql`${t.amountFen} > 0`),
    index('refunds_by_payment').on(t.paymentId),
    index('refunds_open')
      .on(t.createdAt)
      .where(sql`${t.state} = 'open'`),
  ],
);
