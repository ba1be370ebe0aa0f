import type { ProblemCode } from '../http/problem.ts';

/** What every write of the office may be refused with. */
export const ANY_WRITE = [
  'invalid_request',
  'broken_json',
  'not_signed_in',
  'not_allowed',
  'body_too_large',
  'unsupported_media_type',
  'too_many_requests',
] as const satisfies readonly ProblemCode[];
