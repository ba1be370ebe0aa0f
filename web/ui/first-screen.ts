import { useEffect } from 'react';

let resolve: () => void;

/** Fulfilled when a page shows what somebody came for; whatever can wait begins then, so that it competes with nothing. */
export const firstScreenShown = new Promise<void>((fulfil) => {
  resolve = fulfil;
});

/** For the pages: once `shown` is true and the browser has painted it, the rest may come. */
export function useFirstScreen(shown: boolean): void {
  useEffect(
    function tellWhenPainted() {
      if (!shown) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const frame = requestAnimationFrame(() => {
        timer = setTimeout(resolve);
      });
      return () => {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
      };
    },
    [shown],
  );
}
