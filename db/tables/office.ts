import { boolean, check, date, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { VERIFIED_FACTS } from '#domain/places/catalogue.ts';
import {
  DRAFT_KINDS,
  DRAFT_STATES,
  IMPORT_STATES,
  REPORT_OUTCOMES,
  VERIFICATION_METHODS,
} from '#domain/places/office.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { instant, oneOf } from '../columns.ts';
import { jurisdictions, siteReports, sites } from './places.ts';

/** People who left stay named by their id in what they did. */
const personId = (name: string) => text(name);

/** The upload of one spreadsheet: what came of it, and whether it was taken back. */
export const imports = pgTable(
  'imports',
  {
    id: uuid('id').primaryKey(),
    personId: personId('person_id').notNull(),
    fileName: text('file_name').notNull(),
    /** SHA-256 of the bytes: the same file again changes nothing. */
    fileHash: text('file_hash').notNull(),
    /** Where external ids come from, for example the list's name. */
    source: text('source').notNull(),
    state: text('state', { enum: IMPORT_STATES }).notNull(),
    settings: jsonb('settings').notNull(),
    counts: jsonb('counts').$type<Record<string, number>>().notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    undoneAt: instant('undone_at'),
  },
  (t) => [
    check('imports_state', oneOf(t.state, IMPORT_STATES)),
    index('imports_by_hash').on(t.fileHash),
    index('imports_by_time').on(t.startedAt),
  ],
);

/** How the columns of a list were matched once, so that the same list needs no matching again. */
export const importMappings = pgTable(
  'import_mappings',
  {
    source: text('source').notNull(),
    /** The header row, joined: another header is another mapping. */
    header: text('header').notNull(),
    settings: jsonb('settings').notNull(),
    personId: personId('person_id').notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.source, t.header] })],
);

/** A site as it stood after each edit, whole. Append-only. Revision 0 is how it was before its first edit. */
export const siteRevisions = pgTable(
  'site_revisions',
  {
    siteId: text('site_id')
      .notNull()
      .references(() => sites.id),
    revision: integer('revision').notNull(),
    document: jsonb('document').$type<SiteDocument>().notNull(),
    /** Null: the program itself (a seed). */
    personId: personId('person_id'),
    reason: text('reason'),
    at: instant('at').notNull(),
    restoredFrom: integer('restored_from'),
    importId: uuid('import_id').references(() => imports.id),
  },
  (t) => [primaryKey({ columns: [t.siteId, t.revision] }), index('site_revisions_by_import').on(t.importId)],
);

/** What a list calls a site, so that the list's next edition finds it again. */
export const siteExternalIds = pgTable(
  'site_external_ids',
  {
    source: text('source').notNull(),
    externalId: text('external_id').notNull(),
    siteId: text('site_id')
      .notNull()
      .references(() => sites.id),
    /** The import that made this row, so that undoing it takes the row along. */
    importId: uuid('import_id').references(() => imports.id),
  },
  (t) => [primaryKey({ columns: [t.source, t.externalId] }), index('site_external_ids_by_site').on(t.siteId)],
);

/** Somebody went, phoned or read: one fact of one site was verified (or found wrong) on a day. Append-only. */
export const siteVerifications = pgTable(
  'site_verifications',
  {
    id: uuid('id').primaryKey(),
    siteId: text('site_id')
      .notNull()
      .references(() => sites.id),
    fact: text('fact', { enum: VERIFIED_FACTS }).notNull(),
    method: text('method', { enum: VERIFICATION_METHODS }).notNull(),
    day: date('day').notNull(),
    note: text('note'),
    personId: personId('person_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    check('site_verifications_fact', oneOf(t.fact, VERIFIED_FACTS)),
    check('site_verifications_method', oneOf(t.method, VERIFICATION_METHODS)),
    index('site_verifications_by_site').on(t.siteId, t.fact, t.day),
  ],
);

/** A change that is not in force: a colleague's unfinished edit, or what a keeper proposes to the street. */
export const siteDrafts = pgTable(
  'site_drafts',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: DRAFT_KINDS }).notNull(),
    /** Null: a new site. */
    siteId: text('site_id').references(() => sites.id),
    /** The revision that the change began from. */
    baseRevision: integer('base_revision').notNull().default(0),
    document: jsonb('document').$type<SiteDocument>().notNull(),
    streetCode: text('street_code').references(() => jurisdictions.code),
    reason: text('reason'),
    state: text('state', { enum: DRAFT_STATES }).notNull().default('open'),
    personId: personId('person_id').notNull(),
    savedAt: instant('saved_at').notNull(),
    decidedBy: personId('decided_by'),
    decidedAt: instant('decided_at'),
    decisionReason: text('decision_reason'),
  },
  (t) => [
    check('site_drafts_kind', oneOf(t.kind, DRAFT_KINDS)),
    check('site_drafts_state', oneOf(t.state, DRAFT_STATES)),
    index('site_drafts_by_street').on(t.streetCode, t.state),
    index('site_drafts_by_site').on(t.siteId, t.state),
  ],
);

/** A site that changes street: asked for by one office, agreed to by the other. */
export const siteHandovers = pgTable(
  'site_handovers',
  {
    id: uuid('id').primaryKey(),
    siteId: text('site_id')
      .notNull()
      .references(() => sites.id),
    fromStreet: text('from_street').references(() => jurisdictions.code),
    toStreet: text('to_street')
      .notNull()
      .references(() => jurisdictions.code),
    reason: text('reason'),
    personId: personId('person_id').notNull(),
    askedAt: instant('asked_at').notNull(),
    decidedBy: personId('decided_by'),
    decidedAt: instant('decided_at'),
    accepted: boolean('accepted'),
    decisionReason: text('decision_reason'),
  },
  (t) => [
    check('site_handovers_decided', sql`(${t.decidedAt} is null) = (${t.accepted} is null)`),
    index('site_handovers_by_site').on(t.siteId),
  ],
);

/** What became of a rider's report; the phone that sent it may read it. One answer per report. */
export const reportAnswers = pgTable(
  'report_answers',
  {
    reportId: uuid('report_id')
      .primaryKey()
      .references(() => siteReports.id),
    outcome: text('outcome', { enum: REPORT_OUTCOMES }).notNull(),
    /** The revision that came of it. */
    revision: integer('revision'),
    words: text('words'),
    personId: personId('person_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [check('report_answers_outcome', oneOf(t.outcome, REPORT_OUTCOMES))],
);
