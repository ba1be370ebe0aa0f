import { eq } from 'drizzle-orm';
import { payments, refunds } from '../../db/tables/enrolments.ts';
import type { InsuranceDependencies } from './dependencies.ts';
import type { PaymentNotice, PaymentProvider } from '../platform/payments/payment-provider.ts';
import { refundIdOf, sendRefund, settleRefund } from './refunds.ts';
import { type Settlement, settlePayment } from './settle-payment.ts';

type Noticing = Pick<InsuranceDependencies, 'connection' | 'payments' | 'clock' | 'log'>;

/**
 * Does what a genuine notice of a provider asks for, and sends the refund of a payment that came too late. Told any
 * number of times it is done once. False: it does not fit what we asked for, and a person has to look at it.
 */
export async function takeNotice(
  deps: Noticing,
  provider: PaymentProvider['name'],
  notice: PaymentNotice,
): Promise<boolean> {
  return notice.kind === 'payment' ? takePayment(deps, provider, notice) : takeRefund(deps, provider, notice);
}

type Of<K extends PaymentNotice['kind']> = Extract<PaymentNotice, { kind: K }>;

async function takePayment(deps: Noticing, provider: PaymentProvider['name'], notice: Of<'payment'>): Promise<boolean> {
  const { connection, log } = deps;
  const { tradeNo } = notice;
  const [known] = await connection.db
    .select({ provider: payments.provider })
    .from(payments)
    .where(eq(payments.tradeNo, tradeNo));
  if (known?.provider !== provider) {
    log(`A notice of ${provider} is about ${tradeNo}, which is no payment of ours: somebody has to look at it.`);
    return false;
  }
  if (notice.state !== 'paid') return true; // an order that was closed; the hold ends by itself
  const settlement = await settleAndRefund(deps, tradeNo, notice);
  if (settlement.outcome === 'amount_differs' || settlement.outcome === 'unknown') {
    log(`Payment ${tradeNo} does not fit what was asked for (${settlement.outcome}): somebody has to look at it.`);
    return false;
  }
  return true;
}

/** Settles a payment and, when it came too late, sends the money back. */
export async function settleAndRefund(
  deps: Noticing,
  tradeNo: string,
  notice: Pick<Of<'payment'>, 'providerRef' | 'amountFen' | 'paidAt'>,
): Promise<Settlement> {
  const settlement = await deps.connection.db.transaction((tx) => settlePayment(tx, tradeNo, notice, deps.clock()));
  if (settlement.outcome === 'refunded') await sendRefund(deps, settlement.refundId);
  return settlement;
}

async function takeRefund(deps: Noticing, provider: PaymentProvider['name'], notice: Of<'refund'>): Promise<boolean> {
  const { connection, clock, log } = deps;
  const { refundNo, state, providerRef, amountFen, tradeNo } = notice;
  const refundId = refundIdOf(refundNo);
  const [known] = refundId
    ? await connection.db
        .select({ provider: payments.provider, tradeNo: payments.tradeNo })
        .from(refunds)
        .innerJoin(payments, eq(payments.id, refunds.paymentId))
        .where(eq(refunds.id, refundId))
    : [];
  const outcome =
    refundId && known?.provider === provider && known.tradeNo === tradeNo
      ? await connection.db.transaction((tx) => settleRefund(tx, refundId, { state, providerRef, amountFen }, clock()))
      : 'unknown';
  if (outcome === 'unknown' || outcome === 'amount_differs') {
    log(`A refund notice (${refundNo}) does not fit what was asked for (${outcome}): somebody has to look at it.`);
    return false;
  }
  if (state === 'failed') log(`Refund ${refundId} failed at the provider: somebody has to look at it.`);
  return true;
}
