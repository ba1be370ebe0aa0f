import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Actor } from '#domain/accounts/roles.ts';

/**
 * A route for people who are signed in: who sends a request, and whether they may, is found out before anything that
 * was sent along is looked at, so that a stranger is not told what a valid request looks like. The handler finds them
 * as `c.var.actor`. Only the route itself has this layer.
 */
export function signedInRoute<Route extends RouteConfig>(route: Route, findOut: (c: Context) => Promise<Actor>) {
  const middleware = createMiddleware<{ Variables: { actor: Actor } }>(async (c, next) => {
    c.set('actor', await findOut(c));
    await next();
  });
  return createRoute({ ...route, middleware });
}
