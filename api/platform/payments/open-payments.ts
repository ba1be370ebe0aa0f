import type { PaymentProviderName } from '#domain/insurance/enrolment.ts';
import type { PaymentProvider, PaymentProviders } from './payment-provider.ts';
import { simulatedPayments } from './simulated-payments.ts';

/**
 * The providers that this service is set up for; new payments go to the one that is named. Throws in words when it is not
 * set up.
 */
export function openPayments(name: PaymentProviderName, others: readonly PaymentProvider[] = []): PaymentProviders {
  const all = [simulatedPayments, ...others];
  const current = all.find((provider) => provider.name === name);
  if (!current) throw new Error(`PAYMENT=${name} is not set up yet. Set PAYMENT=simulated to try the service out.`);
  return { current, all };
}
