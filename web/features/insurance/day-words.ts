import type { DayRange } from '#domain/insurance/enrolment-contract.ts';
import { dateOf, dayNumber, dayNumberAt, minuteOfDay, weekdayOf } from '#domain/time/shanghai.ts';
import type { Messages } from '../../client/messages.ts';

type TimeWords = Messages['places']['time'];

/** `11月26日`, with the year where it is another one than that of `today`. */
export function dayWords(day: string, today: string, m: TimeWords): string {
  const { year, month, dayOfMonth } = dateOf(dayNumber(day));
  return day.slice(0, 4) === today.slice(0, 4)
    ? m.monthDay(month, dayOfMonth)
    : m.yearMonthDay(year, month, dayOfMonth);
}

/** `11月26日 周四` */
export function longDayWords(day: string, today: string, m: TimeWords): string {
  return `${dayWords(day, today, m)} ${m.weekdays[weekdayOf(dayNumber(day))]}`;
}

/** `11月26日至11月28日、12月1日` */
export function rangesWords(
  ranges: readonly DayRange[],
  today: string,
  m: TimeWords,
  texts: { range: (from: string, to: string) => string; listComma: string },
): string {
  return ranges
    .map(({ from, to }) =>
      from === to ? dayWords(from, today, m) : texts.range(dayWords(from, today, m), dayWords(to, today, m)),
    )
    .join(texts.listComma);
}

/** `11月26日 14:05` in Xiamen. */
export function momentWords(atMs: number, today: string, m: TimeWords): string {
  const minutes = minuteOfDay(atMs);
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const day = new Date(dayNumberAt(atMs) * 86_400_000).toISOString().slice(0, 10);
  return m.at(day === today ? '' : dayWords(day, today, m), clock);
}
