import { minuteOfDay, shanghaiDay } from '#domain/time/shanghai.ts';

/** `2026-03-10`, in Xiamen. */
export function dayOf(instant: string): string {
  return shanghaiDay(Date.parse(instant));
}

/** `09:05`, in Xiamen. */
export function timeOf(instant: string): string {
  const minutes = minuteOfDay(Date.parse(instant));
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
