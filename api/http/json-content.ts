import type { z } from '@hono/zod-openapi';

/** An answer of JSON, for the description of a route. */
export const jsonAnswer = <T extends z.ZodType>(schema: T, description = 'done') => ({
  description,
  content: { 'application/json': { schema } },
});

/** An answer that is written by hand (encoded before, or JSON under another name): its type is not checked. */
export const writtenAnswer = <T extends z.ZodType>(schema: T, description: string, type = 'application/json') => ({
  description,
  content: { [type]: { schema } },
});

/** A body of JSON that has to be there. */
export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
});
