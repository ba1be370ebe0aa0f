import { and, eq } from 'drizzle-orm';
import { isIn, type Room } from '#domain/cases/mediation/session.ts';
import { type SendSessionMessage, type SessionEntry } from '#domain/cases/mediation/session-contract.ts';
import { RequestAccount } from '#domain/cases/request-contract.ts';
import type { Database } from '../../../db/connect.ts';
import { sessionEntries } from '../../../db/tables/mediation.ts';
import { Problem, refuseField } from '../../http/problem.ts';
import { attachFiles, giveFilesTo } from '../../platform/files/attach-files.ts';
import type { Files, Uploader } from '../../platform/files/files.ts';
import type { Vault } from '../../platform/vault.ts';
import { accountOf } from '../view-request.ts';
import { appendEntry, assertOpen, entryContext, lockSession } from './append-entry.ts';
import type { MediationDependencies } from './dependencies.ts';
import type { Partaker } from './find-partaker.ts';
import { fileSubject, viewEntries } from './list-entries.ts';

type Dependencies = Pick<MediationDependencies, 'connection' | 'vault' | 'files'>;

/**
 * Says something in a room of a session. What is sent twice under one id is stored once. Throws `not_allowed`,
 * `session_state`, `invalid_request`, `id_taken`, `no_such_file`, `name_confidential`, `person_erased`.
 */
export async function sendSessionMessage(
  { connection: { db }, vault, files }: Dependencies,
  partaker: Partaker,
  message: SendSessionMessage,
  nowMs: number,
): Promise<{ entry: SessionEntry; isNew: boolean }> {
  const { party, session: seen, request, actorId } = partaker;
  const { room, kind, text, minutes } = message;
  if (!isIn(room, party)) throw new Problem('not_allowed', 'You take no part in this room.');
  if (kind === 'call' && (party !== 'mediator' || seen.form !== 'phone')) {
    throw new Problem('not_allowed', 'Calls are written down by the mediator, in a session on the phone.');
  }
  const id = message.id.toLowerCase();
  const fileIds = [...new Set(message.files.map((fileId) => fileId.toLowerCase()))].sort();
  if (text === '' && fileIds.length === 0) {
    throw refuseField('invalid_request', 'text', 'text: write something, or send a file');
  }
  await refuseName(db, vault, partaker, room, text);
  const data = { ...(minutes !== undefined && { minutes }), ...(fileIds.length > 0 && { files: fileIds }) };
  const sent = await db.transaction(async (tx) => {
    const session = await lockSession(tx, seen.id);
    const [known] = await tx
      .select()
      .from(sessionEntries)
      .where(
        and(eq(sessionEntries.sessionId, session.id), eq(sessionEntries.author, party), eq(sessionEntries.id, id)),
      );
    if (known) {
      const body = await vault.unsealFor(tx, request.vaultPersonId, known.bodySealed, entryContext(known));
      const isSame =
        known.room === room &&
        known.kind === kind &&
        body === JSON.stringify({ text, data: Object.keys(data).length > 0 ? data : null });
      if (isSame) return { row: known, isNew: false };
      throw new Problem('id_taken', 'Another message of yours has this id. Make a new id. Nothing was stored.');
    }
    assertOpen(session);
    const rows = await attachFiles(tx, {
      fileIds,
      use: { kind: 'case', subjectId: fileSubject({ sessionId: session.id, author: party, id }) },
      purpose: 'paper',
      uploader: uploaderOf(files, partaker),
      path: 'files',
      nowMs,
    });
    const row = await appendEntry(
      tx,
      vault,
      session,
      request,
      { id, author: party, actorId, kind, room, text, ...(Object.keys(data).length > 0 && { data }) },
      nowMs,
    );
    await giveFilesTo(tx, vault, rows, request.vaultPersonId);
    return { row, isNew: true };
  });
  const [entry] = await viewEntries({ db, vault, files }, party, request.vaultPersonId, [sent.row]);
  return { entry: entry!, isNew: sent.isNew };
}

/** Whoever hands a file in for a session: somebody signed in, or the holder of a code or link, for this session only. */
export function uploaderOf(files: Files, { actorId, session, party, linkId }: Partaker): Uploader {
  if (actorId !== null) return files.byPerson(actorId);
  return files.byDevice(`session ${session.id} ${party} ${linkId ?? ''}`);
}

/**
 * Keeps the name and the phone of somebody who asked without their name out of what the respondent would read. Nothing is
 * said to a respondent's own words: a refusal would tell them that they guessed right. Throws `name_confidential`.
 */
export async function refuseName(
  db: Database,
  vault: Vault,
  { party, request }: Pick<Partaker, 'party' | 'request'>,
  room: Room,
  text: string,
): Promise<void> {
  if (request.naming === 'named' || party === 'respondent' || !isIn(room, 'respondent')) return;
  const sealed = await vault.unsealFor(db, request.vaultPersonId, request.accountSealed, accountOf(request.id));
  if (sealed === null) return;
  const { name, phone } = RequestAccount.parse(JSON.parse(sealed));
  const plain = text.replaceAll(/[\s-]/g, '');
  const told = [name, phone]
    .map((secret) => secret.replaceAll(/[\s-]/g, ''))
    .some((secret) => secret.length > 1 && plain.includes(secret));
  if (!told) return;
  throw new Problem(
    'name_confidential',
    'The respondent must not learn who asks: leave out their name and phone. Nothing was stored.',
  );
}
