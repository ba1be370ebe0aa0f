import { addDays, instantOf, shanghaiDay } from '#domain/time/shanghai.ts';

const HOUR_MS = 3_600_000;
const OFTEN_MS = 5 * 60_000;

/** Milliseconds from an instant to a minute after the next midnight in Shanghai. */
export function untilNextDayMs(nowMs: number): number {
  return instantOf(addDays(shanghaiDay(nowMs), 1), 1) - nowMs;
}

/**
 * Runs `daily` now and after every midnight in Shanghai, `hourly` every hour and `often` every five minutes, never twice
 * at once. What fails is told and tried again at the next turn. Returns what stops it.
 */
export function keepHouse(
  {
    daily,
    hourly,
    often,
    onError,
  }: {
    daily: () => Promise<void>;
    hourly: () => Promise<void>;
    often?: () => Promise<void>;
    onError: (error: unknown) => void;
  },
  clock: () => number,
): () => void {
  let timer: NodeJS.Timeout;
  const turn = () => {
    void daily().catch(onError);
    timer = setTimeout(turn, untilNextDayMs(clock()));
    timer.unref();
  };
  turn();
  const hours = setInterval(() => void hourly().catch(onError), HOUR_MS);
  hours.unref();
  let isBusy = false;
  const minutes = setInterval(() => {
    if (isBusy || !often) return;
    isBusy = true;
    void often()
      .catch(onError)
      .finally(() => (isBusy = false));
  }, OFTEN_MS);
  minutes.unref();
  return () => {
    clearTimeout(timer);
    clearInterval(hours);
    clearInterval(minutes);
  };
}
