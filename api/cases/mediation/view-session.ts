import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { CLAIMANT_NAME, isIn, ROOMS, SIDES } from '#domain/cases/mediation/session.ts';
import type { SessionView } from '#domain/cases/mediation/session-contract.ts';
import type { Database } from '../../../db/connect.ts';
import { requests } from '../../../db/tables/cases.ts';
import { mediationSessions, sessionLinks, sessionOffers, sessionSettlements } from '../../../db/tables/mediation.ts';
import { organisations } from '../../../db/tables/places.ts';
import { writeAudit } from '../../platform/audit.ts';
import { summaryOf, type RequestRecord } from '../view-request.ts';
import type { SessionRecord } from './append-entry.ts';
import type { MediationDependencies } from './dependencies.ts';
import type { Partaker } from './find-partaker.ts';
import { lastSeqOf } from './list-entries.ts';

type OfferRecord = typeof sessionOffers.$inferSelect;
type SettlementRecord = typeof sessionSettlements.$inferSelect;

export const termsContext = ({ sessionId, version }: Pick<OfferRecord, 'sessionId' | 'version'>) =>
  `session ${sessionId} offer ${version}`;
export const documentContext = ({ sessionId, version }: Pick<SettlementRecord, 'sessionId' | 'version'>) =>
  `session ${sessionId} settlement ${version}`;

/** A session as somebody who takes part may see it. The claimant has no name in it, whoever looks. */
export async function viewSession(
  { connection: { db }, vault }: Pick<MediationDependencies, 'connection' | 'vault'>,
  { party, session, request }: Partaker,
): Promise<SessionView> {
  const offers = await db
    .select()
    .from(sessionOffers)
    .where(eq(sessionOffers.sessionId, session.id))
    .orderBy(asc(sessionOffers.version));
  const settlements = await db
    .select()
    .from(sessionSettlements)
    .where(eq(sessionSettlements.sessionId, session.id))
    .orderBy(asc(sessionSettlements.version));
  const [link] = await db
    .select({ id: sessionLinks.id })
    .from(sessionLinks)
    .where(and(eq(sessionLinks.sessionId, session.id), isNotNull(sessionLinks.usedAt), isNull(sessionLinks.revokedAt)))
    .limit(1);
  const sealed = [
    ...(request.summarySealed === null ? [] : [{ sealed: request.summarySealed, context: summaryOf(request.id) }]),
    ...offers.map((offer) => ({ sealed: offer.termsSealed, context: termsContext(offer) })),
    ...settlements.map((one) => ({ sealed: one.documentSealed, context: documentContext(one) })),
  ];
  const unseal = await vault.unsealerFor(db, request.vaultPersonId);
  const texts = sealed.map((one) => unseal && unseal(one.sealed, one.context));
  const summary = request.summarySealed === null ? null : texts.shift()!;
  return {
    id: session.id,
    requestId: request.id,
    requestNumber: request.number,
    form: session.form,
    isOpen: session.closedAt === null,
    party,
    names: { claimant: CLAIMANT_NAME, respondent: await respondentNameOf(db, request) },
    summary,
    rooms: ROOMS.filter((room) => isIn(room, party)),
    lastSeq: lastSeqOf(session, party),
    hasRespondentJoined: link !== undefined,
    acceptedOn: request.acceptedOn,
    dueAt: request.dueAt?.toISOString() ?? null,
    isExtended: request.isExtended,
    consents: { claimant: session.claimantConsentAt !== null, respondent: session.respondentConsentAt !== null },
    offers: offers.map(({ version, by, amountFen, state, at }, i) => ({
      version,
      by,
      amountFen,
      terms: texts[i] ?? null,
      state,
      at: at.toISOString(),
    })),
    settlements: settlements.map((one, i) => asSettlement(one, texts[offers.length + i] ?? null)),
    openedAt: session.openedAt.toISOString(),
    closedAt: session.closedAt?.toISOString() ?? null,
  };
}

function asSettlement(row: SettlementRecord, document: string | null): SessionView['settlements'][number] {
  const { version, state, hash, amountFen, payBy, performance, at } = row;
  return {
    version,
    state,
    document,
    hash,
    amountFen,
    payBy,
    confirmedAt: {
      claimant: row.claimantConfirmedAt?.toISOString() ?? null,
      respondent: row.respondentConfirmedAt?.toISOString() ?? null,
    },
    performance,
    at: at.toISOString(),
  };
}

/** A session as it is opened to look at. A mediator's look is kept in the audit trail. */
export async function lookAtSession(
  deps: Pick<MediationDependencies, 'connection' | 'vault'>,
  partaker: Partaker,
  nowMs: number,
): Promise<SessionView> {
  const view = await viewSession(deps, partaker);
  if (!SIDES.some((side) => side === partaker.party)) {
    await deps.connection.db.transaction((tx) =>
      writeAudit(tx, {
        actorId: partaker.actorId,
        action: 'session.look',
        subject: { kind: 'session', id: view.id },
        atMs: nowMs,
      }),
    );
  }
  return view;
}

export async function respondentNameOf(
  db: Database,
  { respondentId, respondentName }: Pick<RequestRecord, 'respondentId' | 'respondentName'>,
): Promise<string> {
  if (respondentId === null) return respondentName ?? '被申请人';
  const [row] = await db
    .select({ name: organisations.name })
    .from(organisations)
    .where(eq(organisations.id, respondentId));
  return row?.name ?? '被申请人';
}

/** The sessions of a request, newest first, for whoever takes part in them. */
export async function listSessions(
  db: Database,
  requestId: string,
): Promise<Pick<SessionView, 'id' | 'form' | 'isOpen' | 'openedAt' | 'closedAt'>[]> {
  const rows: SessionRecord[] = (
    await db
      .select({ session: mediationSessions })
      .from(mediationSessions)
      .innerJoin(requests, eq(requests.id, mediationSessions.requestId))
      .where(eq(requests.id, requestId))
      .orderBy(desc(mediationSessions.openedAt), desc(mediationSessions.id))
  ).map(({ session }) => session);
  return rows.map(({ id, form, openedAt, closedAt }) => ({
    id,
    form,
    isOpen: closedAt === null,
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  }));
}
