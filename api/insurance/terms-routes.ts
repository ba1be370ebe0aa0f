import type { Action } from '#domain/accounts/permissions.ts';
import type { Context } from 'hono';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { Day } from '#domain/places/site.ts';
import { PolicyTerms, ReplaceTerms, TermsVersions } from '#domain/insurance/policy-terms-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import type { InsuranceDependencies } from './dependencies.ts';
import { getTermsForDay, listTermsVersions } from './find-terms.ts';
import { replaceTerms } from './replace-terms.ts';

const routes = {
  get: createRoute({
    method: 'get',
    path: '/policy-terms',
    summary: 'What 益鹭保 promises and asks for',
    description: 'The terms of a covered day, today unless `day` names another. Each figure says how sure it is.',
    request: { query: z.object({ day: Day.optional() }) },
    responses: { 200: jsonAnswer(PolicyTerms, 'the terms'), ...problemResponses('invalid_request', 'terms_not_found') },
  }),
  list: createRoute({
    method: 'get',
    path: '/office/policy-terms',
    summary: 'Every version of the policy terms',
    responses: {
      200: jsonAnswer(TermsVersions, 'the first to begin first'),
      ...problemResponses('not_signed_in', 'not_allowed'),
    },
  }),
  replace: createRoute({
    method: 'put',
    path: '/office/policy-terms',
    summary: 'Put a new version of the policy terms in force',
    description: 'Versions are never changed, and none begins before tomorrow. The same document again answers 200.',
    request: { body: jsonBody(ReplaceTerms) },
    responses: {
      201: jsonAnswer(PolicyTerms, 'stored'),
      200: jsonAnswer(PolicyTerms, 'was stored before'),
      ...problemResponses(
        'invalid_request',
        'broken_json',
        'not_signed_in',
        'not_allowed',
        'id_taken',
        'terms_not_usable',
        'no_such_reference',
      ),
    },
  }),
};

/** The policy terms: read by everybody, replaced by administrators. */
export function termsRoutes({ connection, findActor, clock }: InsuranceDependencies): OpenAPIHono {
  const { db } = connection;
  const mayDo = (action: Action) => (c: Context) => requireActor(c, findActor, action);
  return createApi()
    .openapi(routes.get, async (c) => {
      const { day } = c.req.valid('query');
      const terms = await getTermsForDay(db, day ?? shanghaiDay(clock()));
      return c.json(terms, 200);
    })
    .openapi(signedInRoute(routes.list, mayDo('terms.replace')), async (c) => {
      const versions = await listTermsVersions(db);
      return c.json(
        {
          versions: versions.map(({ createdAtMs, ...rest }) => ({
            ...rest,
            createdAt: new Date(createdAtMs).toISOString(),
          })),
        },
        200,
      );
    })
    .openapi(signedInRoute(routes.replace, mayDo('terms.replace')), async (c) => {
      const { actor } = c.var;
      const input = c.req.valid('json');
      const isNew = await replaceTerms(db, actor, input, clock());
      return isNew ? c.json(input.terms, 201) : c.json(input.terms, 200);
    });
}
