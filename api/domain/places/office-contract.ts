import { z } from 'zod';
import { FACILITIES, REPORT_KINDS, SERVICES, SITE_STATUSES, VERIFIED_FACTS } from './catalogue.ts';
import { FileLink } from '../files/file-contract.ts';
import { DRAFT_KINDS, DRAFT_STATES, REPORT_OUTCOMES, VERIFICATION_METHODS } from './office.ts';
import { Day, SiteId } from './site.ts';
import { isStorable, SiteDocument } from './site-document.ts';

/** The wire between the office's screens and the API: every body and every answer. */

const Reason = z
  .string()
  .trim()
  .max(500)
  .refine(isStorable, { message: 'must not hold a NUL character or half a character' });
const Instant = z.iso.datetime({ offset: true });
const Revision = z.number().int().min(0).max(2_147_483_647);

/** How sure a fact is today. `fresh` → `ageing` → `stale` by time; `contested` by riders' reports. */
export const FRESHNESS = ['fresh', 'ageing', 'stale', 'contested', 'never'] as const;
export const Freshness = z.enum(FRESHNESS);
export type Freshness = z.infer<typeof Freshness>;

/** One field that two documents differ in. `path` is `name`, `point` or `services.rest.hours`. */
export const FieldChange = z.object({ path: z.string(), before: z.unknown(), after: z.unknown() });
export type FieldChange = z.infer<typeof FieldChange>;

const SiteRef = z.object({ id: SiteId, name: z.string(), streetCode: z.string().nullable() });
export type SiteRef = z.infer<typeof SiteRef>;

export const FactState = z.object({
  fact: z.enum(VERIFIED_FACTS),
  freshness: Freshness,
  verifiedOn: Day.nullable(),
  method: z.enum(VERIFICATION_METHODS).nullable(),
  source: z.string().nullable(),
});
export type FactState = z.infer<typeof FactState>;

/** Riders' unanswered reports of one kind about one site, gathered. */
export const ReportGroup = z.object({
  site: SiteRef,
  kind: z.enum(REPORT_KINDS),
  facility: z.enum(FACILITIES).nullable(),
  count: z.number().int(),
  /** How many came from a phone that was at the place. */
  near: z.number().int(),
  firstAt: Instant,
  lastAt: Instant,
  reportIds: z.array(z.uuid()),
  notes: z.array(z.string()),
  /** Only for whoever may answer the reports. */
  photos: z.array(FileLink),
});
export type ReportGroup = z.infer<typeof ReportGroup>;

export const DraftView = z.object({
  id: z.uuid(),
  kind: z.enum(DRAFT_KINDS),
  state: z.enum(DRAFT_STATES),
  site: SiteRef.nullable(),
  baseRevision: Revision,
  document: SiteDocument,
  changes: z.array(FieldChange),
  reason: z.string().nullable(),
  by: z.string(),
  mine: z.boolean(),
  savedAt: Instant,
  decisionReason: z.string().nullable(),
});
export type DraftView = z.infer<typeof DraftView>;

export const HandoverView = z.object({
  id: z.uuid(),
  site: SiteRef,
  fromStreet: z.string().nullable(),
  toStreet: z.string(),
  reason: z.string().nullable(),
  by: z.string(),
  askedAt: Instant,
  /** Null: nobody has decided yet. */
  accepted: z.boolean().nullable(),
  decisionReason: z.string().nullable(),
  /** Whether the one who looks may decide it, or take the request back. */
  mayDecide: z.boolean(),
  mayCallOff: z.boolean(),
});
export type HandoverView = z.infer<typeof HandoverView>;

/** GET /api/office/workbench: today's work, most urgent first in each list. */
export const Workbench = z.object({
  reports: z.array(ReportGroup),
  stale: z.array(z.object({ site: SiteRef, facts: z.array(FactState) })),
  staleTotal: z.number().int(),
  drafts: z.array(DraftView),
  proposals: z.array(DraftView),
  handovers: z.array(HandoverView),
  /** Places without a point, to be placed by hand. */
  unplaced: z.array(SiteRef),
  unplacedTotal: z.number().int(),
});
export type Workbench = z.infer<typeof Workbench>;

/** GET /api/office/sites: one page of the table; `next` is the cursor of the following one. */
export const OfficeSiteRow = z.object({
  id: SiteId,
  name: z.string(),
  streetCode: z.string().nullable(),
  districtCode: z.string().nullable(),
  address: z.string().nullable(),
  status: z.enum(SITE_STATUSES),
  services: z.array(z.enum(SERVICES)),
  placed: z.boolean(),
  facts: z.array(FactState),
  openReports: z.number().int(),
  revision: Revision,
  demo: z.boolean(),
});
export type OfficeSiteRow = z.infer<typeof OfficeSiteRow>;
export const OfficeSitePage = z.object({
  rows: z.array(OfficeSiteRow),
  next: z.string().nullable(),
  total: z.number().int(),
});

/** GET /api/office/sites/:id, with `ETag: "r<revision>"`. */
export const OfficeSite = z.object({
  id: SiteId,
  revision: Revision,
  document: SiteDocument,
  organisation: z.string().nullable(),
  facts: z.array(FactState),
  reports: z.array(ReportGroup),
  /** Of the newest checks that have one, for whoever looks after the place. */
  verificationPhotos: z.array(z.object({ fact: z.enum(VERIFIED_FACTS), day: Day, link: FileLink })),
  mayEdit: z.boolean(),
  demo: z.boolean(),
});
export type OfficeSite = z.infer<typeof OfficeSite>;

/** A fact that was checked: part of a save, or by itself to POST …/verifications. */
export const VerifyFact = z.strictObject({
  id: z.uuid(),
  fact: z.enum(VERIFIED_FACTS),
  method: z.enum(VERIFICATION_METHODS),
  day: Day,
  note: Reason.optional(),
  /** A photo that was handed in for it. */
  photo: z.uuid().optional(),
});
export type VerifyFact = z.infer<typeof VerifyFact>;

/** Reports that an edit or a look settles; their senders are told the outcome. */
export const AnswerReports = z.strictObject({
  reportIds: z.array(z.uuid()).min(1).max(500),
  outcome: z.enum(REPORT_OUTCOMES),
  words: Reason.optional(),
});
export type AnswerReports = z.infer<typeof AnswerReports>;

/** PUT /api/office/sites/:id with `If-Match: "r<revision>"`. */
export const SaveSite = z.strictObject({
  document: SiteDocument,
  reason: Reason.optional(),
  verify: z.array(VerifyFact).max(3).default([]),
  answers: AnswerReports.optional(),
});
export type SaveSite = z.infer<typeof SaveSite>;

/** POST /api/office/sites. A body that is sent again under its id (a new uuid) adds no second place. */
export const AddSite = SaveSite.extend({ id: z.uuid().optional() });
export type AddSite = z.infer<typeof AddSite>;

export const SavedSite = z.object({
  id: SiteId,
  revision: Revision,
  document: SiteDocument,
  changes: z.array(FieldChange),
});
export type SavedSite = z.infer<typeof SavedSite>;

/** Beside a 412 problem: how the site stands now, and who saved it. */
export const ChangedMeanwhile = z.object({
  revision: Revision,
  document: SiteDocument,
  by: z.string().nullable(),
  at: Instant,
});
export type ChangedMeanwhile = z.infer<typeof ChangedMeanwhile>;

/** GET /api/office/sites/:id/revisions, newest first. */
export const RevisionView = z.object({
  revision: Revision,
  at: Instant,
  by: z.string().nullable(),
  reason: z.string().nullable(),
  restoredFrom: Revision.nullable(),
  importId: z.uuid().nullable(),
  changes: z.array(FieldChange),
});
export type RevisionView = z.infer<typeof RevisionView>;

/** POST /api/office/sites/:id/restore with If-Match. */
export const RestoreRevision = z.strictObject({ revision: Revision, reason: Reason.optional() });

/** PUT /api/office/drafts/:id (a new uuid makes it). */
export const SaveDraft = z.strictObject({
  kind: z.enum(DRAFT_KINDS),
  siteId: SiteId.nullable(),
  baseRevision: Revision,
  document: SiteDocument,
  reason: Reason.optional(),
});
export type SaveDraft = z.infer<typeof SaveDraft>;

/** POST /api/office/drafts/:id/decision, /api/office/handovers/:id/decision. */
export const Decide = z.strictObject({ accept: z.boolean(), reason: Reason.optional() });

/** POST /api/office/sites/:id/handovers. */
export const AskHandover = z.strictObject({
  id: z.uuid(),
  toStreet: z.string().regex(/^\d{9}$/),
  reason: Reason.optional(),
});

/** GET /api/reports/:id: what became of a report, for the phone that sent it. */
export const ReportState = z.object({
  state: z.enum(['open', 'answered']),
  outcome: z.enum(REPORT_OUTCOMES).nullable(),
  words: z.string().nullable(),
  answeredOn: Day.nullable(),
});
export type ReportState = z.infer<typeof ReportState>;

/** GET /api/office/scorecard: a row per street. Shares are null where too few places make one meaningless. */
export const ScorecardRow = z.object({
  code: z.string(),
  name: z.string(),
  places: z.number().int(),
  verified: z.array(
    z.object({
      fact: z.enum(VERIFIED_FACTS),
      count: z.number().int(),
      share: z.number().nullable(),
      /** 95 % Wilson interval of the share, so that 3 of 4 is not read as 75 of 100. */
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
  reports: z.number().int(),
  answered: z.number().int(),
  medianAnswerHours: z.number().nullable(),
  /** Place-days on which riders had said there was no water and nobody had answered, in the last 90 days. */
  stockOutDays: z.number(),
});
export type ScorecardRow = z.infer<typeof ScorecardRow>;
