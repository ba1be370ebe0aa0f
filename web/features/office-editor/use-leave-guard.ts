import { useEffect, useState } from 'react';
import { navigate } from '../../ui/location.ts';

/**
 * While `dirty`, every way out is stopped: a link of the app, the browser's back, closing the window (there the browser
 * asks in its own words). Answers with where somebody wanted to go, null while nobody does.
 */
export function useLeaveGuard(dirty: boolean): { wanted: string | null; stay: () => void; leave: () => void } {
  const [wanted, setWanted] = useState<string | null>(null);

  useEffect(
    function stopLeaving() {
      if (!dirty) return;
      const here = location.pathname + location.search;
      const onClick = (event: MouseEvent) => {
        const link = event.target instanceof Element ? event.target.closest('a') : null;
        if (!link || link.origin !== location.origin || link.target || event.button || isModified(event)) return;
        event.preventDefault();
        event.stopPropagation();
        setWanted(link.pathname + link.search + link.hash);
      };
      // In the capture phase: before the page is told that the address has changed.
      const onPopState = (event: PopStateEvent) => {
        if (location.pathname + location.search === here) return;
        event.stopImmediatePropagation();
        setWanted(location.pathname + location.search + location.hash);
        history.pushState(null, '', here);
      };
      const onBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
      document.addEventListener('click', onClick, true);
      addEventListener('popstate', onPopState, true);
      addEventListener('beforeunload', onBeforeUnload);
      return () => {
        document.removeEventListener('click', onClick, true);
        removeEventListener('popstate', onPopState, true);
        removeEventListener('beforeunload', onBeforeUnload);
      };
    },
    [dirty],
  );

  return {
    wanted,
    stay: () => setWanted(null),
    leave: () => {
      if (wanted !== null) navigate(wanted);
      setWanted(null);
    },
  };
}

function isModified({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return metaKey || ctrlKey || shiftKey || altKey;
}
