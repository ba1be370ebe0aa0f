import { OpenAPIHono } from '@hono/zod-openapi';
import { invalidRequest } from './problem.ts';

/** A router whose inputs are validated before a handler sees them; what fails is a 400 in words. */
export function createApi(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook(result) {
      if (!result.success) throw invalidRequest(result.error);
    },
  });
}
