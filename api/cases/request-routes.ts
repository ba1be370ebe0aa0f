import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { eq } from 'drizzle-orm';
import { REQUEST_KINDS } from '#domain/cases/request.ts';
import {
  ActOnRequest,
  RequestPage,
  RequestRow,
  RequestView,
  SimilarRequests,
  SubmitRequest,
} from '#domain/cases/request-contract.ts';
import { mayEver } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { requests } from '../../db/tables/cases.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { type ProblemCode, Problem, problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { clientAddress } from '../http/rate-limit.ts';
import { actOnRequest, requestNotFound } from './act-on-request.ts';
import type { CasesDependencies } from './dependencies.ts';
import { findSimilar } from './find-similar.ts';
import { listMyRequests, listOfficeRequests, officeRequestsQuery } from './list-requests.ts';
import { lookAtRequest } from './look-at-request.ts';
import { REQUEST_TOKEN_HEADER, requestTokens } from './request-tokens.ts';
import { submitRequest } from './submit-request.ts';
import type { Looker } from './view-request.ts';

const idParam = z.object({ id: z.uuid() });

const ANY_BODY = [
  'invalid_request',
  'broken_json',
  'body_too_large',
  'unsupported_media_type',
  'too_many_requests',
] as const satisfies readonly ProblemCode[];
const ANY_WRITE = [...ANY_BODY, 'not_signed_in'] as const satisfies readonly ProblemCode[];

const Retrieve = z.strictObject({ number: z.string().trim().max(40), code: z.string().trim().max(40) });
const Retrieved = z.object({ id: z.uuid(), token: z.string(), expiresAt: z.iso.datetime() });

const routes = {
  submit: createRoute({
    method: 'post',
    path: '/requests',
    summary: 'Ask for help, complain, or ask for advice',
    description:
      'Idempotent by the id. Without a sign-in only anonymously: then the request is found again by the code that the phone made.',
    request: { body: jsonBody(SubmitRequest) },
    responses: {
      200: jsonAnswer(RequestView, 'stored before'),
      201: jsonAnswer(RequestView, 'stored'),
      ...problemResponses(...ANY_WRITE, 'not_allowed', 'consent_missing', 'no_such_reference', 'id_taken'),
    },
  }),
  similar: createRoute({
    method: 'get',
    path: '/requests/similar',
    summary: 'How many ask the same of the same respondent',
    request: {
      query: z.object({
        kind: z.enum(REQUEST_KINDS),
        respondentId: z.string().max(60).optional(),
        respondentName: z.string().max(100).optional(),
        districtCode: z
          .string()
          .regex(/^\d{6}$/)
          .optional(),
      }),
    },
    responses: {
      200: jsonAnswer(SimilarRequests, 'null where the number is too small to be told'),
      ...problemResponses('invalid_request', 'too_many_requests'),
    },
  }),
  retrieve: createRoute({
    method: 'post',
    path: '/requests/retrieve',
    summary: 'Follow an anonymous request by its number and code',
    description: `Answers a token for half an hour, to be sent as the header ${REQUEST_TOKEN_HEADER}.`,
    request: { body: jsonBody(Retrieve) },
    responses: {
      200: jsonAnswer(Retrieved, 'the token'),
      ...problemResponses(...ANY_BODY, 'request_not_found'),
    },
  }),
  view: createRoute({
    method: 'get',
    path: '/requests/{id}',
    summary: 'A request as its viewer may see it',
    request: { params: idParam },
    responses: {
      200: jsonAnswer(RequestView, 'what is not the viewer’s is null'),
      ...problemResponses('invalid_request', 'not_signed_in', 'request_not_found'),
    },
  }),
  act: createRoute({
    method: 'post',
    path: '/requests/{id}/actions',
    summary: 'Move a request on, by the table of 前中后',
    request: { params: idParam, body: jsonBody(ActOnRequest) },
    responses: {
      200: jsonAnswer(RequestView, 'as it stands now'),
      ...problemResponses(
        ...ANY_WRITE,
        'not_allowed',
        'request_not_found',
        'request_state',
        'changed_meanwhile',
        'no_such_reference',
      ),
    },
  }),
  mine: createRoute({
    method: 'get',
    path: '/me/requests',
    summary: 'What I asked for, newest first',
    responses: {
      200: jsonAnswer(z.object({ rows: z.array(RequestRow) }), 'at most 200'),
      ...problemResponses('not_signed_in'),
    },
  }),
  office: createRoute({
    method: 'get',
    path: '/office/requests',
    summary: 'The requests that an office, a mediator, a receiver or a respondent has',
    request: { query: officeRequestsQuery },
    responses: {
      200: jsonAnswer(RequestPage, 'what is due first comes first'),
      ...problemResponses('invalid_request', 'not_signed_in', 'not_allowed'),
    },
  }),
};

/** Requests of 前中后: asking, following, moving on. */
export function requestRoutes(deps: CasesDependencies): OpenAPIHono {
  const { connection, vault, findActor, limits, devices, clock, trustedProxies } = deps;
  const { db } = connection;
  const tokens = requestTokens(vault, clock);

  async function requireLooker(c: Context): Promise<Looker> {
    const token = c.req.header(REQUEST_TOKEN_HEADER);
    if (token !== undefined) return { holderOf: tokens.read(token) };
    const actor = await findActor(c.req.raw.headers);
    if (!actor) throw new Problem('not_signed_in', 'Sign in, or give the number and the code of your request.');
    return { actor };
  }

  async function requireWorker(c: Context): Promise<Actor> {
    const actor = await requireActor(c, findActor, 'case.own');
    const rights = ['case.triage', 'case.mediate', 'case.receive', 'case.respond', 'case.supervise'] as const;
    if (rights.some((right) => mayEver(actor, right))) return actor;
    throw new Problem('not_allowed', 'None of your roles has requests to work with.');
  }

  const subjects = (c: Context) => ({ device: devices.deviceOf(c), address: clientAddress(c, trustedProxies) });

  return createApi()
    .openapi(routes.submit, async (c) => {
      const request = c.req.valid('json');
      const actor = await findActor(c.req.raw.headers);
      if (request.onBehalf && !(actor && mayEver(actor, 'case.intake'))) {
        throw new Problem('not_allowed', 'Only an intake window writes a request for somebody else.');
      }
      await limits.assert('submit_request', request.onBehalf ? {} : subjects(c));
      const nowMs = clock();
      const { id, isNew } = await submitRequest(deps, actor, request, nowMs);
      // Whoever has just sent it may see it, whichever way they will look at it later.
      const looker: Looker =
        actor && !request.onBehalf && request.naming !== 'anonymous' ? { actor } : { holderOf: id };
      return c.json(await lookAtRequest(deps, looker, id, nowMs), isNew ? 201 : 200);
    })
    .openapi(routes.similar, async (c) => {
      await limits.assert('look_at_similar', subjects(c));
      return c.json(await findSimilar(db, c.req.valid('query'), clock()), 200);
    })
    .openapi(routes.retrieve, async (c) => {
      const { number, code } = c.req.valid('json');
      await limits.assert('retrieve_request', { name: number.toUpperCase(), ...subjects(c) });
      const lookup = vault.lookupOf('request_code', code.toUpperCase());
      const [row] = await db
        .select({ id: requests.id, number: requests.number })
        .from(requests)
        .where(eq(requests.retrievalLookup, lookup));
      if (row?.number !== number.toUpperCase()) throw requestNotFound();
      return c.json(tokens.make(row.id), 200);
    })
    .openapi(routes.view, async (c) => {
      const looker = await requireLooker(c);
      return c.json(await lookAtRequest(deps, looker, c.req.valid('param').id, clock()), 200);
    })
    .openapi(routes.act, async (c) => {
      const looker = await requireLooker(c);
      const { id } = c.req.valid('param');
      return c.json(await actOnRequest(deps, looker, id, c.req.valid('json'), clock()), 200);
    })
    .openapi(
      signedInRoute(routes.mine, (c) => requireActor(c, findActor, 'case.own')),
      async (c) => {
        return c.json({ rows: await listMyRequests(db, c.var.actor) }, 200);
      },
    )
    .openapi(signedInRoute(routes.office, requireWorker), async (c) => {
      const { actor } = c.var;
      return c.json(await listOfficeRequests(db, actor, c.req.valid('query'), clock()), 200);
    });
}
