import type { Database, Transaction } from '../../db/connect.ts';

export type AttachClaimFiles = {
  fileIds: readonly string[];
  claimId: string;
  /** Who hands them in: only files of their own. */
  actorId: string;
  /** Under whose key they go. */
  insuredPersonId: string;
  nowMs: number;
};

/** What claims ask of the place where files are kept. */
export type ClaimFileStore = {
  /** In the transaction in which the claim comes to name them. Throws when one is not there or is somebody else's. */
  attach: (tx: Transaction, attachment: AttachClaimFiles) => Promise<void>;
  /** Addresses that are good for minutes, for somebody who may see the claim. */
  makeLinks: (db: Database, fileIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The ids of all files with the same bytes as one of these, themselves left out. */
  listSameContent: (db: Database, fileIds: readonly string[]) => Promise<string[]>;
};

/** Keeps ids only: for as long as no file store is connected. */
export const fileIdsOnly: ClaimFileStore = {
  attach: async () => {},
  makeLinks: async (_, fileIds) => new Map(fileIds.map((id) => [id, `/api/files/${id}`])),
  listSameContent: async () => [],
};
