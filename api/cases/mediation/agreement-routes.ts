import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  AnswerOffer,
  AskSettlementCode,
  ConfirmSettlement,
  ConsentToExtend,
  EndSession,
  MakeOffer,
  ProposeSettlement,
  ReportPerformance,
  SessionView,
} from '#domain/cases/mediation/session-contract.ts';
import { jsonAnswer, jsonBody } from '../../http/json-content.ts';
import { type ProblemCode, problemResponses } from '../../http/problem.ts';
import { askSettlementCode, confirmSettlement } from './confirm-settlement.ts';
import type { Doors, MediationDependencies } from './dependencies.ts';
import { consentToExtend, endUnsettled, extendMediation } from './end-session.ts';
import { requireMediator } from './find-partaker.ts';
import { answerOpenOffer, makeOffer } from './make-offer.ts';
import { proposeSettlement } from './propose-settlement.ts';
import { reportSettlementPerformance } from './report-performance.ts';
import { SESSION_WRITE } from './session-routes.ts';
import { viewSession } from './view-session.ts';

const idParam = z.object({ id: z.uuid() });
const versionParam = idParam.extend({ version: z.coerce.number().int().min(1).max(100_000) });
const CodeSent = z.object({ sentTo: z.string(), expiresAt: z.iso.datetime() });

/** A write that answers the session as it stands then. */
function route<P extends z.ZodObject, B extends z.ZodType>(
  path: string,
  summary: string,
  params: P,
  body: B,
  ...codes: ProblemCode[]
) {
  return createRoute({
    method: 'post',
    path,
    summary,
    request: { params, body: jsonBody(body) },
    responses: {
      200: jsonAnswer(SessionView, 'as it stands now'),
      ...problemResponses(...SESSION_WRITE, ...codes),
    },
  });
}

const routes = {
  offer: route('/sessions/{id}/offers', 'Make an offer or a counter-offer', idParam, MakeOffer),
  answer: route(
    '/sessions/{id}/offers/{version}/answer',
    'Accept or reject the other side’s open offer',
    versionParam,
    AnswerOffer,
  ),
  settlement: route(
    '/sessions/{id}/settlements',
    'Lay a settlement before both sides; it takes the place of the one before',
    idParam,
    ProposeSettlement,
  ),
  code: createRoute({
    method: 'post',
    path: '/sessions/{id}/settlements/{version}/code',
    summary: 'Have the code sent that confirms exactly this text, to one’s own phone',
    request: { params: versionParam, body: jsonBody(AskSettlementCode) },
    responses: {
      200: jsonAnswer(CodeSent, 'sent'),
      ...problemResponses(...SESSION_WRITE, 'settlement_changed', 'message_not_sent'),
    },
  }),
  confirm: route(
    '/sessions/{id}/settlements/{version}/confirm',
    'Confirm a settlement by the code; the second confirmation settles the request',
    versionParam,
    ConfirmSettlement,
    'code_wrong',
    'settlement_changed',
    'request_state',
  ),
  performance: route(
    '/sessions/{id}/settlements/{version}/performance',
    'Report whether it was paid; what is received concludes the request',
    versionParam,
    ReportPerformance,
    'request_state',
  ),
  consent: route('/sessions/{id}/consents', 'Agree to fifteen more days', idParam, ConsentToExtend),
  extend: route(
    '/sessions/{id}/extend',
    'Extend the time, when both sides agreed',
    idParam,
    z.strictObject({}),
    'request_state',
  ),
  end: route('/sessions/{id}/end', 'End without a settlement', idParam, EndSession, 'request_state'),
};

export function addAgreementRoutes(api: OpenAPIHono, deps: MediationDependencies, { requirePartakerOf }: Doors): void {
  const { clock, limits } = deps;
  const limited = async (c: Context, id: string) => {
    const partaker = await requirePartakerOf(c, id);
    await limits.assert('session_message', { name: `${partaker.session.id} ${partaker.party}` });
    return partaker;
  };
  const mediating = async (c: Context, id: string) => {
    const partaker = await limited(c, id);
    requireMediator(partaker);
    return partaker;
  };
  const standing = async (c: Context, id: string) => viewSession(deps, await requirePartakerOf(c, id));

  api
    .openapi(routes.offer, async (c) => {
      const { id } = c.req.valid('param');
      await makeOffer(deps, await limited(c, id), c.req.valid('json'), clock());
      return c.json(await standing(c, id), 200);
    })
    .openapi(routes.answer, async (c) => {
      const { id, version } = c.req.valid('param');
      await answerOpenOffer(deps, await limited(c, id), version, c.req.valid('json'), clock());
      return c.json(await standing(c, id), 200);
    })
    .openapi(routes.settlement, async (c) => {
      const { id } = c.req.valid('param');
      await proposeSettlement(deps, await mediating(c, id), c.req.valid('json'), clock());
      return c.json(await standing(c, id), 200);
    })
    .openapi(routes.code, async (c) => {
      const { id, version } = c.req.valid('param');
      return c.json(await askSettlementCode(deps, await limited(c, id), version, c.req.valid('json')), 200);
    })
    .openapi(routes.confirm, async (c) => {
      const { id, version } = c.req.valid('param');
      await confirmSettlement(deps, await limited(c, id), version, c.req.valid('json'), clock());
      return c.json(await standing(c, id), 200);
    })
    .openapi(routes.performance, async (c) => {
      const { id, version } = c.req.valid('param');
      await reportSettlementPerformance(deps, await limited(c, id), version, c.req.valid('json'), clock());
      return c.json(await standing(c, id), 200);
    })
    .openapi(routes.consent, async (c) => {
      const { id } = c.req.valid('param');
      await consentToExtend(deps, await limited(c, id), c.req.valid('json'), clock());
      return c.json(await standing(c, id), 200);
    })
    .openapi(routes.extend, async (c) => {
      const { id } = c.req.valid('param');
      await extendMediation(deps, await mediating(c, id), clock());
      return c.json(await standing(c, id), 200);
    })
    .openapi(routes.end, async (c) => {
      const { id } = c.req.valid('param');
      await endUnsettled(deps, await mediating(c, id), c.req.valid('json'), clock());
      return c.json(await standing(c, id), 200);
    });
}
