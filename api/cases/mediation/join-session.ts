import { randomBytes, randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { JoinSession, LinkMade, MakeLink, SessionJoined } from '#domain/cases/mediation/session-contract.ts';
import { requests } from '../../../db/tables/cases.ts';
import { mediationSessions, sessionLinks } from '../../../db/tables/mediation.ts';
import { Problem } from '../../http/problem.ts';
import { writeAudit } from '../../platform/audit.ts';
import type { Vault } from '../../platform/vault.ts';
import { createTokens } from '../request-tokens.ts';
import { appendEntry, assertOpen, lockSession, sealOf } from './append-entry.ts';
import type { MediationDependencies } from './dependencies.ts';
import type { Partaker } from './find-partaker.ts';

const DAY_MS = 86_400_000;
const LINK_MS = 3 * DAY_MS;
/** A mediation takes thirty days at most, and a settlement is performed after it. */
const JOINED_MS = 60 * DAY_MS;
/** So long the same phone may ask again for the answer to its opening a link. */
const AGAIN_MS = 10 * 60_000;

export const SESSION_TOKEN_HEADER = 'x-session-token';
export const phoneContext = (linkId: string) => `session link ${linkId} phone`;

/** Tokens of those who joined by a link: they name the link. */
export function sessionTokens(vault: Vault, clock: () => number) {
  return createTokens({
    key: vault.secretFor('session tokens'),
    clock,
    goodForMs: JOINED_MS,
    whenOver: 'This is over. Ask the mediator for a new link.',
  });
}

/**
 * Makes the one link by which the respondent may join; those before are worth nothing from now on, nor what was joined by
 * them. Sends it when a phone is named; it stands also when that failed. Throws `session_state`.
 */
export async function makeLink(
  {
    connection: { db },
    vault,
    sendMessage,
    log,
  }: Pick<MediationDependencies, 'connection' | 'vault' | 'sendMessage' | 'log'>,
  { session: seen, request, actorId }: Partaker,
  { phone }: MakeLink,
  origin: string,
  nowMs: number,
): Promise<LinkMade> {
  const token = randomBytes(32).toString('base64url');
  const id = randomUUID();
  const expiresAt = new Date(nowMs + LINK_MS);
  await db.transaction(async (tx) => {
    assertOpen(await lockSession(tx, seen.id));
    await tx
      .update(sessionLinks)
      .set({ revokedAt: new Date(nowMs) })
      .where(and(eq(sessionLinks.sessionId, seen.id), isNull(sessionLinks.revokedAt)));
    await tx.insert(sessionLinks).values({
      id,
      sessionId: seen.id,
      tokenLookup: vault.lookupOf('session_link', token),
      phoneSealed: phone === undefined ? null : await sealOf(tx, vault, request, phone, phoneContext(id)),
      madeBy: actorId!,
      madeAt: new Date(nowMs),
      expiresAt,
    });
    await writeAudit(tx, {
      actorId,
      action: 'session.link',
      subject: { kind: 'session', id: seen.id },
      after: { linkId: id, isSent: phone !== undefined },
      atMs: nowMs,
    });
  });
  const url = `${origin}/join/${token}`;
  if (phone !== undefined) {
    const text = `鹭驿：请您参加案号 ${request.number} 的调解。链接三日内有效，仅可打开一次，请勿转发：${url}`;
    await sendMessage({ to: phone, text }).catch(() => log(`the link of session ${seen.id} could not be sent`));
  }
  return { url, token, expiresAt: expiresAt.toISOString() };
}

/**
 * Opens a link: works once, and within some minutes again for the phone that opened it. Throws `join_void` for every
 * link that is not good, whatever the reason.
 */
export async function joinSession(
  { connection: { db }, vault, clock }: Pick<MediationDependencies, 'connection' | 'vault' | 'clock'>,
  { token, id }: JoinSession,
  nowMs: number,
): Promise<SessionJoined> {
  const tokens = sessionTokens(vault, clock);
  const usedByLookup = vault.lookupOf('session_join', id.toLowerCase());
  return db.transaction(async (tx) => {
    const [found] = await tx
      .select({ id: sessionLinks.id, sessionId: sessionLinks.sessionId })
      .from(sessionLinks)
      .where(eq(sessionLinks.tokenLookup, vault.lookupOf('session_link', token)));
    if (!found) throw joinVoid();
    // The session first, as everybody locks it: two who open one link at once wait here.
    const session = await lockSession(tx, found.sessionId);
    const [link] = await tx.select().from(sessionLinks).where(eq(sessionLinks.id, found.id));
    const isAgain =
      link!.usedAt !== null && link!.usedByLookup === usedByLookup && nowMs - link!.usedAt.getTime() < AGAIN_MS;
    const isFresh = link!.usedAt === null && nowMs < link!.expiresAt.getTime();
    if (link!.revokedAt !== null || session.closedAt !== null || !(isAgain || isFresh)) throw joinVoid();
    const { token: sessionToken, expiresAt } = tokens.make(link!.id);
    if (isFresh) {
      await tx
        .update(sessionLinks)
        .set({ usedAt: new Date(nowMs), usedByLookup })
        .where(eq(sessionLinks.id, link!.id));
      const [request] = await tx
        .select({ id: requests.id, vaultPersonId: requests.vaultPersonId })
        .from(requests)
        .innerJoin(mediationSessions, eq(mediationSessions.requestId, requests.id))
        .where(eq(mediationSessions.id, session.id));
      const entry = { author: 'program', kind: 'joined', data: { side: 'respondent' } } as const;
      await appendEntry(tx, vault, session, request!, entry, nowMs);
      await writeAudit(tx, {
        actorId: null,
        action: 'session.join',
        subject: { kind: 'session', id: session.id },
        after: { linkId: link!.id },
        atMs: nowMs,
      });
    }
    return { sessionId: session.id, token: sessionToken, expiresAt };
  });
}

function joinVoid(): Problem {
  return new Problem(
    'join_void',
    'A link opens once, and for three days only. Ask the mediator for a new one, or sign in at your desk.',
  );
}
