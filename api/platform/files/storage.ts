/** Where the bytes of files lie. What is put there is encrypted already; a key is letters, digits and hyphens. */
export type FileStorage = {
  /** Keeps the bytes for good: when it answers they survive the process. Nothing is left when the stream throws. */
  put: (key: string, content: AsyncIterable<Uint8Array>) => Promise<void>;
  /** Throws `ContentMissing`. */
  get: (key: string) => Promise<AsyncIterable<Uint8Array>>;
  /** What is not there is deleted already. */
  delete: (key: string) => Promise<void>;
};

/** The storage has nothing under this key. */
export class ContentMissing extends Error {
  override name = 'ContentMissing';
}

/** The storage does not answer, or not as it should. */
export class StorageFailed extends Error {
  override name = 'StorageFailed';
}

export function assertKey(key: string): void {
  if (!/^[a-z0-9-]{1,100}$/.test(key)) throw new RangeError(`"${key}" is no key of the storage.`);
}
