import { dateOf, dayNumber, dayNumberAt, minuteOfDay } from '#domain/time/shanghai.ts';
import type { OfficeEditorMessages } from '../../client/messages/zh/office-editor.ts';

/** `8 米`, `320 米`, `1.2 公里`: exact near the place, rough far from it. */
export function metresWords(distance: number, { position }: OfficeEditorMessages): string {
  if (distance < 1000)
    return position.metres(String(distance < 100 ? Math.round(distance) : Math.round(distance / 10) * 10));
  return position.kilometres((distance / 1000).toFixed(distance < 9950 ? 1 : 0));
}

/** `09:30` of minutes after midnight; `24:00` at the end of the day, the clock's own time after it. */
export function clockWords(minutes: number): string {
  const inDay = minutes > 1440 ? minutes - 1440 : minutes;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

/** `11月22日 14:20`, with the year when it is another one than `nowMs`'s. */
export function momentWords(iso: string, nowMs: number, m: OfficeEditorMessages): string {
  const atMs = Date.parse(iso);
  const { year, month, dayOfMonth } = dateOf(dayNumberAt(atMs));
  const time = clockWords(minuteOfDay(atMs));
  return year === dateOf(dayNumberAt(nowMs)).year
    ? m.moment(month, dayOfMonth, time)
    : m.momentYear(year, month, dayOfMonth, time);
}

/** `14:20` of an instant in Xiamen. */
export function timeWords(atMs: number): string {
  return clockWords(minuteOfDay(atMs));
}

/** `2026-02-16` as `2月16日`, with the year when it is not this one. */
export function dayWords(day: string, nowMs: number, m: OfficeEditorMessages): string {
  const { year, month, dayOfMonth } = dateOf(dayNumber(day));
  const said = m.hours.monthDay(month, dayOfMonth);
  return year === dateOf(dayNumberAt(nowMs)).year ? said : `${year} ${said}`;
}
