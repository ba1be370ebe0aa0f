import { and, desc, eq } from 'drizzle-orm';
import { answerOffer, type Side } from '#domain/cases/mediation/session.ts';
import type { AnswerOffer, MakeOffer } from '#domain/cases/mediation/session-contract.ts';
import { sessionOffers } from '../../../db/tables/mediation.ts';
import { Problem } from '../../http/problem.ts';
import { writeAudit } from '../../platform/audit.ts';
import { appendEntry, assertOpen, lockSession, sealOf } from './append-entry.ts';
import type { MediationDependencies } from './dependencies.ts';
import { type Partaker, sideOf } from './find-partaker.ts';
import { refuseName } from './send-message.ts';
import { termsContext } from './view-session.ts';

type Dependencies = Pick<MediationDependencies, 'connection' | 'vault'>;

/**
 * Makes an offer, or a counter-offer that ends the one that was open. What is sent twice under one id is made once.
 * Throws `not_allowed`, `session_state`, `name_confidential`, `id_taken`.
 */
export async function makeOffer(
  { connection: { db }, vault }: Dependencies,
  partaker: Partaker,
  input: MakeOffer,
  nowMs: number,
): Promise<void> {
  const { session: seen, request, actorId, party } = partaker;
  const by = sideOf(partaker, input.side);
  const { amountFen, terms } = input;
  await refuseName(db, vault, partaker, 'plenary', terms);
  const id = input.id.toLowerCase();
  await db.transaction(async (tx) => {
    const session = await lockSession(tx, seen.id);
    const [known] = await tx
      .select()
      .from(sessionOffers)
      .where(and(eq(sessionOffers.sessionId, session.id), eq(sessionOffers.by, by), eq(sessionOffers.id, id)));
    if (known) {
      const same = await vault.unsealFor(tx, request.vaultPersonId, known.termsSealed, termsContext(known));
      if (known.amountFen === amountFen && same === terms) return;
      throw new Problem('id_taken', 'Another offer of yours has this id. Make a new id. Nothing was stored.');
    }
    assertOpen(session);
    const [last] = await tx
      .select({ version: sessionOffers.version })
      .from(sessionOffers)
      .where(eq(sessionOffers.sessionId, session.id))
      .orderBy(desc(sessionOffers.version))
      .limit(1);
    const version = (last?.version ?? 0) + 1;
    await tx
      .update(sessionOffers)
      .set({ state: 'superseded' })
      .where(and(eq(sessionOffers.sessionId, session.id), eq(sessionOffers.state, 'open')));
    const termsSealed = await sealOf(tx, vault, request, terms, termsContext({ sessionId: session.id, version }));
    await tx
      .insert(sessionOffers)
      .values({ sessionId: session.id, version, id, by, amountFen, termsSealed, state: 'open', at: new Date(nowMs) });
    const data = { version, side: by, amountFen };
    await appendEntry(tx, vault, session, request, { author: party, actorId, kind: 'offer', text: terms, data }, nowMs);
    await writeAudit(tx, {
      actorId,
      action: 'session.offer',
      subject: { kind: 'session', id: session.id },
      after: { version, side: by, terms: termsSealed },
      atMs: nowMs,
    });
  });
}

/** The other side's answer to the open offer. Throws `session_state` when there is nothing for them to answer. */
export async function answerOpenOffer(
  { connection: { db }, vault }: Dependencies,
  partaker: Partaker,
  version: number,
  input: AnswerOffer,
  nowMs: number,
): Promise<void> {
  const { session: seen, request, actorId, party } = partaker;
  const side: Side = sideOf(partaker, input.side);
  await db.transaction(async (tx) => {
    const session = await lockSession(tx, seen.id);
    const isThis = and(eq(sessionOffers.sessionId, session.id), eq(sessionOffers.version, version));
    const [offer] = await tx.select().from(sessionOffers).where(isThis);
    const wanted = input.answer === 'accept' ? 'accepted' : 'rejected';
    // The answer to the first sending may have been lost.
    if (offer?.state === wanted && offer.by !== side) return;
    assertOpen(session);
    const state = offer ? answerOffer(offer, side, input.answer) : null;
    if (!state) {
      throw new Problem(
        'session_state',
        'This offer is yours, was answered, or another has taken its place. Look at the newest. Nothing was changed.',
      );
    }
    await tx
      .update(sessionOffers)
      .set({ state, answeredAt: new Date(nowMs) })
      .where(isThis);
    const entry = { author: party, actorId, kind: 'offer_answered', data: { version, side, state } } as const;
    await appendEntry(tx, vault, session, request, entry, nowMs);
    await writeAudit(tx, {
      actorId,
      action: 'session.answer_offer',
      subject: { kind: 'session', id: session.id },
      after: { version, side, state },
      atMs: nowMs,
    });
  });
}
