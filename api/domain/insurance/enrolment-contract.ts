import { z } from 'zod';
import { Day, SiteId } from '../places/site.ts';
import { CHANNELS, ENROLMENT_STATES, PAYERS, PAYMENT_PROVIDERS, PAYMENT_STATES, REFUND_STATES } from './enrolment.ts';

const Fen = z.int().min(0);
const Instant = z.iso.datetime({ offset: true });
const MAX_DAYS = 366;

/** Days as ranges, both ends included: `[{ from: '2026-11-26', to: '2026-11-28' }]`. */
export const DayRange = z.strictObject({ from: Day, to: Day });
export type DayRange = z.infer<typeof DayRange>;

/** `POST /api/enrolments`: for oneself. Name and ID number may be left out when they are kept already. */
export const SubmitEnrolment = z.strictObject({
  /** Chosen by the phone: what is sent twice is stored once. */
  id: z.uuid(),
  days: z.array(Day).min(1).max(MAX_DAYS),
  /** The terms whose prices were shown; refused when others are in force by now. */
  termsVersion: z.string().max(40),
  name: z.string().max(120).optional(),
  idNumber: z.string().max(40).optional(),
  /** To what the person agrees: the wording of `identity` and the terms. */
  consent: z.strictObject({ identityWording: z.string().max(40), terms: z.literal(true) }),
  channel: z.enum(CHANNELS),
  siteId: SiteId.optional(),
});
export type SubmitEnrolment = z.infer<typeof SubmitEnrolment>;

export const PaymentView = z.object({
  id: z.uuid(),
  provider: z.enum(PAYMENT_PROVIDERS),
  state: z.enum(PAYMENT_STATES),
  amountFen: Fen,
  expiresAt: Instant,
  /** What the page needs to let somebody pay: for WeChat a link (H5) or a code to scan (Native); null when simulated. */
  payUrl: z.string().nullable(),
  codeUrl: z.string().nullable(),
});
export type PaymentView = z.infer<typeof PaymentView>;

export const EnrolmentView = z.object({
  id: z.uuid(),
  state: z.enum(ENROLMENT_STATES),
  payer: z.enum(PAYERS),
  employerName: z.string().nullable(),
  /** What is covered, cancelled days left out. */
  days: z.array(DayRange),
  coveredDays: z.int(),
  ownFen: Fen,
  subsidyFen: Fen,
  termsVersion: z.string(),
  certificateCode: z.string(),
  siteId: z.string().nullable(),
  createdAt: Instant,
  insuredAt: Instant.nullable(),
  heldUntil: Instant.nullable(),
  payment: PaymentView.nullable(),
  refunds: z.array(
    z.object({ id: z.uuid(), state: z.enum(REFUND_STATES), amountFen: Fen, days: z.int(), createdAt: Instant }),
  ),
  /** The first day that can still be cancelled; null: none. */
  cancelFrom: Day.nullable(),
});
export type EnrolmentView = z.infer<typeof EnrolmentView>;

/** `GET /api/me/cover`: everything the calendar of 我的 shows. */
export const MyCover = z.object({
  today: Day,
  /** What is known about the person, masked; null: not asked yet. */
  name: z.string().nullable(),
  idNumber: z.string().nullable(),
  /** An employer has insured somebody with this account's phone; who confirms name and ID number sees it. */
  employerWaits: z.boolean(),
  enrolments: z.array(EnrolmentView),
});
export type MyCover = z.infer<typeof MyCover>;

/** `POST /api/me/cover/person`: says who one is without buying anything, and so sees what an employer has bought. */
export const ConfirmPerson = z.strictObject({
  name: z.string().max(120),
  idNumber: z.string().max(40),
  consent: z.strictObject({ identityWording: z.string().max(40) }),
});
export type ConfirmPerson = z.infer<typeof ConfirmPerson>;

/** `POST /api/enrolments/:id/cancel`: every covered day from `from` on, with a refund of the own share; all of what is held. */
export const CancelDays = z.strictObject({ from: Day });

/** `GET /api/certificates/:code`: what anybody may see who holds the code. Never the ID number or the whole name. */
export const CertificateView = z.object({
  code: z.string(),
  /** As `张*`; null once the person was erased. */
  maskedName: z.string().nullable(),
  /** The last four characters of the ID number, to be compared with a card. */
  idEnding: z.string().nullable(),
  state: z.enum(['covered_today', 'covers_later_days', 'over', 'not_paid', 'cancelled']),
  days: z.array(DayRange),
  coveredDays: z.int(),
  coverLimitFen: Fen,
  termsVersion: z.string(),
  insuredAt: Instant.nullable(),
  checkedAt: Instant,
  /** Paid in a simulation: it insures nobody. */
  demo: z.boolean(),
});
export type CertificateView = z.infer<typeof CertificateView>;
