import { startTransition, useEffect, useState } from 'react';

/**
 * False at first, true once the browser has painted what stands now. Whoever waits for it leaves the list its paint,
 * and a cheap phone gets two short tasks instead of a long one.
 */
export function useAfterPaint(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(function waitForPaint() {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setPainted(true)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return painted;
}
