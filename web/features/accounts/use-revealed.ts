import { useEffect, useState } from 'react';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import { useCountdown } from './use-countdown.ts';

const SHOWN_MS = 60_000;

type Shown = { field: PersonalField; value: string };

/** One value in the clear, forgotten after a minute or when the page is no longer looked at. */
export function useRevealed() {
  const [shown, setShown] = useState<Shown | null>(null);
  const [untilMs, setUntilMs] = useState(0);
  const secondsLeft = useCountdown(untilMs);

  useEffect(
    function forgetInTime() {
      if (!shown) return;
      const forget = () => setShown(null);
      const onHidden = () => {
        if (document.visibilityState === 'hidden') forget();
      };
      const timer = setTimeout(forget, untilMs - Date.now());
      document.addEventListener('visibilitychange', onHidden);
      return () => {
        clearTimeout(timer);
        document.removeEventListener('visibilitychange', onHidden);
      };
    },
    [shown, untilMs],
  );

  return {
    shown,
    secondsLeft,
    show: (value: Shown) => {
      setUntilMs(Date.now() + SHOWN_MS);
      setShown(value);
    },
    hide: () => setShown(null),
  };
}
