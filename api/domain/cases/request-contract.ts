import { z } from 'zod';
import { Day, SiteId } from '../places/site.ts';
import { PointSchema } from '../geo/point.ts';
import { NAMINGS, REQUEST_CHANNELS, REQUEST_KINDS } from './request.ts';
import { OUTCOMES, REQUEST_ACTIONS, REQUEST_STATES } from './request-lifecycle.ts';

const Instant = z.iso.datetime({ offset: true });
const words = (most: number) => z.string().trim().max(most);
const Fen = z.int().min(0).max(100_000_000_00);

/** What was said, in the person's own words. Sealed as JSON; `phone` and `name` only as far as the person gives them. */
export const RequestAccount = z.strictObject({
  whatHappened: words(4000).min(1),
  wanted: words(1000).default(''),
  name: words(60).default(''),
  phone: words(30).default(''),
  reach: words(200).default(''),
  point: PointSchema.nullable().default(null),
  place: words(200).default(''),
});
export type RequestAccount = z.infer<typeof RequestAccount>;

/** `POST /api/requests` */
export const SubmitRequest = z.strictObject({
  /** Chosen by the phone: what is sent twice is stored once. */
  id: z.uuid(),
  kind: z.enum(REQUEST_KINDS),
  naming: z.enum(NAMINGS),
  account: RequestAccount,
  /** From the directory, or typed; both left out: it is against nobody. */
  respondentId: z.string().min(1).max(60).optional(),
  respondentName: words(100).min(1).optional(),
  since: Day.optional(),
  amountFen: Fen.optional(),
  siteId: SiteId.optional(),
  streetCode: z
    .string()
    .regex(/^\d{9}$/)
    .optional(),
  files: z.array(z.uuid()).max(20).default([]),
  channel: z.enum(REQUEST_CHANNELS),
  /** Join others with the same complaint: the collective case that was shown. */
  join: z.boolean().default(false),
  /** The wording of `identity` that was agreed to; not needed when anonymous and without name and phone. */
  identityWording: z.string().max(40).optional(),
  /**
   * Anonymous only, and then needed: the code that finds the request again. Made by the phone, so that a lost answer
   * loses nothing; the server keeps a keyed hash.
   */
  retrievalCode: z
    .string()
    .regex(/^(?:[A-HJKMNP-TV-Z0-9]{4}-){3}[A-HJKMNP-TV-Z0-9]{4}$/)
    .optional(),
  /** Somebody at the window or on the phone writes it for the person. */
  onBehalf: z.boolean().default(false),
});
export type SubmitRequest = z.infer<typeof SubmitRequest>;

/** A body that has, or could have, a request. */
const BodyView = z.object({
  kind: z.enum(['street', 'organisation', 'window']),
  /** A street's code or an organisation's id; null for the window. */
  id: z.string().nullable(),
  name: z.string(),
});

/** `POST /api/requests/:id/actions`; another version by now answers 412 with the request as it stands in `current`. */
export const ActOnRequest = z.strictObject({
  action: z.enum(REQUEST_ACTIONS),
  version: z.int().min(0),
  /** To the person, unless the action is the person's own. */
  words: words(2000).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  body: z
    .strictObject({ kind: z.enum(['street', 'organisation', 'window']), id: z.string().max(60).nullable() })
    .optional(),
  receiverId: z.string().max(60).optional(),
  /** By when the receiver must take or send back, `YYYY-MM-DD`. */
  respondBy: Day.optional(),
  appointmentId: z.uuid().optional(),
  receipt: words(60).optional(),
  /** What the respondent may read, naming nobody (`accept`). */
  summary: words(2000).optional(),
  /** How both sides agreed to the longer time: where it is recorded. */
  consents: z.strictObject({ claimant: words(200).min(1), respondent: words(200).min(1) }).optional(),
});
export type ActOnRequest = z.infer<typeof ActOnRequest>;

const RequestEventView = z.object({
  version: z.int(),
  action: z.enum(['submit', ...REQUEST_ACTIONS]),
  fromState: z.enum(REQUEST_STATES).nullable(),
  toState: z.enum(REQUEST_STATES),
  at: Instant,
  /** `me`, `program`, or the role of whoever acted; never a name. */
  by: z.string(),
  words: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
});

export const RequestView = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: z.enum(REQUEST_KINDS),
  naming: z.enum(NAMINGS),
  state: z.enum(REQUEST_STATES),
  version: z.int(),
  /** The person's words: for themselves and those who handle it. Null for everybody else. */
  account: RequestAccount.nullable(),
  /** What the respondent is told. */
  summary: z.string().nullable(),
  respondent: z.object({ id: z.string().nullable(), name: z.string() }).nullable(),
  since: Day.nullable(),
  amountFen: Fen.nullable(),
  site: z.object({ id: z.string(), name: z.string() }).nullable(),
  streetCode: z.string().nullable(),
  responsible: BodyView,
  /** The receiver of the open referral. */
  receiver: BodyView.nullable(),
  /** Who has it now, as a right of the permission table, and by when it must move on. */
  waitsFor: z.string().nullable(),
  dueAt: Instant.nullable(),
  acceptedOn: Day.nullable(),
  isExtended: z.boolean(),
  outcome: z.enum(OUTCOMES).nullable(),
  collective: z.object({ id: z.uuid(), number: z.string(), members: z.int(), state: z.string() }).nullable(),
  files: z.array(z.object({ fileId: z.uuid(), url: z.string(), thumb: z.string().nullable() })),
  createdAt: Instant,
  timeline: z.array(RequestEventView),
  actions: z.array(z.enum(REQUEST_ACTIONS)),
  demo: z.boolean(),
});
export type RequestView = z.infer<typeof RequestView>;

export const RequestRow = RequestView.pick({
  id: true,
  number: true,
  kind: true,
  naming: true,
  state: true,
  version: true,
  respondent: true,
  amountFen: true,
  streetCode: true,
  responsible: true,
  receiver: true,
  waitsFor: true,
  dueAt: true,
  outcome: true,
  createdAt: true,
  demo: true,
});
export type RequestRow = z.infer<typeof RequestRow>;

export const RequestPage = z.object({ rows: z.array(RequestRow), next: z.string().nullable() });
export type RequestPage = z.infer<typeof RequestPage>;

/** `GET /api/requests/similar`: open requests of the same kind against the same respondent in the same district. */
export const SimilarRequests = z.object({
  /** Null when fewer than `shownFrom`: a small number could point to a person. */
  count: z.int().nullable(),
  shownFrom: z.int(),
  collective: z.object({ id: z.uuid(), number: z.string() }).nullable(),
});
