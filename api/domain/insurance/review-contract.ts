import { z } from 'zod';
import { Day } from '../places/site.ts';
import { AssessedLine, CalculationStep, words } from './claim-contract.ts';
import { CLAIM_STATES, DECLINE_CODES } from './claim-lifecycle.ts';
import { BENEFIT_KINDS } from './policy-terms.ts';
import { SAMPLE_REASONS } from './review-sample.ts';

const Fen = z.int();
const Instant = z.iso.datetime({ offset: true });

/** `POST /api/office/reviews`: a sample of what was decided on these days, all of them over. */
export const DrawSample = z
  .strictObject({
    id: z.uuid(),
    /** Anything: whoever knows it can draw the same sample again. */
    seed: words(100).min(1),
    size: z.int().min(1).max(1000),
    /** Which share is drawn by amount; the rest is drawn with equal chances. */
    valuePercent: z.int().min(0).max(100),
    fromDay: Day,
    toDay: Day,
  })
  .refine(({ fromDay, toDay }) => fromDay <= toDay, { message: 'must not lie before fromDay', path: ['toDay'] });
export type DrawSample = z.infer<typeof DrawSample>;

/** `POST /api/office/reviews/:id/:claimId`: what the second assessor found. */
export const RecordReview = z
  .strictObject({
    agrees: z.boolean(),
    /** What it should have come to, put in as for an assessment. */
    lines: z.array(AssessedLine).max(20).optional(),
    /** Why it should have been declined. */
    declineCode: z.enum(DECLINE_CODES).optional(),
    words: words(2000).optional(),
  })
  .refine((review) => review.agrees || review.words, { message: 'say in words what differs', path: ['words'] })
  .refine(({ agrees, lines, declineCode }) => agrees || lines || declineCode, {
    message: 'put in what it should have come to, or why it should have been declined',
    path: ['lines'],
  });
export type RecordReview = z.infer<typeof RecordReview>;

export const SampleRow = z.object({
  id: z.uuid(),
  seed: z.string(),
  algorithm: z.string(),
  size: z.int(),
  valuePercent: z.int(),
  fromDay: Day,
  toDay: Day,
  frameCount: z.int(),
  frameFen: Fen,
  drawnAt: Instant,
  drawn: z.int(),
  reviewed: z.int(),
  differs: z.int(),
});
export type SampleRow = z.infer<typeof SampleRow>;

export const SampleView = SampleRow.extend({
  /** Whether drawing it again just now gave the same claims in the same order. */
  drawnAgain: z.enum(['same', 'different']),
  items: z.array(
    z.object({
      claimId: z.uuid(),
      number: z.string(),
      by: z.enum(SAMPLE_REASONS),
      decidedFen: Fen,
      state: z.enum(CLAIM_STATES),
      /** Whether this actor may review it. */
      mayReview: z.boolean(),
      review: z
        .object({
          at: Instant,
          agrees: z.boolean(),
          reviewedFen: Fen.nullable(),
          differenceFen: Fen,
          declineCode: z.enum(DECLINE_CODES).nullable(),
          lines: z.array(
            z.object({
              id: z.uuid(),
              kind: z.enum(BENEFIT_KINDS),
              amountFen: Fen,
              approvedFen: Fen,
              steps: z.array(CalculationStep),
            }),
          ),
          words: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
});
export type SampleView = z.infer<typeof SampleView>;
