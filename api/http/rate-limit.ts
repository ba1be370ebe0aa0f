import { isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { Problem } from './problem.ts';

export type RateLimit = { windowMs: number; max: number };

/** Bound on remembered addresses, so that a flood of them can't fill the memory; the oldest are forgotten first. */
const MAX_KEYS = 50_000;

/**
 * At most `max` requests per `windowMs` and key, in fixed windows kept in this process. Addresses live in memory only,
 * for one window.
 */
export function createRateLimiter({ windowMs, max }: RateLimit, clock: () => number) {
  const windows = new Map<string, { startedAt: number; count: number }>();
  /** Seconds to wait; 0 when the request may go on. */
  return function take(key: string): number {
    const now = clock();
    const window = windows.get(key);
    if (!window || now - window.startedAt >= windowMs) {
      windows.delete(key);
      if (windows.size >= MAX_KEYS) windows.delete(windows.keys().next().value!);
      windows.set(key, { startedAt: now, count: 1 });
      return 0;
    }
    window.count += 1;
    return window.count <= max ? 0 : Math.ceil((window.startedAt + windowMs - now) / 1000);
  };
}

/**
 * The address that asks. Behind `trustedProxies` proxies of our own it is the entry of X-Forwarded-For that the outermost
 * of them wrote; what a client puts there itself is never believed.
 */
export function clientAddress(c: Context, trustedProxies: number): string {
  const forwarded = c.req.header('x-forwarded-for')?.split(',') ?? [];
  const viaProxy = trustedProxies > 0 ? forwarded.at(-trustedProxies)?.trim() : undefined;
  if (viaProxy) return network(viaProxy);
  try {
    return network(getConnInfo(c).remote.address ?? 'unknown');
  } catch {
    return 'in-process'; // app.request() has no socket
  }
}

/** An IPv6 household or phone has a whole /64 to choose addresses from, so that counts as one. */
function network(address: string): string {
  if (!isIPv6(address) || /^::ffff:/i.test(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').length;
  return [...groups, ...Array.from({ length: missing }, () => '0')]
    .slice(0, 4)
    .map((group) => group || '0')
    .join(':');
}

export function limitRate(limit: RateLimit, clock: () => number, trustedProxies: number): MiddlewareHandler {
  const take = createRateLimiter(limit, clock);
  return async (c, next) => {
    const waitS = take(clientAddress(c, trustedProxies));
    if (waitS > 0) throw tooManyRequests(waitS);
    await next();
  };
}

export function tooManyRequests(waitS: number): Problem {
  const detail = `Please try again in ${waitS} s. Nothing was stored.`;
  return new Problem('too_many_requests', detail, {}, { 'retry-after': String(waitS) });
}
