import { and, asc, eq, gt, isNotNull } from 'drizzle-orm';
import type { Party } from '#domain/cases/mediation/session.ts';
import type { SessionEntries, SessionEntry } from '#domain/cases/mediation/session-contract.ts';
import type { Database } from '../../../db/connect.ts';
import { sessionEntries } from '../../../db/tables/mediation.ts';
import { listFilesOf } from '../../platform/files/attach-files.ts';
import type { Files } from '../../platform/files/files.ts';
import type { Vault } from '../../platform/vault.ts';
import { type EntryBody, entryContext, type EntryRecord, type SessionRecord } from './append-entry.ts';
import type { Partaker } from './find-partaker.ts';

export type EntryReader = { db: Database; vault: Vault; files: Files };

const PAGE = 100;

/** The column by which a party counts: what has no number in it does not exist for them. */
const countedBy = {
  claimant: sessionEntries.claimantSeq,
  respondent: sessionEntries.respondentSeq,
  mediator: sessionEntries.seq,
} as const satisfies Record<Party, unknown>;

export const fileSubject = ({ sessionId, author, id }: Pick<EntryRecord, 'sessionId' | 'author' | 'id'>) =>
  `session:${sessionId}:${author}:${id}`;

/** How far a party could read up to now. */
export function lastSeqOf(session: SessionRecord, party: Party): number {
  if (party === 'mediator') return session.lastSeq;
  return party === 'claimant' ? session.lastClaimantSeq : session.lastRespondentSeq;
}

/** What a party may see after the entry `after` (0: all), in order, at most a hundred. */
export async function listEntries(
  reader: EntryReader,
  { party, session, request }: Pick<Partaker, 'party' | 'session' | 'request'>,
  after: number,
): Promise<SessionEntries> {
  const counted = countedBy[party];
  const rows = await reader.db
    .select()
    .from(sessionEntries)
    .where(and(eq(sessionEntries.sessionId, session.id), isNotNull(counted), gt(counted, after)))
    .orderBy(asc(counted))
    .limit(PAGE + 1);
  const entries = await viewEntries(reader, party, request.vaultPersonId, rows.slice(0, PAGE));
  return { entries, more: rows.length > PAGE };
}

/** Entries that a party may see, as they may see them. */
export async function viewEntries(
  { db, vault, files }: EntryReader,
  party: Party,
  vaultPersonId: string,
  rows: readonly EntryRecord[],
): Promise<SessionEntry[]> {
  const unseal = await vault.unsealerFor(db, vaultPersonId);
  const bodies = rows.map((row) => unseal && unseal(row.bodySealed, entryContext(row)));
  const texts = rows.filter(({ kind }) => kind === 'text' || kind === 'call');
  const attached = await listFilesOf(db, 'case', texts.map(fileSubject));
  return rows.map((row, i) => {
    const sealed = bodies[i] ?? null;
    const body = sealed === null ? null : (JSON.parse(sealed) as EntryBody);
    const seq = { claimant: row.claimantSeq, respondent: row.respondentSeq, mediator: row.seq }[party];
    return {
      seq: seq!,
      id: row.id,
      kind: row.kind,
      room: row.room,
      by: row.author,
      text: body?.text ?? null,
      data: body?.data ?? null,
      files: (attached.get(fileSubject(row)) ?? []).map((file) => ({ fileId: file.id, ...files.links.make(file) })),
      at: row.at.toISOString(),
    };
  });
}
