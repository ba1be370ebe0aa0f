import type { Context } from 'hono';
import type { CasesDependencies } from '../dependencies.ts';
import type { Partaker, SessionLooker } from './find-partaker.ts';

export type MediationDependencies = CasesDependencies & {
  /** Ends every stream, so that the process can. */
  stopping?: AbortSignal | undefined;
};

/** Finds out who asks, and as whom they take part. */
export type Doors = {
  requireLooker: (c: Context) => Promise<SessionLooker>;
  /** Throws `not_signed_in`, `session_not_found`. */
  requirePartakerOf: (c: Context, sessionId: string) => Promise<Partaker>;
};
