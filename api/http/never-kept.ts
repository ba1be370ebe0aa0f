import type { MiddlewareHandler } from 'hono';

/** For answers about people: no cache keeps them, neither the browser's nor one in between. */
export const neverKept: MiddlewareHandler = async (c, next) => {
  c.header('cache-control', 'no-store');
  await next();
};
