import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { type Author, type EntryKind, isIn, type Room } from '#domain/cases/mediation/session.ts';
import type { Transaction } from '../../../db/connect.ts';
import type { requests } from '../../../db/tables/cases.ts';
import { mediationSessions, sessionEntries } from '../../../db/tables/mediation.ts';
import { Problem } from '../../http/problem.ts';
import { KeyDestroyed, type Vault } from '../../platform/vault.ts';

export type SessionRecord = typeof mediationSessions.$inferSelect;
export type EntryRecord = typeof sessionEntries.$inferSelect;
type RequestOfSession = Pick<typeof requests.$inferSelect, 'id' | 'vaultPersonId'>;

/** What is sealed of an entry. */
export type EntryBody = { text: string; data: Record<string, unknown> | null };

export type NewEntry = {
  id?: string;
  author: Author;
  actorId?: string | null;
  kind: EntryKind;
  room?: Room;
  text?: string;
  data?: Record<string, unknown>;
};

export const entryContext = ({ sessionId, author, id }: Pick<EntryRecord, 'sessionId' | 'author' | 'id'>) =>
  `session ${sessionId} entry ${author} ${id}`;

/** The session as it stands, locked: what is appended to it is numbered one after the other. */
export async function lockSession(tx: Transaction, id: string): Promise<SessionRecord> {
  const [session] = await tx.select().from(mediationSessions).where(eq(mediationSessions.id, id)).for('update');
  return session!;
}

export function assertOpen({ closedAt }: SessionRecord): void {
  if (closedAt !== null) throw new Problem('session_state', 'This session has ended. Nothing was stored.');
}

/**
 * Appends to a session that is locked, under the next number and that of each side that may see it. Answers the entry;
 * `session` itself counts on. Throws `person_erased`.
 */
export async function appendEntry(
  tx: Transaction,
  vault: Vault,
  session: SessionRecord,
  request: RequestOfSession,
  { id = randomUUID(), author, actorId = null, kind, room = 'plenary', text = '', data }: NewEntry,
  nowMs: number,
): Promise<EntryRecord> {
  session.lastSeq += 1;
  if (isIn(room, 'claimant')) session.lastClaimantSeq += 1;
  if (isIn(room, 'respondent')) session.lastRespondentSeq += 1;
  const { lastSeq, lastClaimantSeq, lastRespondentSeq } = session;
  await tx
    .update(mediationSessions)
    .set({ lastSeq, lastClaimantSeq, lastRespondentSeq })
    .where(eq(mediationSessions.id, session.id));
  const body: EntryBody = { text, data: data ?? null };
  const [entry] = await tx
    .insert(sessionEntries)
    .values({
      sessionId: session.id,
      seq: lastSeq,
      claimantSeq: isIn(room, 'claimant') ? lastClaimantSeq : null,
      respondentSeq: isIn(room, 'respondent') ? lastRespondentSeq : null,
      id,
      author,
      actorId,
      kind,
      room,
      bodySealed: await sealOf(
        tx,
        vault,
        request,
        JSON.stringify(body),
        entryContext({ sessionId: session.id, author, id }),
      ),
      at: new Date(nowMs),
    })
    .returning();
  return entry!;
}

/** Seals under the key of the request. Throws `person_erased`. */
export async function sealOf(
  tx: Transaction,
  vault: Vault,
  { vaultPersonId }: Pick<RequestOfSession, 'vaultPersonId'>,
  plain: string,
  context: string,
): Promise<string> {
  try {
    return await vault.sealFor(tx, vaultPersonId, plain, context);
  } catch (error) {
    if (error instanceof KeyDestroyed) throw new Problem('person_erased', 'This person had their data erased.');
    throw error;
  }
}

/** Ends every open session of a request that is locked, and says so in it. */
export async function closeSessions(
  tx: Transaction,
  vault: Vault,
  request: RequestOfSession,
  data: Record<string, unknown>,
  nowMs: number,
): Promise<void> {
  const open = await tx
    .select()
    .from(mediationSessions)
    .where(and(eq(mediationSessions.requestId, request.id), isNull(mediationSessions.closedAt)))
    .for('update');
  for (const session of open) {
    await tx
      .update(mediationSessions)
      .set({ closedAt: new Date(nowMs) })
      .where(eq(mediationSessions.id, session.id));
    await appendEntry(tx, vault, session, request, { author: 'program', kind: 'ended', data }, nowMs);
  }
}
