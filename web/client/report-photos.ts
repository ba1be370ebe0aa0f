import { handInPhoto } from './photos.ts';
import { randomUuid } from './random-uuid.ts';
import { RequestRefused } from './request.ts';
import { shrinkPicture } from './shrink-picture.ts';

/**
 * Photos of reports that wait on the phone, under names of their own: a report may wait for days, and localStorage holds
 * no pictures. `fileId` is set once the photo has arrived, so that it is not sent twice.
 */
type Waiting = { photo: Blob; fileId?: string };

/** Where the browser keeps nothing, a photo lives as long as the page. */
const inMemory = new Map<string, Waiting>();

/** Keeps a photo, made small and without its position. Null when this browser cannot open it. */
export async function keepReportPhoto(file: Blob): Promise<{ key: string; photo: Blob } | null> {
  const photo = await shrinkPicture(file);
  if (!photo) return null;
  const key = randomUuid();
  await write(key, { photo });
  return { key, photo };
}

export async function forgetReportPhoto(key: string): Promise<void> {
  inMemory.delete(key);
  await inStore('readwrite', (store) => store.delete(key)).catch(() => {});
}

/**
 * Sends the photo of a report. Undefined when it is not on the phone any more, or the server will not have it: the report
 * goes without. Throws when it should be tried again later.
 */
export async function sendReportPhoto(key: string): Promise<string | undefined> {
  const waiting = inMemory.get(key) ?? (await read(key));
  if (!waiting || waiting.fileId) return waiting?.fileId;
  try {
    const { id } = await handInPhoto(waiting.photo, 'report_photo');
    await write(key, { ...waiting, fileId: id });
    return id;
  } catch (error) {
    const isFinal = error instanceof RequestRefused && error.status < 500 && ![408, 429].includes(error.status);
    if (isFinal) return undefined;
    throw error;
  }
}

async function write(key: string, waiting: Waiting): Promise<void> {
  try {
    await inStore('readwrite', (store) => store.put(waiting, key));
  } catch {
    inMemory.set(key, waiting);
  }
}

async function read(key: string): Promise<Waiting | undefined> {
  return inStore('readonly', (store) => store.get(key) as IDBRequest<Waiting | undefined>).catch(() => undefined);
}

const STORE = 'photos';

async function inStore<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open('luyi-report-photos', 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(STORE));
  const database = await settled(opening);
  try {
    return await settled(run(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The browser keeps nothing.')));
  });
}
