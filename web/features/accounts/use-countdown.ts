import { useEffect, useState } from 'react';

/** Whole seconds until an instant (epoch ms), counted down to 0. */
export function useCountdown(untilMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(
    function count() {
      const tick = () => setNowMs(Date.now());
      const first = setTimeout(tick);
      const timer = setInterval(() => {
        tick();
        if (Date.now() >= untilMs) clearInterval(timer);
      }, 500);
      return () => {
        clearTimeout(first);
        clearInterval(timer);
      };
    },
    [untilMs],
  );
  return Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
}
