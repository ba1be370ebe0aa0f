import { readSpan } from './chinese-clock.ts';
import { readChineseDates } from './chinese-dates.ts';
import { type ChineseHoursNote, type ChineseHoursReason, Refused, refuse } from './chinese-hours-reasons.ts';
import * as words from './chinese-hours-words.ts';
import { type ChineseDays, readChineseDays } from './chinese-weekdays.ts';
import type { DateRange, TimeSpan } from './opening-rules.ts';
import { type Reader, reading } from './osm-reader.ts';
import { MINUTES_PER_DAY } from './shanghai.ts';

/** What a text says, piece by piece. */
export type Item = Said & {
  /** The piece as it is written. */
  at: string;
  /** Stands apart from the piece before: after a space, a comma or a bracket, and not after 及 or 、. */
  apart: boolean;
  /** 及, 、 or the like is before it. */
  connected: boolean;
  /** A comma or the like is before it. */
  afterComma: boolean;
  /** In how many brackets it stands. */
  depth: number;
};

type Said = Selector | State | { kind: 'span'; span: TimeSpan; clear: boolean } | { kind: 'stop' };

/** Says for which days something holds. */
type Selector =
  | { kind: 'days'; days: ChineseDays }
  | { kind: 'dates'; dates: DateRange[] }
  /** 夏季: the dates are expected beside it. */
  | { kind: 'season' }
  /** 春节, 国庆. */
  | { kind: 'named_holiday' }
  /** 其余. */
  | { kind: 'others' };

type State =
  /** 休息, 关闭. */
  | { kind: 'off' }
  /** 除 and 不含 before what they except; 外 and 除外 after it. */
  | { kind: 'except_before' }
  | { kind: 'except_after' }
  /** 午休. */
  | { kind: 'break' }
  /** 照常, 不休. */
  | { kind: 'usual' }
  /** 含节假日. */
  | { kind: 'holidays_included' }
  /** 详询, 不定时. */
  | { kind: 'vague'; reason: ChineseHoursReason };

export type SelectorItem = Item & Selector;

export function isSelector(item: Item | undefined): item is SelectorItem {
  return item !== undefined && ['days', 'dates', 'season', 'named_holiday', 'others'].includes(item.kind);
}

const MAX_DEPTH = 2;

/**
 * Reads the pieces of a text in plain form; what is not about hours is left out and noted. `before` is the piece in
 * front of the bracket that holds the text. Throws `Refused`.
 */
export function readItems(text: string, notes: ChineseHoursNote[], depth = 0, before?: Item): Item[] {
  const items: Item[] = [];
  let comma = false;
  let connected = false;
  let afterBracket = depth > 0;
  const add = (said: Said, from: number, at: string) => {
    const apart = (/\s/.test(text.charAt(from - 1)) || comma || afterBracket) && !connected;
    items.push({ ...said, at, apart, connected, afterComma: comma, depth });
    comma = connected = afterBracket = false;
  };
  const addRemark = (inner: string) => {
    const [first, ...rest] = readRemark(inner, notes, depth + 1, items.at(-1));
    if (first) items.push({ ...first, apart: true, afterComma: first.afterComma || comma }, ...rest);
    if (first) comma = connected = false;
    afterBracket = true;
  };
  const done = reading(text, (reader) => {
    while (!reader.atEnd()) {
      const from = reader.at;
      const written = () => text.slice(from, reader.at).trim();
      if (reader.take(words.COMMA)) comma = true;
      else if (reader.take(words.OPEN_BRACKET)) addRemark(takeBracketed(reader, text));
      else if (reader.take(words.REMARK)) addRemark(takeAll(reader, text));
      else if (reader.take(words.NO_BREAK)) continue;
      else if (reader.take(words.PHONE)) notes.push({ code: 'remark_left_out', at: written() });
      else {
        const said =
          readState(reader) ?? readSelector(reader, text, items.at(-1) ?? before) ?? readTimes(reader, text, notes);
        if (said) add(said, from, written());
        else if (reader.take(words.CONNECTOR)) connected = true;
        else if (!reader.take(words.FILLER)) {
          const fragment = text.slice(from).split(FRAGMENT_END, 1)[0]!;
          const stands = comma || afterBracket || /\s/.test(text.charAt(from - 1));
          if (!items.length || !stands || !words.isPlainRemark(text.slice(from))) {
            refuse('not_understood', fragment.slice(0, 20));
          }
          notes.push({ code: 'remark_left_out', at: takeAll(reader, text) });
        }
      }
    }
    return true;
  });
  return done === true ? items : refuse('too_long', '');
}

const FRAGMENT_END = /[,;。()\s]/;

/** The words in a bracket, or after 备注, are left out when they are not understood and not about hours. */
function readRemark(text: string, notes: ChineseHoursNote[], depth: number, before?: Item): Item[] {
  if (depth > MAX_DEPTH) refuse('not_understood', text.slice(0, 20));
  const found: ChineseHoursNote[] = [];
  try {
    const items = readItems(text.trim(), found, depth, before);
    notes.push(...found);
    return items;
  } catch (error) {
    if (!(error instanceof Refused) || error.reason !== 'not_understood' || words.mayBeAboutHours(text)) throw error;
    notes.push({ code: 'remark_left_out', at: text.trim() });
    return [];
  }
}

/** What stands in the bracket that has just been opened; one that is never closed reaches to the end. */
function takeBracketed(reader: Reader, text: string): string {
  let open = 1;
  let end = reader.at;
  for (; end < text.length; end++) {
    if (words.OPENING.includes(text[end]!)) open++;
    else if (words.CLOSING.includes(text[end]!) && --open === 0) break;
  }
  const inner = takeAll(reader, text, end);
  takeAll(reader, text, Math.min(end + 1, text.length));
  return inner;
}

const SPACES = /\s*/y;

function takeAll(reader: Reader, text: string, end = text.length): string {
  const taken = text.slice(reader.at, end);
  reader.at = end;
  reader.take(SPACES);
  return taken;
}

function readState(reader: Reader): Said | null {
  if (reader.take(words.STOP)) return { kind: 'stop' };
  if (reader.take(words.ALL_DAY)) return { kind: 'span', span: { startMin: 0, endMin: MINUTES_PER_DAY }, clear: true };
  const vague = words.VAGUE.find(([expression]) => reader.take(expression));
  if (vague) return { kind: 'vague', reason: vague[1] };
  const state = STATES.find(([expression]) => reader.take(expression));
  return state ? { kind: state[1] } : null;
}

const STATES = [
  [words.BREAK, 'break'],
  [words.HOLIDAYS_INCLUDED, 'holidays_included'],
  [words.EXCEPT_BEFORE, 'except_before'],
  [words.USUAL, 'usual'],
  [words.EXCEPT_AFTER, 'except_after'],
  [words.OFF, 'off'],
] as const;

function readSelector(reader: Reader, text: string, previous: Item | undefined): Said | null {
  const dates = readChineseDates(reader, text, previous?.kind === 'season');
  if (dates) return { kind: 'dates', dates };
  if (reader.take(words.SEASON)) return { kind: 'season' };
  if (reader.take(words.NAMED_HOLIDAY)) return { kind: 'named_holiday' };
  const days = readChineseDays(reader);
  if (days) return { kind: 'days', days };
  return reader.take(words.OTHERS) ? { kind: 'others' } : null;
}

function readTimes(reader: Reader, text: string, notes: ChineseHoursNote[]): Said | null {
  const from = reader.at;
  const found = readSpan(reader, text);
  if (!found) return null;
  if (found.note) notes.push({ code: found.note, at: text.slice(from, reader.at).trim() });
  const { startMin, endMin } = found.span;
  // 0:00-23:59 is written for the whole day.
  const span = startMin === 0 && endMin === MINUTES_PER_DAY - 1 ? { startMin, endMin: MINUTES_PER_DAY } : found.span;
  return { kind: 'span', span, clear: found.clear };
}
