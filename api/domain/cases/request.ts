/** Closed lists of what people ask for. Codes are stored; a code is never renamed. */

/** What a worker's request is about. */
export const WORKER_KINDS = [
  'pay',
  'deductions',
  'injury',
  'rest_hours',
  'suspension',
  'contract',
  'discrimination',
  'insurance',
  'advice',
  'other',
] as const;
/** What an employer asks for. */
export const EMPLOYER_KINDS = ['diagnosis', 'income_distribution', 'collective_bargaining', 'employer_other'] as const;
export const REQUEST_KINDS = [...WORKER_KINDS, ...EMPLOYER_KINDS] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** `confidential`: the respondent never learns who asks. `anonymous`: nobody does; a code finds the request again. */
export const NAMINGS = ['named', 'confidential', 'anonymous'] as const;
export type Naming = (typeof NAMINGS)[number];

export const REQUEST_CHANNELS = ['qr', 'site', 'me', 'window', 'phone', 'open311'] as const;
export type RequestChannel = (typeof REQUEST_CHANNELS)[number];

/** Kinds in which money is owed: the form asks how much. */
export const MONEY_KINDS: readonly RequestKind[] = ['pay', 'deductions', 'injury', 'contract'];

/** Kinds that mediation of 人社厅发〔2024〕4号 is for: pay, rewards and penalties, rest, occupational injury. */
export const MEDIATION_KINDS: readonly RequestKind[] = ['pay', 'deductions', 'rest_hours', 'injury'];

/**
 * Labour arbitration must be asked for within a year of when one knew or should have known (general knowledge, not
 * checked); shown with the form's "since when".
 */
export const ARBITRATION_LIMIT_DAYS = 365;
