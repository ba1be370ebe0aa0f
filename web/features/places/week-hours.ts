import type { SiteProperties } from '#domain/places/site.ts';
import type { Service } from '#domain/places/catalogue.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import { type DaySpan, daySpans, withinSeason } from '#domain/time/opening-hours.ts';
import type { OpeningHours } from '#domain/time/opening-rules.ts';
import { parseSeason } from '#domain/time/osm-dates.ts';
import { parseOpeningHours } from '#domain/time/osm-opening-hours.ts';
import { addDays, dateOf, dayNumber, daysInMonth, shanghaiDay, weekdayOf } from '#domain/time/shanghai.ts';
import type { CardMessages } from './use-details.ts';
import { clockWords } from './words.ts';

/** Services of a site that share their hours, for one table. */
export type HoursGroup = {
  services: Service[];
  /** The registered text; null when the hours are not known. */
  text: string | null;
  season: string | null;
  /** Null when there is no text, or one that this version cannot read: then the text itself is shown. */
  hours: OpeningHours | null;
};

export function hoursGroups(site: Pick<SiteProperties, 'services'>): HoursGroup[] {
  const groups = new Map<string, HoursGroup>();
  for (const { service, hours: text, season = null } of site.services) {
    const key = JSON.stringify([text, season]);
    const group = groups.get(key);
    if (group) group.services.push(service);
    else groups.set(key, { services: [service], text, season, hours: readHours(text, season) });
  }
  return [...groups.values()];
}

function readHours(text: string | null, seasonText: string | null): OpeningHours | null {
  if (text === null) return null;
  const read = parseOpeningHours(text);
  if (!read.ok || seasonText === null) return read.ok ? read.hours : null;
  const season = parseSeason(seasonText);
  return season.ok ? withinSeason(read.hours, season.season) : read.hours;
}

export type WeekLine = { day: string; label: string; words: string; today: boolean };

/** Today and the six days after it, each in words. */
export function weekLines(hours: OpeningHours, nowMs: number, calendar: HolidayLookup, m: CardMessages): WeekLine[] {
  const today = shanghaiDay(nowMs);
  return Array.from({ length: 7 }, (_, ahead) => {
    const day = addDays(today, ahead);
    const { month, dayOfMonth } = dateOf(dayNumber(day));
    const weekday = m.time.weekdays[weekdayOf(dayNumber(day))]!;
    const label = ahead === 0 ? m.time.today : `${weekday} ${month}/${dayOfMonth}`;
    return { day, label, words: spansWords(daySpans(hours, day, calendar), m), today: ahead === 0 };
  });
}

/** The same week in a few lines for a sheet of paper: `周一至周五 08:30–18:00`, `每天 全天`; Monday first, no dates. */
export function weekInShort(hours: OpeningHours, nowMs: number, calendar: HolidayLookup, m: CardMessages): string[] {
  const byWeekday = weekLines(hours, nowMs, calendar, m)
    .map(({ day, words }) => ({ weekday: weekdayOf(dayNumber(day)), words }))
    .sort((a, b) => a.weekday - b.weekday);
  const runs: { from: number; to: number; words: string }[] = [];
  for (const { weekday, words } of byWeekday) {
    const last = runs.at(-1);
    if (last?.words === words) last.to = weekday;
    else runs.push({ from: weekday, to: weekday, words });
  }
  return runs.map(({ from, to, words }) => {
    const [first, last] = [m.time.weekdays[from]!, m.time.weekdays[to]!];
    const days = runs.length === 1 ? m.place.everyDay : from === to ? first : m.place.dayRange(first, last);
    return `${days} ${words}`;
  });
}

/** `08:30–12:00、14:30–18:00`, `全天`, `不开` */
function spansWords(spans: readonly DaySpan[], m: CardMessages): string {
  if (!spans.length) return m.place.closedDay;
  return spans.map((span) => spanWords(span, m)).join(m.place.listComma);
}

function spanWords({ startMin, endMin, state, comment, openEnd }: DaySpan, m: CardMessages): string {
  const allDay = startMin === 0 && endMin === 1440;
  let time = allDay ? '' : `${clockWords(startMin)}–${clockWords(endMin)}`;
  if (openEnd) time = m.place.openEnd(clockWords(startMin));
  const what =
    state === 'open'
      ? allDay && !openEnd
        ? m.place.allDay
        : ''
      : state === 'closed'
        ? m.place.closedDay
        : m.place.unknownDay;
  return [time, what, comment && `(${comment})`].filter(Boolean).join(' ');
}

/** `6月1日到9月30日`; a season that cannot be read is shown as it is registered. */
export function seasonWords(text: string, m: CardMessages): string {
  const read = parseSeason(text);
  if (!read.ok) return text;
  return read.season.map(({ from, to }) => m.place.seasonSpan(dateWords(from), dateWords(to))).join(m.place.listComma);

  function dateWords(date: number): string {
    const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
    // A range of whole months ends on "day 31" whatever the month; 2024 is a leap year, for a season of every year.
    const dayOfMonth = Math.min(day, daysInMonth(year || 2024, month));
    return year ? m.time.yearMonthDay(year, month, dayOfMonth) : m.time.monthDay(month, dayOfMonth);
  }
}
