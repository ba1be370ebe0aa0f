import { z } from 'zod';
import { FILE_PURPOSES, FILE_TYPES, MAX_PDF_BYTES } from './file-kinds.ts';

/** The wire of files: what is sent along and what is answered. */

const Instant = z.iso.datetime({ offset: true });

/** Addresses that are good for some minutes, for whoever got them. `thumb` is null when the file is no picture. */
export const FileLink = z.object({ url: z.string(), thumb: z.string().nullable() });
export type FileLink = z.infer<typeof FileLink>;

/** A file that was kept. It is deleted after a day unless something uses it. */
export const UploadedFile = z.object({
  id: z.uuid(),
  type: z.enum(FILE_TYPES),
  bytes: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  link: FileLink,
  /** Where the photo was taken by its own word, WGS-84. It is told here and kept nowhere. */
  position: z.object({ lng: z.number(), lat: z.number() }).nullable(),
});
export type UploadedFile = z.infer<typeof UploadedFile>;

export const FilePurposeParam = z.enum(FILE_PURPOSES);

/** POST /api/files/uploads: begins a file that is sent in pieces. `sha256` is over the whole, in hex. */
export const BeginUpload = z.strictObject({
  purpose: z.enum(FILE_PURPOSES),
  type: z.enum(FILE_TYPES).optional(),
  bytes: z.number().int().min(1).max(MAX_PDF_BYTES),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hex digits')
    .toLowerCase(),
});
export type BeginUpload = z.infer<typeof BeginUpload>;

/** How far a file in pieces has come; `file` once it is complete. */
export const UploadState = z.object({
  id: z.uuid(),
  offset: z.number().int(),
  bytes: z.number().int(),
  expiresAt: Instant,
  file: UploadedFile.nullable(),
});
export type UploadState = z.infer<typeof UploadState>;
