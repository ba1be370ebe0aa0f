import type { Context } from 'hono';
import { type Action, mayEver } from '#domain/accounts/permissions.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { Problem } from './problem.ts';

/** Finds out who sends a request, by its session; null when nobody is signed in. */
export type FindActor = (headers: Headers) => Promise<Actor | null>;

/** Whoever is signed in and may do this somewhere. Throws `not_signed_in` (401) or `not_allowed` (403). */
export async function requireActor(c: Context, findActor: FindActor, action: Action): Promise<Actor> {
  const actor = await findActor(c.req.raw.headers);
  if (!actor) throw new Problem('not_signed_in', 'Sign in first.');
  assertMayEver(actor, action);
  return actor;
}

/** Throws `not_allowed` for somebody who may do this nowhere. */
export function assertMayEver(actor: Actor, action: Action): void {
  if (!mayEver(actor, action)) throw new Problem('not_allowed', `None of your roles may do this (${action}).`);
}
