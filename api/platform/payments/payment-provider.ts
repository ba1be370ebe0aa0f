import type { PaymentProviderName } from '#domain/insurance/enrolment.ts';

/** What somebody shall pay. `tradeNo` has 6 to 32 letters and digits and is never used twice. */
export type PaymentOrder = {
  tradeNo: string;
  amountFen: number;
  /** What the payer reads; nothing personal. */
  description: string;
  expiresAt: Date;
  payerIp?: string;
  /** The page is shown inside WeChat. */
  inWeChat?: boolean;
};

/** `refundNo` has 6 to 64 letters and digits: asked twice under one number, the money goes back once. */
export type RefundOrder = {
  tradeNo: string;
  refundNo: string;
  amountFen: number;
  /** What was paid in all. */
  totalFen: number;
  reason: string;
};

export type PaymentNotice =
  | {
      kind: 'payment';
      tradeNo: string;
      providerRef: string;
      state: 'paid' | 'closed';
      amountFen: number;
      paidAt: Date;
    }
  | {
      kind: 'refund';
      tradeNo: string;
      refundNo: string;
      providerRef: string;
      state: 'paid' | 'failed';
      amountFen: number;
      paidAt: Date;
    };

/** One line of the provider's own account of a day: what moved, positive for what was paid, negative for a refund. */
export type TradeBillRow = {
  kind: 'payment' | 'refund';
  tradeNo: string;
  refundNo: string | null;
  providerRef: string;
  amountFen: number;
  at: Date;
};

/**
 * A way to be paid. None of it is called inside a transaction. What a provider does not do, or not now, is a
 * `PaymentProblem`.
 */
export type PaymentProvider = {
  name: PaymentProviderName;
  /** The same order again gives the same payment. */
  create: (order: PaymentOrder) => Promise<{ payUrl: string | null; codeUrl: string | null }>;
  query: (
    tradeNo: string,
  ) => Promise<{ state: 'open' | 'paid' | 'closed'; providerRef?: string; paidAt?: Date; amountFen?: number }>;
  /** After it, nobody can pay this order any more. One that is paid or closed already stays as it is. */
  close: (tradeNo: string) => Promise<void>;
  refund: (refund: RefundOrder) => Promise<{ state: 'open' | 'paid' | 'failed'; providerRef: string }>;
  queryRefund: (refundNo: string) => Promise<{ state: 'open' | 'paid' | 'failed'; providerRef?: string }>;
  /** Verifies and decrypts a callback. Throws `PaymentProblem` with `not_genuine` when it is not the provider's. */
  readNotice: (headers: Headers, body: string) => Promise<PaymentNotice>;
  /** The provider's own account of a day `YYYY-MM-DD`, to be compared with ours. */
  tradeBill?: (day: string) => Promise<TradeBillRow[]>;
};

/** New payments go to `current`; refunds go to whichever provider was paid. */
export type PaymentProviders = {
  current: PaymentProvider;
  all: readonly PaymentProvider[];
};

/**
 * `not_genuine`: a callback that is not the provider's. `refused`: it will not do this, however often it is asked.
 * `unreachable`: it could not be asked, or did not know; ask again later.
 */
export type PaymentProblemKind = 'not_genuine' | 'refused' | 'unreachable';

/** Its words are for the log and hold nothing personal. */
export class PaymentProblem extends Error {
  override name = 'PaymentProblem';
  readonly kind: PaymentProblemKind;
  constructor(kind: PaymentProblemKind, words: string) {
    super(words);
    this.kind = kind;
  }
}

/** Throws `PaymentProblem` when the service is not set up for a provider that it once used. */
export function providerNamed({ all }: PaymentProviders, name: PaymentProviderName): PaymentProvider {
  const provider = all.find((candidate) => candidate.name === name);
  if (!provider) throw new PaymentProblem('unreachable', `The payment provider ${name} is not set up.`);
  return provider;
}
