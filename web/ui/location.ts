import { type MouseEvent, useSyncExternalStore } from 'react';

/**
 * The address bar as a piece of state: the small part of a router that this app needs. Only `navigate` and the
 * browser's own back and forward tell the page; `history.replaceState` changes the address without a word.
 */
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}

export function usePathname(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}

/** The query string, with its `?`. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => window.location.search);
}

/** Goes to an address of the app without loading it anew. `replace`: without a step for "back". */
export function navigate(to: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  for (const listener of listeners) listener();
}

/** `onClick` of a real link (it can be opened in a new tab) that on a plain click runs something inside the app instead. */
export function onPlainClick(run: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    run();
  };
}

/** `onClick` of a link to another page of the app. */
export function goInApp(event: MouseEvent<HTMLAnchorElement>): void {
  const { pathname, search, hash } = event.currentTarget;
  onPlainClick(() => navigate(pathname + search + hash))(event);
}
