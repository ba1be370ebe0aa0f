import { type ChineseHoursNote, refuse } from './chinese-hours-reasons.ts';
import { NUMBER, NUMERALS, chineseNumber } from './chinese-numbers.ts';
import type { TimeSpan } from './opening-rules.ts';
import { type Reader, pad } from './osm-reader.ts';
import { MINUTES_PER_DAY } from './shanghai.ts';

export type ClockSpan = {
  span: TimeSpan;
  /** Nobody would read its start twelve hours later: 上午8:00, 08:00, 14:00. */
  clear: boolean;
  note?: ChineseHoursNote['code'];
};

type Period = keyof typeof PERIODS;
type Clock = {
  hour: number;
  minute: number;
  period: Period | null;
  nextDay: boolean;
  /** How it is written: `8:30` or `0830`, `8点`, or the figure alone. */
  form: 'colon' | 'spoken' | 'bare';
  zeroFirst: boolean;
};

/** The hours 0 to 24 that a part of the day gives to the hour written after it; the others contradict it. */
const PERIODS = {
  morning: (hour: number) => (hour <= 12 ? hour : null),
  am: (hour: number) => (hour === 12 ? 0 : hour < 12 ? hour : null),
  noon: (hour: number) => (hour >= 1 && hour <= 3 ? hour + 12 : hour >= 10 && hour <= 15 ? hour : null),
  afternoon: (hour: number) => (hour >= 1 && hour <= 11 ? hour + 12 : hour >= 12 && hour <= 23 ? hour : null),
  dusk: (hour: number) => (hour >= 4 && hour <= 8 ? hour + 12 : hour >= 16 && hour <= 20 ? hour : null),
  evening: (hour: number) => (hour >= 5 && hour <= 12 ? hour + 12 : hour <= 3 || hour >= 17 ? hour : null),
  night: (hour: number) => (hour >= 7 && hour <= 12 ? hour + 12 : hour <= 4 || hour >= 18 ? hour : null),
  small: (hour: number) => (hour === 12 ? 0 : hour <= 7 || hour === 24 ? hour : null),
};
const PERIOD_WORDS: [RegExp, Period][] = [
  [/(?:上午|早上|早晨|清晨|清早|早间|早|晨|朝(?=[\d七八九十]))[:,]?/y, 'morning'],
  [/(?:中午|正午|午间)[:,]?/y, 'noon'],
  [/(?:下午|午后)[:,]?/y, 'afternoon'],
  [/傍晚[:,]?/y, 'dusk'],
  [/(?:晚上|晚间|晚)[:,]?/y, 'evening'],
  [/(?:深夜|夜间|夜晚|夜里|半夜|午夜|夜)[:,]?/y, 'night'],
  [/凌晨[:,]?/y, 'small'],
  [/a\.?m(?![a-z])\.?[:,]?/y, 'am'],
  [/p\.?m(?![a-z])\.?[:,]?/y, 'afternoon'],
];
const NEXT_DAY = /(?:次日|第[二2]天|翌日|次(?=晨))的?/y;
const COLON_TIME = /(\d{1,2})\s?[:.]\s?(\d{2})(?::00)?分?(?![\d年月号])/y;
const SPOKEN_TIME = new RegExp(
  `(${NUMBER})\\s?(?:点钟?|时(?![间段令]))(?:(半|整|[一三]刻)|(\\d{2}(?![\\d:.点时])|\\d(?=分)|${NUMERALS}(?![零〇一二两三四五六七八九十点时]))分?)?`,
  'y',
);
/** Five minutes at the finest, so that years are not taken for times. */
const SHORT_TIME = /(\d{1,2})([0-5][05])(?![\d:.年月日号点时小])/y;
const BARE_HOUR = /(\d{1,2})(?![\d:.年月日号小楼层室元人个])/y;
const SPOKEN_BARE = new RegExp(`(${NUMERALS})`, 'y');
export const TO = /(?:[-~→]{1,3}|直?[至到])/y;
const ROUGH = /左右|前后|许|多/y;

/**
 * Reads one span of time, such as 8:30-12:00, 上午8点半到12点, 早9晚5, 22:00-次日6:00. Null when no time stands here.
 * Throws `Refused` for a time without an end, one there is not, or one with two readings.
 */
export function readSpan(reader: Reader, text: string): ClockSpan | null {
  const from = reader.at;
  const written = () => text.slice(from, reader.at).trim();
  const start = readClock(reader, written);
  if (!start) return null;
  const dash = reader.take(TO);
  // 早9晚5 needs no dash.
  const meets =
    start.period !== null && PERIOD_WORDS.some(([word, period]) => period !== 'am' && matches(reader, word));
  const end = dash || meets ? readClock(reader, written) : null;
  if (!end) return refuse('end_missing', written());
  if (reader.take(ROUGH)) refuse('not_fixed', written());
  if (mayBeDates(written(), text)) refuse('ambiguous_figure', written());
  if (start.form === 'bare' && end.form === 'bare' && !start.period && !end.period && !start.nextDay && !end.nextDay) {
    return bareSpan(start, end, written());
  }
  return clockSpan(start, end, written());
}

/** 6.15-9.15 may be from June to September, above all where times are written otherwise. */
function mayBeDates(written: string, text: string): boolean {
  const figures = /^(\d{1,2})\.(\d{2})\D{1,3}(\d{1,2})\.(\d{2})$/.exec(written)?.slice(1).map(Number);
  if (!figures) return false;
  const [month, day, lastMonth, lastDay] = figures as [number, number, number, number];
  const dates = month <= 12 && lastMonth <= 12 && day > 0 && day <= 31 && lastDay > 0 && lastDay <= 31;
  return dates && (day % 30 > 0 || lastDay % 30 > 0 || /\d:\d/.test(text));
}

function matches(reader: Reader, expression: RegExp): boolean {
  const { at } = reader;
  const found = reader.take(expression) !== null;
  reader.at = at;
  return found;
}

function readClock(reader: Reader, written: () => string): Clock | null {
  let period: Period | null = null;
  let nextDay = false;
  for (;;) {
    const named = PERIOD_WORDS.find(([word]) => reader.take(word));
    if (named && period) refuse('not_understood', written());
    if (named) period = named[1];
    else if (reader.take(NEXT_DAY)) nextDay = true;
    else break;
  }
  let match = reader.take(COLON_TIME) ?? reader.take(SHORT_TIME);
  let form: Clock['form'] = 'colon';
  let minute = Number(match?.[2]);
  if (!match && (match = reader.take(SPOKEN_TIME))) {
    form = 'spoken';
    minute = spokenMinute(match);
  }
  if (!match && (match = reader.take(BARE_HOUR) ?? (period && reader.take(SPOKEN_BARE)))) {
    form = 'bare';
    minute = 0;
  }
  if (!match) return period || nextDay ? refuse('times_missing', written()) : null;
  if (reader.take(ROUGH)) refuse('not_fixed', written());
  const suffix = period ? undefined : PERIOD_WORDS.slice(-2).find(([word]) => reader.take(word));
  if (suffix) period = suffix[1];
  const hour = chineseNumber(match[1]!);
  if (!(hour <= 24) || !(minute <= 59) || (hour === 24 && minute > 0)) refuse('no_such_time', written());
  return { hour, minute, period, nextDay, form, zeroFirst: match[1]!.length === 2 && match[1]!.startsWith('0') };
}

function spokenMinute([, , fraction, written]: RegExpExecArray): number {
  if (fraction) return { 半: 30, 整: 0, 一刻: 15, 三刻: 45 }[fraction]!;
  return written ? chineseNumber(written) : 0;
}

/** 8-18 can hardly be anything but hours; 6-10 may be the morning, the evening or months. */
function bareSpan(start: Clock, end: Clock, at: string): ClockSpan {
  const [startMin, endMin] = [minutes(start.hour, 0), minutes(end.hour, 0)];
  if (end.hour > 12 && start.hour > 4 && endMin > startMin) {
    return { span: { startMin, endMin }, clear: start.hour > 12, note: 'figures_read_as_hours' };
  }
  return refuse('ambiguous_figure', at, readingsOf(startMin, endMin));
}

function clockSpan(start: Clock, end: Clock, at: string): ClockSpan {
  const startMin = ownMinute(start, at);
  if (startMin >= MINUTES_PER_DAY || start.nextDay || (start.period === 'evening' && start.hour < 5)) {
    refuse('ambiguous_time', at);
  }
  const endMin = endMinute(start, startMin, end, at);
  if (endMin - startMin > MINUTES_PER_DAY) refuse('contradiction', at);
  const clear = start.period !== null || start.zeroFirst || start.hour >= 12 || start.hour === 0;
  if (!clear && soundsLikeAfternoon(start, startMin, end, endMin)) {
    refuse('ambiguous_time', at, readingsOf(startMin, endMin));
  }
  return { span: { startMin, endMin }, clear };
}

const NOON = 12 * 60;

/** 2:30-6:00, and spoken 7点-9点, are said of the afternoon and evening as well. */
function soundsLikeAfternoon(start: Clock, startMin: number, end: Clock, endMin: number): boolean {
  if (end.nextDay) return false;
  if (end.period || endMin > NOON) return start.hour < 5 && startMin + NOON < endMin;
  return start.hour < (start.form === 'colon' ? 6 : 8);
}

function minutes(hour: number, minute: number): number {
  return hour * 60 + minute;
}

function ownMinute({ hour, minute, period }: Clock, at: string): number {
  const real = period ? PERIODS[period](hour) : hour;
  return real === null ? refuse('no_such_time', at) : minutes(real, minute);
}

/** When a span ends that begins at `startMin`, in minutes after the same midnight. */
function endMinute(start: Clock, startMin: number, end: Clock, at: string): number {
  const endMin = ownMinute(end, at);
  if (end.nextDay) return endMin + MINUTES_PER_DAY;
  const laterToday = endMin > startMin;
  if (end.period) {
    if (laterToday) return endMin;
    // 晚上10点-早上6点; but 下午6:00-下午2:00 and 8:00-早上6:00 are slips rather than nights.
    const nextMorning = ['small', 'evening', 'night'].includes(end.period) || startMin >= NOON;
    if (nextMorning && endMin < NOON) return endMin + MINUTES_PER_DAY;
    return refuse('ambiguous_time', at, readingsOf(startMin, endMin));
  }
  const halfDayLater = end.hour <= 12 ? endMin + NOON : endMin;
  // 下午2:30-6:00, 晚上8点-12点: the end is of the same half of the day.
  const secondHalf = start.period !== null && !['morning', 'am', 'small'].includes(start.period);
  const midnight = end.hour === 12 && start.period !== 'noon' && start.period !== 'afternoon';
  if (secondHalf && !laterToday && end.hour > 0 && (end.hour < 12 || midnight) && halfDayLater > startMin) {
    return halfDayLater;
  }
  if (laterToday) return endMin;
  if (endMin === 0 && startMin > 0) return MINUTES_PER_DAY;
  // 22:00-6:00 has one reading; 14:30-6:00 may mean 18:00.
  const overnight = startMin >= NOON + 60 && (halfDayLater <= startMin || end.zeroFirst) && endMin < startMin;
  if (overnight) return endMin + MINUTES_PER_DAY;
  return refuse('ambiguous_time', at, readingsOf(startMin, endMin));
}

/** The readings of a span whose ends do not say which half of the day they mean. */
function readingsOf(startMin: number, endMin: number): string[] {
  const ends: [number, number][] =
    endMin <= startMin
      ? [
          [startMin, endMin + NOON],
          [startMin, endMin],
        ]
      : [
          [startMin, endMin],
          [startMin + NOON, endMin > NOON ? endMin : endMin + NOON],
        ];
  return ends
    .filter(([from, to]) => from < MINUTES_PER_DAY && to <= MINUTES_PER_DAY)
    .map(([from, to]) => `${time(from)}-${time(to)}`);
}

function time(minute: number): string {
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}
