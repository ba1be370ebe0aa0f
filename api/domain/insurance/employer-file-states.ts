/** Closed lists of employers' files. Codes are stored; a code is never renamed. */

/**
 * `checked`: waits for the employer to look at it. `holding`: the days are being held. `held`: waits for its payment.
 * What was held and not paid in time, or could not be held as a whole, is `checking` again.
 */
export const EMPLOYER_FILE_STATES = ['checking', 'checked', 'holding', 'held', 'insured', 'discarded'] as const;
export type EmployerFileState = (typeof EMPLOYER_FILE_STATES)[number];

/** `already`: this employer has insured all days of the row before; nothing is bought for it. */
export const EMPLOYER_ROW_STATES = ['new', 'good', 'bad', 'already'] as const;
export type EmployerRowState = (typeof EMPLOYER_ROW_STATES)[number];

/** Why a file is being checked again, or was. */
export const EMPLOYER_FILE_PROBLEMS = ['changed_meanwhile', 'hold_expired', 'paid_too_late'] as const;
export type EmployerFileProblem = (typeof EMPLOYER_FILE_PROBLEMS)[number];

export const EMPLOYER_COLUMNS = ['name', 'id_number', 'phone', 'from', 'to', 'count', 'days'] as const;
export type EmployerColumn = (typeof EMPLOYER_COLUMNS)[number];

export const EMPLOYER_ISSUES = [
  'name_missing',
  'name_bad',
  'id_missing',
  'id_shape',
  'id_birth_day',
  'id_check_digit',
  /** Stored as a number, so that its last digits are lost. */
  'id_rounded',
  'phone_missing',
  'phone_bad',
  'days_missing',
  'day_unreadable',
  'days_reversed',
  /** `days`: how many there are from the first to the last */
  'days_disagree',
  /** `most` */
  'count_bad',
  /** `most` */
  'list_too_long',
  /** `day`, `earliest` */
  'too_soon',
  /** `day`, `latest` */
  'too_far_ahead',
  /** `mostDays` */
  'too_many_days',
  /** `day`, `minAge` */
  'too_young',
  /** `day`, `maxAge` */
  'too_old',
  'no_terms',
  'terms_change',
  /** `row`: the one above it; `days` */
  'twice',
  /** Another name stands with this ID number: `row` above, or 0 for what is kept already */
  'name_differs',
  /** `days` */
  'days_taken',
  'cell_too_long',
  'too_many_cells',
] as const;
export type EmployerIssueCode = (typeof EMPLOYER_ISSUES)[number];

/** One file may insure so many; more come in several files. */
export const EMPLOYER_FILE_MAX_ROWS = 10_000;
export const EMPLOYER_FILE_MAX_MB = 8;
/** After so many days without a change, the rows of a file cannot be read any more. */
export const EMPLOYER_FILE_KEPT_DAYS = 30;
