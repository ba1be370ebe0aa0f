import { boolean, check, date, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { VERIFIED_FACTS, type VerifiedFact } from '#domain/places/catalogue.ts';
import {
  DRAFT_KINDS,
  DRAFT_STATES,
  IMPORT_STATES,
  REPORT_OUTCOMES,
  ROW_FATES,
  VERIFICATION_METHODS,
} from '#domain/places/office.ts';
import type { CrsHint, ImportSettings, RowIssue } from '#domain/places/import-contract.ts';
import type { SiteDocument } from '#domain/places/site-document.ts';
import { instant, oneOf } from '../columns.ts';
import { jurisdictions, siteReports, sites } from './places.ts';

/** People who left stay named by their id in what they did. */
const personId = (name: string) => text(name);

export type ImportReading = {
  format: string;
  encoding: string | null;
  delimiter: string | null;
  header: string[];
  sample: string[][];
  warnings: string[];
  hint: CrsHint | null;
  remembered: boolean;
  /** Whether any row has coordinates, so that their system must be chosen. */
  hasPoints: boolean;
};

/** A near-duplicate: a known site, or (`row`) what an earlier row of the same file makes. */
export type ImportCandidate = {
  siteId: string;
  name: string;
  row: number | null;
  distanceM: number | null;
  likeness: number;
  /** How the row stands as a new site of its own. */
  asNew: { siteId: string; document: SiteDocument; news: string[] };
  /** How the site stands with the row laid over it; null for an earlier row. */
  asSame: { document: SiteDocument; baseRevision: number; news: string[]; changes: boolean } | null;
};

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
    settings: jsonb('settings').$type<ImportSettings>().notNull(),
    counts: jsonb('counts').$type<Record<string, number>>().notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    undoneAt: instant('undone_at'),
    /** What was found out about the file: format, header, first rows, hint. Null while it has not been read. */
    reading: jsonb('reading').$type<ImportReading>(),
    /** How many rows have each kind of issue. */
    issues: jsonb('issues').$type<Record<string, number>>().notNull().default({}),
    rowsDone: integer('rows_done').notNull().default(0),
    rowsTotal: integer('rows_total'),
    /** In words, why it failed or stopped. */
    problem: text('problem'),
    /** Somebody asked for it to stop; whoever works on it looks here between its steps. */
    stopping: boolean('stopping').notNull().default(false),
    /** After undoing: the sites that somebody edited since, which were left as they are. */
    kept: jsonb('kept').$type<string[]>().notNull().default([]),
  },
  (t) => [
    check('imports_state', oneOf(t.state, IMPORT_STATES)),
    index('imports_by_hash').on(t.fileHash),
    index('imports_by_time').on(t.startedAt),
  ],
);

/**
 * The rows of an import, each with its fate, on their way into `sites`. Kept for a while so that one can look them up,
 * then purged. Not a foreign key in sight: rows come and go by hundreds of thousands.
 */
export const importRows = pgTable(
  'import_rows',
  {
    importId: uuid('import_id').notNull(),
    row: integer('row').notNull(),
    fate: text('fate', { enum: ROW_FATES }).notNull(),
    cells: jsonb('cells').$type<string[]>().notNull(),
    /** The site as it would stand afterwards, whole; of a near-duplicate, as a new site. Null: the row is unusable. */
    document: jsonb('document').$type<SiteDocument>(),
    issues: jsonb('issues').$type<RowIssue[]>().notNull(),
    /** The site that the row changes or would be: a known one, or the id of the new one. */
    siteId: text('site_id'),
    /** The revision that `document` was worked out from; null for a new site. */
    baseRevision: integer('base_revision'),
    /** The facts that the row brings news of, among `VERIFIED_FACTS`. */
    news: text('news').array().notNull(),
    externalId: text('external_id'),
    /** A known site that may be the same, and what becomes of it if it is. */
    candidate: jsonb('candidate').$type<ImportCandidate>(),
    /** The fate by itself, before any rule or decision. */
    ownFate: text('own_fate', { enum: ROW_FATES }).notNull(),
    decision: text('decision', { enum: ['same', 'new', 'skip'] }),
    /** Set when it was stored: status, day and source of each fact of a changed site as they were, for undoing. */
    factsBefore: jsonb('facts_before').$type<Record<VerifiedFact, [string, string | null, string | null]>>(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.row] }), check('import_rows_fate', oneOf(t.fate, ROW_FATES))],
);

/** How the columns of a list were matched once, so that the same list needs no matching again. */
export const importMappings = pgTable(
  'import_mappings',
  {
    source: text('source').notNull(),
    /** The header row, joined: another header is another mapping. */
    header: text('header').notNull(),
    settings: jsonb('settings').$type<ImportSettings>().notNull(),
    personId: personId('person_id').notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.source, t.header] })],
);

/** A site as it stood after each edit, whole. Append-only. Revision 0 is how it was before its first edit. */
export const siteRevisions = pgTable(
  'site_revisions',
  {
    /** A statement's trigger sees to it that there is such a site: imports write these by hundreds of thousands. */
    siteId: text('site_id').notNull(),
    revision: integer('revision').notNull(),
    document: jsonb('document').$type<SiteDocument>().notNull(),
    /** Null: the program itself (a seed). */
    personId: personId('person_id'),
    reason: text('reason'),
    at: instant('at').notNull(),
    restoredFrom: integer('restored_from'),
    importId: uuid('import_id'),
  },
  (t) => [primaryKey({ columns: [t.siteId, t.revision] }), index('site_revisions_by_import').on(t.importId)],
);

/** Under which id a place was asked for, so that an answer which got lost does not make two places of one. */
export const siteAdditions = pgTable('site_additions', {
  id: uuid('id').primaryKey(),
  siteId: text('site_id').notNull(),
  personId: personId('person_id').notNull(),
  at: instant('at').notNull(),
});

/** What a list calls a site, so that the list's next edition finds it again. */
export const siteExternalIds = pgTable(
  'site_external_ids',
  {
    source: text('source').notNull(),
    externalId: text('external_id').notNull(),
    siteId: text('site_id').notNull(),
    /** The import that made this row, so that undoing it takes the row along. */
    importId: uuid('import_id'),
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
