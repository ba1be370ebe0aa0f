import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { FILE_PURPOSES, FILE_TYPES, FILE_USES } from '#domain/files/file-kinds.ts';
import { instant, oneOf } from '../columns.ts';

/** Whoever handed a file in: somebody who is signed in, or a phone, as a keyed hash of its random name. */
const uploader = { personId: text('person_id'), deviceHash: text('device_hash') };

/**
 * Everything that people have handed in. The bytes lie in the storage under the id (and `-thumb`), encrypted under a key
 * of the file's own; nothing of a photo's metadata is kept.
 */
export const files = pgTable(
  'files',
  {
    id: uuid('id').primaryKey(),
    purpose: text('purpose', { enum: FILE_PURPOSES }).notNull(),
    type: text('type', { enum: FILE_TYPES }).notNull(),
    /** Of what is handed out, not of what came. */
    bytes: integer('bytes').notNull(),
    thumbBytes: integer('thumb_bytes'),
    width: integer('width'),
    height: integer('height'),
    /** SHA-256 of the bytes as they came: the same photo twice is found by it. */
    sha256: text('sha256').notNull(),
    ...uploader,
    /** Under whose key the file's own key is wrapped; null: the program's. */
    keyOwner: text('key_owner'),
    wrappedKey: text('wrapped_key').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Null while its bytes are on their way: if the process dies then, they are swept. */
    storedAt: instant('stored_at'),
    /** Set before its bytes are deleted: nothing may use it any more. */
    doomedAt: instant('doomed_at'),
  },
  (t) => [
    check('files_purpose', oneOf(t.purpose, FILE_PURPOSES)),
    check('files_type', oneOf(t.type, FILE_TYPES)),
    check('files_one_uploader', sql`(${t.personId} is null) <> (${t.deviceHash} is null)`),
    index('files_by_person').on(t.personId, t.createdAt),
    index('files_by_device').on(t.deviceHash, t.createdAt),
    index('files_by_hash').on(t.sha256),
    index('files_by_time').on(t.createdAt),
  ],
);

/** What uses a file. A file that nothing uses is swept a day after it came. */
export const fileUses = pgTable(
  'file_uses',
  {
    fileId: uuid('file_id')
      .notNull()
      .references(() => files.id),
    kind: text('kind', { enum: FILE_USES }).notNull(),
    subjectId: text('subject_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.fileId, t.kind, t.subjectId] }),
    check('file_uses_kind', oneOf(t.kind, FILE_USES)),
    index('file_uses_by_subject').on(t.kind, t.subjectId),
  ],
);

/** A piece of a file on its way, in the storage under `key`. */
export type UploadSegment = { key: string; bytes: number };

/** Files that come in pieces over a bad line. What is in `segments` is there, whatever happens to the process. */
export const fileUploads = pgTable(
  'file_uploads',
  {
    id: uuid('id').primaryKey(),
    purpose: text('purpose', { enum: FILE_PURPOSES }).notNull(),
    declaredType: text('declared_type', { enum: FILE_TYPES }),
    bytes: integer('bytes').notNull(),
    received: bigint('received', { mode: 'number' }).notNull().default(0),
    segments: jsonb('segments').$type<UploadSegment[]>().notNull().default([]),
    /** Every key of the storage that this upload has begun to write, so that nothing is left behind. */
    keys: jsonb('keys').$type<string[]>().notNull().default([]),
    sha256: text('sha256').notNull(),
    personId: text('person_id').notNull(),
    wrappedKey: text('wrapped_key').notNull(),
    createdAt: instant('created_at').notNull(),
    /** The file that came of it. */
    fileId: uuid('file_id'),
  },
  (t) => [
    check('file_uploads_purpose', oneOf(t.purpose, FILE_PURPOSES)),
    check('file_uploads_received', sql`${t.received} between 0 and ${t.bytes}`),
    index('file_uploads_by_person').on(t.personId, t.createdAt),
    index('file_uploads_by_time').on(t.createdAt),
  ],
);
