import { z } from 'zod';
import { COORDINATE_SYSTEMS } from '../geo/coordinates.ts';
import { DUPLICATE_RULES, IMPORT_STATES, ROW_FATES } from './office.ts';
import { SiteId } from './site.ts';
import { SiteDocument } from './site-document.ts';

/** The wire between the import's screens and the API. */

export const RowFate = z.enum(ROW_FATES);
export type RowFate = z.infer<typeof RowFate>;

export const ImportSettings = z.strictObject({
  /** Field → the column (by its position) that holds it. */
  columns: z.record(z.string().max(40), z.number().int().min(0).max(199)),
  /** The system that the file's coordinates are in. Null: nobody has said; rows then get no point. */
  crs: z.enum(COORDINATE_SYSTEMS).nullable(),
  duplicates: z.enum(DUPLICATE_RULES),
  /** How exact the file's points are, in metres. */
  precisionM: z.number().int().min(1).max(10_000),
});
export type ImportSettings = z.infer<typeof ImportSettings>;

/** How well the file's coordinates fit each system; a hint, never a choice. */
export const CrsHint = z.object({
  best: z.enum(COORDINATE_SYSTEMS).nullable(),
  fits: z.array(
    z.object({
      crs: z.enum(COORDINATE_SYSTEMS),
      /** Known places of the same name or address: how many were compared, and the median distance to them. */
      compared: z.number().int(),
      medianM: z.number().nullable(),
      onLand: z.number().nullable(),
      inDistrict: z.number().nullable(),
    }),
  ),
});
export type CrsHint = z.infer<typeof CrsHint>;

export const ImportView = z.object({
  id: z.uuid(),
  source: z.string(),
  fileName: z.string(),
  state: z.enum(IMPORT_STATES),
  /** Rows done and rows in all (null: not known yet), while checking or storing. */
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable() }).nullable(),
  format: z.string().nullable(),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  header: z.array(z.string()),
  /** The first rows as they stand in the file. */
  sample: z.array(z.array(z.string())),
  /** A code each, followed by its parameters: `title_rows: 2`. The screens put them into words. */
  warnings: z.array(z.string()),
  settings: ImportSettings,
  /** Whether `settings` came from an earlier import of this list. */
  remembered: z.boolean(),
  hint: CrsHint.nullable(),
  /** How many rows have each fate, and how many have each kind of issue. */
  counts: z.record(z.string(), z.number().int()),
  issues: z.record(z.string(), z.number().int()),
  /** What must be decided before it can be stored: `crs`, `name_column`, `duplicates`. */
  missing: z.array(z.string()),
  /** The same bytes were imported before, by that import. */
  sameFileAs: z.uuid().nullable(),
  /** Why it failed, written as a warning is: `too_many_rows: 200000`, `check_failed`, `store_failed`. */
  problem: z.string().nullable(),
  by: z.string().nullable(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
  /** After undoing: sites that somebody edited since, which were left as they are. */
  kept: z.array(SiteId),
});
export type ImportView = z.infer<typeof ImportView>;

export const RowIssue = z.object({
  field: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type RowIssue = z.infer<typeof RowIssue>;

export const ImportRowView = z.object({
  /** As the file counts its rows, the header being 1. */
  row: z.number().int(),
  fate: RowFate,
  cells: z.array(z.string()),
  document: SiteDocument.nullable(),
  issues: z.array(RowIssue),
  /** The site it is or may be, with how near and how alike its name is. */
  site: z
    .object({ id: SiteId, name: z.string(), distanceM: z.number().nullable(), likeness: z.number().nullable() })
    .nullable(),
  decision: z.enum(['same', 'new', 'skip']).nullable(),
});
export type ImportRowView = z.infer<typeof ImportRowView>;

/** GET …/rows?fate=&cursor=&limit= */
export const ImportRowPage = z.object({ rows: z.array(ImportRowView), next: z.string().nullable() });

/** PUT …/rows/:row/decision */
export const DecideRow = z.strictObject({ decision: z.enum(['same', 'new', 'skip']).nullable() });
