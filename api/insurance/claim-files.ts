import { and, eq, inArray, isNotNull, notInArray } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database, Transaction } from '../../db/connect.ts';
import { files as fileTable } from '../../db/tables/files.ts';
import { attachFiles, giveFilesTo } from '../platform/files/attach-files.ts';
import type { Files } from '../platform/files/files.ts';

export type AttachClaimFiles = {
  fileIds: readonly string[];
  claimId: string;
  /** Who hands them in: only files of their own. */
  actorId: string;
  /** Under whose key they go. */
  insuredPersonId: string;
  nowMs: number;
};

/**
 * Lets a claim use papers, in the transaction in which it comes to name them, and puts them under the insured person's
 * key. Throws `no_such_file` when one is not there or is somebody else's.
 */
export async function attachClaimFiles(
  tx: Transaction,
  { vault, byPerson }: Files,
  { fileIds, claimId, actorId, insuredPersonId, nowMs }: AttachClaimFiles,
): Promise<void> {
  const rows = await attachFiles(tx, {
    fileIds,
    use: { kind: 'claim', subjectId: claimId },
    purpose: 'paper',
    uploader: byPerson(actorId),
    path: 'files',
    nowMs,
  });
  await giveFilesTo(tx, vault, rows, insuredPersonId);
}

/** Addresses that are good for minutes, for somebody who may see the claim. What is gone has none. */
export async function linksOfClaimFiles(
  db: Database,
  { links }: Files,
  fileIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (fileIds.length === 0) return new Map();
  const rows = await db
    .select({ id: fileTable.id, thumbBytes: fileTable.thumbBytes })
    .from(fileTable)
    .where(and(inArray(fileTable.id, [...fileIds]), isNotNull(fileTable.storedAt)));
  return new Map(rows.map((row) => [row.id, links.make(row).url]));
}

/** The ids of all files that came with the same bytes as one of these, themselves left out. */
export async function listSameContent(db: Database, fileIds: readonly string[]): Promise<string[]> {
  if (fileIds.length === 0) return [];
  const same = alias(fileTable, 'same');
  const rows = await db
    .selectDistinct({ id: same.id })
    .from(fileTable)
    .innerJoin(same, eq(same.sha256, fileTable.sha256))
    .where(and(inArray(fileTable.id, [...fileIds]), notInArray(same.id, [...fileIds])));
  return rows.map(({ id }) => id);
}
