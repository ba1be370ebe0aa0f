import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

const preflight = cors({ origin: '*', allowMethods: ['GET'] });

/** What anybody's page may read: facts about the city. Everything else is for our own pages. */
const OPEN = /^\/api\/(sites|jurisdictions|city|health|openapi\.json|docs)(\/|$)/;

/**
 * Lets pages from anywhere read what is answered. Hono's own `cors` sets its headers before a handler answers; Hono then
 * copies the answer through a stream, which costs ten times what the nearest query does. So it only answers preflights.
 */
export const openToAll: MiddlewareHandler = async (c, next) => {
  if (!OPEN.test(c.req.path)) return next();
  if (c.req.method === 'OPTIONS') return preflight(c, next);
  await next();
  c.res.headers.set('access-control-allow-origin', '*');
  c.res.headers.set('access-control-expose-headers', 'etag');
};
