import { useEffect, useRef } from 'react';

export type PlaceKeys = {
  /** The places that the keys from 1 on open. */
  ids: readonly string[];
  openId: string | null;
  onOpen: (id: string) => void;
  onClose: () => void;
};

/**
 * Number keys open places of the list, Escape closes the open one, and the focus goes back to its row.
 * Keys that are typed into a field or belong to a dialog are left alone.
 */
export function usePlaceKeys({ ids, openId, onOpen, onClose }: PlaceKeys): void {
  const latest = useRef({ ids, openId, onOpen, onClose });
  useEffect(function rememberProps() {
    latest.current = { ids, openId, onOpen, onClose };
  });

  useEffect(function listenForKeys() {
    const onKeyDown = (event: KeyboardEvent) => {
      const { ids: keyed, openId: open, onOpen: openPlace, onClose: closePlace } = latest.current;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]') || isTyping(event.target)) return;
      if (event.key === 'Escape' && open) {
        event.preventDefault();
        closePlace();
      }
      const id = /^[1-9]$/.test(event.key) ? keyed[Number(event.key) - 1] : undefined;
      if (id) {
        event.preventDefault();
        openPlace(id);
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  const wasOpen = useRef(openId);
  useEffect(
    function returnFocus() {
      const closed = wasOpen.current;
      wasOpen.current = openId;
      if (closed && !openId) {
        document.querySelector<HTMLElement>(`a[data-site="${CSS.escape(closed)}"]`)?.focus({ preventScroll: true });
      }
    },
    [openId],
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
