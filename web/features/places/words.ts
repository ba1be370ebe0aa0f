import type { SiteProperties } from '#domain/places/site.ts';
import type { TravelMode } from '#domain/geo/travel.ts';
import type { Opening } from '#domain/time/opening-hours.ts';
import { dateOf, dayNumber, dayNumberAt, minuteOfDay, weekdayOf } from '#domain/time/shanghai.ts';
import type { PlacesMessages } from '../../client/messages/zh/places.ts';
import type { Distance } from './place-finder.ts';

/** Nearer than this is "here" with any phone's accuracy. */
const MIN_SAID_M = 50;

/** `320 米`, `1.2 公里`: to ten metres, then to a hundred, then whole kilometres, as exact as an estimate can be. */
export function distanceWords(distanceM: number, m: PlacesMessages): string {
  const rounded = Math.max(10, Math.round(distanceM / 10) * 10);
  if (rounded < 1000) return m.units.metres(rounded);
  const km = distanceM / 1000;
  return m.units.kilometres(km < 9.95 ? km.toFixed(1) : String(Math.round(km)));
}

export function minutesWords(minutes: number, m: PlacesMessages): string {
  const whole = Math.max(1, Math.round(minutes));
  return whole < 60 ? m.units.minutes(whole) : m.units.hours(Math.floor(whole / 60), whole % 60);
}

/** `约 320 米 · 骑行 2 分钟` */
export function wayWords(travelDistanceM: number, travelTimeMin: number, mode: TravelMode, m: PlacesMessages): string {
  const distance = m.units.about(distanceWords(travelDistanceM, m));
  return `${distance} · ${m.moving[mode]} ${minutesWords(travelTimeMin, m)}`;
}

/** `约 300 米 到 1.3 公里`, `约 1.3 公里以内` */
function rangeWords([min, max]: readonly [number, number], m: PlacesMessages): string {
  if (min < MIN_SAID_M) return m.units.within(distanceWords(max, m));
  return m.units.range(distanceWords(min, m), distanceWords(max, m));
}

/** How far a place is: the way to it, a range when its point is rough, or the straight line when it cannot be reached. */
export function farWords(found: Distance, mode: TravelMode, m: PlacesMessages): string {
  const { distanceM, distanceRangeM, travelDistanceM, travelTimeMin, walked } = found;
  if (distanceRangeM) return rangeWords(distanceRangeM, m);
  if (travelDistanceM === null || travelTimeMin === null) return m.list.straightLine(distanceWords(distanceM, m));
  if (walked) return m.units.walked(wayWords(travelDistanceM, travelTimeMin, 'foot', m));
  return wayWords(travelDistanceM, travelTimeMin, mode, m);
}

/** `07:30`; minutes past 1440 belong to the next day and are said as the clock says them. */
export function clockWords(minutes: number): string {
  if (minutes === 1440) return '24:00';
  const inDay = minutes % 1440;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

/** An instant to come: `22:00`, `明天 07:30`, `周三 07:30`, `12月24日 07:30`. Midnight closes the day it ends. */
function momentWords(atMs: number, nowMs: number, m: PlacesMessages, closing = false): string {
  let day = dayNumberAt(atMs);
  let minutes = minuteOfDay(atMs);
  if (closing && minutes === 0) {
    day -= 1;
    minutes = 1440;
  }
  return m.time.at(dayAheadWords(day, dayNumberAt(nowMs), m), clockWords(minutes));
}

function dayAheadWords(day: number, today: number, m: PlacesMessages): string {
  if (day === today) return '';
  if (day === today + 1) return m.time.tomorrow;
  if (day < today + 7) return m.time.weekdays[weekdayOf(day)]!;
  return dateWords(day, today, m);
}

/** `11月23日`, with the year when it is another one. */
function dateWords(day: number, today: number, m: PlacesMessages): string {
  const { year, month, dayOfMonth } = dateOf(day);
  if (year === dateOf(today).year) return m.time.monthDay(month, dayOfMonth);
  return m.time.yearMonthDay(year, month, dayOfMonth);
}

/** A day 'YYYY-MM-DD' in words. */
export function dayWords(day: string, nowMs: number, m: PlacesMessages): string {
  return dateWords(dayNumber(day), dayNumberAt(nowMs), m);
}

/** When data is from: `14:20`, `11月22日 14:20`. */
export function timestampWords(atMs: number, nowMs: number, m: PlacesMessages): string {
  const [day, today] = [dayNumberAt(atMs), dayNumberAt(nowMs)];
  return m.time.at(day === today ? '' : dateWords(day, today, m), clockWords(minuteOfDay(atMs)));
}

/** How long ago a day was: `今天`, `昨天`, `3 天前`. */
export function agoWords(day: string, nowMs: number, m: PlacesMessages): string {
  return m.time.ago(dayNumberAt(nowMs) - dayNumber(day));
}

/** What the badge says. */
export function openingWords(
  opening: Opening,
  site: Pick<SiteProperties, 'status' | 'statusUntil'>,
  nowMs: number,
  m: PlacesMessages,
): string {
  if (site.status === 'closed_for_now') {
    return site.statusUntil
      ? m.opening.closedForNowUntil(dayWords(site.statusUntil, nowMs, m))
      : m.opening.closedForNow;
  }
  if (opening.state === 'unknown') return m.opening.unknown;
  if (opening.state === 'open') {
    if (opening.closesAt !== null) return m.opening.openUntil(momentWords(opening.closesAt, nowMs, m, true));
    return opening.closesKnown ? m.opening.openAlways : m.opening.openEnd;
  }
  return opening.opensAt === null ? m.opening.closed : m.opening.opens(momentWords(opening.opensAt, nowMs, m));
}

/** How a place is drawn: `closed_for_now` is closed whatever its hours say, and staff only is not open to a rider. */
export function openingTone(opening: Opening, site: Pick<SiteProperties, 'status' | 'access'>): Opening['state'] {
  return site.status === 'closed_for_now' || site.access === 'staff' ? 'closed' : opening.state;
}
