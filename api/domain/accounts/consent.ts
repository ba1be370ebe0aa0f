/** What a person consents to, one by one (PIPL art. 29: separate consent for sensitive data). */
export const CONSENT_PURPOSES = ['identity', 'bank_account', 'medical'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];
