import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { FilePurpose, FileUseKind } from '#domain/files/file-kinds.ts';
import type { Database, Transaction } from '../../../db/connect.ts';
import { files, fileUses } from '../../../db/tables/files.ts';
import { refuseField } from '../../http/problem.ts';
import { KeyDestroyed, type Vault } from '../vault.ts';
import type { FileRow, Uploader } from './files.ts';

export type FileUse = { kind: FileUseKind; subjectId: string };

export type Attachment = {
  fileIds: readonly string[];
  use: FileUse;
  purpose: FilePurpose;
  /** Only what they handed in themselves … */
  uploader: Uploader;
  /** … or what one of these uses already. */
  sharedWith?: readonly FileUse[];
  /** The field of the body that names the files, for the words of a refusal. */
  path: string;
  nowMs: number;
};

/**
 * Lets something use files, in the transaction in which it comes to name them; from then on they are not swept. What is
 * attached already stays so. Throws `no_such_file` when one is not there, is for another purpose, or is somebody else's.
 */
export async function attachFiles(tx: Transaction, attachment: Attachment): Promise<FileRow[]> {
  const { use, purpose, uploader, sharedWith = [], path, nowMs } = attachment;
  const ids = [...new Set(attachment.fileIds.map((id) => id.toLowerCase()))].sort();
  if (ids.length === 0) return [];
  // Held, so that the sweep does not take one of them meanwhile.
  const rows = await tx
    .select()
    .from(files)
    .where(and(inArray(files.id, ids), isNotNull(files.storedAt), isNull(files.doomedAt)))
    .orderBy(files.id)
    .for('share');
  const known = await tx.select().from(fileUses).where(inArray(fileUses.fileId, ids));
  const isTheirs = (row: FileRow) =>
    row.purpose === purpose &&
    ((uploader.personId !== null && row.personId === uploader.personId) ||
      (uploader.deviceHash !== null && row.deviceHash === uploader.deviceHash) ||
      known.some(
        ({ fileId, kind, subjectId }) =>
          fileId === row.id && [use, ...sharedWith].some((one) => one.kind === kind && one.subjectId === subjectId),
      ));
  const missing = ids.length - rows.filter(isTheirs).length;
  if (missing > 0) {
    const what = ids.length === 1 ? 'The file' : `${missing} of the files`;
    throw refuseField('no_such_file', path, `${what} cannot be used here. Choose it again. Nothing was stored.`);
  }
  await tx
    .insert(fileUses)
    .values(ids.map((fileId) => ({ fileId, ...use, at: new Date(nowMs) })))
    .onConflictDoNothing();
  return rows;
}

/** Ends a use: a file that nothing else uses is swept. */
export async function detachFiles(tx: Transaction, use: FileUse): Promise<void> {
  await tx.delete(fileUses).where(and(eq(fileUses.kind, use.kind), eq(fileUses.subjectId, use.subjectId)));
}

/**
 * Puts files under the key of the person whom they are about, such as a claimant whose papers an officer took in: erasing
 * that person then destroys them. Throws `KeyDestroyed`, also when a file was under the key of somebody erased.
 */
export async function giveFilesTo(
  tx: Transaction,
  vault: Vault,
  rows: readonly FileRow[],
  personId: string,
): Promise<void> {
  for (const { id, keyOwner, wrappedKey } of rows) {
    if (keyOwner === personId) continue;
    const key = await vault.unwrapFileKey(tx, keyOwner, id, wrappedKey);
    if (!key) throw new KeyDestroyed('The person whom this file was about was erased.');
    const wrapped = await vault.wrapFileKey(tx, personId, id, key);
    await tx.update(files).set({ keyOwner: personId, wrappedKey: wrapped }).where(eq(files.id, id));
  }
}

/** The files that something uses, by subject, in the order in which they came. */
export async function listFilesOf(
  db: Database,
  kind: FileUseKind,
  subjectIds: readonly string[],
): Promise<Map<string, FileRow[]>> {
  if (subjectIds.length === 0) return new Map();
  const rows = await db
    .select({ subjectId: fileUses.subjectId, file: files })
    .from(fileUses)
    .innerJoin(files, eq(files.id, fileUses.fileId))
    .where(and(eq(fileUses.kind, kind), inArray(fileUses.subjectId, [...subjectIds]), isNull(files.doomedAt)))
    .orderBy(fileUses.at, files.id);
  const found = new Map<string, FileRow[]>();
  for (const { subjectId, file } of rows) found.set(subjectId, [...(found.get(subjectId) ?? []), file]);
  return found;
}
