import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { createApi } from '../../http/create-api.ts';
import { Problem } from '../../http/problem.ts';
import { requestTokens, REQUEST_TOKEN_HEADER } from '../request-tokens.ts';
import { addAgreementRoutes } from './agreement-routes.ts';
import type { Doors, MediationDependencies } from './dependencies.ts';
import { requirePartaker, type SessionLooker } from './find-partaker.ts';
import { SESSION_TOKEN_HEADER, sessionTokens } from './join-session.ts';
import { addSessionRoutes } from './session-routes.ts';

/** Instant mediation (中): sessions, what is said in them, offers, settlements. */
export function mediationRoutes(deps: MediationDependencies): OpenAPIHono {
  const { connection, vault, findActor, clock } = deps;
  const ofRequests = requestTokens(vault, clock);
  const ofSessions = sessionTokens(vault, clock);

  async function requireLooker(c: Context): Promise<SessionLooker> {
    const link = c.req.header(SESSION_TOKEN_HEADER);
    if (link !== undefined) return { link: ofSessions.read(link) };
    const token = c.req.header(REQUEST_TOKEN_HEADER);
    if (token !== undefined) return { holderOf: ofRequests.read(token) };
    const actor = await findActor(c.req.raw.headers);
    if (!actor) throw new Problem('not_signed_in', 'Sign in, or use your code or the link that you got.');
    return { actor };
  }

  const doors: Doors = {
    requireLooker,
    requirePartakerOf: async (c, sessionId) =>
      requirePartaker(connection.db, await requireLooker(c), sessionId.toLowerCase()),
  };
  const api = createApi();
  addSessionRoutes(api, deps, doors);
  addAgreementRoutes(api, deps, doors);
  return api;
}
