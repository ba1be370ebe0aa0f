import type { Action } from '#domain/accounts/permissions.ts';
import type { Context } from 'hono';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { EnrolmentView } from '#domain/insurance/enrolment-contract.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer } from '../http/json-content.ts';
import { Problem, problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { limitRate } from '../http/rate-limit.ts';
import { PaymentProblem, providerNamed } from '../platform/payments/payment-provider.ts';
import type { InsuranceDependencies } from './dependencies.ts';
import { viewEnrolments } from './enrolment-view.ts';
import { getOwnPayment } from './start-payment.ts';
import { settleAndRefund, takeNotice } from './take-notice.ts';

const routes = {
  simulate: createRoute({
    method: 'post',
    path: '/payments/{id}/simulate',
    summary: 'Say "paid" to a simulated payment of mine; no money moves',
    request: { params: z.object({ id: z.uuid() }) },
    responses: {
      200: jsonAnswer(EnrolmentView, 'the enrolment as it stands then'),
      ...problemResponses(
        'invalid_request',
        'not_signed_in',
        'not_allowed',
        'payment_not_found',
        'payment_not_simulated',
        'hold_expired',
      ),
    },
  }),
  notice: createRoute({
    method: 'post',
    path: '/payments/wechat/notice',
    summary: 'For WeChat Pay: says that something was paid or refunded',
    description: 'Signed by WeChat Pay; told any number of times it is done once.',
    responses: {
      204: { description: 'taken' },
      ...problemResponses('notice_not_genuine', 'payment_amount_differs', 'payment_unreachable', 'too_many_requests'),
    },
  }),
};

const MINUTE_MS = 60_000;

/** What becomes of payments. */
export function paymentRoutes(deps: InsuranceDependencies): OpenAPIHono {
  const { connection, findActor, payments, clock, log, trustedProxies } = deps;
  const { db } = connection;
  const mayDo = (action: Action) => (c: Context) => requireActor(c, findActor, action);
  const api = createApi();
  api.use('/payments/wechat/notice', limitRate({ windowMs: MINUTE_MS, max: 6000 }, clock, trustedProxies));
  return api
    .openapi(signedInRoute(routes.simulate, mayDo('enrolment.own')), async (c) => {
      const { personId } = c.var.actor;
      const { id } = c.req.valid('param');
      const { provider, state, tradeNo, amountFen, expiresAt, enrolmentId } = await getOwnPayment(db, id, personId);
      if (provider !== 'simulated') {
        throw new Problem('payment_not_simulated', 'Pay with the app that the page opens; nothing was changed.');
      }
      if (state !== 'paid') {
        if (state !== 'open' || expiresAt.getTime() <= clock()) {
          throw new Problem('hold_expired', 'The days were kept for 15 minutes and are free again. Choose them anew.');
        }
        const notice = { providerRef: `simulated-${tradeNo}`, amountFen, paidAt: new Date(clock()) };
        await settleAndRefund(deps, tradeNo, notice);
      }
      const [view] = await viewEnrolments(db, [enrolmentId!], clock());
      return c.json(view!, 200);
    })
    .openapi(routes.notice, async (c) => {
      const provider = providerOf('wechat');
      const notice = await provider.readNotice(c.req.raw.headers, await c.req.text()).catch((error: unknown) => {
        if (!(error instanceof PaymentProblem)) throw error;
        log(`A notice to WeChat Pay's address was refused (${error.kind}): ${error.message}`);
        if (error.kind === 'not_genuine') throw new Problem('notice_not_genuine');
        throw new Problem('payment_unreachable', 'The notice could not be checked now. Send it again.');
      });
      if (!(await takeNotice(deps, provider.name, notice))) {
        throw new Problem('payment_amount_differs', 'It does not fit what was asked for. Nothing was changed.');
      }
      return c.body(null, 204);
    });

  function providerOf(name: 'wechat') {
    try {
      return providerNamed(payments, name);
    } catch {
      throw new Problem('notice_not_genuine', 'Nobody pays that way here.');
    }
  }
}
