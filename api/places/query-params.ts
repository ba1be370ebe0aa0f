import { z } from '@hono/zod-openapi';
import { TRAVEL_MODES } from '#domain/geo/travel.ts';
import { FACILITIES, SERVICES } from '#domain/places/catalogue.ts';
import { looksSwapped } from '#domain/geo/city-box.ts';

const MAX_TEXT = 400;

/** A plain decimal number: no blanks, no hex, no NaN, none of what `Number()` lets through. */
const decimal = z
  .string()
  .max(32)
  .regex(/^-?\d{1,9}(\.\d{1,15})?$/, 'must be a plain decimal number')
  .transform(Number);

export const wholeNumber = (message: string) => z.string().max(16).regex(/^\d+$/, message).transform(Number);

/** A comma-separated list of codes. */
export function listOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z
    .string()
    .max(MAX_TEXT)
    .transform((text, context) => {
      const codes = text.split(',').map((code) => code.trim());
      const unknown = codes.filter((code) => !values.includes(code));
      if (unknown.length > 0) {
        const shown = unknown.map((code) => `"${code.slice(0, 40)}"`).join(', ');
        context.addIssue({ code: 'custom', message: `${shown} is not one of: ${values.join(', ')}` });
      }
      return codes as T[number][];
    });
}

export const services = listOf(SERVICES).openapi({ type: 'string', example: 'rest,water' });
const facilities = listOf(FACILITIES).openapi({ type: 'string', example: 'phone_charging' });
export const since = wholeNumber('must be a whole number, 0 or more').openapi({
  type: 'integer',
  description: 'a `version` seen before',
});

export const revisionBefore = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a revision, a whole number')
  .transform(Number)
  .openapi({ type: 'integer', description: 'only revisions before this one' });

/** A position in the world; the swapped order gets its own words. Whether it is in the city, the land decides. */
const position = z
  .object({
    lng: decimal.openapi({ type: 'number', example: 118.118 }),
    lat: decimal.openapi({ type: 'number', example: 24.4885 }),
  })
  .superRefine(({ lng, lat }, context) => {
    if (looksSwapped(lng, lat)) {
      context.addIssue({
        code: 'custom',
        path: ['lng'],
        message: 'lng and lat look swapped: Xiamen is at lng 118, lat 24',
      });
      return;
    }
    if (lng < -180 || lng > 180)
      context.addIssue({ code: 'custom', path: ['lng'], message: 'must be from -180 to 180' });
    if (lat < -90 || lat > 90) context.addIssue({ code: 'custom', path: ['lat'], message: 'must be from -90 to 90' });
  });

export const bbox = z
  .string()
  .max(120)
  .transform((text, context) => {
    const parts = text.split(',').map((part) => decimal.safeParse(part.trim()));
    const [west, south, east, north] = parts.map((part) => (part.success ? part.data : NaN));
    const numbers = [west, south, east, north] as [number, number, number, number];
    if (parts.length !== 4 || numbers.some(Number.isNaN)) {
      context.addIssue({ code: 'custom', message: 'must be west,south,east,north in degrees' });
    } else if (numbers[0] < -180 || numbers[2] > 180 || numbers[1] < -90 || numbers[3] > 90) {
      context.addIssue({ code: 'custom', message: 'must lie within -180,-90,180,90' });
    } else if (numbers[0] > numbers[2] || numbers[1] > numbers[3]) {
      context.addIssue({ code: 'custom', message: 'west must not exceed east, nor south north' });
    }
    return numbers;
  })
  .openapi({ type: 'string', example: '118.05,24.42,118.20,24.56' });

const MAX_LIMIT = 50;
const LIMIT_RANGE = `must be a whole number from 1 to ${MAX_LIMIT}`;

export const nearestQuery = position.safeExtend({
  service: services.optional(),
  mode: z.enum(TRAVEL_MODES).default('ebike'),
  open: z
    .string()
    .max(40)
    .refine((text) => text === 'now' || z.iso.datetime({ offset: true }).safeParse(text).success, {
      message: 'must be "now" or an instant such as 2026-11-23T14:00:00+08:00',
    })
    .optional(),
  facilities: facilities.optional(),
  access: z
    .literal('free')
    .optional()
    .openapi({ description: 'only places entered without a code, app or staff card' }),
  limit: wholeNumber(LIMIT_RANGE)
    .refine((value) => value >= 1 && value <= MAX_LIMIT, { message: LIMIT_RANGE })
    .default(10)
    .openapi({ type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: 10 }),
});
