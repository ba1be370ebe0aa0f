import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepHouse, untilNextDayMs } from './keep-house.ts';

const HOUR_MS = 3_600_000;
const at = (text: string) => Date.parse(`${text}+08:00`);

describe('keeping house', () => {
  beforeEach(() => vi.useFakeTimers({ now: at('2026-03-10T22:30:00') }));
  afterEach(() => vi.useRealTimers());

  it.each([
    ['2026-03-10T22:30:00', 91 * 60_000],
    ['2026-03-10T00:00:00', 24 * HOUR_MS + 60_000],
    ['2026-03-10T23:59:59.999', 60_001],
  ])('at %s the next day begins in %i ms', (text, waitMs) => {
    expect(untilNextDayMs(at(text))).toBe(waitMs);
  });

  it('does the daily work at start and after every midnight in Shanghai, the rest every hour, whatever fails', async () => {
    const daily: string[] = [];
    const hourly: string[] = [];
    const errors: unknown[] = [];
    const stop = keepHouse(
      {
        daily: async () => {
          daily.push(new Date(Date.now() + 8 * HOUR_MS).toISOString().slice(0, 16));
          if (daily.length === 2) throw new Error('no database');
        },
        hourly: async () => void hourly.push('done'),
        onError: (error) => errors.push(error),
      },
      Date.now,
    );
    await vi.advanceTimersByTimeAsync(50 * HOUR_MS);
    expect(daily).toEqual(['2026-03-10T22:30', '2026-03-11T00:01', '2026-03-12T00:01', '2026-03-13T00:01']);
    expect(hourly).toHaveLength(50);
    expect(errors).toHaveLength(1);
    stop();
    await vi.advanceTimersByTimeAsync(50 * HOUR_MS);
    expect(daily).toHaveLength(4);
    expect(hourly).toHaveLength(50);
  });
});
