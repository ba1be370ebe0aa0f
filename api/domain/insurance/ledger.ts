/**
 * Double entry in integer fen. A posting's entries sum to zero: what is positive is debited, what is negative credited.
 *
 * - paid for days to come: `cash` +own, `unearned_own_share` -own
 * - a covered day closes, per payer and insurer: `unearned_own_share` +own, `treasury_subsidy_due` +subsidy, `insurer_premium` -(own + subsidy)
 * - days to come cancelled: `unearned_own_share` +own, `refunds_due` -own; refunded: `refunds_due` +own, `cash` -own
 * - the treasury pays: `bank` +x, `treasury_subsidy_due` -x; the insurer gets its premium: `insurer_premium` +x, `bank` -x
 * - the insurer pays a claim: `claim_payments` +x, `insurer_claims` -x
 */
export const LEDGER_ACCOUNTS = [
  'cash',
  'bank',
  'unearned_own_share',
  'treasury_subsidy_due',
  'insurer_premium',
  'refunds_due',
  'claim_payments',
  'insurer_claims',
] as const;
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

export const POSTING_KINDS = [
  'own_share_paid',
  'day_closed',
  'days_cancelled',
  'refund_paid',
  'subsidy_received',
  'premium_transferred',
  'claim_paid',
] as const;
export type PostingKind = (typeof POSTING_KINDS)[number];

/** The postings that somebody enters by hand, from the bank's statement. */
export const SETTLEMENT_KINDS = ['subsidy_received', 'premium_transferred'] as const satisfies readonly PostingKind[];

/**
 * `closed`: it stays as it is. `not_closed`: it is over, and its close is due. `open`: today, or still to come.
 * `before_start`: nobody was covered yet, then or before, so there is nothing to close.
 */
export const DAY_CLOSING = ['closed', 'not_closed', 'open', 'before_start'] as const;
export type DayClosing = (typeof DAY_CLOSING)[number];

/** What an insurer's payment of a claim turned out to be when it was laid beside our claim. */
export const INSURER_PAYMENT_OUTCOMES = [
  'open',
  'paid',
  'unknown_claim',
  'not_approved',
  'amount_differs',
  'paid_before',
] as const;
export type InsurerPaymentOutcome = (typeof INSURER_PAYMENT_OUTCOMES)[number];

export type LedgerEntry = { account: LedgerAccount; amountFen: number };

/** The entries of each kind of posting. All amounts are whole fen, none negative. */
export const postingEntries = {
  own_share_paid: (ownFen: number) => pair('cash', 'unearned_own_share', ownFen),
  day_closed: (ownFen: number, subsidyFen: number) => [
    { account: 'unearned_own_share', amountFen: ownFen },
    { account: 'treasury_subsidy_due', amountFen: subsidyFen },
    { account: 'insurer_premium', amountFen: -(ownFen + subsidyFen) },
  ],
  days_cancelled: (ownFen: number) => pair('unearned_own_share', 'refunds_due', ownFen),
  refund_paid: (ownFen: number) => pair('refunds_due', 'cash', ownFen),
  subsidy_received: (fen: number) => pair('bank', 'treasury_subsidy_due', fen),
  premium_transferred: (fen: number) => pair('insurer_premium', 'bank', fen),
  claim_paid: (fen: number) => pair('claim_payments', 'insurer_claims', fen),
} as const satisfies Record<PostingKind, (...fen: never[]) => LedgerEntry[]>;

function pair(debit: LedgerAccount, credit: LedgerAccount, fen: number): LedgerEntry[] {
  return [
    { account: debit, amountFen: fen },
    { account: credit, amountFen: -fen },
  ];
}
