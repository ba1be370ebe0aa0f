import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Days } from '#domain/insurance/day-ranges.ts';
import type { EmployerIssue, EmployerMapping } from '#domain/insurance/employer-file.ts';
import {
  EMPLOYER_FILE_PROBLEMS,
  EMPLOYER_FILE_STATES,
  EMPLOYER_ROW_STATES,
} from '#domain/insurance/employer-file-states.ts';
import { instant, oneOf } from '../columns.ts';
import { organisations } from './places.ts';

const fen = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);
const count = (name: string) => integer(name).notNull().default(0);

/** A list of workers that an employer insures at once. Its rows are encrypted under a key of its own in the vault. */
export const employerFiles = pgTable(
  'employer_files',
  {
    id: uuid('id').primaryKey(),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    /** Keyed: tells the same file again, and nothing else. */
    fileHash: text('file_hash').notNull(),
    fileName: text('file_name').notNull(),
    madeBy: text('made_by').notNull(),
    state: text('state', { enum: EMPLOYER_FILE_STATES }).notNull(),
    problem: text('problem', { enum: EMPLOYER_FILE_PROBLEMS }),
    mapping: jsonb('mapping').$type<EmployerMapping>().notNull(),
    unusedColumns: jsonb('unused_columns').$type<string[]>().notNull(),
    rowsTotal: count('rows_total'),
    rowsDone: count('rows_done'),
    goodRows: count('good_rows'),
    badRows: count('bad_rows'),
    alreadyRows: count('already_rows'),
    workers: count('workers'),
    coveredDays: count('covered_days'),
    ownFen: fen('own_fen'),
    subsidyFen: fen('subsidy_fen'),
    createdAt: instant('created_at').notNull(),
    checkedAt: instant('checked_at'),
    heldUntil: instant('held_until'),
    insuredAt: instant('insured_at'),
    /** The key of the rows is gone. */
    rowsDestroyedAt: instant('rows_destroyed_at'),
  },
  (t) => [
    check('employer_files_state', oneOf(t.state, EMPLOYER_FILE_STATES)),
    check('employer_files_problem', sql`${t.problem} is null or ${oneOf(t.problem, EMPLOYER_FILE_PROBLEMS)}`),
    uniqueIndex('employer_files_once')
      .on(t.organisationId, t.fileHash)
      .where(sql`${t.state} <> 'discarded'`),
    index('employer_files_by_employer').on(t.organisationId, t.createdAt),
    index('employer_files_at_work')
      .on(t.state)
      .where(sql`${t.state} in ('checking', 'holding', 'held')`),
  ],
);

export const employerFileRows = pgTable(
  'employer_file_rows',
  {
    fileId: uuid('file_id').notNull(),
    /** As a spreadsheet counts. */
    row: integer('row').notNull(),
    /** What stands in it, encrypted under the file's key; null once that is not needed any more. */
    sealed: text('sealed'),
    state: text('state', { enum: EMPLOYER_ROW_STATES }).notNull().default('new'),
    issues: jsonb('issues').$type<EmployerIssue[]>().notNull().default([]),
    /** The keyed hash of the ID number. */
    idLookup: text('id_lookup'),
    /** False in the later good rows of somebody who stands in several: they are told once. */
    isFirstOfPerson: boolean('is_first_of_person').notNull().default(true),
    days: jsonb('days').$type<Days[]>().notNull().default([]),
    coveredDays: count('covered_days'),
    ownFen: fen('own_fen'),
    subsidyFen: fen('subsidy_fen'),
    termsVersion: text('terms_version'),
    enrolmentId: uuid('enrolment_id'),
    /** A message to the worker: begun, done, and how often it was tried. */
    tellingAt: instant('telling_at'),
    toldAt: instant('told_at'),
    tellTries: count('tell_tries'),
  },
  (t) => [
    primaryKey({ columns: [t.fileId, t.row] }),
    foreignKey({
      columns: [t.fileId],
      foreignColumns: [employerFiles.id],
      name: 'employer_file_rows_of_file',
    }).onDelete('cascade'),
    check('employer_file_rows_state', oneOf(t.state, EMPLOYER_ROW_STATES)),
    index('employer_file_rows_by_state').on(t.fileId, t.state, t.row),
  ],
);
