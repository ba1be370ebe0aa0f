import { bigint, boolean, check, date, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { instant } from '../columns.ts';

/**
 * Who did what, when and why: written in the transaction of the change itself. Append-only (a trigger refuses the rest);
 * every record carries the hash of the one before it, so that none can be altered or taken out unseen.
 */
export const auditRecords = pgTable(
  'audit_records',
  {
    /** 1, 2, 3 … without gaps. */
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    at: instant('at').notNull(),
    /** Null: the program itself, for example a seed or a scheduled job. */
    actorId: text('actor_id'),
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    /** Only what changed; encrypted fields as their ciphertext. */
    before: jsonb('before'),
    after: jsonb('after'),
    reason: text('reason'),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [index('audit_records_by_subject').on(t.subjectKind, t.subjectId, t.seq)],
);

/** One row: the end of the chain. Its row lock makes writers append one after the other. */
export const auditHead = pgTable(
  'audit_head',
  {
    only: boolean('only').primaryKey().default(true),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [check('audit_head_only_row', sql`${t.only}`)],
);

/** The end of the chain as it stood at the end of a day (Asia/Shanghai), to be kept elsewhere too. Append-only. */
export const auditSeals = pgTable('audit_seals', {
  day: date('day').primaryKey(),
  lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
  root: text('root').notNull(),
  sealedAt: instant('sealed_at').notNull(),
});
