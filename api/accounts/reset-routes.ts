import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { problemResponses } from '../http/problem.ts';
import { clientAddress } from '../http/rate-limit.ts';
import type { Accounts } from './accounts.ts';
import * as contract from './auth-contract.ts';
import { lookAtPasswordReset, usePasswordReset } from './use-password-reset.ts';

const problems = problemResponses('invalid_request', 'broken_json', 'too_many_requests', 'foreign_page', 'reset_void');

const routes = {
  look: createRoute({
    method: 'post',
    path: '/auth/reset/look',
    summary: 'Whose password a one-time link changes',
    request: { body: jsonBody(contract.LookAtReset) },
    responses: { 200: jsonAnswer(contract.ResetView), ...problems },
  }),
  use: createRoute({
    method: 'post',
    path: '/auth/reset/use',
    summary: 'Set a new password by a one-time link; every session ends, nobody is signed in',
    request: { body: jsonBody(contract.UseReset) },
    responses: {
      200: jsonAnswer(contract.Done),
      ...problems,
      ...problemResponses('reset_void', 'person_not_found', 'demo_account', 'foreign_page'),
    },
  }),
};

/** What the holder of a one-time link does with it. The link is the only proof of who they are. */
export function resetRoutes(accounts: Accounts): OpenAPIHono {
  const { limits, devices, clock, trustedProxies } = accounts;
  const countTry = (c: Context) =>
    limits.assert('use_reset', { device: devices.deviceOf(c), address: clientAddress(c, trustedProxies) });

  return createApi()
    .openapi(routes.look, async (c) => {
      await countTry(c);
      return c.json(await lookAtPasswordReset(accounts, c.req.valid('json').token), 200);
    })
    .openapi(routes.use, async (c) => {
      await countTry(c);
      await usePasswordReset(accounts, c.req.valid('json'), clock());
      return c.json({ status: true as const }, 200);
    });
}
