/** The closed lists of the street office's work on places. Codes are stored; a code is never renamed. */

/** How somebody found out that a fact is right. */
export const VERIFICATION_METHODS = ['on_site', 'by_phone', 'from_document'] as const;
export type VerificationMethod = (typeof VERIFICATION_METHODS)[number];

/** `draft`: an unfinished edit that colleagues see. `proposal`: a keeper asks the street to make it. */
export const DRAFT_KINDS = ['draft', 'proposal'] as const;

export const DRAFT_STATES = ['open', 'accepted', 'rejected', 'withdrawn'] as const;

/** What became of a rider's report. */
export const REPORT_OUTCOMES = ['changed', 'was_right', 'repaired', 'already_known', 'cannot_tell'] as const;
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];

/** `checked`: every row has its fate and nothing is stored yet. */
export const IMPORT_STATES = ['checking', 'checked', 'storing', 'stored', 'stopped', 'failed', 'undone'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** So long are the rows of an import kept, and can it be taken back. */
export const IMPORT_KEPT_DAYS = 30;

/** Whether a stored import is young enough to be taken back. */
export function isUndoable(startedAtMs: number, nowMs: number): boolean {
  return startedAtMs >= nowMs - IMPORT_KEPT_DAYS * 86_400_000;
}

/** What becomes of a row: `duplicate` waits for a decision, `error` is left out, `skipped` by somebody's choice. */
export const ROW_FATES = ['new', 'changed', 'same', 'duplicate', 'error', 'skipped'] as const;

/** How near-duplicates are decided when nobody decides them one by one. */
export const DUPLICATE_RULES = ['ask', 'same', 'new', 'skip'] as const;
