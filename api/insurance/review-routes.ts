import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type Action, mayEver } from '#domain/accounts/permissions.ts';
import { Fairness, PublicFairness } from '#domain/insurance/fairness-contract.ts';
import { DrawSample, RecordReview, SampleRow, SampleView } from '#domain/insurance/review-contract.ts';
import { Day } from '#domain/places/site.ts';
import { addDays, dayNumber, shanghaiDay } from '#domain/time/shanghai.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { Problem, type ProblemCode, problemResponses, refuseField } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { limitRate } from '../http/rate-limit.ts';
import { createOfficeWriter } from '../places/office-writer.ts';
import type { InsuranceDependencies } from './dependencies.ts';
import { drawClaimSample } from './draw-sample.ts';
import { getFairness } from './get-fairness.ts';
import { getPublicFairness } from './get-public-fairness.ts';
import { getSample, listSamples } from './list-samples.ts';
import { recordReview } from './record-review.ts';

const idParam = z.object({ id: z.uuid() });
const itemParam = z.object({ id: z.uuid(), claimId: z.uuid() });
const periodQuery = z.object({ from: Day.optional(), to: Day.optional() });
const DEFAULT_DAYS = 90;
const MAX_DAYS = 1100;

const READ = ['invalid_request', 'not_signed_in', 'not_allowed'] as const satisfies readonly ProblemCode[];
const WRITE = [...READ, 'broken_json', 'too_many_requests'] as const satisfies readonly ProblemCode[];

const routes = {
  draw: createRoute({
    method: 'post',
    path: '/office/reviews',
    summary: 'Draw a sample of decided claims for a second look',
    description: 'By seed: the same seed, size, share and days give the same claims again. Idempotent by the id.',
    request: { body: jsonBody(DrawSample) },
    responses: {
      201: jsonAnswer(SampleView, 'drawn'),
      200: jsonAnswer(SampleView, 'was drawn before'),
      ...problemResponses(...WRITE, 'day_to_come', 'nothing_to_review', 'id_taken'),
    },
  }),
  list: createRoute({
    method: 'get',
    path: '/office/reviews',
    summary: 'Every sample and how far it is',
    responses: {
      200: jsonAnswer(z.object({ samples: z.array(SampleRow) }), 'the newest first'),
      ...problemResponses(...READ),
    },
  }),
  one: createRoute({
    method: 'get',
    path: '/office/reviews/{id}',
    summary: 'One sample with its claims, drawn again to see that it is the same',
    request: { params: idParam },
    responses: { 200: jsonAnswer(SampleView, 'the sample'), ...problemResponses(...READ, 'sample_not_found') },
  }),
  record: createRoute({
    method: 'post',
    path: '/office/reviews/{id}/{claimId}',
    summary: 'Say what a second look at a claim has found',
    description: 'By an assessor who took no part in its decision. Once; it is never altered.',
    request: { params: itemParam, body: jsonBody(RecordReview) },
    responses: {
      201: jsonAnswer(SampleView, 'the sample as it stands'),
      ...problemResponses(
        ...WRITE,
        'sample_not_found',
        'claim_not_found',
        'four_eyes',
        'already_decided',
        'id_taken',
        'person_erased',
      ),
    },
  }),
  fairness: createRoute({
    method: 'get',
    path: '/office/fairness',
    summary: 'Times per step and office, outcomes, declines by reason, appeals and second looks',
    description: `From one day to another, both included; without them the last ${DEFAULT_DAYS} days.`,
    request: { query: periodQuery },
    responses: { 200: jsonAnswer(Fairness, 'counts, nobody named'), ...problemResponses(...READ) },
  }),
  open: createRoute({
    method: 'get',
    path: '/fairness',
    summary: 'The same for everybody: a finished quarter, small counts hidden',
    request: {
      query: z.object({
        quarter: z
          .string()
          .regex(/^20\d\d-Q[1-4]$/, 'must be a quarter such as 2026-Q3')
          .optional(),
      }),
    },
    responses: {
      200: jsonAnswer(PublicFairness, 'counts; null is hidden'),
      ...problemResponses('invalid_request', 'too_many_requests'),
    },
  }),
};

const MINUTE_MS = 60_000;

/** Second looks at claims, and how fair it all was. */
export function reviewRoutes({
  connection,
  vault,
  findActor,
  clock,
  trustedProxies,
}: Pick<InsuranceDependencies, 'connection' | 'vault' | 'findActor' | 'clock' | 'trustedProxies'>): OpenAPIHono {
  const { db } = connection;
  const writer = createOfficeWriter(findActor, clock);
  const mayWrite = (action: Action) => (c: Context) => writer(c, action);
  const mayDo = (action: Action) => (c: Context) => requireActor(c, findActor, action);
  /** Supervisors see every sample, assessors too, for they review it. */
  async function requireReader(c: Context) {
    const actor = await requireActor(c, findActor, 'claim.view');
    if (!mayEver(actor, 'claim.supervise') && !mayEver(actor, 'claim.review')) {
      throw new Problem('not_allowed', 'None of your roles may do this (claim.supervise or claim.review).');
    }
    return actor;
  }
  function periodOf({ from, to }: z.infer<typeof periodQuery>) {
    const last = to ?? shanghaiDay(clock());
    const first = from ?? addDays(last, 1 - DEFAULT_DAYS);
    const days = dayNumber(last) - dayNumber(first);
    if (days < 0 || days > MAX_DAYS) {
      throw refuseField('invalid_request', 'from', `from: must lie before to, at most ${MAX_DAYS} days`);
    }
    return { from: first, to: last };
  }

  const api = createApi();
  api.use('/fairness', limitRate({ windowMs: MINUTE_MS, max: 120 }, clock, trustedProxies));

  return api
    .openapi(signedInRoute(routes.draw, mayWrite('claim.supervise')), async (c) => {
      const { actor } = c.var;
      const input = c.req.valid('json');
      const isNew = await drawClaimSample(db, actor, input, clock());
      const view = await getSample({ db, vault }, actor, input.id);
      return isNew ? c.json(view, 201) : c.json(view, 200);
    })
    .openapi(signedInRoute(routes.list, requireReader), async (c) => {
      return c.json({ samples: await listSamples(db) }, 200);
    })
    .openapi(signedInRoute(routes.one, requireReader), async (c) => {
      const { actor } = c.var;
      return c.json(await getSample({ db, vault }, actor, c.req.valid('param').id), 200);
    })
    .openapi(signedInRoute(routes.record, mayWrite('claim.review')), async (c) => {
      const { actor } = c.var;
      const { id: sampleId, claimId } = c.req.valid('param');
      await recordReview({ db, vault }, actor, { sampleId, claimId }, c.req.valid('json'), clock());
      return c.json(await getSample({ db, vault }, actor, sampleId), 201);
    })
    .openapi(signedInRoute(routes.fairness, mayDo('claim.supervise')), async (c) => {
      return c.json(await getFairness(db, periodOf(c.req.valid('query'))), 200);
    })
    .openapi(routes.open, async (c) =>
      c.json(await getPublicFairness(db, c.req.valid('query').quarter, clock()), 200, {
        'cache-control': 'public, max-age=3600',
      }),
    );
}
