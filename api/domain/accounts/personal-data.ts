/** What is kept encrypted of a person, each field by itself. */
export const PERSONAL_FIELDS = ['name', 'id_number', 'phone', 'bank_account', 'medical'] as const;
export type PersonalField = (typeof PERSONAL_FIELDS)[number];

/** Fields that people are found by: beside the ciphertext stands a keyed hash of the normalised value. */
export const SEARCHABLE_FIELDS = ['id_number', 'phone', 'bank_account'] as const satisfies readonly PersonalField[];
