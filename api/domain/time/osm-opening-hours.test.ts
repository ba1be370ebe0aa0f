import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursArbitrary, seasonArbitrary } from './hours-arbitrary.test-support.ts';
import { formatSeason } from './format-dates.ts';
import { parseSeason } from './osm-dates.ts';
import { formatOpeningHours } from './format-opening-hours.ts';
import { parseOpeningHours } from './osm-opening-hours.ts';
import { MAX_HOURS_LENGTH } from './osm-reader.ts';

describe('parseOpeningHours and formatOpeningHours', () => {
  it.each([
    ['24/7', '24/7'],
    ['open', '24/7'],
    ['  mo-fr   9:00 - 17:00 ;PH OFF; ', 'Mo-Fr 09:00-17:00; PH off'],
    ['Mo,Tu,We,Th,Fr 09:00–17:00', 'Mo-Fr 09:00-17:00'],
    ['Sa-Mo 10:00-12:00', 'Mo,Sa,Su 10:00-12:00'],
    ['PH,Mo-Fr 09:00-12:00, 14:00-18:00', 'Mo-Fr,PH 09:00-12:00,14:00-18:00'],
    ['Mo-Fr 09:00-12:00,Sa 10:00-12:00', 'Mo-Fr 09:00-12:00, Sa 10:00-12:00'],
    ['18:00-26:00', '18:00-02:00'],
    ['18:00-00:00', '18:00-24:00'],
    ['Mo 10:00-36:00', 'Mo 10:00-36:00'],
    ['09:00-09:00', '09:00-09:00'],
    ['09:00 +', '09:00+'],
    ['Mo-Fr closed', 'Mo-Fr off'],
    ['Mo-Fr', 'Mo-Fr open'],
    ['Mo-Fr 24/7', 'Mo-Fr 00:00-24:00'],
    ['"ask first"', '"ask first"'],
    ['unknown "ask first"', '"ask first"'],
    ['Mo 09:00-10:00 open "ring"', 'Mo 09:00-10:00 open "ring"'],
    ['We[3,1-2],We[-1] 09:00-10:00', 'We[1,2,3,-1] 09:00-10:00'],
    ['Jun-Sep: 08:00-20:00', 'Jun-Sep 08:00-20:00'],
    ['jun 1 - sep 30 08:00-20:00', 'Jun 01-Sep 30 08:00-20:00'],
    ['Oct 1-7 off', 'Oct 01-07 off'],
    ['Jan 01,May 01-03,Oct 01-Oct 07 off', 'Jan 01,May 01-03,Oct 01-07 off'],
    ['2026 Feb 16-2026 Feb 20 off', '2026 Feb 16-20 off'],
    ['2026 Feb 16-Mar 02 off', '2026 Feb 16-2026 Mar 02 off'],
    ['2026 Dec 24-Jan 03 off', '2026 Dec 24-2027 Jan 03 off'],
    ['2026 Oct off', '2026 Oct off'],
    ['2026 Jun-Sep 09:00-12:00', '2026 Jun-2026 Sep 09:00-12:00'],
    ['2026-2027 Mo-Fr 09:00-12:00', '2026-2027 Mo-Fr 09:00-12:00'],
    ['Mo-Fr 09:00-17:00||"call us"', 'Mo-Fr 09:00-17:00 || "call us"'],
  ])('reads %s and writes %s', (text, canonical) => {
    const parsed = parseOpeningHours(text);
    expect(parsed).toMatchObject({ ok: true });
    if (parsed.ok) expect(formatOpeningHours(parsed.hours)).toBe(canonical);
  });

  it.each([
    ['', 0, 'Expected days, dates, times, open or off, as in Mo-Fr 09:00-17:00'],
    ['Mo-Fr sunrise-sunset', 6, '“sunrise” is not supported'],
    ['Mo-Fr 09:00-sunset', 12, '“sunset” is not supported'],
    ['SH off', 0, '“SH” is not supported'],
    ['week 01-20 09:00-10:00', 0, '“week” is not supported'],
    ['Mo-Fr 09:00', 11, 'Say when it ends, as in 09:00-17:00, or put + when that is not known'],
    ['Mo-Fr 9-17', 6, 'Did not expect this here'],
    ['09:00-17:00 Mo-Fr', 12, 'Did not expect this here'],
    ['Mo-Fr 25:00-26:00', 6, 'Hours begin before 24:00'],
    ['Mo-Fr 09:60-10:00', 6, 'There is no such time'],
    ['Mo-Fr 09:00-49:00', 12, 'There is no such time'],
    ['Feb 30 off', 0, 'There is no such date'],
    ['2027 Feb 29 off', 0, 'There is no such date'],
    ['Jun 0 off', 0, 'There is no such date'],
    ['2026 Oct 07-2026 Oct 01 off', 0, 'Ends before it begins'],
    ['Jun 15-10 off', 0, 'Ends before it begins'],
    ['Jun-Sep 15 off', 0, 'Both ends must be of one kind, as in Jun-Sep or Jun 01-Sep 30'],
    ['Oct 01,PH off', 7, 'Say the times, open or off before the comma'],
    ['We[6] 09:00-10:00', 3, 'Expected a number and “]”, as in We[1] or We[-1]'],
    ['Mo-Xx 09:00-10:00', 3, 'Expected a weekday'],
    ['Mo-Fr 09:00-10:00;; Sa off', 18, 'Expected days, dates, times, open or off, as in Mo-Fr 09:00-17:00'],
    ['早上九点到晚上六点', 0, 'Expected days, dates, times, open or off, as in Mo-Fr 09:00-17:00'],
    ['Mo "never closed', 3, 'Did not expect this here'],
  ])('says where and why it does not understand “%s”', (text, at, message) => {
    expect(parseOpeningHours(text)).toEqual({ ok: false, at, message });
  });

  it('refuses texts that are too long', () => {
    const longest = `"${'x'.repeat(MAX_HOURS_LENGTH - 2)}"`;
    expect(parseOpeningHours(longest).ok).toBe(true);
    expect(parseOpeningHours(`${longest} `)).toEqual({ ok: false, at: 500, message: 'Longer than 500 characters' });
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(hoursArbitrary(), (hours) => {
        const text = formatOpeningHours(hours);
        fc.pre(text.length <= MAX_HOURS_LENGTH);
        expect(parseOpeningHours(text)).toEqual({ ok: true, hours });
      }),
      { seed: 20261, numRuns: 2000 },
    );
  });

  it('gives every text it understands one lasting form', () => {
    fc.assert(
      fc.property(hoursLikeText, (text) => {
        const first = parseOpeningHours(text);
        if (!first.ok) return;
        const second = parseOpeningHours(formatOpeningHours(first.hours));
        expect(second).toEqual(first);
      }),
      { seed: 20262, numRuns: 3000 },
    );
  });

  it('never throws, whatever the text', () => {
    const anything = fc.oneof(fc.string({ maxLength: 500, unit: 'binary' }), hoursLikeText);
    fc.assert(
      fc.property(anything, (text) => {
        const parsed = parseOpeningHours(text);
        if (parsed.ok) return;
        expect(parsed.at).toBeGreaterThanOrEqual(0);
        expect(parsed.at).toBeLessThanOrEqual(text.length);
        expect(parsed.message).not.toBe('');
      }),
      { seed: 20263, numRuns: 3000 },
    );
  });

  it('comes to an end on the texts that hurt backtracking readers', () => {
    const pieces = ['Mo,', 'Mo-', '09:00-10:00,', 'Jan 01,', '2026 ', 'We[1,', '"', ' ', '1', 'Mo-Fr 09:00,', ';'];
    for (const piece of pieces) {
      const text = `${piece.repeat(MAX_HOURS_LENGTH).slice(0, MAX_HOURS_LENGTH - 1)}?`;
      expect(parseOpeningHours(text).ok, piece).toBe(false);
    }
  });
});

/** Texts made of the pieces of the language in any order; many of them are opening hours. */
const PIECES =
  'Mo|Fr|PH|We[1]|Jun|Sep 30|2026|2026 Oct 01|09:00|17:00|26:00|24/7|-|-|,|,|;| |+|off|open|unknown|"ask"|[|:|sunset|–|' +
  'Mo-Fr |09:00-12:00|Jun-Sep |; |, ';
const hoursLikeText = fc
  .array(fc.constantFrom(...PIECES.split('|'), ' || '), { maxLength: 14 })
  .map((pieces) => pieces.join(''));

describe('parseSeason and formatSeason', () => {
  it.each([
    ['Jun-Sep', 'Jun-Sep'],
    ['jun 1-sep 30', 'Jun 01-Sep 30'],
    ['Nov-Mar', 'Nov-Mar'],
    ['2026 Jun 15-2026 Sep 15', '2026 Jun 15-2026 Sep 15'],
    ['Jan-Feb,Jul-Aug', 'Jan-Feb,Jul-Aug'],
  ])('reads %s and writes %s', (text, canonical) => {
    const parsed = parseSeason(text);
    expect(parsed.ok && formatSeason(parsed.season)).toBe(canonical);
  });

  it.each(['', 'Mo-Fr', 'Jun-Sep 09:00-10:00', 'summer', 'Jun-Sep,'])('refuses “%s”', (text) => {
    expect(parseSeason(text).ok).toBe(false);
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(seasonArbitrary(), (season) => {
        expect(parseSeason(formatSeason(season))).toEqual({ ok: true, season });
      }),
      { seed: 20264, numRuns: 1000 },
    );
  });
});
