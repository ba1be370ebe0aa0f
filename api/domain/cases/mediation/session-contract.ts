import { z } from 'zod';
import { Day } from '../../places/site.ts';
import { OUTCOMES } from '../request-lifecycle.ts';
import {
  AUTHORS,
  ENTRY_KINDS,
  OFFER_STATES,
  PARTIES,
  PERFORMANCE_REPORTS,
  PERFORMANCES,
  ROOMS,
  SESSION_FORMS,
  SETTLEMENT_STATES,
  SIDES,
} from './session.ts';

const Instant = z.iso.datetime({ offset: true });
const words = (most: number) => z.string().trim().min(1).max(most);
const Fen = z.int().min(0).max(100_000_000_00);
const Phone = z.string().regex(/^1\d{10}$/, 'a mobile phone number has eleven digits and begins with 1');
const Code = z.string().regex(/^\d{6}$/, 'the code has six digits');
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const LinkToken = z.string().regex(/^[\w-]{43}$/, 'the link is not whole');

/** `POST /api/office/requests/:id/sessions`; idempotent by the id. */
export const OpenSession = z.strictObject({ id: z.uuid(), form: z.enum(SESSION_FORMS) });
export type OpenSession = z.infer<typeof OpenSession>;

/** `POST /api/sessions/:id/links`; `phone`: the link is sent there, and codes for a settlement later. */
export const MakeLink = z.strictObject({ phone: Phone.optional() });
export type MakeLink = z.infer<typeof MakeLink>;
export const LinkMade = z.object({ url: z.string(), token: LinkToken, expiresAt: Instant });
export type LinkMade = z.infer<typeof LinkMade>;

/** `POST /api/sessions/join`; `id` is made by the phone, so that an answer that was lost can be asked for again. */
export const JoinSession = z.strictObject({ token: LinkToken, id: z.uuid() });
export type JoinSession = z.infer<typeof JoinSession>;
export const SessionJoined = z.object({ sessionId: z.uuid(), token: z.string(), expiresAt: Instant });
export type SessionJoined = z.infer<typeof SessionJoined>;

/** `POST /api/sessions/:id/messages`; idempotent by the id. `call`: what was said on the phone, by the mediator. */
export const SendSessionMessage = z.strictObject({
  id: z.uuid(),
  room: z.enum(ROOMS),
  kind: z.enum(['text', 'call']).default('text'),
  text: z.string().trim().max(4000).default(''),
  minutes: z.int().min(0).max(600).optional(),
  files: z.array(z.uuid()).max(10).default([]),
});
export type SendSessionMessage = z.infer<typeof SendSessionMessage>;

/** An entry of a session. `seq` counts what this viewer may see, from 1, without gaps. */
export const SessionEntry = z.object({
  seq: z.int(),
  id: z.uuid(),
  kind: z.enum(ENTRY_KINDS),
  room: z.enum(ROOMS),
  by: z.enum(AUTHORS),
  /** Null: it was erased with the person whom it is about. */
  text: z.string().nullable(),
  /** What an entry that is not a text tells: numbers, versions, hashes. */
  data: z.record(z.string(), z.unknown()).nullable(),
  files: z.array(z.object({ fileId: z.uuid(), url: z.string(), thumb: z.string().nullable() })),
  at: Instant,
});
export type SessionEntry = z.infer<typeof SessionEntry>;
export const SessionEntries = z.object({ entries: z.array(SessionEntry), more: z.boolean() });
export type SessionEntries = z.infer<typeof SessionEntries>;

/** In a phone session the mediator writes down what a side said: `side` names it. */
const onPhone = { side: z.enum(SIDES).optional() };

/** `POST /api/sessions/:id/offers`; idempotent by the id; ends the offer that was open. */
export const MakeOffer = z.strictObject({ id: z.uuid(), amountFen: Fen.nullable(), terms: words(2000), ...onPhone });
export type MakeOffer = z.infer<typeof MakeOffer>;
export const AnswerOffer = z.strictObject({ answer: z.enum(['accept', 'reject']), ...onPhone });
export type AnswerOffer = z.infer<typeof AnswerOffer>;

/** `POST /api/sessions/:id/settlements`, by the mediator; a new version ends the one before. */
export const ProposeSettlement = z.strictObject({
  id: z.uuid(),
  text: words(8000),
  amountFen: Fen.nullable(),
  payBy: Day.nullable(),
});
export type ProposeSettlement = z.infer<typeof ProposeSettlement>;

/** `phone` only where none is known: somebody who asked anonymously, a desk without one. */
export const AskSettlementCode = z.strictObject({ hash: Hash, phone: Phone.optional(), ...onPhone });
export type AskSettlementCode = z.infer<typeof AskSettlementCode>;
export const ConfirmSettlement = z.strictObject({ hash: Hash, code: Code, phone: Phone.optional(), ...onPhone });
export type ConfirmSettlement = z.infer<typeof ConfirmSettlement>;

export const ReportPerformance = z.strictObject({
  report: z.enum(PERFORMANCE_REPORTS),
  /** By the mediator: what proves it. */
  words: words(500).optional(),
});
export type ReportPerformance = z.infer<typeof ReportPerformance>;

/** A side's consent to fifteen more days; `record`: where the mediator keeps what a side said on the phone. */
export const ConsentToExtend = z.strictObject({ record: words(200).optional(), ...onPhone });
export type ConsentToExtend = z.infer<typeof ConsentToExtend>;

export const EndSession = z.strictObject({ outcome: z.enum(OUTCOMES), words: words(2000) });
export type EndSession = z.infer<typeof EndSession>;

const OfferView = z.object({
  version: z.int(),
  by: z.enum(SIDES),
  amountFen: Fen.nullable(),
  terms: z.string().nullable(),
  state: z.enum(OFFER_STATES),
  at: Instant,
});

const SettlementView = z.object({
  version: z.int(),
  state: z.enum(SETTLEMENT_STATES),
  /** The whole text, as both sides see it; SHA-256 of its UTF-8 bytes is `hash`. */
  document: z.string().nullable(),
  hash: Hash,
  amountFen: Fen.nullable(),
  payBy: Day.nullable(),
  confirmedAt: z.object({ claimant: Instant.nullable(), respondent: Instant.nullable() }),
  performance: z.enum(PERFORMANCES).nullable(),
  at: Instant,
});

export const SessionView = z.object({
  id: z.uuid(),
  requestId: z.uuid(),
  requestNumber: z.string(),
  form: z.enum(SESSION_FORMS),
  isOpen: z.boolean(),
  /** As whom the viewer takes part. */
  party: z.enum(PARTIES),
  names: z.object({ claimant: z.string(), respondent: z.string() }),
  /** What the respondent is told of the case. */
  summary: z.string().nullable(),
  rooms: z.array(z.enum(ROOMS)),
  /** Of what the viewer may see. */
  lastSeq: z.int(),
  hasRespondentJoined: z.boolean(),
  acceptedOn: Day.nullable(),
  dueAt: Instant.nullable(),
  isExtended: z.boolean(),
  consents: z.object({ claimant: z.boolean(), respondent: z.boolean() }),
  offers: z.array(OfferView),
  settlements: z.array(SettlementView),
  openedAt: Instant,
  closedAt: Instant.nullable(),
});
export type SessionView = z.infer<typeof SessionView>;

const SessionRow = SessionView.pick({ id: true, form: true, isOpen: true, openedAt: true, closedAt: true });
export const SessionRows = z.object({ rows: z.array(SessionRow) });
