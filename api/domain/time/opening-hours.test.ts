import { describe, expect, it } from 'vitest';
import { holidayCalendar } from './holiday-source.ts';
import { compileHolidays } from './holidays.ts';
import { type Opening, daySpans, holidayUnknownOn, openingAt, openingsAt, withinSeason } from './opening-hours.ts';
import type { OpeningHours } from './opening-rules.ts';
import { parseSeason } from './osm-dates.ts';
import { parseOpeningHours } from './osm-opening-hours.ts';
import { pad } from './osm-reader.ts';
import { instantOf, minuteOfDay, shanghaiDay } from './shanghai.ts';

const calendar = compileHolidays(holidayCalendar([2025, 2026, 2027]));

function hoursOf(text: string): OpeningHours {
  const parsed = parseOpeningHours(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message} at ${parsed.at}`);
  return parsed.hours;
}

function seasonOf(text: string) {
  const parsed = parseSeason(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.season;
}

/** '2026-11-23 09:30' in Xiamen as an instant. */
function instant(written: string): number {
  const [day, clock] = written.split(' ') as [string, string];
  const [hour, minute] = clock.split(':').map(Number) as [number, number];
  return instantOf(day, hour * 60 + minute);
}

function local(instantMs: number): string {
  return `${shanghaiDay(instantMs)} ${time(minuteOfDay(instantMs))}`;
}

function time(minutes: number): string {
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** An opening in words, so that the table below can be read. */
function say(opening: Opening): string {
  const words: string[] = [opening.state];
  if (opening.state === 'open') {
    if (opening.closesAt === null) words.push(opening.closesKnown ? 'always' : 'until ?');
    else words.push(opening.closesKnown ? 'until' : 'at least until', local(opening.closesAt));
  } else if (opening.state === 'closed') {
    if (opening.opensAt === null) words.push('for good');
    else words.push(opening.opensKnown ? 'until' : 'perhaps until', local(opening.opensAt));
  }
  if (opening.comment) words.push(`"${opening.comment}"`);
  if (opening.holidayUnknown) words.push('(holiday?)');
  return words.join(' ');
}

// 2026-11-23 is a Monday. Days off in 2026: 1-3 January, 15-23 February, 1-5 May, 25-27 September, 1-7 October, ….
// Make-up workdays: Su 4 January, Sa 14 and 28 February, Sa 9 May, Su 20 September, Sa 10 October.
const CASES: [group: string, hours: string, at: string, expected: string][] = [
  ['always', '24/7', '2026-11-23 00:00', 'open always'],
  ['always', '00:00-24:00', '2026-11-23 23:59', 'open always'],
  ['always', 'Mo-Su 00:00-24:00', '2026-11-29 23:59', 'open always'],
  ['always', 'Mo-Su 08:00-20:00,20:00-08:00', '2026-11-29 03:00', 'open always'],
  ['always', '24/7 open "code at the door"', '2026-11-23 12:00', 'open always "code at the door"'],
  ['always', 'off', '2026-11-23 12:00', 'closed for good'],
  ['always', 'closed "moved"', '2026-11-23 12:00', 'closed for good "moved"'],

  ['weekdays', 'Mo-Fr 09:00-17:00', '2026-11-23 08:59', 'closed until 2026-11-23 09:00'],
  ['weekdays', 'Mo-Fr 09:00-17:00', '2026-11-23 09:00', 'open until 2026-11-23 17:00'],
  ['weekdays', 'Mo-Fr 09:00-17:00', '2026-11-23 16:59', 'open until 2026-11-23 17:00'],
  ['weekdays', 'Mo-Fr 09:00-17:00', '2026-11-23 17:00', 'closed until 2026-11-24 09:00'],
  ['weekdays', 'Mo-Fr 09:00-17:00', '2026-11-27 17:00', 'closed until 2026-11-30 09:00'],
  ['weekdays', 'Mo-Fr 09:00-17:00', '2026-11-28 12:00', 'closed until 2026-11-30 09:00'],
  ['weekdays', 'Mo-Fr,Su 09:00-17:00', '2026-11-29 12:00', 'open until 2026-11-29 17:00'],
  ['weekdays', 'Mo-Fr,Su 09:00-17:00', '2026-11-28 12:00', 'closed until 2026-11-29 09:00'],
  ['weekdays', 'Sa-Mo 10:00-12:00', '2026-11-23 11:00', 'open until 2026-11-23 12:00'],
  ['weekdays', 'Sa-Mo 10:00-12:00', '2026-11-24 11:00', 'closed until 2026-11-28 10:00'],
  ['weekdays', 'We 09:00-10:00', '2026-11-25 10:00', 'closed until 2026-12-02 09:00'],
  ['weekdays', 'We[1] 09:00-10:00', '2026-11-25 09:30', 'closed until 2026-12-02 09:00'],
  ['weekdays', 'We[-1] 09:00-10:00', '2026-11-25 09:30', 'open until 2026-11-25 10:00'],
  ['weekdays', 'We[2,4] 09:00-10:00', '2026-11-25 09:30', 'open until 2026-11-25 10:00'],
  ['weekdays', 'We[5] 09:00-10:00', '2026-11-25 09:30', 'closed until 2026-12-30 09:00'],
  ['weekdays', 'Mo-Fr', '2026-11-23 09:30', 'open until 2026-11-28 00:00'],
  ['weekdays', 'Mo-Fr 24/7', '2026-11-28 09:30', 'closed until 2026-11-30 00:00'],

  ['several spans', 'Mo-Fr 09:00-12:00,14:00-18:00', '2026-11-23 11:59', 'open until 2026-11-23 12:00'],
  ['several spans', 'Mo-Fr 09:00-12:00,14:00-18:00', '2026-11-23 12:00', 'closed until 2026-11-23 14:00'],
  ['several spans', 'Mo-Fr 09:00-12:00,14:00-18:00', '2026-11-23 14:00', 'open until 2026-11-23 18:00'],
  ['several spans', '09:00-12:00,12:00-18:00', '2026-11-23 10:00', 'open until 2026-11-23 18:00'],
  ['several spans', '09:00-13:00,12:00-18:00', '2026-11-23 10:00', 'open until 2026-11-23 18:00'],
  ['several spans', 'Mo-Fr 09:00-18:00; 12:00-13:00 off', '2026-11-23 10:00', 'open until 2026-11-23 12:00'],
  ['several spans', 'Mo-Fr 09:00-18:00; 12:00-13:00 off', '2026-11-23 12:30', 'closed until 2026-11-23 13:00'],
  ['several spans', 'Mo-Fr 09:00-12:00, We 18:00-20:00', '2026-11-25 13:00', 'closed until 2026-11-25 18:00'],
  ['several spans', 'Mo-Fr 09:00-12:00, We 18:00-20:00', '2026-11-24 13:00', 'closed until 2026-11-25 09:00'],
  ['several spans', 'Mo-Fr 09:00-12:00; We 18:00-20:00', '2026-11-25 10:00', 'closed until 2026-11-25 18:00'],

  ['midnight', '18:00-24:00', '2026-11-23 23:59', 'open until 2026-11-24 00:00'],
  ['midnight', '18:00-24:00', '2026-11-24 00:00', 'closed until 2026-11-24 18:00'],
  ['midnight', '18:00-00:00', '2026-11-23 20:00', 'open until 2026-11-24 00:00'],
  ['midnight', '00:00-06:00,22:00-24:00', '2026-11-23 23:00', 'open until 2026-11-24 06:00'],
  ['midnight', '22:00-06:00', '2026-11-23 05:59', 'open until 2026-11-23 06:00'],
  ['midnight', '22:00-06:00', '2026-11-23 06:00', 'closed until 2026-11-23 22:00'],
  ['midnight', '22:00-06:00', '2026-11-23 22:00', 'open until 2026-11-24 06:00'],
  ['midnight', '18:00-26:00', '2026-11-24 01:59', 'open until 2026-11-24 02:00'],
  ['midnight', 'Fr 22:00-06:00', '2026-11-28 03:00', 'open until 2026-11-28 06:00'],
  ['midnight', 'Fr 22:00-06:00', '2026-11-27 03:00', 'closed until 2026-11-27 22:00'],
  ['midnight', 'Su 22:00-06:00', '2026-11-30 03:00', 'open until 2026-11-30 06:00'],
  ['midnight', 'Fr 22:00-04:00; Sa off', '2026-11-28 03:00', 'open until 2026-11-28 04:00'],
  ['midnight', '24/7; Sa 22:00-02:00 off', '2026-11-28 12:00', 'open until 2026-11-28 22:00'],
  ['midnight', '24/7; Sa 22:00-02:00 off', '2026-11-29 01:00', 'closed until 2026-11-29 02:00'],
  ['midnight', '22:00-06:00', '2026-11-30 23:00', 'open until 2026-12-01 06:00'],
  ['midnight', '22:00-06:00', '2026-12-31 23:00', 'open until 2027-01-01 06:00'],
  ['midnight', '22:00-06:00', '2028-02-28 23:00', 'open until 2028-02-29 06:00'],
  ['midnight', 'Mo 10:00-36:00', '2026-11-24 11:59', 'open until 2026-11-24 12:00'],

  ['public holidays', 'Mo-Fr 09:00-17:00', '2026-10-01 10:00', 'open until 2026-10-01 17:00'],
  ['public holidays', 'Mo-Fr 09:00-17:00; PH off', '2026-10-01 10:00', 'closed until 2026-10-08 09:00'],
  ['public holidays', 'Mo-Fr 09:00-17:00; PH off', '2026-09-30 17:00', 'closed until 2026-10-08 09:00'],
  ['public holidays', 'Mo-Fr 09:00-17:00; PH off', '2026-02-13 17:00', 'closed until 2026-02-14 09:00'],
  ['public holidays', 'Mo-Su 09:00-17:00; PH 10:00-12:00', '2026-10-01 11:00', 'open until 2026-10-01 12:00'],
  ['public holidays', 'Mo-Fr 09:00-17:00, PH 18:00-20:00', '2026-10-01 11:00', 'open until 2026-10-01 17:00'],
  ['public holidays', 'PH 10:00-12:00', '2026-09-24 10:00', 'closed until 2026-09-25 10:00'],
  ['public holidays', 'Sa,Su,PH 10:00-16:00', '2026-10-06 09:00', 'closed until 2026-10-06 10:00'],
  [
    'public holidays',
    'PH off "Happy holidays"; Mo-Fr 09:00-17:00',
    '2026-10-03 10:00',
    'closed until 2026-10-05 09:00 "Happy holidays"',
  ],
  ['public holidays', '18:00-02:00; PH off', '2026-10-01 01:00', 'open until 2026-10-01 02:00'],
  ['public holidays', '24/7; PH off', '2026-09-30 12:00', 'open until 2026-10-01 00:00'],

  ['make-up workdays', 'Mo-Fr 09:00-17:00; PH off', '2026-10-10 10:00', 'open until 2026-10-10 17:00'],
  ['make-up workdays', 'Mo-Th 09:00-17:00; Fr 09:00-15:00; PH off', '2026-10-10 10:00', 'open until 2026-10-10 15:00'],
  ['make-up workdays', 'Mo 09:00-16:00; Tu-Fr 09:00-17:00; PH off', '2026-09-20 10:00', 'open until 2026-09-20 16:00'],
  ['make-up workdays', 'Mo-Fr 09:00-17:00; Sa,Su,PH 10:00-12:00', '2026-10-10 16:00', 'open until 2026-10-10 17:00'],
  ['make-up workdays', 'Mo-Fr 09:00-17:00', '2026-10-10 10:00', 'closed until 2026-10-12 09:00'],
  [
    'make-up workdays',
    'Mo-Fr 09:00-17:00; Sa[2] 13:00-15:00; PH off',
    '2026-10-10 10:00',
    'closed until 2026-10-10 13:00',
  ],
  ['make-up workdays', 'Mo-Fr 09:00-17:00; PH off', '2026-10-11 10:00', 'closed until 2026-10-12 09:00'],

  ['a year not covered', 'Mo-Fr 09:00-17:00; PH off', '2027-03-03 10:00', 'open until 2027-03-03 17:00 (holiday?)'],
  ['a year not covered', 'Mo-Fr 09:00-17:00; PH off', '2026-12-31 17:00', 'closed until 2027-01-04 09:00 (holiday?)'],
  ['a year not covered', 'Mo-Fr 09:00-17:00; PH off', '2027-10-01 10:00', 'closed until 2027-10-04 09:00 (holiday?)'],
  ['a year not covered', 'Mo-Fr 09:00-17:00', '2027-03-03 10:00', 'open until 2027-03-03 17:00'],
  ['a year not covered', 'Mo-Su,PH 09:00-17:00', '2027-03-03 10:00', 'open until 2027-03-03 17:00'],
  ['a year not covered', '24/7; PH off', '2026-12-31 10:00', 'open until 2027-01-01 00:00'],
  ['a year not covered', '24/7; PH off', '2027-05-01 10:00', 'closed until 2027-05-03 00:00 (holiday?)'],
  ['a year not covered', 'PH 10:00-12:00', '2027-06-09 11:00', 'open until 2027-06-09 12:00'],
  ['a year not covered', 'Fr 22:00-06:00; PH off', '2027-03-06 03:00', 'open until 2027-03-06 06:00 (holiday?)'],

  ['months and dates', 'Jun-Sep 08:00-20:00', '2026-09-30 19:00', 'open until 2026-09-30 20:00'],
  ['months and dates', 'Jun-Sep 08:00-20:00', '2026-09-30 20:00', 'closed until 2027-06-01 08:00'],
  ['months and dates', 'Jun 15-Sep 15 Mo-Fr 08:00-10:00', '2026-06-14 09:00', 'closed until 2026-06-15 08:00'],
  ['months and dates', 'Nov-Mar 09:00-16:00', '2026-12-31 16:00', 'closed until 2027-01-01 09:00'],
  ['months and dates', 'Nov-Mar 09:00-16:00', '2027-03-31 16:00', 'closed until 2027-11-01 09:00'],
  ['months and dates', 'Dec 24-Jan 03 off', '2027-01-03 12:00', 'closed for good'],
  ['months and dates', '08:00-20:00; Dec 24-Jan 03 off', '2026-12-25 09:00', 'closed until 2027-01-04 08:00'],
  ['months and dates', 'Jun-Sep 08:00-20:00; Oct-May 09:00-17:00', '2026-10-01 08:30', 'closed until 2026-10-01 09:00'],
  ['months and dates', 'Feb 29 10:00-11:00', '2026-11-23 09:00', 'closed for good'],
  ['months and dates', 'Feb 29 10:00-11:00', '2028-02-01 09:00', 'closed until 2028-02-29 10:00'],
  ['months and dates', 'Jun 30 22:00-02:00', '2026-07-01 01:00', 'open until 2026-07-01 02:00'],
  ['months and dates', 'Oct 01 09:00-10:00', '2026-10-01 10:00', 'closed until 2027-10-01 09:00'],

  ['exceptions', '08:00-20:00; 2026 Feb 16-2026 Feb 20 off', '2026-02-18 10:00', 'closed until 2026-02-21 08:00'],
  ['exceptions', '08:00-20:00; 2026 Feb 16-2026 Feb 20 off', '2027-02-18 10:00', 'open until 2027-02-18 20:00'],
  ['exceptions', '08:00-20:00; 2026 Oct 01 off', '2026-10-01 10:00', 'closed until 2026-10-02 08:00'],
  ['exceptions', '08:00-20:00; 2026 Oct 01 10:00-12:00', '2026-10-01 09:00', 'closed until 2026-10-01 10:00'],
  ['exceptions', '24/7; 2026 Dec 24-Jan 03 off', '2027-01-01 09:00', 'closed until 2027-01-04 00:00'],
  [
    'exceptions',
    '08:00-20:00; 2026 Feb 16-20 off "Spring Festival"',
    '2026-02-18 10:00',
    'closed until 2026-02-21 08:00 "Spring Festival"',
  ],
  ['exceptions', '2026 Mo-Fr 09:00-17:00', '2026-12-31 17:00', 'closed for good'],

  ['not known', '"ask first"', '2026-11-23 12:00', 'unknown "ask first"'],
  ['not known', 'unknown', '2026-11-23 12:00', 'unknown'],
  ['not known', 'Mo-Fr 09:00-17:00; Sa "by appointment"', '2026-11-28 12:00', 'unknown "by appointment"'],
  ['not known', 'Mo-Fr 09:00-17:00; Sa "by appointment"', '2026-11-27 18:00', 'closed until 2026-11-30 09:00'],
  ['not known', 'Sa 09:00-12:00 unknown', '2026-11-27 18:00', 'closed perhaps until 2026-11-28 09:00'],
  ['not known', '09:00-12:00 open, 12:00-14:00 "perhaps"', '2026-11-23 10:00', 'open at least until 2026-11-23 12:00'],
  ['not known', '09:00-12:00 open "ring"', '2026-11-23 10:00', 'open until 2026-11-23 12:00 "ring"'],

  ['open end', '09:00+', '2026-11-23 10:00', 'open until ?'],
  ['open end', '09:00+', '2026-11-24 00:00', 'closed until 2026-11-24 09:00'],
  ['open end', '17:00-20:00+', '2026-11-23 18:00', 'open at least until 2026-11-23 20:00'],
  ['open end', '17:00-20:00+', '2026-11-23 21:00', 'unknown'],
  ['open end', '17:00-20:00+', '2026-11-24 00:00', 'closed until 2026-11-24 17:00'],
  ['open end', '22:00-02:00+', '2026-11-23 23:00', 'open until ?'],
  ['open end', '09:00+; 12:00-13:00 off', '2026-11-23 10:00', 'open until 2026-11-23 12:00'],
  ['open end', '09:00+; 12:00-13:00 off', '2026-11-23 14:00', 'open until ?'],

  ['fallback', 'Mo-Fr 09:00-17:00 || "call us"', '2026-11-23 10:00', 'open at least until 2026-11-23 17:00'],
  ['fallback', 'Mo-Fr 09:00-17:00 || "call us"', '2026-11-23 18:00', 'unknown "call us"'],
  ['fallback', 'Mo-Fr 09:00-17:00; We off || "call us"', '2026-11-25 10:00', 'closed until 2026-11-26 09:00'],
  ['fallback', '09:00-12:00 || 10:00-14:00 open', '2026-11-23 10:00', 'open until 2026-11-23 14:00'],
  ['fallback', 'Mo 22:00-02:00 || Tu 08:00-10:00', '2026-11-24 01:00', 'open until 2026-11-24 02:00'],
];

describe('openingAt', () => {
  it.each(CASES)('%s: %s at %s is %s', (_group, hours, at, expected) => {
    expect(say(openingAt(hoursOf(hours), instant(at), calendar))).toBe(expected);
  });

  it('knows nothing of hours nobody has told', () => {
    expect(openingAt(null, instant('2026-11-23 12:00'), calendar)).toEqual({ state: 'unknown' });
  });

  it('counts whole minutes: the last second of an opening is open, the next is not', () => {
    const hours = hoursOf('09:00-17:00');
    const end = instant('2026-11-23 17:00');
    expect(openingAt(hours, end - 1, calendar).state).toBe('open');
    expect(openingAt(hours, end, calendar).state).toBe('closed');
  });

  it('tells a fixed instant by Xiamen time: 01:00 UTC is nine in the morning', () => {
    const opening = openingAt(hoursOf('09:00-17:00'), Date.UTC(2026, 10, 23, 1), calendar);
    expect(opening).toEqual({ state: 'open', closesAt: Date.UTC(2026, 10, 23, 9), closesKnown: true });
  });
});

describe('withinSeason', () => {
  const summer = seasonOf('Jun 01-Sep 30');

  it.each([
    ['09:00-17:00', '2026-07-01 10:00', 'open until 2026-07-01 17:00'],
    ['09:00-17:00', '2026-09-30 17:00', 'closed until 2027-06-01 09:00'],
    ['09:00-17:00', '2026-05-31 10:00', 'closed until 2026-06-01 09:00'],
    ['24/7', '2026-09-01 10:00', 'open until 2026-10-01 00:00'],
    ['22:00-06:00', '2026-10-01 05:00', 'open until 2026-10-01 06:00'],
    ['22:00-06:00', '2026-06-01 05:00', 'closed until 2026-06-01 22:00'],
    ['09:00-17:00 || "call us"', '2026-10-01 10:00', 'closed until 2027-06-01 09:00'],
  ])('closes %s out of season: at %s %s', (hours, at, expected) => {
    expect(say(openingAt(withinSeason(hoursOf(hours), summer), instant(at), calendar))).toBe(expected);
  });

  it('leaves unknown hours unknown in season and says from when they may be open', () => {
    const hours = withinSeason(null, summer);
    expect(say(openingAt(hours, instant('2026-07-01 10:00'), calendar))).toBe('unknown');
    expect(say(openingAt(hours, instant('2026-11-01 10:00'), calendar))).toBe('closed perhaps until 2027-06-01 00:00');
  });

  it('wraps over New Year and knows seasons of one year', () => {
    const winter = withinSeason(hoursOf('09:00-17:00'), seasonOf('Nov-Feb'));
    expect(say(openingAt(winter, instant('2026-12-31 18:00'), calendar))).toBe('closed until 2027-01-01 09:00');
    const once = withinSeason(hoursOf('09:00-17:00'), seasonOf('2026 Jun 15-2026 Sep 15'));
    expect(say(openingAt(once, instant('2026-09-15 17:00'), calendar))).toBe('closed for good');
  });
});

describe('openingsAt', () => {
  it('gives what openingAt gives and works out each hours object once', () => {
    const opening = openingsAt(instant('2026-11-23 10:00'), calendar);
    const hours = hoursOf('Mo-Fr 09:00-17:00');
    expect(opening(hours)).toEqual(openingAt(hours, instant('2026-11-23 10:00'), calendar));
    expect(opening(hours)).toBe(opening(hours));
    expect(opening(null)).toEqual({ state: 'unknown' });
  });
});

describe('daySpans', () => {
  it.each([
    ['Mo-Fr 09:00-12:00,14:00-18:00', '2026-11-23', '09:00-12:00 open, 14:00-18:00 open'],
    ['Mo-Fr 09:00-12:00,14:00-18:00', '2026-11-28', ''],
    ['09:00-12:00,12:00-18:00', '2026-11-23', '09:00-18:00 open'],
    ['22:00-06:00', '2026-11-23', '22:00-30:00 open'],
    ['24/7', '2026-11-23', '00:00-24:00 open'],
    ['17:00-20:00+', '2026-11-23', '17:00-20:00 open, 20:00-24:00 unknown'],
    ['09:00+', '2026-11-23', '09:00-24:00+ open'],
    ['Sa "ask"', '2026-11-28', '00:00-24:00 unknown "ask"'],
    ['08:00-20:00; 2026 Feb 16-20 off "Spring Festival"', '2026-02-16', '00:00-24:00 closed "Spring Festival"'],
    ['08:00-20:00; PH off', '2026-10-01', ''],
    ['Fr 22:00-04:00; Sa 12:00-14:00', '2026-11-28', '12:00-14:00 open'],
  ])('draws %s on %s as “%s”', (hours, day, expected) => {
    const spans = daySpans(hoursOf(hours), day, calendar).map(
      ({ startMin, endMin, state, comment, openEnd }) =>
        `${time(startMin)}-${time(endMin)}${openEnd ? '+' : ''} ${state}${comment ? ` "${comment}"` : ''}`,
    );
    expect(spans.join(', ')).toBe(expected);
  });

  it('says on which days the week’s table rests on an unpublished calendar', () => {
    const office = hoursOf('Mo-Fr 09:00-17:00; PH off');
    expect(holidayUnknownOn(office, '2026-12-31', calendar)).toBe(false);
    expect(holidayUnknownOn(office, '2027-01-01', calendar)).toBe(false);
    expect(holidayUnknownOn(office, '2027-03-03', calendar)).toBe(true);
    expect(holidayUnknownOn(hoursOf('Mo-Fr 09:00-17:00'), '2027-03-03', calendar)).toBe(false);
  });
});
