import { z } from 'zod';
import { Day } from '../places/site.ts';
import { BENEFIT_KINDS, MATERIALS, type PolicyTerms as Terms } from './policy-terms.ts';

const figure = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    value,
    certainty: z.enum(['verified', 'unverified']),
    source: z.string().min(1).max(300),
  });
const Fen = z.int().min(0).max(100_000_000_00);
const days = (most: number) => z.int().min(0).max(most);

/** The whole document of the policy terms, as an administrator hands in a new version. */
export const PolicyTerms = z.strictObject({
  version: z.string().regex(/^[\w.-]{1,40}$/),
  validFrom: Day,
  name: z.strictObject({ zh: z.string().min(1).max(100), en: z.string().min(1).max(100) }),
  insurerId: z.string().min(1).max(60),
  ownShareFenPerDay: figure(Fen.min(1)),
  subsidyFenPerDay: figure(Fen),
  minAge: figure(z.int().min(0).max(120)),
  maxAge: figure(z.int().min(0).max(120)),
  coverLimitFen: figure(Fen),
  startsAfterDays: figure(days(30)),
  longestTermDays: figure(days(366).min(1)),
  aheadDays: figure(days(366).min(1)),
  cancelAheadDays: figure(days(30)),
  reportWithinHours: figure(z.int().min(1).max(8760)),
  appealWithinDays: figure(days(3660)),
  secondApprovalFromFen: figure(Fen),
  medical: figure(z.strictObject({ sharePercent: z.int().min(0).max(100), deductibleFen: Fen, limitFen: Fen })),
  hospital: figure(z.strictObject({ fenPerDay: Fen, daysPerStay: days(3660), daysInAll: days(3660) })),
  disability: figure(
    z.strictObject({ limitFen: Fen, gradePercents: z.array(z.number().min(0).max(100)).min(1).max(20).readonly() }),
  ),
  death: figure(z.strictObject({ limitFen: Fen })),
  materials: figure(z.record(z.enum(BENEFIT_KINDS), z.array(z.enum(MATERIALS)).max(MATERIALS.length).readonly())),
}) satisfies z.ZodType<Terms>;
export type PolicyTerms = Terms;

/** `PUT /api/office/policy-terms`. */
export const ReplaceTerms = z.strictObject({ terms: PolicyTerms, reason: z.string().trim().min(2).max(500) });
export type ReplaceTerms = z.infer<typeof ReplaceTerms>;

/** `GET /api/office/policy-terms`: every version there is, the first to begin first. */
export const TermsVersions = z.object({
  versions: z.array(z.object({ version: z.string(), validFrom: Day, createdAt: z.iso.datetime() })),
});
