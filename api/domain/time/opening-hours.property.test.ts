import process from 'node:process';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { hoursArbitrary, monthEdges, seasonArbitrary } from './hours-arbitrary.test-support.ts';
import { type HolidayCalendar, compileHolidays } from './holidays.ts';
import { LOOK_AHEAD_DAYS, daySpans, openingAt, withinSeason } from './opening-hours.ts';
import type { DateRange, OpeningHours, OpeningState, Rule } from './opening-rules.ts';
import { addDays, dayNumber, instantOf, shanghaiDay } from './shanghai.ts';

const MINUTE_MS = 60_000;

const someDay = fc.oneof(
  fc.integer({ min: 0, max: 700 }).map((days) => addDays('2026-01-01', days)),
  fc.constantFrom(...monthEdges(2026), ...monthEdges(2027), '2028-02-28', '2028-02-29'),
);
const someInstant = fc
  .tuple(someDay, fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.constantFrom(0, 540, 720, 1439)))
  .map(([day, minute]) => instantOf(day, minute));

/** A calendar that covers all years, with days off and make-up workdays wherever they fall. */
const someCalendar = fc
  .record({ off: fc.array(someDay, { maxLength: 40 }), makeup: fc.array(someDay, { maxLength: 40 }) })
  .map(({ off, makeup }): HolidayCalendar => {
    const weekend = makeup.filter((day) => (dayNumber(day) + 3) % 7 > 4 && !off.includes(day));
    return { coveredYears: [2025, 2026, 2027, 2028, 2029], daysOff: off, makeupWorkdays: weekend };
  });

const someHours = fc.oneof(
  hoursArbitrary({ openEnd: false }),
  fc.tuple(hoursArbitrary({ openEnd: false }), seasonArbitrary()).map(([hours, season]) => withinSeason(hours, season)),
);

describe('openingAt, against an oracle that paints every single minute', () => {
  it('knows the state and finds the next change', () => {
    fc.assert(
      fc.property(someHours, someInstant, someCalendar, (hours, instantMs, calendar) => {
        const oracle = minuteOracle(hours, calendar);
        const opening = openingAt(hours, instantMs, compileHolidays(calendar));
        const minute = instantMs / MINUTE_MS;
        expect(opening.state).toBe(oracle(minute));
        const limit = endOfLookAhead(instantMs);
        if (opening.state === 'open') {
          const closesAt = firstMinute(minute, limit, (at) => oracle(at) !== 'open');
          expect(opening.closesAt).toBe(closesAt && closesAt * MINUTE_MS);
          expect(opening.closesKnown).toBe(closesAt === null || oracle(closesAt) === 'closed');
        }
        if (opening.state === 'closed') {
          const opensAt = firstMinute(minute, limit, (at) => oracle(at) === 'open');
          const perhapsAt = opensAt ?? firstMinute(minute, limit, (at) => oracle(at) === 'unknown');
          expect(opening.opensAt).toBe(perhapsAt && perhapsAt * MINUTE_MS);
          expect(opening.opensKnown).toBe(opensAt !== null || perhapsAt === null);
        }
      }),
      { seed: 20265, numRuns: 200 },
    );
  }, 60_000);

  it('draws on a day what is open on it', () => {
    fc.assert(
      fc.property(someHours, someDay, someCalendar, (hours, day, calendar) => {
        const oracle = minuteOracle(hours, calendar);
        const lookup = compileHolidays(calendar);
        const drawn = [
          ...daySpans(hours, addDays(day, -1), lookup).map((span) => ({ ...span, offset: -1440 })),
          ...daySpans(hours, day, lookup).map((span) => ({ ...span, offset: 0 })),
        ];
        for (let minute = 0; minute < 1440; minute += 5) {
          const at = drawn.filter(
            ({ startMin, endMin, offset }) => startMin + offset <= minute && minute < endMin + offset,
          );
          // What began yesterday can be drawn longer than it lasts when today's rules cut it; never shorter.
          const state = oracle(instantOf(day, minute) / MINUTE_MS);
          if (state !== 'closed') expect(at.map((span) => span.state)).toContain(state);
          const today = at.filter(({ offset }) => offset === 0);
          if (today.length) expect(today[0]!.state).toBe(state);
        }
      }),
      { seed: 20266, numRuns: 300 },
    );
  });

  it('lets the calendar play no part in hours that do not mention public holidays', () => {
    fc.assert(
      fc.property(someHours, someInstant, someCalendar, (hours, instantMs, calendar) => {
        const rules = hours.rules.map((rule) => ({ ...rule, publicHoliday: false }));
        const none = compileHolidays({ coveredYears: [], daysOff: [], makeupWorkdays: [] });
        const plain = { ...hours, rules };
        expect(openingAt(plain, instantMs, none)).toEqual(openingAt(plain, instantMs, compileHolidays(calendar)));
      }),
      { seed: 20267, numRuns: 300 },
    );
  });
});

describe('openingAt on hours of every shape', () => {
  it('puts every change after the instant asked about', () => {
    fc.assert(
      fc.property(hoursArbitrary(), someInstant, someCalendar, (hours, instantMs, calendar) => {
        const opening = openingAt(hours, instantMs, compileHolidays(calendar));
        const change =
          opening.state === 'open' ? opening.closesAt : opening.state === 'closed' ? opening.opensAt : null;
        expect(change ?? Infinity).toBeGreaterThan(instantMs);
      }),
      { seed: 20270, numRuns: 1000 },
    );
  });

  it('marks every answer that a calendar published later could change', () => {
    const unpublished = compileHolidays({ coveredYears: [], daysOff: [], makeupWorkdays: [] });
    fc.assert(
      fc.property(hoursArbitrary(), someInstant, someCalendar, (hours, instantMs, calendar) => {
        const before = openingAt(hours, instantMs, unpublished);
        if (before.holidayUnknown) return;
        expect(openingAt(hours, instantMs, compileHolidays(calendar))).toEqual(before);
      }),
      { seed: 20271, numRuns: 1000 },
    );
  });
});

describe('whatever the zone of the machine', () => {
  const original = process.env.TZ;
  afterEach(() => {
    if (original === undefined) delete process.env.TZ;
    else process.env.TZ = original;
  });

  it('answers the same', () => {
    const samples = fc.sample(fc.tuple(someHours, someInstant, someCalendar), { seed: 20268, numRuns: 60 });
    const answers = (zone: string) => {
      process.env.TZ = zone;
      const offset = new Date(2026, 0, 1).getTimezoneOffset();
      const openings = samples.map(([hours, at, calendar]) => openingAt(hours, at, compileHolidays(calendar)));
      return { offset, openings, days: samples.map(([, at]) => shanghaiDay(at)) };
    };
    const xiamen = answers('Asia/Shanghai');
    expect(xiamen.offset).toBe(-480);
    for (const zone of ['America/Los_Angeles', 'Pacific/Kiritimati', 'UTC', 'America/St_Johns']) {
      const elsewhere = answers(zone);
      expect(elsewhere.offset).not.toBe(-480);
      expect({ ...elsewhere, offset: -480 }).toEqual(xiamen);
    }
  });
});

function endOfLookAhead(instantMs: number): number {
  return instantOf(addDays(shanghaiDay(instantMs), LOOK_AHEAD_DAYS + 1), 0) / MINUTE_MS;
}

function firstMinute(from: number, limit: number, holds: (minute: number) => boolean): number | null {
  for (let minute = from; minute < limit; minute++) if (holds(minute)) return minute;
  return null;
}

/** The state of each minute (epoch minutes), found by painting minutes one by one on plain arrays, rule after rule. */
function minuteOracle(hours: OpeningHours, calendar: HolidayCalendar): (minute: number) => OpeningState {
  const days = new Map<number, OpeningState[]>();
  const paintings = new Map<string, OpeningState[]>();
  const followed = hours.rules.some((rule) => rule.publicHoliday) ? calendar : null;
  const speakingOn = (number: number) => {
    const day = new Date(number * 86_400_000);
    const inSeason = !hours.season || hours.season.some((range) => oracleInRange(range, day));
    return hours.rules.map((rule) => inSeason && oracleApplies(rule, day, followed));
  };
  const paint = (number: number) => {
    const speaking = [speakingOn(number), speakingOn(number - 1)] as const;
    const key = speaking.join();
    let painting = paintings.get(key);
    if (!painting) paintings.set(key, (painting = paintedDay(hours.rules, speaking)));
    return painting;
  };
  return (minute) => {
    const sinceEpoch = minute + 8 * 60;
    const number = Math.floor(sinceEpoch / 1440);
    let states = days.get(number);
    if (!states) days.set(number, (states = paint(number)));
    return states[sinceEpoch - number * 1440]!;
  };
}

/** A day's 1440 states, given which rules speak of it (`speaking[0]`) and of the day before (`speaking[1]`). */
function paintedDay(rules: Rule[], speaking: readonly [boolean[], boolean[]]): OpeningState[] {
  // Minute m of the day is cell 1440 + m; yesterday's cells come first, and the day's own nights reach to 4320.
  const state: (OpeningState | null)[] = Array.from({ length: 4320 }, () => null);
  const origin: number[] = Array.from({ length: 4320 }, () => -1);
  for (const [index, rule] of rules.entries()) {
    for (const ago of [1, 0] as const) {
      if (!speaking[ago][index]) continue;
      const base = ago ? 0 : 1440;
      const wholeDay = rule.times.length === 0;
      const gentle = wholeDay || rule.joint === 'fallback';
      if (rule.joint !== 'fallback' && (wholeDay || (rule.joint === 'replace' && rule.state !== 'closed'))) {
        for (let cell = 0; cell < 4320; cell++) if (origin[cell] === ago) state[cell] = null;
      }
      for (const { startMin, endMin } of wholeDay ? [{ startMin: 0, endMin: 1440 }] : rule.times) {
        for (let cell = base + startMin; cell < base + endMin; cell++) {
          if (gentle && state[cell] !== null) continue;
          state[cell] = rule.state;
          origin[cell] = ago;
        }
      }
    }
  }
  return state.slice(1440, 2880).map((painted) => painted ?? 'closed');
}

function oracleApplies(rule: Rule, day: Date, calendar: HolidayCalendar | null): boolean {
  if (rule.dates.length && !rule.dates.some((range) => oracleInRange(range, day))) return false;
  if (!rule.weekdays && !rule.nth.length && !rule.publicHoliday) return true;
  const written = day.toISOString().slice(0, 10);
  if (rule.publicHoliday && calendar?.daysOff.includes(written)) return true;
  const weekday = (day.getUTCDay() + 6) % 7;
  const served = calendar?.makeupWorkdays.includes(written) ? (weekday === 5 ? 4 : 0) : weekday;
  if ((rule.weekdays >> served) & 1) return true;
  return rule.nth.some(({ weekday: wanted, nth }) => {
    if (weekday !== wanted) return false;
    // Walk week by week to the start or the end of the month and count.
    let count = 0;
    const step = nth > 0 ? -7 : 7;
    for (const at = new Date(day); at.getUTCMonth() === day.getUTCMonth(); at.setUTCDate(at.getUTCDate() + step))
      count++;
    return count === Math.abs(nth);
  });
}

function oracleInRange({ from, to }: DateRange, day: Date): boolean {
  const monthDay = (day.getUTCMonth() + 1) * 100 + day.getUTCDate();
  if (from > 9999) {
    const date = day.getUTCFullYear() * 10000 + monthDay;
    return date >= from && date <= to;
  }
  return from <= to ? monthDay >= from && monthDay <= to : monthDay >= from || monthDay <= to;
}
