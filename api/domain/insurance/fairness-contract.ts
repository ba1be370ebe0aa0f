import { z } from 'zod';
import { Day } from '../places/site.ts';
import { CLAIM_STATES, DECLINE_CODES } from './claim-lifecycle.ts';

export const CLAIM_OUTCOMES = ['approved', 'declined', 'withdrawn'] as const;
export const APPEAL_OUTCOMES = ['reopened', 'upheld', 'open'] as const;

/** Counts below this are not published. */
export const LEAST_PUBLISHED = 5;

const StepTimes = z.object({ medianHours: z.number().nullable(), p90Hours: z.number().nullable() });

/** `GET /api/office/fairness?from&to`, for supervisors: what happened on these days. */
export const Fairness = z.object({
  from: Day,
  to: Day,
  reported: z.int(),
  steps: z.array(
    StepTimes.extend({
      /** The receiving office's street or district; null: no office was chosen. */
      office: z.string().nullable(),
      officeName: z.string().nullable(),
      /** The state that the claim waited in. */
      state: z.enum(CLAIM_STATES),
      count: z.int(),
      overdue: z.int(),
    }),
  ),
  outcomes: z.array(z.object({ outcome: z.enum(CLAIM_OUTCOMES), count: z.int(), amountFen: z.int() })),
  declines: z.array(z.object({ code: z.enum(DECLINE_CODES), count: z.int() })),
  /** Of the appeals made on these days, what has become of them. */
  appeals: z.array(z.object({ outcome: z.enum(APPEAL_OUTCOMES), count: z.int() })),
  reviews: z.object({ reviewed: z.int(), agrees: z.int(), differs: z.int(), differenceFen: z.int() }),
});
export type Fairness = z.infer<typeof Fairness>;

/**
 * `GET /api/fairness?quarter=2026-Q3`, for everybody: finished quarters only, so that nobody can take one period from
 * another. Null: hidden, because it is small or would give away what is.
 */
export const PublicFairness = z.object({
  quarter: z.string(),
  from: Day,
  to: Day,
  leastPublished: z.int(),
  /** Finished quarters that can be asked for, the newest first. */
  quarters: z.array(z.string()),
  reported: z.int().nullable(),
  /** How long claims waited in each state, over the city; null where fewer than `leastPublished` did. */
  steps: z.array(StepTimes.extend({ state: z.enum(CLAIM_STATES) })),
  offices: z.array(z.object({ code: z.string(), name: z.string(), decided: z.int().nullable() })),
  outcomes: z.array(z.object({ outcome: z.enum(CLAIM_OUTCOMES), count: z.int().nullable() })),
  outcomesTotal: z.int().nullable(),
  declines: z.array(z.object({ code: z.enum(DECLINE_CODES), count: z.int().nullable() })),
  appeals: z.array(z.object({ outcome: z.enum(APPEAL_OUTCOMES), count: z.int().nullable() })),
  reviews: z.array(z.object({ result: z.enum(['agrees', 'differs']), count: z.int().nullable() })),
});
export type PublicFairness = z.infer<typeof PublicFairness>;
