import {
  bigint,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import {
  AUTHORS,
  ENTRY_KINDS,
  OFFER_STATES,
  PERFORMANCES,
  ROOMS,
  SESSION_FORMS,
  SETTLEMENT_STATES,
  SIDES,
} from '#domain/cases/mediation/session.ts';
import { instant, oneOf } from '../columns.ts';
import { requests } from './cases.ts';

/** A mediation: on the phone, written down by the mediator, or in a room. One open per request. */
export const mediationSessions = pgTable(
  'mediation_sessions',
  {
    id: uuid('id').primaryKey(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    form: text('form', { enum: SESSION_FORMS }).notNull(),
    openedBy: text('opened_by').notNull(),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
    /** How far entries are counted: all of them, and those that each side may see. */
    lastSeq: integer('last_seq').notNull().default(0),
    lastClaimantSeq: integer('last_claimant_seq').notNull().default(0),
    lastRespondentSeq: integer('last_respondent_seq').notNull().default(0),
    /** When, and where it is recorded, that a side agreed to fifteen more days. */
    claimantConsentAt: instant('claimant_consent_at'),
    claimantConsentRecord: text('claimant_consent_record'),
    respondentConsentAt: instant('respondent_consent_at'),
    respondentConsentRecord: text('respondent_consent_record'),
  },
  (t) => [
    check('mediation_sessions_form', oneOf(t.form, SESSION_FORMS)),
    uniqueIndex('mediation_sessions_one_open')
      .on(t.requestId)
      .where(sql`${t.closedAt} is null`),
    index('mediation_sessions_by_request').on(t.requestId, t.openedAt),
  ],
);

const sessionId = () =>
  uuid('session_id')
    .notNull()
    .references(() => mediationSessions.id);

/**
 * What was said and done in a session, sealed under the key of the request. Append-only. A number of its own for each
 * side counts what that side may see, so that nobody learns from a gap that others talked.
 */
export const sessionEntries = pgTable(
  'session_entries',
  {
    sessionId: sessionId(),
    seq: integer('seq').notNull(),
    claimantSeq: integer('claimant_seq'),
    respondentSeq: integer('respondent_seq'),
    /** Made by the sender; one side cannot meet the ids of another. */
    id: uuid('id').notNull(),
    author: text('author', { enum: AUTHORS }).notNull(),
    /** Null: by a link, a code, or the program. */
    actorId: text('actor_id'),
    kind: text('kind', { enum: ENTRY_KINDS }).notNull(),
    room: text('room', { enum: ROOMS }).notNull(),
    bodySealed: text('body_sealed').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sessionId, t.seq] }),
    unique('session_entries_once').on(t.sessionId, t.author, t.id),
    uniqueIndex('session_entries_of_claimant').on(t.sessionId, t.claimantSeq),
    uniqueIndex('session_entries_of_respondent').on(t.sessionId, t.respondentSeq),
    check('session_entries_author', oneOf(t.author, AUTHORS)),
    check('session_entries_kind', oneOf(t.kind, ENTRY_KINDS)),
    check('session_entries_room', oneOf(t.room, ROOMS)),
    check('session_entries_claimant', sql`(${t.room} = 'caucus_respondent') = (${t.claimantSeq} is null)`),
    check('session_entries_respondent', sql`(${t.room} = 'caucus_claimant') = (${t.respondentSeq} is null)`),
  ],
);

/** A link for a respondent without an account: opened once. Only keyed hashes of it are kept. */
export const sessionLinks = pgTable(
  'session_links',
  {
    id: uuid('id').primaryKey(),
    sessionId: sessionId(),
    tokenLookup: text('token_lookup').notNull().unique(),
    phoneSealed: text('phone_sealed'),
    madeBy: text('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    /** Keyed hash of the id that the phone made when it opened the link. */
    usedByLookup: text('used_by_lookup'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [index('session_links_by_session').on(t.sessionId, t.madeAt)],
);

export const sessionOffers = pgTable(
  'session_offers',
  {
    sessionId: sessionId(),
    version: integer('version').notNull(),
    id: uuid('id').notNull(),
    by: text('by', { enum: SIDES }).notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }),
    termsSealed: text('terms_sealed').notNull(),
    state: text('state', { enum: OFFER_STATES }).notNull(),
    at: instant('at').notNull(),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    primaryKey({ columns: [t.sessionId, t.version] }),
    unique('session_offers_once').on(t.sessionId, t.by, t.id),
    uniqueIndex('session_offers_one_open')
      .on(t.sessionId)
      .where(sql`${t.state} = 'open'`),
    check('session_offers_by', oneOf(t.by, SIDES)),
    check('session_offers_state', oneOf(t.state, OFFER_STATES)),
    check('session_offers_amount', sql`${t.amountFen} >= 0`),
  ],
);

export const sessionSettlements = pgTable(
  'session_settlements',
  {
    sessionId: sessionId(),
    version: integer('version').notNull(),
    id: uuid('id').notNull(),
    state: text('state', { enum: SETTLEMENT_STATES }).notNull(),
    /** The whole text that both sides see; the hash is over exactly this. */
    documentSealed: text('document_sealed').notNull(),
    hash: text('hash').notNull(),
    amountFen: bigint('amount_fen', { mode: 'number' }),
    payBy: date('pay_by'),
    madeBy: text('made_by').notNull(),
    at: instant('at').notNull(),
    claimantConfirmedAt: instant('claimant_confirmed_at'),
    respondentConfirmedAt: instant('respondent_confirmed_at'),
    performance: text('performance', { enum: PERFORMANCES }),
  },
  (t) => [
    primaryKey({ columns: [t.sessionId, t.version] }),
    unique('session_settlements_once').on(t.sessionId, t.id),
    uniqueIndex('session_settlements_one_standing')
      .on(t.sessionId)
      .where(sql`${t.state} <> 'superseded'`),
    check('session_settlements_state', oneOf(t.state, SETTLEMENT_STATES)),
    check('session_settlements_performance', oneOf(t.performance, PERFORMANCES)),
    check('session_settlements_amount', sql`${t.amountFen} >= 0`),
    check(
      'session_settlements_both',
      sql`(${t.state} = 'confirmed') = (${t.claimantConfirmedAt} is not null and ${t.respondentConfirmedAt} is not null)`,
    ),
    check('session_settlements_performed', sql`(${t.state} = 'confirmed') = (${t.performance} is not null)`),
  ],
);

/** Reminders that go to phones, once per last day and receiver. */
export const mediationNotices = pgTable(
  'mediation_notices',
  {
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    /** The end of the time that it is about. */
    dueAt: instant('due_at').notNull(),
    kind: text('kind', { enum: ['due_tomorrow', 'overdue'] }).notNull(),
    /** A side, or the id of somebody on the staff. */
    receiver: text('receiver').notNull(),
    tries: integer('tries').notNull().default(0),
    nextTryAt: instant('next_try_at'),
    sentAt: instant('sent_at'),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.dueAt, t.kind, t.receiver] }),
    check('mediation_notices_kind', oneOf(t.kind, ['due_tomorrow', 'overdue'])),
    index('mediation_notices_to_send')
      .on(t.nextTryAt)
      .where(sql`${t.nextTryAt} is not null`),
  ],
);
