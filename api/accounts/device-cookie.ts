import { createHmac, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const DEVICE = 'luyi_device';
const KNOWN = 'luyi_known';
const YEAR_S = 365 * 86_400;

/**
 * The random name of the browser that asks, given to it at its first try, and for which user name it has signed in
 * before. Both serve to count tries, nothing else: strangers who try a name then do not shut out its owner.
 */
export function createDevices(key: Buffer, isSecure: (c: Context) => boolean) {
  const markOf = (username: string, device: string) =>
    createHmac('sha256', key).update(`${username.toLowerCase()}\n${device}`).digest('base64url');
  const keep = (c: Context, name: string, value: string) =>
    setCookie(c, name, value, { path: '/api', httpOnly: true, sameSite: 'Lax', secure: isSecure(c), maxAge: YEAR_S });

  function deviceOf(c: Context): string {
    const known = getCookie(c, DEVICE);
    if (known && /^[\w-]{22}$/.test(known)) return known;
    const device = randomBytes(16).toString('base64url');
    keep(c, DEVICE, device);
    return device;
  }

  return {
    deviceOf,
    isKnownFor: (c: Context, username: string, device: string) => getCookie(c, KNOWN) === markOf(username, device),
    makeKnownFor: (c: Context, username: string, device: string) => keep(c, KNOWN, markOf(username, device)),
  };
}

export type Devices = ReturnType<typeof createDevices>;
