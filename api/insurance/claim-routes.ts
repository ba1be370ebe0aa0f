import type { Action } from '#domain/accounts/permissions.ts';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  ActOnClaim,
  AssessedLine,
  CalculationStep,
  ClaimPage,
  ClaimView,
  SubmitClaim,
  WaitingClaims,
} from '#domain/insurance/claim-contract.ts';
import { BENEFIT_KINDS } from '#domain/insurance/policy-terms.ts';
import { createSiteOpenings } from '#domain/places/site-opening.ts';
import { compileHolidays, type HolidayCalendar } from '#domain/time/holidays.ts';
import { assertMayEver, requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { describeError } from '../http/describe-error.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { neverKept } from '../http/never-kept.ts';
import { type ProblemCode, problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { limitRate } from '../http/rate-limit.ts';
import { createOfficeWriter } from '../places/office-writer.ts';
import { nearestQuery } from '../places/query-params.ts';
import { actOnClaim } from './act-on-claim.ts';
import { calculateClaim } from './calculate-claim.ts';
import { sendClaimMessages } from './claim-messenger.ts';
import type { InsuranceDependencies } from './dependencies.ts';
import { claimQueueQuery, listMyClaims, listOfficeClaims, listWaitingClaims } from './list-claims.ts';
import { nearestOffices, officesOfStreet, ReceivingOffices } from './nearest-offices.ts';
import { openClaim } from './open-claim.ts';
import { submitClaim } from './submit-claim.ts';

export type ClaimDependencies = InsuranceDependencies & {
  calendar: HolidayCalendar;
};

const idParam = z.object({ id: z.uuid() });
const { lng, lat, mode, limit } = nearestQuery.shape;
const officesQuery = z
  .object({
    street: z
      .string()
      .regex(/^\d{6}(\d{3})?$/, 'must be the 9 digits of a street or the 6 digits of a district')
      .optional(),
    lng: lng.optional(),
    lat: lat.optional(),
    mode,
    limit,
  })
  .refine((query) => query.street !== undefined || (query.lng !== undefined && query.lat !== undefined), {
    message: 'say where: street, or lng and lat',
  });

const Calculated = z.object({
  lines: z.array(
    z.object({ id: z.uuid(), kind: z.enum(BENEFIT_KINDS), amountFen: z.int(), steps: z.array(CalculationStep) }),
  ),
  totalFen: z.int(),
  limitFen: z.int(),
  /** What other claims of the cover leave of its limit. */
  remainingFen: z.int(),
});

const READ = ['invalid_request', 'not_signed_in', 'not_allowed'] as const satisfies readonly ProblemCode[];
const WRITE = [
  ...READ,
  'broken_json',
  'body_too_large',
  'unsupported_media_type',
  'too_many_requests',
  'no_such_office',
  'person_erased',
  'id_taken',
] as const satisfies readonly ProblemCode[];

const routes = {
  submit: createRoute({
    method: 'post',
    path: '/claims',
    summary: 'Report an accident, for oneself or at a counter for somebody else',
    description:
      'Idempotent: a report sent again under its id stores nothing and answers 200. `cover: null` in the answer says that the day was not covered: the claim is kept all the same, `coveredDays` says which days around it were and `advice` what can still be done. With `report: false` it is a draft, which its writer may send again.',
    request: { body: jsonBody(SubmitClaim) },
    responses: {
      201: jsonAnswer(ClaimView, 'stored'),
      200: jsonAnswer(ClaimView, 'was stored before'),
      ...problemResponses(...WRITE, 'consent_missing', 'id_number_held', 'id_number_other', 'untimely_accident'),
    },
  }),
  one: createRoute({
    method: 'get',
    path: '/claims/{id}',
    summary: 'One claim, for its claimant and for who handles it',
    description: 'Masked for everybody but the claimant. What staff open is in the audit trail.',
    request: { params: idParam },
    responses: { 200: jsonAnswer(ClaimView, 'as it stands'), ...problemResponses(...READ, 'claim_not_found') },
  }),
  act: createRoute({
    method: 'post',
    path: '/claims/{id}/actions',
    summary: 'Take a step of the lifecycle',
    description:
      '`version` is the one that was seen. When somebody has acted meanwhile the answer is 412 with the claim as it stands in `current`.',
    request: { params: idParam, body: jsonBody(ActOnClaim) },
    responses: {
      200: jsonAnswer(ClaimView, 'as it stands then'),
      ...problemResponses(
        ...WRITE,
        'claim_not_found',
        'changed_meanwhile',
        'claim_state',
        'claim_incomplete',
        'four_eyes',
        'appeal_over',
        'cover_used_up',
      ),
    },
  }),
  calculate: createRoute({
    method: 'post',
    path: '/claims/{id}/calculate',
    summary: 'Work out what lines would come to, without storing it',
    request: {
      params: idParam,
      body: jsonBody(z.strictObject({ lines: z.array(AssessedLine).max(20) })),
    },
    responses: {
      200: jsonAnswer(Calculated, 'every step with its clause'),
      ...problemResponses(...READ, 'broken_json', 'claim_not_found', 'id_taken'),
    },
  }),
  mine: createRoute({
    method: 'get',
    path: '/me/claims',
    summary: 'My claims, the newest first',
    responses: { 200: jsonAnswer(ClaimPage, 'the newest 200'), ...problemResponses(...READ) },
  }),
  queue: createRoute({
    method: 'get',
    path: '/office/claims',
    summary: 'The claims of an office, by when they must move on',
    request: { query: claimQueueQuery },
    responses: { 200: jsonAnswer(ClaimPage, 'a page'), ...problemResponses(...READ) },
  }),
  waiting: createRoute({
    method: 'get',
    path: '/office/claims/waiting',
    summary: 'What waits for a step of mine: a panel of the workbench',
    responses: {
      200: jsonAnswer(WaitingClaims, 'the most urgent 20, and how many there are'),
      ...problemResponses(...READ),
    },
  }),
  offices: createRoute({
    method: 'get',
    path: '/receiving-offices',
    summary: 'Where a claim can be handed in: the nearest reachable offices, or those of a street',
    description: 'With `street` (or a district), or with `lng`, `lat` and optionally `mode` and `limit`.',
    request: { query: officesQuery },
    responses: {
      200: jsonAnswer(ReceivingOffices, 'nearest first, or in the order of the streets'),
      ...problemResponses('invalid_request', 'outside_city', 'too_many_requests'),
    },
  }),
};

const MINUTE_MS = 60_000;

const keptNowhere = (c: Context) => c.header('cache-control', 'private, no-store');

/** Claims, from the first report to the last payment. */
export function claimRoutes(deps: ClaimDependencies): OpenAPIHono {
  const { connection, vault, findActor, sendMessage, clock, log } = deps;
  const { db } = connection;
  const verbs = { db, vault, files: deps.files };
  const writer = createOfficeWriter(findActor, clock);
  const mayWrite = (action: Action) => (c: Context) => writer(c, action);
  const mayDo = (action: Action) => (c: Context) => requireActor(c, findActor, action);
  const ground = { ...deps, siteOpening: createSiteOpenings(compileHolidays(deps.calendar)) };
  /** What a step tells the claimant goes out behind the answer; what fails is tried again by housekeeping. */
  const tellClaimants = () => {
    void sendClaimMessages({ db, vault, sendMessage }, clock()).catch((error: unknown) =>
      log(`messages about claims wait: ${describeError(error)}`),
    );
  };

  const api = createApi();
  for (const path of ['/claims', '/claims/*']) api.use(path, neverKept);
  api.use('/receiving-offices', limitRate({ windowMs: MINUTE_MS, max: 600 }, clock, deps.trustedProxies));

  return api
    .openapi(signedInRoute(routes.submit, mayWrite('claim.own')), async (c) => {
      const { actor } = c.var;
      const input = c.req.valid('json');
      if (input.onBehalf) assertMayEver(actor, 'claim.receive');
      const { isNew } = await submitClaim(verbs, actor, input, clock());
      tellClaimants();
      const view = await openClaim(verbs, actor, input.id, clock());
      keptNowhere(c);
      return isNew ? c.json(view, 201) : c.json(view, 200);
    })
    .openapi(signedInRoute(routes.one, mayDo('claim.own')), async (c) => {
      const { actor } = c.var;
      const view = await openClaim(verbs, actor, c.req.valid('param').id, clock());
      keptNowhere(c);
      return c.json(view, 200);
    })
    .openapi(signedInRoute(routes.act, mayWrite('claim.own')), async (c) => {
      const { actor } = c.var;
      const { id } = c.req.valid('param');
      await actOnClaim(verbs, actor, id, c.req.valid('json'), clock());
      tellClaimants();
      keptNowhere(c);
      return c.json(await openClaim(verbs, actor, id, clock()), 200);
    })
    .openapi(signedInRoute(routes.calculate, mayDo('claim.view')), async (c) => {
      const { actor } = c.var;
      const calculation = await calculateClaim(db, actor, c.req.valid('param').id, c.req.valid('json').lines);
      keptNowhere(c);
      return c.json(calculation, 200);
    })
    .openapi(signedInRoute(routes.mine, mayDo('claim.own')), async (c) => {
      const { actor } = c.var;
      keptNowhere(c);
      return c.json(await listMyClaims(verbs, actor, clock()), 200);
    })
    .openapi(signedInRoute(routes.queue, mayDo('claim.view')), async (c) => {
      const { actor } = c.var;
      keptNowhere(c);
      return c.json(await listOfficeClaims(verbs, actor, c.req.valid('query'), clock()), 200);
    })
    .openapi(signedInRoute(routes.waiting, mayDo('claim.view')), async (c) => {
      const { actor } = c.var;
      keptNowhere(c);
      return c.json(await listWaitingClaims(verbs, actor, clock()), 200);
    })
    .openapi(routes.offices, async (c) => {
      const { street, lng: east, lat: north, ...query } = c.req.valid('query');
      if (street !== undefined) return c.json(await officesOfStreet(db, street), 200);
      const from = { lng: east!, lat: north! };
      return c.json(nearestOffices(ground, { ...query, from, atMs: clock() }), 200);
    });
}
