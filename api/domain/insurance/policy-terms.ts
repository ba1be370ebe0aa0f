/**
 * What 益鹭保 promises and asks for, as one versioned document. It is policy data, not code: every figure says whether it
 * is verified and where it comes from, and an administrator can put a newer version in force. Money is integer fen.
 */
export type Figure<T> = {
  value: T;
  /** `unverified`: general knowledge, or a comparable scheme's; screens say so beside it. */
  certainty: 'verified' | 'unverified';
  source: string;
};

/** The kinds of benefit, which are the kinds of a claim's lines too. */
export const BENEFIT_KINDS = ['medical', 'hospital', 'disability', 'death'] as const;
export type BenefitKind = (typeof BENEFIT_KINDS)[number];

/** What a claimant hands in. */
export const MATERIALS = [
  'id_card',
  'accident_account',
  'work_proof',
  'police_report',
  'medical_record',
  'invoice',
  'expense_list',
  'hospital_certificate',
  'disability_report',
  'death_certificate',
  'heir_proof',
  'bank_card',
  'photo',
  'other',
] as const;
export type Material = (typeof MATERIALS)[number];

export type PolicyTerms = {
  /** Names the document for ever: enrolments and claims refer to the terms that they were made under. */
  version: string;
  /** The first covered day for which it holds, `YYYY-MM-DD`. */
  validFrom: string;
  name: { zh: string; en: string };
  insurerId: string;
  ownShareFenPerDay: Figure<number>;
  subsidyFenPerDay: Figure<number>;
  /** In whole years, both included, on each covered day. */
  minAge: Figure<number>;
  maxAge: Figure<number>;
  /** The most that is paid over all claims of one cover. */
  coverLimitFen: Figure<number>;
  /** How many days after the day of enrolment cover can start first: 1 is tomorrow. */
  startsAfterDays: Figure<number>;
  longestTermDays: Figure<number>;
  /** How far ahead of the day of enrolment the last covered day may lie. */
  aheadDays: Figure<number>;
  /** A covered day can be cancelled until it is so many days away: 1 means until the evening before. */
  cancelAheadDays: Figure<number>;
  /** An accident should be reported within so many hours; a later report is taken too and says why. */
  reportWithinHours: Figure<number>;
  appealWithinDays: Figure<number>;
  /** From this amount on two different people approve. */
  secondApprovalFromFen: Figure<number>;
  medical: Figure<{ sharePercent: number; deductibleFen: number; limitFen: number }>;
  hospital: Figure<{ fenPerDay: number; daysPerStay: number; daysInAll: number }>;
  /** `gradePercents[0]` is the share of `limitFen` for grade 1, the worst. */
  disability: Figure<{ limitFen: number; gradePercents: readonly number[] }>;
  death: Figure<{ limitFen: number }>;
  materials: Figure<Readonly<Record<BenefitKind, readonly Material[]>>>;
};
