/** What is kept encrypted of a person, each field by itself. */
export const PERSONAL_FIELDS = ['name', 'id_number', 'phone', 'bank_account', 'medical'] as const;
export type PersonalField = (typeof PERSONAL_FIELDS)[number];

/** Fields that people are found by: beside the ciphertext stands a keyed hash of the normalised value. */
export const SEARCHABLE_FIELDS = ['id_number', 'phone', 'bank_account'] as const satisfies readonly PersonalField[];

/** What an office finds a person by: a number that they tell. */
export const FOUND_BY = ['phone', 'id_number'] as const satisfies readonly (typeof SEARCHABLE_FIELDS)[number][];

/** One spelling for every way a number is written: no blanks and dashes, full-width digits narrow, x as X, no +86. */
export function normaliseForLookup(value: string): string {
  return value
    .normalize('NFKC')
    .replaceAll(/[\s\-–—]/g, '')
    .replace(/^(\+|00)86(?=1[3-9]\d{9}$)/, '')
    .toUpperCase();
}
