import { useEffect, useState } from 'react';

/** Whole seconds until an instant (epoch ms), counted down to 0. */
export function useCountdown(untilMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(
    function tick() {
      setNowMs(Date.now());
      if (untilMs <= Date.now()) return;
      const timer = setInterval(() => {
        setNowMs(Date.now());
        if (Date.now() >= untilMs) clearInterval(timer);
      }, 500);
      return () => clearInterval(timer);
    },
    [untilMs],
  );
  return Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
}
