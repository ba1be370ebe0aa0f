import { useEffect, useSyncExternalStore } from 'react';
import { request, RequestRefused } from './request.ts';

/**
 * What a screen can say about data that is kept on the phone.
 * `asOfMs`: when the server gave it out. `refresh`: how the latest attempt to renew it went.
 */
export type Kept<T> =
  | { status: 'loading' }
  | { status: 'failed'; reason: 'offline' | 'refused' }
  | { status: 'ready'; data: T; asOfMs: number; refresh: 'done' | 'running' | 'offline' | 'refused' };

export type KeptResource<T> = {
  get: () => Kept<T>;
  subscribe: (listener: () => void) => () => void;
  /** Asks the server again, unless it is being asked already. Never throws: the state says how it went. */
  refresh: () => Promise<void>;
};

type Options<T> = {
  path: string;
  /** Nothing is fetched before this is fulfilled. */
  after?: Promise<void>;
  /** Where to ask, when a copy is here already; the same path by default. */
  renewalPath?: (kept: T) => string;
  /** Puts an answer to `renewalPath` together with the copy; null when they do not fit and all must be fetched. */
  merge?: (kept: T, answer: T) => Promise<T | null>;
};

/** Not renewed more often than this by coming back to the page. */
const FRESH_MS = 60_000;
const RENEW_EVERY_MS = 5 * 60_000;
const CACHE_NAME = 'luyi-data';

/**
 * Data that the server owns and the phone keeps a whole copy of: shown at once from the copy, renewed when the page
 * opens, comes back or finds the network again, and every few minutes while it is looked at. The copy is in the Cache
 * API under the resource's own path; where that is refused (private windows) the page lives without a copy.
 */
export function createKeptResource<T>({ path, after, renewalPath, merge }: Options<T>): KeptResource<T> {
  let state: Kept<T> = { status: 'loading' };
  let running: Promise<void> | null = null;
  let started = false;
  /** The ETag of what is shown: the same one again means the same data, and nothing has to be worked out anew. */
  let shownEtag: string | null = null;
  const listeners = new Set<() => void>();

  function set(next: Kept<T>): void {
    state = next;
    for (const listener of listeners) listener();
  }

  async function readCopy(): Promise<void> {
    const copy = await findCopy(path);
    if (!copy || state.status === 'ready') return;
    const data = (await copy.json().catch(() => null)) as T | null;
    shownEtag = copy.headers.get('etag');
    if (data) set({ status: 'ready', data, asOfMs: givenOutAt(copy), refresh: 'running' });
  }

  async function fetchAll(): Promise<void> {
    // `no-cache`: the browser asks whether its copy still holds (ETag) instead of trusting it for a while.
    const response = await request(path, { cache: 'no-cache' });
    const asOfMs = givenOutAt(response);
    const etag = response.headers.get('etag');
    const copy = response.clone();
    const data = state.status === 'ready' && etag !== null && etag === shownEtag ? state.data : await response.json();
    shownEtag = etag;
    set({ status: 'ready', data: data as T, asOfMs, refresh: 'done' });
    await keepCopy(path, copy);
  }

  async function fetchChanges(kept: T, pathOfChanges: string): Promise<void> {
    const response = await request(pathOfChanges, { cache: 'no-cache' });
    const data = await merge!(kept, (await response.json()) as T);
    if (!data) return fetchAll();
    const asOfMs = givenOutAt(response);
    shownEtag = null;
    set({ status: 'ready', data, asOfMs, refresh: 'done' });
    const headers = { 'content-type': 'application/json', date: new Date(asOfMs).toUTCString() };
    await keepCopy(path, new Response(JSON.stringify(data), { headers }));
  }

  async function renew(): Promise<void> {
    if (!started) {
      started = true;
      await after;
      await readCopy();
    }
    if (state.status === 'ready') set({ ...state, refresh: 'running' });
    else if (state.status === 'failed') set({ status: 'loading' });
    try {
      const kept = state.status === 'ready' ? state.data : null;
      if (kept !== null && renewalPath && merge) await fetchChanges(kept, renewalPath(kept));
      else await fetchAll();
    } catch (error) {
      const reason = error instanceof RequestRefused && error.status !== 503 ? 'refused' : 'offline';
      set(state.status === 'ready' ? { ...state, refresh: reason } : { status: 'failed', reason });
    }
  }

  function refresh(): Promise<void> {
    running ??= renew().finally(() => {
      running = null;
    });
    return running;
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    if (!started) void refresh();
    return () => listeners.delete(listener);
  }

  return { get: () => state, subscribe, refresh };
}

/** Follows a resource and keeps it fresh while somebody looks. */
export function useKept<T>(resource: KeptResource<T>): Kept<T> {
  const kept = useSyncExternalStore(resource.subscribe, resource.get);
  useEffect(
    function renewWhenBack() {
      const renew = () => void resource.refresh();
      const renewIfOld = () => {
        if (document.visibilityState === 'hidden') return;
        const now = resource.get();
        if (now.status !== 'ready' || now.refresh !== 'done' || Date.now() - now.asOfMs > FRESH_MS) renew();
      };
      const timer = setInterval(renewIfOld, RENEW_EVERY_MS);
      addEventListener('online', renew);
      document.addEventListener('visibilitychange', renewIfOld);
      return () => {
        clearInterval(timer);
        removeEventListener('online', renew);
        document.removeEventListener('visibilitychange', renewIfOld);
      };
    },
    [resource],
  );
  return kept;
}

/** The server's own time of the answer; a phone's clock may be wrong, but not the header of a copy. */
function givenOutAt(response: Response): number {
  const date = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}

async function findCopy(path: string): Promise<Response | undefined> {
  try {
    return await (await caches.open(CACHE_NAME)).match(path);
  } catch {
    return undefined;
  }
}

async function keepCopy(path: string, response: Response): Promise<void> {
  try {
    await (await caches.open(CACHE_NAME)).put(path, response);
  } catch {
    // No room or not allowed: the page goes on without a copy.
  }
}
