import { parseSeason } from '#domain/time/osm-dates.ts';
import type { OpeningHours, Rule } from '#domain/time/opening-rules.ts';
import { hoursOfGrid } from '#domain/time/week-grid.ts';
import { readHoursText } from './hours-text.ts';
import type { EditorTexts } from './use-editor-texts.ts';
import { clockWords } from './words.ts';

const EVERY_DAY = 0b1111111;

/** `周一至周五 08:00–18:00；节假日不开`; what days and times cannot say stands as it is written. */
export function hoursWords(text: string, t: EditorTexts): string {
  const form = readHoursText(text);
  if (form.kind !== 'week' && !(form.kind === 'text' && form.base.rules.every(isPlain))) return text;
  const said = rulesWords(form.kind === 'week' ? hoursOfGrid(form.grid) : form.base, t);
  return form.exceptions.length
    ? `${said}${t.hours.words.semicolon}${t.hours.words.exceptions(form.exceptions.length)}`
    : said;
}

/** Days and times and nothing else, each rule by itself. */
function isPlain({ joint, dates, nth, times, state, comment }: Rule): boolean {
  const special = dates.length || nth.length || comment !== undefined || times.some(({ openEnd }) => openEnd);
  return !special && joint === 'replace' && state !== 'unknown' && !(state === 'closed' && times.length);
}

function rulesWords({ rules }: OpeningHours, t: EditorTexts): string {
  return rules.map((rule) => ruleWords(rule, t)).join(t.hours.words.semicolon);
}

function ruleWords({ weekdays, publicHoliday, times, state }: Rule, t: EditorTexts): string {
  const { words, weekdays: names, holidays, always } = t.hours;
  const days = daysWords(weekdays, names, t);
  const who = [days, publicHoliday && holidays.day].filter(Boolean).join(t.change.comma);
  if (state === 'closed') return `${who || words.everyDay} ${holidays.closed}`;
  if (!times.length) return always;
  const hours = times.map(({ startMin, endMin }) =>
    startMin === 0 && endMin === 1440
      ? words.allDay
      : `${clockWords(startMin)}–${endMin > 1440 ? words.nextDay : ''}${clockWords(endMin)}`,
  );
  return `${who || words.everyDay} ${hours.join(t.change.comma)}`;
}

/** Runs of days together: `周一至周五`, `周六、周日`. */
function daysWords(weekdays: number, names: readonly string[], t: EditorTexts): string {
  if (weekdays === EVERY_DAY) return t.hours.words.everyDay;
  const runs: [number, number][] = [];
  names.forEach((_, day) => {
    if (!(weekdays & (1 << day))) return;
    const last = runs.at(-1);
    if (last?.[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  });
  return runs
    .map(([from, to]) =>
      to - from > 1 ? t.hours.words.range(names[from]!, names[to]!) : names.slice(from, to + 1).join(t.change.comma),
    )
    .join(t.change.comma);
}

/** `6月1日–9月30日`; what cannot be read as it is written. */
export function seasonWords(text: string, t: EditorTexts): string {
  const read = parseSeason(text);
  if (!read.ok || read.season.some(({ to }) => to > 1231)) return text;
  return read.season.map(({ from, to }) => `${monthDay(from, t)}–${monthDay(to, t)}`).join(t.change.comma);
}

function monthDay(date: number, t: EditorTexts): string {
  return t.hours.monthDay(Math.floor(date / 100), date % 100);
}
