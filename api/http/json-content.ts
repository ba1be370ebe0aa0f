import type { z } from '@hono/zod-openapi';

/** An answer of JSON, for the description of a route. */
export const jsonAnswer = <T extends z.ZodType>(schema: T, description = 'done') => ({
  description,
  content: { 'application/json': { schema } },
});

/** A body of JSON that has to be there. */
export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
});
