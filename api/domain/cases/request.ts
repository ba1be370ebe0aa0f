/** Closed lists of what people ask for. Codes are stored; a code is never renamed. */

/** What a worker's request is about. */
const WORKER_KINDS = [
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
const EMPLOYER_KINDS = ['diagnosis', 'income_distribution', 'collective_bargaining', 'employer_other'] as const;
export const REQUEST_KINDS = [...WORKER_KINDS, ...EMPLOYER_KINDS] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** `confidential`: the respondent never learns who asks. `anonymous`: nobody does; a code finds the request again. */
export const NAMINGS = ['named', 'confidential', 'anonymous'] as const;

export const REQUEST_CHANNELS = ['qr', 'site', 'me', 'window', 'phone', 'open311'] as const;
