import type { OpeningHours, OpeningState, Rule, TimeSpan } from './opening-rules.ts';
import { readDates } from './osm-dates.ts';
import {
  COMMA,
  DASH,
  type HoursProblem,
  type Reader,
  notUnderstood,
  readList,
  readName,
  reading,
} from './osm-reader.ts';
import { MINUTES_PER_DAY } from './shanghai.ts';

/**
 * Reads an OSM `opening_hours` text. Never throws.
 *
 * Read: `24/7`, weekdays, `We[2]`, `PH`, months, dates with and without a year, spans of time also past midnight, `+`,
 * `open` `off` `closed` `unknown`, comments, and `;` `,` `||` between rules. A comment without a state means unknown, as
 * in OSM. Not read: sunrise and the like, `SH`, `week`, `easter`, single points in time, am/pm. When a text is not
 * understood, keep it and treat the hours as not known.
 */
export function parseOpeningHours(text: string): { ok: true; hours: OpeningHours } | HoursProblem {
  return reading(text, (reader) => ({ ok: true, hours: { rules: readRules(reader) } }));
}

export const WEEKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

// Sticky expressions, each without nested repetition, so that reading takes time in proportion to the text.
const WEEKDAY = /(Mo|Tu|We|Th|Fr|Sa|Su)(?![a-z])/iy;
const PUBLIC_HOLIDAY = /PH(?![a-z])/iy;
const TIME = /(\d{1,2}):(\d{2})(?!\d)/y;
const ALWAYS = /24\/7(?!\d)/y;
const NTH = /(-?[1-5])(?!\d)/y;
const STATE = /(open|off|closed|unknown)(?![a-z])/iy;
const COMMENT = /"([^"]+)"/y;
const JOINT = /;|\|\||,/y;
const PLUS = /\+/y;
const COLON = /:/y;
const BRACKET = /\[/y;
const BRACKET_END = /\]/y;

function readRules(reader: Reader): Rule[] {
  const rules: Rule[] = [readRule(reader, 'replace')];
  for (let mark = reader.take(JOINT); mark; mark = reader.take(JOINT)) {
    if (mark[0] === ';' && reader.atEnd()) break;
    rules.push(readRule(reader, mark[0] === ';' ? 'replace' : mark[0] === ',' ? 'add' : 'fallback'));
  }
  return rules;
}

function readRule(reader: Reader, joint: Rule['joint']): Rule {
  const from = reader.at;
  const dates = readList(reader, readDates);
  if (dates.length) reader.take(COLON);
  const days = { weekdays: 0, nth: [] as Rule['nth'], publicHoliday: false };
  const namesDays = readList(reader, () => readDays(reader, days)).length > 0;
  const selects = namesDays || dates.length > 0;
  const always = reader.take(ALWAYS);
  // `24/7` alone is a rule without times; after a selector it says the times.
  const times: TimeSpan[] = always
    ? selects
      ? [{ startMin: 0, endMin: MINUTES_PER_DAY }]
      : []
    : readList(reader, readTimes);
  const word = reader.take(STATE)?.[1]?.toLowerCase();
  const comment = reader.take(COMMENT)?.[1];
  if (reader.at === from) {
    notUnderstood(reader, 'Expected days, dates, times, open or off, as in Mo-Fr 09:00-17:00');
  }
  // `Oct 01,PH off` looks like one list of days and would read as two rules, the first of them open.
  if (selects && !times.length && !word && comment === undefined && reader.take(COMMA)) {
    reader.fail('Say the times, open or off before the comma');
  }
  const state = word === 'off' ? 'closed' : ((word ?? (comment === undefined ? 'open' : 'unknown')) as OpeningState);
  return { joint, dates, ...days, nth: sortNth(days.nth), times, state, ...(comment !== undefined && { comment }) };
}

/** Monday first, the first of the month before the last, each once. */
function sortNth(nth: Rule['nth']): Rule['nth'] {
  const distinct = new Map(nth.map((one) => [one.weekday * 100 + (one.nth > 0 ? one.nth : 10 - one.nth), one]));
  return [...distinct].sort(([a], [b]) => a - b).map(([, one]) => one);
}

function readDays(reader: Reader, days: Pick<Rule, 'weekdays' | 'nth' | 'publicHoliday'>): true | null {
  if (reader.take(PUBLIC_HOLIDAY)) return (days.publicHoliday = true);
  const first = readName(reader, WEEKDAY, WEEKDAYS);
  if (first === null) return null;
  if (reader.take(BRACKET)) {
    const numbers = readList(reader, readNth).flat();
    if (!numbers.length || !reader.take(BRACKET_END)) reader.fail('Expected a number and “]”, as in We[1] or We[-1]');
    days.nth.push(...numbers.map((nth) => ({ weekday: first, nth })));
    return true;
  }
  const last = reader.take(DASH) ? (readName(reader, WEEKDAY, WEEKDAYS) ?? reader.fail('Expected a weekday')) : first;
  for (let weekday = first; ; weekday = (weekday + 1) % 7) {
    days.weekdays |= 1 << weekday;
    if (weekday === last) return true;
  }
}

function readNth(reader: Reader): number[] | null {
  const first = reader.take(NTH)?.[1];
  if (first === undefined) return null;
  const from = Number(first);
  const to = from > 0 && reader.take(DASH) ? Number(reader.take(NTH)?.[1]) : from;
  if (!(to >= from)) reader.fail('Expected a number after the dash that is not smaller');
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function readTimes(reader: Reader): TimeSpan | null {
  const { at } = reader;
  const startMin = readTime(reader);
  if (startMin === null) return null;
  if (startMin >= MINUTES_PER_DAY) reader.fail('Hours begin before 24:00', at);
  if (reader.take(PLUS)) return { startMin, endMin: startMin, openEnd: true };
  if (!reader.take(DASH)) reader.fail('Say when it ends, as in 09:00-17:00, or put + when that is not known');
  const end = readTime(reader) ?? notUnderstood(reader, 'Expected a time, as in 17:00');
  const endMin = end > startMin ? end : end + MINUTES_PER_DAY;
  return reader.take(PLUS) ? { startMin, endMin, openEnd: true } : { startMin, endMin };
}

function readTime(reader: Reader): number | null {
  const { at } = reader;
  const match = reader.take(TIME);
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  if (Number(match[2]) > 59 || minutes > 2 * MINUTES_PER_DAY) reader.fail('There is no such time', at);
  return minutes;
}
