import { createRoute, type RouteConfig, type OpenAPIHono, z } from '@hono/zod-openapi';
import { and, eq } from 'drizzle-orm';
import type { Context } from 'hono';
import {
  CancelDays,
  CertificateView,
  ConfirmPerson,
  type EnrolmentView as View,
  EnrolmentView,
  MyCover,
  SubmitEnrolment,
} from '#domain/insurance/enrolment-contract.ts';
import { enrolments, insuredPersons } from '../../db/tables/enrolments.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { Problem, type ProblemCode, problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { clientAddress, createRateLimiter, limitRate, tooManyRequests } from '../http/rate-limit.ts';
import { cancelEnrolment, notFound } from './cancel-enrolment.ts';
import { certificateQrCode } from './certificate-qr-code.ts';
import { confirmPerson } from './confirm-person.ts';
import type { InsuranceDependencies } from './dependencies.ts';
import { type PayLinks, viewEnrolments } from './enrolment-view.ts';
import { getCertificate } from './get-certificate.ts';
import { getMyCover } from './get-my-cover.ts';
import { sendRefund } from './refunds.ts';
import { retryPayment, startPayment } from './start-payment.ts';
import { submitEnrolment } from './submit-enrolment.ts';

const idParam = z.object({ id: z.uuid() });
const codeParam = z.object({ code: z.string().min(1).max(60) });
const problems = (...codes: ProblemCode[]) =>
  problemResponses('invalid_request', 'not_signed_in', 'not_allowed', ...codes);
const PERSON_PROBLEMS = ['consent_missing', 'id_number_held', 'id_number_other', 'too_many_requests'] as const;

const routes = {
  submit: createRoute({
    method: 'post',
    path: '/enrolments',
    summary: 'Choose days for oneself; they are held until they are paid',
    description:
      'Idempotent: the same id again stores nothing and answers 200. `payment` says how to pay; without a link and a code the payment could not be started yet: `POST /enrolments/{id}/payment`.',
    request: { body: jsonBody(SubmitEnrolment) },
    responses: {
      201: jsonAnswer(EnrolmentView, 'held'),
      200: jsonAnswer(EnrolmentView, 'was stored before'),
      ...problems(
        'broken_json',
        'id_taken',
        'terms_changed',
        'days_not_for_sale',
        'age_not_insurable',
        'days_taken',
        'no_such_reference',
        ...PERSON_PROBLEMS,
      ),
    },
  }),
  one: createRoute({
    method: 'get',
    path: '/enrolments/{id}',
    summary: 'One of my enrolments',
    request: { params: idParam },
    responses: { 200: jsonAnswer(EnrolmentView, 'as it stands'), ...problems('enrolment_not_found') },
  }),
  cancel: createRoute({
    method: 'post',
    path: '/enrolments/{id}/cancel',
    summary: 'Cancel covered days to come, with a refund; or give up what is only held',
    request: { params: idParam, body: jsonBody(CancelDays) },
    responses: {
      200: jsonAnswer(EnrolmentView, 'as it stands then'),
      ...problems('broken_json', 'enrolment_not_found', 'paid_by_employer', 'cancel_too_late', 'nothing_to_cancel'),
    },
  }),
  retry: createRoute({
    method: 'post',
    path: '/enrolments/{id}/payment',
    summary: 'Ask again how to pay for what is held',
    request: { params: idParam },
    responses: {
      200: jsonAnswer(EnrolmentView, 'with `payment`'),
      ...problems('enrolment_not_found', 'hold_expired', 'enrolment_state', 'payment_unreachable'),
    },
  }),
  mine: createRoute({
    method: 'get',
    path: '/me/cover',
    summary: 'My covered days, and who paid for them',
    responses: { 200: jsonAnswer(MyCover, 'the newest 200 enrolments'), ...problems() },
  }),
  confirm: createRoute({
    method: 'post',
    path: '/me/cover/person',
    summary: 'Say who I am, to see what an employer has bought for me',
    request: { body: jsonBody(ConfirmPerson) },
    responses: { 200: jsonAnswer(MyCover, 'my cover'), ...problems('broken_json', ...PERSON_PROBLEMS) },
  }),
  certificate: createRoute({
    method: 'get',
    path: '/certificates/{code}',
    summary: 'Check a certificate, without signing in',
    request: { params: codeParam },
    responses: {
      200: jsonAnswer(CertificateView, 'what anybody may see who holds the code'),
      ...problemResponses('invalid_request', 'certificate_not_found', 'too_many_requests'),
    },
  }),
  qrCode: createRoute({
    method: 'get',
    path: '/certificates/{code}/qr.svg',
    summary: 'The QR code by which a certificate is checked',
    request: { params: codeParam },
    responses: {
      200: { description: 'the code', content: { 'image/svg+xml': { schema: z.string() } } },
      ...problemResponses('invalid_request', 'certificate_not_found', 'too_many_requests'),
    },
  }),
};

const MINUTE_MS = 60_000;

/** Enrolling oneself, what one has, and the certificate. */
export function enrolmentRoutes(deps: InsuranceDependencies): OpenAPIHono {
  const { connection, vault, findActor, payments, clock, trustedProxies } = deps;
  const { db } = connection;
  const signedIn = <Route extends RouteConfig>(route: Route) =>
    signedInRoute(route, (c) => requireActor(c, findActor, 'enrolment.own'));
  // By account, not by address: a whole platform's riders may come through one carrier's. Enough for anybody's own
  // days, too few to try out whose ID number is insured here.
  const takePurchase = createRateLimiter({ windowMs: 10 * MINUTE_MS, max: 60 }, clock);
  const limitPurchases = (userId: string) => {
    const waitS = takePurchase(userId);
    if (waitS > 0) throw tooManyRequests(waitS);
  };

  async function getOwn(id: string, userId: string, links?: PayLinks | null): Promise<View> {
    const [own] = await db
      .select({ id: enrolments.id })
      .from(enrolments)
      .innerJoin(insuredPersons, eq(insuredPersons.id, enrolments.insuredPersonId))
      .where(and(eq(enrolments.id, id), eq(insuredPersons.userId, userId)));
    if (!own) throw notFound();
    const [view] = await viewEnrolments(db, [id], clock(), links ? new Map([[id, links]]) : new Map());
    return view!;
  }
  const payerOf = (c: Context) => ({
    payerIp: clientAddress(c, trustedProxies),
    inWeChat: /MicroMessenger/i.test(c.req.header('user-agent') ?? ''),
  });

  const api = createApi();
  const limitChecks = limitRate({ windowMs: MINUTE_MS, max: 60 }, clock, trustedProxies);
  api.use('/certificates/*', limitChecks);

  return api
    .openapi(signedIn(routes.submit), async (c) => {
      const userId = c.var.actor.personId;
      limitPurchases(userId);
      const input = c.req.valid('json');
      const isNew = await submitEnrolment(db, { vault, userId, provider: payments.current.name }, input, clock());
      // What is stored is answered as stored: a provider that does not answer now is asked again from the page.
      const links = await startPayment(deps, input.id, payerOf(c)).catch((error: unknown) => {
        if (error instanceof Problem) return null;
        throw error;
      });
      const view = await getOwn(input.id, userId, links);
      return isNew ? c.json(view, 201) : c.json(view, 200);
    })
    .openapi(signedIn(routes.one), async (c) =>
      c.json(await getOwn(c.req.valid('param').id, c.var.actor.personId), 200),
    )
    .openapi(signedIn(routes.cancel), async (c) => {
      const userId = c.var.actor.personId;
      const enrolmentId = c.req.valid('param').id;
      const { from } = c.req.valid('json');
      const { refundId } = await cancelEnrolment(db, { enrolmentId, userId, from }, clock());
      if (refundId) await sendRefund(deps, refundId);
      return c.json(await getOwn(enrolmentId, userId), 200);
    })
    .openapi(signedIn(routes.retry), async (c) => {
      const userId = c.var.actor.personId;
      const enrolmentId = c.req.valid('param').id;
      await retryPayment(db, { enrolmentId, userId, providers: payments }, clock());
      const links = await startPayment(deps, enrolmentId, payerOf(c));
      return c.json(await getOwn(enrolmentId, userId, links), 200);
    })
    .openapi(signedIn(routes.mine), async (c) =>
      c.json(await getMyCover(db, { vault, userId: c.var.actor.personId }, clock()), 200),
    )
    .openapi(signedIn(routes.confirm), async (c) => {
      const userId = c.var.actor.personId;
      limitPurchases(userId);
      await confirmPerson(db, { vault, userId }, c.req.valid('json'), clock());
      return c.json(await getMyCover(db, { vault, userId }, clock()), 200);
    })
    .openapi(routes.certificate, async (c) =>
      c.json(await getCertificate(db, vault, c.req.valid('param').code, clock()), 200),
    )
    .openapi(routes.qrCode, async (c) => {
      const { code } = await getCertificate(db, vault, c.req.valid('param').code, clock());
      const svg = await certificateQrCode(deps.publicUrl ?? new URL(c.req.url).origin, code);
      return c.body(svg, 200, { 'content-type': 'image/svg+xml' });
    });
}
