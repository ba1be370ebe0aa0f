import { z } from 'zod';
import { PointSchema } from '../geo/point.ts';
import { SiteId } from '../places/site.ts';
import { CLAIM_ACTIONS, CLAIM_STATES, DECLINE_CODES, UNCOVERED_ADVICE } from './claim-lifecycle.ts';
import { CHANNELS } from './enrolment.ts';
import { DayRange } from './enrolment-contract.ts';
import { BENEFIT_KINDS, MATERIALS } from './policy-terms.ts';

const Fen = z.int().min(0).max(100_000_000_00);
const Instant = z.iso.datetime({ offset: true });
/** Text as people write it: neither NUL, which PostgreSQL does not keep, nor half a character. */
export const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    // oxlint-disable-next-line no-control-regex
    .refine((text) => !/\0|\p{Surrogate}/u.test(text), { message: 'must not hold NUL or half characters' });

/** What happened, in the claimant's own words. Sealed as JSON under the insured person's key. */
export const ClaimAccount = z.strictObject({
  whatHappened: words(4000).min(1),
  /** Where, as a pin and in words; both optional. */
  point: PointSchema.nullable().default(null),
  place: words(200).default(''),
  witnesses: z
    .array(z.strictObject({ name: words(60), phone: words(30).default('') }))
    .max(10)
    .default([]),
  /** What the rider was doing: which order, which platform. */
  work: words(500).default(''),
  hospital: words(200).default(''),
  phone: words(30).default(''),
});
export type ClaimAccount = z.infer<typeof ClaimAccount>;

const ClaimLineInput = z.strictObject({
  id: z.uuid(),
  kind: z.enum(BENEFIT_KINDS),
  claimedFen: Fen,
  invoiceNumber: words(60).optional(),
});

/** `POST /api/claims`. With `report: false` it is kept as a draft of the server. Name and ID number when not kept yet. */
export const SubmitClaim = z.strictObject({
  id: z.uuid(),
  report: z.boolean().default(true),
  happenedAt: Instant,
  account: ClaimAccount,
  lines: z.array(ClaimLineInput).max(20).default([]),
  /** The office that shall receive it; left out: chosen later. */
  receivingSiteId: SiteId.optional(),
  files: z
    .array(z.strictObject({ fileId: z.uuid(), material: z.enum(MATERIALS) }))
    .max(40)
    .default([]),
  name: z.string().max(120).optional(),
  idNumber: z.string().max(40).optional(),
  consent: z.strictObject({ identityWording: z.string().max(40), medicalWording: z.string().max(40) }),
  channel: z.enum(CHANNELS),
  siteId: SiteId.optional(),
  /** An officer writes it for somebody at the counter: name and ID number are then needed. */
  onBehalf: z.boolean().default(false),
});
export type SubmitClaim = z.infer<typeof SubmitClaim>;

/** What the assessor puts in for a line. `costFen` is what remains after other insurance has paid. */
export const AssessedLine = z.discriminatedUnion('kind', [
  z.strictObject({ id: z.uuid(), kind: z.literal('medical'), costFen: Fen, notCoveredFen: Fen.default(0) }),
  z.strictObject({
    id: z.uuid(),
    kind: z.literal('hospital'),
    stays: z.array(z.int().min(1).max(3660)).min(1).max(20),
  }),
  z.strictObject({ id: z.uuid(), kind: z.literal('disability'), grade: z.int().min(1).max(10) }),
  z.strictObject({ id: z.uuid(), kind: z.literal('death') }),
]);
export type AssessedLine = z.infer<typeof AssessedLine>;

/**
 * `POST /api/claims/:id/actions`. `version` is the one that was seen; another one by now answers 412 `changed_meanwhile`
 * with the claim as it stands in `current`.
 */
export const ActOnClaim = z.strictObject({
  action: z.enum(CLAIM_ACTIONS),
  version: z.int().min(0),
  words: words(2000).optional(),
  materials: z.array(z.enum(MATERIALS)).max(MATERIALS.length).optional(),
  lines: z.array(AssessedLine).max(20).optional(),
  declineCode: z.enum(DECLINE_CODES).optional(),
  files: z
    .array(z.strictObject({ fileId: z.uuid(), material: z.enum(MATERIALS) }))
    .max(40)
    .optional(),
  /** `report`: the office that shall receive it. */
  receivingSiteId: SiteId.optional(),
});
export type ActOnClaim = z.infer<typeof ActOnClaim>;

/** One step of the benefit calculator: what it does to the amount, and by which clause of which terms. */
export const CalculationStep = z.object({
  code: z.string(),
  /** The figure of the policy terms behind it, such as `medical.sharePercent`. */
  clause: z.string().nullable(),
  certainty: z.enum(['verified', 'unverified']).nullable(),
  amountFen: z.int(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type CalculationStep = z.infer<typeof CalculationStep>;

const ClaimLineView = z.object({
  id: z.uuid(),
  kind: z.enum(BENEFIT_KINDS),
  claimedFen: Fen,
  assessedFen: Fen.nullable(),
  approvedFen: Fen.nullable(),
  paidFen: Fen.nullable(),
  steps: z.array(CalculationStep),
});

const DUPLICATE_SIGNS = ['same_day', 'same_invoice', 'same_account', 'same_file'] as const;

export const ClaimView = z.object({
  id: z.uuid(),
  number: z.string(),
  state: z.enum(CLAIM_STATES),
  version: z.int(),
  happenedAt: Instant,
  createdAt: Instant,
  /** Null: that day was not covered; `coveredDays` then says which days around it were. */
  cover: z.object({ enrolmentId: z.uuid(), certificateCode: z.string(), days: DayRange }).nullable(),
  coveredDays: z.array(DayRange),
  /** With `cover: null`: what can still be done, the most helpful first. */
  advice: z.array(z.enum(UNCOVERED_ADVICE)),
  /** Masked for everybody but the claimant; the account only for those who handle the claim. */
  name: z.string().nullable(),
  idNumber: z.string().nullable(),
  account: ClaimAccount.nullable(),
  receivingSite: z.object({ id: z.string(), name: z.string() }).nullable(),
  claimedFen: Fen,
  assessedFen: Fen.nullable(),
  approvedFen: Fen.nullable(),
  paidFen: Fen.nullable(),
  lines: z.array(ClaimLineView),
  declineCode: z.enum(DECLINE_CODES).nullable(),
  /** Papers still asked for, and what was handed in; `url` is a link for minutes. */
  materialsAsked: z.array(z.enum(MATERIALS)),
  files: z.array(z.object({ fileId: z.uuid(), material: z.enum(MATERIALS), addedAt: Instant, url: z.string() })),
  /** How many more approvals an assessed claim needs. */
  approvalsMissing: z.int(),
  dueAt: Instant.nullable(),
  /** Who has it now, as a right of the permission table. */
  waitsFor: z.string().nullable(),
  timeline: z.array(
    z.object({
      version: z.int(),
      action: z.enum(CLAIM_ACTIONS),
      fromState: z.enum(CLAIM_STATES),
      toState: z.enum(CLAIM_STATES),
      at: Instant,
      /** `me`, or the role of whoever acted: never a name. */
      by: z.string(),
      words: z.string().nullable(),
      data: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
  /** What this actor may do now. */
  actions: z.array(z.enum(CLAIM_ACTIONS)),
  /** For assessors and approvers; empty for everybody else. Shown, never decided. */
  duplicateSigns: z.array(z.object({ sign: z.enum(DUPLICATE_SIGNS), claimId: z.uuid(), number: z.string() })),
  demo: z.boolean(),
});
export type ClaimView = z.infer<typeof ClaimView>;

/** A row of a queue or of 我的. */
export const ClaimRow = ClaimView.pick({
  id: true,
  number: true,
  state: true,
  version: true,
  happenedAt: true,
  createdAt: true,
  name: true,
  receivingSite: true,
  claimedFen: true,
  assessedFen: true,
  approvedFen: true,
  paidFen: true,
  dueAt: true,
  waitsFor: true,
  actions: true,
}).extend({ covered: z.boolean() });
export type ClaimRow = z.infer<typeof ClaimRow>;

/** `GET /api/me/claims`, `GET /api/office/claims?state=&waitsFor=me&street=&q=&cursor=&limit=` */
export const ClaimPage = z.object({ rows: z.array(ClaimRow), nextCursor: z.string().nullable() });
export type ClaimPage = z.infer<typeof ClaimPage>;

/** `GET /api/office/claims/waiting`: the workbench's panel of claims that wait for this actor, the most urgent first. */
export const WaitingClaims = z.object({ claims: z.array(ClaimRow), total: z.int(), overdue: z.int() });
export type WaitingClaims = z.infer<typeof WaitingClaims>;
