import { PaymentProblem, type PaymentProvider } from './payment-provider.ts';

/**
 * For trying it out: no money moves. A payment stays open until its payer says "paid" on the page, which says that it is
 * simulated; a refund is done at once.
 */
export const simulatedPayments: PaymentProvider = {
  name: 'simulated',
  create: async () => ({ payUrl: null, codeUrl: null }),
  query: async () => ({ state: 'open' }),
  close: async () => {},
  refund: async ({ refundNo }) => ({ state: 'paid', providerRef: `simulated-${refundNo}` }),
  queryRefund: async (refundNo) => ({ state: 'paid', providerRef: `simulated-${refundNo}` }),
  readNotice: async () => {
    throw new PaymentProblem('not_genuine', 'A simulated payment has no callbacks.');
  },
  tradeBill: async () => [],
};
