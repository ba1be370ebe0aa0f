import type { MiddlewareHandler } from 'hono';
import { Problem } from './problem.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what changes something when a page of another origin sends it along with our cookie. Browsers say which page
 * it is; programs that are no browsers say nothing and have no cookie but their own.
 */
export function refuseForeignPages(publicUrl?: string): MiddlewareHandler {
  const publicHost = publicUrl && new URL(publicUrl).host;
  return async (c, next) => {
    if (!SAFE_METHODS.has(c.req.method) && c.req.header('cookie') !== undefined) {
      const origin = c.req.header('origin');
      const site = c.req.header('sec-fetch-site');
      const host = origin === undefined ? null : URL.canParse(origin) ? new URL(origin).host : '';
      const ours = [c.req.header('host') ?? new URL(c.req.url).host, publicHost];
      if (
        (host !== null && !ours.includes(host)) ||
        (host === null && (site === 'cross-site' || site === 'same-site'))
      ) {
        throw new Problem(
          'foreign_page',
          'Open the page of this service itself and try again there. Nothing was stored.',
        );
      }
    }
    await next();
  };
}
