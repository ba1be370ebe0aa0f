/**
 * Opening hours as rules, after the OpenStreetMap `opening_hours` specification
 * (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification). Plain JSON. `osm-opening-hours.ts` reads and
 * writes them as text, `day-timeline.ts` lays them out on a day, `opening-hours.ts` answers questions.
 */
export type OpeningHours = {
  rules: Rule[];
  /** The days on which the service runs at all; absent means the whole year. See `withinSeason`. */
  season?: DateRange[];
};

export type OpeningState = 'open' | 'closed' | 'unknown';

export type Rule = {
  /**
   * `replace` (`;`): takes the place of what earlier rules say of its days. `add` (`,`): leaves that standing beside it.
   * `fallback` (`||`): fills only what earlier rules leave unsaid.
   */
  joint: 'replace' | 'add' | 'fallback';
  /** Empty: any date. */
  dates: DateRange[];
  /** A set of weekdays as bits, Monday = 1 << 0. With `nth` and `publicHoliday` also empty: any day. */
  weekdays: number;
  /** Such as the second Wednesday of a month (`We[2]`) or the last one (`We[-1]`); weekday 0 is Monday. */
  nth: { weekday: number; nth: number }[];
  /** `PH`: days off by the official calendar. */
  publicHoliday: boolean;
  /** Empty: the whole day. */
  times: TimeSpan[];
  state: OpeningState;
  /** Without double quotes, which the text form cannot hold. */
  comment?: string;
};

/**
 * Both ends included. Every year: month * 100 + day, and `from` after `to` runs over New Year. Dated: year * 10000 +
 * month * 100 + day. A range of whole months ends on "day 31" whatever the month.
 */
export type DateRange = { from: number; to: number };

/**
 * Minutes after midnight of the day it begins on. `endMin` is after `startMin`, is past 1440 when it reaches into the
 * next day, and at most 2880. `openEnd` (`17:00-20:00+`): may go on longer; `09:00+` has `endMin` equal to `startMin`.
 */
export type TimeSpan = { startMin: number; endMin: number; openEnd?: true };
