/** Closed lists of enrolment. Codes are stored; a code is never renamed. */

/** `held`: waits for its payment, and its days are kept free for it meanwhile. */
export const ENROLMENT_STATES = ['held', 'insured', 'expired', 'cancelled'] as const;
export type EnrolmentState = (typeof ENROLMENT_STATES)[number];

export const PAYERS = ['self', 'employer'] as const;
export type Payer = (typeof PAYERS)[number];

/** Through which door somebody came, for planning: the QR poster, a place's sheet, 我的, the counter, an employer's file. */
export const CHANNELS = ['qr', 'site', 'me', 'counter', 'employer_file'] as const;
export type Channel = (typeof CHANNELS)[number];

export const PAYMENT_STATES = ['open', 'paid', 'expired', 'failed'] as const;

export const REFUND_STATES = ['open', 'paid', 'failed'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** `simulated`: no money moves, and every screen says so. */
export const PAYMENT_PROVIDERS = ['simulated', 'wechat'] as const;
export type PaymentProviderName = (typeof PAYMENT_PROVIDERS)[number];
