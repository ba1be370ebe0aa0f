import type { Context } from 'hono';
import type { Action } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { type FindActor, requireActor } from '../http/actor.ts';
import { refuseField, Problem } from '../http/problem.ts';
import { createRateLimiter, tooManyRequests } from '../http/rate-limit.ts';

const MINUTE_MS = 60_000;
/** Somebody who edits by hand makes a few; a program that has gone wrong makes thousands. */
const WRITES_A_MINUTE = 300;

export type OfficeWriter = (c: Context, action: Action) => Promise<Actor>;

/**
 * Whoever is signed in, may do this somewhere and has not written too much in the last minute. Throws `not_signed_in`,
 * `not_allowed`, `too_many_requests`.
 */
export function createOfficeWriter(findActor: FindActor, clock: () => number): OfficeWriter {
  const take = createRateLimiter({ windowMs: MINUTE_MS, max: WRITES_A_MINUTE }, clock);
  return async (c, action) => {
    const actor = await requireActor(c, findActor, action);
    const waitS = take(actor.personId);
    if (waitS > 0) throw tooManyRequests(waitS);
    return actor;
  };
}

/** The revision in `If-Match: "r5"`. Throws `precondition_required` without the header. */
export function requireRevision(c: Context): number {
  const header = c.req.header('if-match');
  if (header === undefined) {
    throw new Problem('precondition_required', 'Send If-Match with the ETag of the revision that you changed.');
  }
  const revision = /^"r(\d{1,9})"$/.exec(header)?.[1];
  if (revision === undefined) {
    throw refuseField('invalid_request', 'if-match', 'If-Match is the ETag of a place, such as "r5".');
  }
  return Number(revision);
}

export const etagOf = (revision: number) => ({ etag: `"r${revision}"` });
