import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const NAME = 'luyi_device';
const YEAR_S = 365 * 86_400;

/** The random name of the browser that asks, given to it at its first try. It is used to count tries, for nothing else. */
export function deviceOf(c: Context, isSecure: boolean): string {
  const known = getCookie(c, NAME);
  if (known && /^[\w-]{22}$/.test(known)) return known;
  const device = randomBytes(16).toString('base64url');
  setCookie(c, NAME, device, { path: '/api', httpOnly: true, sameSite: 'Lax', secure: isSecure, maxAge: YEAR_S });
  return device;
}
