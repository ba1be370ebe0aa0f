import { z } from 'zod';
import { Day } from '../places/site.ts';
import { CLAIM_STATES } from './claim-lifecycle.ts';
import { PAYERS } from './enrolment.ts';
import { DAY_CLOSING, INSURER_PAYMENT_OUTCOMES, LEDGER_ACCOUNTS, POSTING_KINDS, SETTLEMENT_KINDS } from './ledger.ts';

const Fen = z.int().min(0);
const SignedFen = z.int();
const Instant = z.iso.datetime({ offset: true });
const OrganisationId = z.string().min(1).max(80);
const PaidFen = z.int().min(1).max(100_000_000_00);
const Reference = z.string().trim().min(1).max(80);

const Month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'is written YYYY-MM');
/** `2026-11`, and with `.csv` or `.xlsx` the same as a file. */
export const MonthFile = z
  .string()
  .regex(/^20\d{2}-(0[1-9]|1[0-2])(\.(csv|xlsx))?$/, 'is written YYYY-MM, or YYYY-MM.csv, or YYYY-MM.xlsx');

/** So many people-days and what they come to. The premium is own share and subsidy together. */
export const CoveredSum = z.object({ coveredDays: z.int().min(0), ownFen: Fen, subsidyFen: Fen, totalFen: Fen });
export type CoveredSum = z.infer<typeof CoveredSum>;

/** What one posting of the ledger says of a day: it counts no people. */
const PostedSum = z.object({ ownFen: Fen, subsidyFen: Fen, totalFen: Fen });

/** `GET /api/office/ledger/months/:month`. `.csv` and `.xlsx` behind the month hold `rows`. */
export const MonthStatement = z.object({
  month: Month,
  /** Whose premium it is about; null: every insurer's. */
  insurerIds: z.array(z.string()).nullable(),
  asOf: Instant,
  /** One per day, payer and employer that has covered days. */
  rows: z.array(
    CoveredSum.extend({
      day: Day,
      payer: z.enum(PAYERS),
      employerId: z.string().nullable(),
      employerName: z.string().nullable(),
      closing: z.enum(DAY_CLOSING),
    }),
  ),
  /** Every day of the month and each payer, three times told: from the covers, from the day's close, from the ledger. */
  days: z.array(
    z.object({
      day: Day,
      payer: z.enum(PAYERS),
      closing: z.enum(DAY_CLOSING),
      covers: CoveredSum,
      closed: CoveredSum.nullable(),
      ledger: PostedSum.nullable(),
      /** Whether the three are the same to the fen; null: the day is not closed, so there is nothing to compare. */
      agrees: z.boolean().nullable(),
    }),
  ),
  /** `closedDays`: the three sums over the days that are closed. `wholeMonth`: the covers of every day, also those to come. */
  totals: z.object({
    wholeMonth: CoveredSum,
    closedDays: z.object({ covers: CoveredSum, closed: CoveredSum, ledger: PostedSum }),
    daysClosed: z.int(),
    daysNotClosed: z.int(),
    /** Whether every closed day agrees. */
    agrees: z.boolean(),
  }),
});
export type MonthStatement = z.infer<typeof MonthStatement>;

/** `GET /api/office/ledger/balances`. Positive: debit. An insurer sees its own accounts only, so its sum is not zero. */
export const LedgerBalances = z.object({
  asOf: Instant,
  accounts: z.array(z.object({ account: z.enum(LEDGER_ACCOUNTS), balanceFen: SignedFen, postings: z.int() })),
  sumFen: SignedFen,
  /** Whether it is the whole ledger, whose sum must be zero. */
  isWhole: z.boolean(),
});
export type LedgerBalances = z.infer<typeof LedgerBalances>;

export const PostingsQuery = z.object({
  account: z.enum(LEDGER_ACCOUNTS).optional(),
  kind: z.enum(POSTING_KINDS).optional(),
  from: Day.optional(),
  to: Day.optional(),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PostingsQuery = z.infer<typeof PostingsQuery>;

/** `GET /api/office/ledger/postings`, the newest first. */
export const PostingPage = z.object({
  rows: z.array(
    z.object({
      id: z.int(),
      kind: z.enum(POSTING_KINDS),
      day: Day,
      at: Instant,
      entries: z.array(z.object({ account: z.enum(LEDGER_ACCOUNTS), amountFen: SignedFen })),
      /** What it is about: the rows behind the figure. */
      about: z.object({
        enrolmentId: z.uuid().nullable(),
        claimId: z.uuid().nullable(),
        claimNumber: z.string().nullable(),
        payer: z.enum(PAYERS).nullable(),
        coveredDays: z.int().nullable(),
        settlementReference: z.string().nullable(),
        insurerId: z.string().nullable(),
      }),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type PostingPage = z.infer<typeof PostingPage>;

/** `POST /api/office/ledger/settlements`: what the bank's statement shows. `insurerId` goes with a premium only. */
export const EnterSettlement = z.discriminatedUnion('kind', [
  z.strictObject({
    id: z.uuid(),
    kind: z.literal(SETTLEMENT_KINDS[0]),
    amountFen: PaidFen,
    day: Day,
    reference: Reference,
  }),
  z.strictObject({
    id: z.uuid(),
    kind: z.literal(SETTLEMENT_KINDS[1]),
    amountFen: PaidFen,
    day: Day,
    reference: Reference,
    insurerId: OrganisationId,
  }),
]);
export type EnterSettlement = z.infer<typeof EnterSettlement>;

/** What is due after a settlement: by the treasury, or to the insurer. */
export const SettlementView = z.object({ id: z.uuid(), stillDueFen: SignedFen });
export type SettlementView = z.infer<typeof SettlementView>;

/** `GET /api/insurer-feed/key` */
export const FeedKey = z.object({
  algorithm: z.literal('Ed25519'),
  /** SHA-256 of the key's 32 bytes, in hex: names the key for ever. */
  keyId: z.string(),
  /** SubjectPublicKeyInfo. */
  publicKeyPem: z.string(),
});
export type FeedKey = z.infer<typeof FeedKey>;

/** `GET /api/office/insurer/days?insurer=&after=&limit=`: closed days in their order, each with its files. */
export const InsurerDay = CoveredSum.extend({
  day: Day,
  insurerId: z.string(),
  closedAt: Instant,
  /** Addresses below `/api`; `.sig` behind each is its detached signature. */
  files: z.array(z.string()),
});
export type InsurerDay = z.infer<typeof InsurerDay>;
export const InsurerDayPage = z.object({ days: z.array(InsurerDay), nextAfter: Day.nullable() });
export type InsurerDayPage = z.infer<typeof InsurerDayPage>;

/** A claim as it is passed to its insurer: what was approved, and for whom under a pseudonym. */
export const PassedClaim = z.object({
  claim: z.string(),
  insured: z.string(),
  happenedOn: Day,
  enrolment: z.uuid().nullable(),
  state: z.enum(CLAIM_STATES),
  claimedFen: Fen,
  assessedFen: Fen.nullable(),
  approvedFen: Fen.nullable(),
  paidFen: Fen.nullable(),
});
export type PassedClaim = z.infer<typeof PassedClaim>;

/** One payment as the insurer tells it. `reference` is its own number of the payment. */
export const InsurerPayment = z.strictObject({
  reference: Reference,
  claim: z.string().trim().min(1).max(40),
  paidFen: PaidFen,
  paidOn: Day,
});
export type InsurerPayment = z.infer<typeof InsurerPayment>;

/**
 * `POST /api/office/insurer/claims/payments`: as rows, or as the text of a CSV file with the columns `reference`,
 * `claim`, `paid_fen`, `paid_on`.
 */
export const TakePayments = z.union([
  z.strictObject({ insurerId: OrganisationId.optional(), payments: z.array(InsurerPayment).min(1).max(500) }),
  z.strictObject({ insurerId: OrganisationId.optional(), csv: z.string().min(1).max(60_000) }),
]);
export type TakePayments = z.infer<typeof TakePayments>;

export const PaymentOutcome = InsurerPayment.extend({
  /** The outcome, or `said_otherwise`: this reference was taken before, with another claim, amount or day. */
  outcome: z.enum([...INSURER_PAYMENT_OUTCOMES, 'said_otherwise']),
  isNew: z.boolean(),
  approvedFen: Fen.nullable(),
  words: z.string(),
});
export type PaymentOutcome = z.infer<typeof PaymentOutcome>;
export const TakenPayments = z.object({ payments: z.array(PaymentOutcome), paid: z.int(), differences: z.int() });
export type TakenPayments = z.infer<typeof TakenPayments>;

/** `GET /api/office/insurer/claims/reconciliation`: what the claims, the insurer and the ledger say was paid. */
export const ClaimReconciliation = z.object({
  claimsFen: Fen,
  insurerFen: Fen,
  ledgerFen: SignedFen,
  agrees: z.boolean(),
  /** Claims on which the three differ, and payments of which nothing came. */
  differences: z.array(
    z.object({
      claim: z.string(),
      reference: z.string().nullable(),
      outcome: z.enum(INSURER_PAYMENT_OUTCOMES).nullable(),
      approvedFen: Fen.nullable(),
      claimFen: Fen,
      insurerFen: Fen,
      ledgerFen: SignedFen,
    }),
  ),
});
export type ClaimReconciliation = z.infer<typeof ClaimReconciliation>;
