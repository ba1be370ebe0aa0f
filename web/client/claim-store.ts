import type { Point } from '#domain/geo/point.ts';
import type { Channel } from '#domain/insurance/enrolment.ts';
import type { BenefitKind, Material } from '#domain/insurance/policy-terms.ts';
import { CLAIMS_DATABASE } from './claims-database.ts';

/**
 * A claim on this phone. `writing`: a draft; `queued`: is reported as soon as it can be; `reported`: the service has it,
 * and files are still to be sent (also those that are handed in later).
 */
export type ClaimDraft = {
  id: string;
  state: 'writing' | 'queued' | 'reported';
  /** The service has the claim: only papers are handed in. */
  isReported: boolean;
  createdAtMs: number;
  savedAtMs: number;
  /** As an input of the browser gives it, in Xiamen's time: `2026-03-10T14:30`. */
  happenedAt: string;
  whatHappened: string;
  point: Point | null;
  place: string;
  witnesses: { id: string; name: string; phone: string }[];
  work: string;
  hospital: string;
  phone: string;
  lines: { id: string; kind: BenefitKind; yuan: string; invoiceNumber: string }[];
  receivingSiteId: string | null;
  name: string;
  idNumber: string;
  consent: { identity: boolean; medical: boolean };
  channel: Channel;
  siteId: string | null;
  /** What goes along with papers that are handed in later. */
  words: string;
  /** Why the service did not take it: the code of its problem. */
  refusal: string | null;
};

/** A photo or paper on its way. `uploadId` and `remoteId` are the service's, once it has begun and got it. */
export type ClaimFile = {
  id: string;
  draftId: string;
  material: Material;
  name: string;
  type: string;
  bytes: Blob;
  uploadId: string | null;
  remoteId: string | null;
  /** The service refused it for good. */
  failed: boolean;
};

let opening: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(CLAIMS_DATABASE, 1);
    asked.addEventListener('upgradeneeded', () => {
      asked.result.createObjectStore('drafts', { keyPath: 'id' });
      asked.result.createObjectStore('files', { keyPath: 'id' }).createIndex('draftId', 'draftId');
    });
    asked.addEventListener('success', () => resolve(asked.result));
    asked.addEventListener('error', () => reject(asked.error!));
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** Runs requests in one transaction and answers when it is written for good. */
async function write(stores: ('drafts' | 'files')[], run: (tx: IDBTransaction) => void): Promise<void> {
  const db = await open();
  await new Promise<void>((resolve, reject) => {
    // A phone that is killed a moment later still has it.
    const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
    tx.addEventListener('complete', () => resolve());
    tx.addEventListener('abort', () => reject(tx.error!));
    run(tx);
  });
}

async function read<T>(store: 'drafts' | 'files', ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  return new Promise((resolve, reject) => {
    const asked = ask(db.transaction(store).objectStore(store));
    asked.addEventListener('success', () => resolve(asked.result));
    asked.addEventListener('error', () => reject(asked.error!));
  });
}

export function findDraft(id: string): Promise<ClaimDraft | undefined> {
  return read('drafts', (store) => store.get(id) as IDBRequest<ClaimDraft | undefined>);
}

export async function listDrafts(): Promise<ClaimDraft[]> {
  const drafts = await read('drafts', (store) => store.getAll() as IDBRequest<ClaimDraft[]>);
  return drafts.sort((a, b) => b.savedAtMs - a.savedAtMs);
}

export function listFiles(draftId: string): Promise<ClaimFile[]> {
  return read('files', (store) => store.index('draftId').getAll(draftId) as IDBRequest<ClaimFile[]>);
}

/** Throws a `QuotaExceededError` when the phone has no room. */
export function putDraft(draft: ClaimDraft): Promise<void> {
  return write(['drafts'], (tx) => tx.objectStore('drafts').put(draft));
}

/** Throws a `QuotaExceededError` when the phone has no room. */
export function putFile(file: ClaimFile): Promise<void> {
  return write(['files'], (tx) => tx.objectStore('files').put(file));
}

export function deleteFile(id: string): Promise<void> {
  return write(['files'], (tx) => tx.objectStore('files').delete(id));
}

export function deleteDraft(id: string): Promise<void> {
  return write(['drafts', 'files'], (tx) => {
    tx.objectStore('drafts').delete(id);
    const cursor = tx.objectStore('files').index('draftId').openKeyCursor(id);
    cursor.addEventListener('success', () => {
      if (!cursor.result) return;
      tx.objectStore('files').delete(cursor.result.primaryKey);
      cursor.result.continue();
    });
  });
}
