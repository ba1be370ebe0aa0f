import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { NAMINGS, REQUEST_CHANNELS, REQUEST_KINDS } from '#domain/cases/request.ts';
import { OUTCOMES, REQUEST_ACTIONS, REQUEST_STATES } from '#domain/cases/request-lifecycle.ts';
import { RULE_TARGETS } from '#domain/cases/responsibility.ts';
import { instant, oneOf } from '../columns.ts';
import { multiPolygonColumn } from '../geometry.ts';
import { jurisdictions, organisations, sites } from './places.ts';

/** Several people with the same complaint against the same respondent, handled together from a certain size on. */
export const collectiveCases = pgTable(
  'collective_cases',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    number: text('number').notNull().unique(),
    kind: text('kind', { enum: REQUEST_KINDS }).notNull(),
    respondentKey: text('respondent_key').notNull(),
    respondentId: text('respondent_id').references(() => organisations.id),
    state: text('state', { enum: ['gathering', 'open', 'concluded'] }).notNull(),
    version: integer('version').notNull().default(0),
    openedAt: instant('opened_at'),
    concludedAt: instant('concluded_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    check('collective_cases_kind', oneOf(t.kind, REQUEST_KINDS)),
    check('collective_cases_state', oneOf(t.state, ['gathering', 'open', 'concluded'])),
    uniqueIndex('collective_cases_one_open')
      .on(t.respondentKey, t.kind)
      .where(sql`${t.state} <> 'concluded'`),
  ],
);

/**
 * What somebody asks for. What happened, how to reach them and what they want is sealed under `vaultPersonId`: the
 * person's own key, or, of an anonymous request, a key of its own.
 */
export const requests = pgTable(
  'requests',
  {
    /** Chosen by whoever sends it, so that what is sent twice is stored once. */
    id: uuid('id').primaryKey(),
    number: text('number').notNull().unique(),
    kind: text('kind', { enum: REQUEST_KINDS }).notNull(),
    naming: text('naming', { enum: NAMINGS }).notNull(),
    state: text('state', { enum: REQUEST_STATES }).notNull(),
    /** Counts its actions: whoever acts says which version they saw. */
    version: integer('version').notNull(),
    vaultPersonId: text('vault_person_id').notNull(),
    /** Whose it is; null when anonymous. */
    userId: text('user_id'),
    /** Keyed hash of the retrieval code of an anonymous request. */
    retrievalLookup: text('retrieval_lookup').unique(),
    /** An organisation on whose behalf an employer asks; null for workers. */
    askingOrganisationId: text('asking_organisation_id').references(() => organisations.id),
    accountSealed: text('account_sealed').notNull(),
    respondentId: text('respondent_id').references(() => organisations.id),
    /** The name as typed when it is not in the directory; folded in `respondentKey` so that likes are found. */
    respondentName: text('respondent_name'),
    respondentKey: text('respondent_key'),
    amountFen: bigint('amount_fen', { mode: 'number' }),
    since: date('since'),
    siteId: text('site_id').references(() => sites.id),
    streetCode: text('street_code').references(() => jurisdictions.code),
    districtCode: text('district_code').references(() => jurisdictions.code),
    /** Who has to see to it: a street, an organisation, or (both null) the centre's window. */
    responsibleStreet: text('responsible_street').references(() => jurisdictions.code),
    responsibleOrganisationId: text('responsible_organisation_id').references(() => organisations.id),
    /** The rule that chose them; null: no rule did, or a person chose. */
    ruleId: uuid('rule_id'),
    /** Written by the triage for the respondent, naming nobody; sealed. */
    summarySealed: text('summary_sealed'),
    acceptedOn: date('accepted_on'),
    isExtended: boolean('is_extended').notNull().default(false),
    dueAt: instant('due_at'),
    outcome: text('outcome', { enum: OUTCOMES }),
    collectiveId: uuid('collective_id').references(() => collectiveCases.id),
    channel: text('channel', { enum: REQUEST_CHANNELS }).notNull(),
    madeBy: text('made_by'),
    createdAt: instant('created_at').notNull(),
    stateSince: instant('state_since').notNull(),
    demo: boolean('demo').notNull().default(false),
  },
  (t) => [
    check('requests_kind', oneOf(t.kind, REQUEST_KINDS)),
    check('requests_naming', oneOf(t.naming, NAMINGS)),
    check('requests_state', oneOf(t.state, REQUEST_STATES)),
    check('requests_outcome', oneOf(t.outcome, OUTCOMES)),
    check('requests_channel', oneOf(t.channel, REQUEST_CHANNELS)),
    check('requests_anonymous', sql`(${t.naming} = 'anonymous') = (${t.userId} is null)`),
    check('requests_retrieval', sql`(${t.naming} = 'anonymous') = (${t.retrievalLookup} is not null)`),
    check('requests_amount', sql`${t.amountFen} >= 0`),
    index('requests_by_user').on(t.userId, t.createdAt),
    index('requests_by_street').on(t.responsibleStreet, t.state, t.dueAt, t.id),
    index('requests_by_organisation').on(t.responsibleOrganisationId, t.state, t.dueAt, t.id),
    index('requests_by_state').on(t.state, t.dueAt, t.id),
    index('requests_by_respondent').on(t.respondentKey, t.kind, t.createdAt),
    index('requests_by_respondent_id').on(t.respondentId, t.state, t.createdAt),
    index('requests_by_collective').on(t.collectiveId),
    index('requests_by_creation').on(t.createdAt, t.id),
  ],
);

/** Who may read the words of an event. The person who asked and those who handle the case always may. */
export const EVENT_READERS = ['handlers', 'person', 'respondent'] as const;

/** What was done with a request, one row per action: its timeline. Append-only. */
export const requestEvents = pgTable(
  'request_events',
  {
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    version: integer('version').notNull(),
    action: text('action', { enum: ['submit', ...REQUEST_ACTIONS] }).notNull(),
    fromState: text('from_state', { enum: REQUEST_STATES }),
    toState: text('to_state', { enum: REQUEST_STATES }).notNull(),
    /** Null: whoever asked, anonymously, or the program itself. */
    actorId: text('actor_id'),
    actorRole: text('actor_role'),
    wordsSealed: text('words_sealed'),
    readers: text('readers', { enum: EVENT_READERS }).notNull().default('person'),
    /** Not personal: bodies, outcome, days, receipt. */
    data: jsonb('data').$type<Record<string, unknown>>(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.version] }),
    check('request_events_action', oneOf(t.action, ['submit', ...REQUEST_ACTIONS])),
    check('request_events_readers', oneOf(t.readers, EVENT_READERS)),
  ],
);

/**
 * Who is responsible for what: the first active rule in order whose conditions all hold. Empty lists and null shapes
 * hold for everything; what no rule catches goes to the centre's window.
 */
export const responsibilityRules = pgTable(
  'responsibility_rules',
  {
    id: uuid('id').primaryKey(),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    kinds: text('kinds').array().notNull(),
    /** Streets and districts, by code; a district holds for its streets. */
    jurisdictionCodes: text('jurisdiction_codes').array().notNull(),
    respondentIds: text('respondent_ids').array().notNull(),
    /** An outline of its own, such as an industrial park's. */
    area: multiPolygonColumn('area'),
    target: text('target', { enum: RULE_TARGETS }).notNull(),
    targetOrganisationId: text('target_organisation_id').references(() => organisations.id),
    isActive: boolean('is_active').notNull(),
    version: integer('version').notNull(),
    updatedBy: text('updated_by').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    check('responsibility_rules_target', oneOf(t.target, RULE_TARGETS)),
    check(
      'responsibility_rules_organisation',
      sql`(${t.target} = 'organisation') = (${t.targetOrganisationId} is not null)`,
    ),
    index('responsibility_rules_in_order').on(t.isActive, t.position),
  ],
);

/** A request handed on to a body that decides whether to take it. Several over time, one open at once. */
export const referrals = pgTable(
  'referrals',
  {
    id: uuid('id').primaryKey(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    toOrganisationId: text('to_organisation_id')
      .notNull()
      .references(() => organisations.id),
    reasonSealed: text('reason_sealed').notNull(),
    appointmentId: uuid('appointment_id'),
    askedBy: text('asked_by').notNull(),
    askedAt: instant('asked_at').notNull(),
    respondBy: instant('respond_by').notNull(),
    takenBy: text('taken_by'),
    takenAt: instant('taken_at'),
    receipt: text('receipt'),
    sentBackAt: instant('sent_back_at'),
    concludedAt: instant('concluded_at'),
    outcome: text('outcome', { enum: OUTCOMES }),
  },
  (t) => [
    check('referrals_outcome', oneOf(t.outcome, OUTCOMES)),
    uniqueIndex('referrals_one_open')
      .on(t.requestId)
      .where(sql`${t.sentBackAt} is null and ${t.concludedAt} is null`),
    index('referrals_by_receiver').on(t.toOrganisationId, t.respondBy, t.id),
  ],
);
