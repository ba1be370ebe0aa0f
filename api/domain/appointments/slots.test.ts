import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileHolidays } from '../time/holidays.ts';
import { dayFromNumber, dayNumber, dayNumberAt, instantOf, minuteOfDay, weekdayOf } from '../time/shanghai.ts';
import {
  findSlot,
  freeSeats,
  freeSlots,
  isBookable,
  openSpans,
  type Schedule,
  slotsOfDay,
  type TakenSeat,
} from './slots.ts';

const TUESDAY = '2026-03-10';
const holidays = compileHolidays({
  coveredYears: [2026],
  daysOff: ['2026-03-12'],
  makeupWorkdays: ['2026-03-14'],
});
const NINE_TO_FIVE = [0, 1, 2, 3, 4].map((weekday) => ({ weekday, fromMin: 540, toMin: 1020 }));
const schedule = (changes: Partial<Schedule> = {}): Schedule => ({
  week: NINE_TO_FIVE,
  breaks: [{ fromMin: 720, toMin: 840 }],
  holidays: 'closed',
  exceptions: new Map(),
  slotMin: 60,
  bufferMin: 0,
  leadMin: 0,
  horizonDays: 30,
  counters: 1,
  capacity: 1,
  ...changes,
});
const starts = (of: Schedule, day: string) =>
  slotsOfDay(of, holidays, dayNumber(day)).map(({ startMs }) => minuteOfDay(startMs));

describe('the slots of a day', () => {
  it.each([
    ['skip the break', schedule(), TUESDAY, [540, 600, 660, 840, 900, 960]],
    ['leave the buffer', schedule({ bufferMin: 30 }), TUESDAY, [540, 630, 840, 930]],
    ['are none on a holiday', schedule(), '2026-03-12', []],
    [
      'go by the week on a holiday where it is worked',
      schedule({ holidays: 'as_usual', breaks: [] }),
      '2026-03-12',
      [540, 600, 660, 720, 780, 840, 900, 960],
    ],
    ['are those of a Monday on a make-up workday', schedule(), '2026-03-14', [540, 600, 660, 840, 900, 960]],
    ['are none on a Sunday', schedule(), '2026-03-15', []],
    [
      'are those of the exception',
      schedule({ exceptions: new Map([[TUESDAY, [{ fromMin: 700, toMin: 830 }]]]) }),
      TUESDAY,
      [700, 760],
    ],
    ['are none on a day that is closed', schedule({ exceptions: new Map([[TUESDAY, []]]) }), TUESDAY, []],
    [
      'are cut from windows that touch as from one',
      schedule({
        breaks: [],
        slotMin: 90,
        week: [
          { weekday: 1, fromMin: 540, toMin: 600 },
          { weekday: 1, fromMin: 600, toMin: 720 },
        ],
      }),
      TUESDAY,
      [540, 630],
    ],
  ] as const)('%s', (_, of, day, expected) => {
    expect(starts(of, day)).toEqual(expected);
  });

  it('may be given from the lead time on, to the horizon', () => {
    const of = schedule({ leadMin: 90, horizonDays: 1 });
    const nowMs = instantOf(TUESDAY, 540);
    const given = freeSlots(of, holidays, { fromDay: '2026-03-01', toDay: '2026-03-31', nowMs, taken: [] });
    expect(given[0]!.startMs).toBe(instantOf(TUESDAY, 660));
    expect(given.at(-1)!.startMs).toBe(instantOf('2026-03-11', 960));
  });
});

const span = fc
  .tuple(fc.integer({ min: 0, max: 1380 }), fc.integer({ min: 1, max: 600 }))
  .map(([fromMin, length]) => ({ fromMin, toMin: Math.min(1440, fromMin + length) }));
const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  week: fc.array(
    fc.tuple(span, fc.integer({ min: 0, max: 6 })).map(([of, weekday]) => ({ ...of, weekday })),
    { maxLength: 10 },
  ),
  breaks: fc.array(span, { maxLength: 3 }),
  holidays: fc.constantFrom('closed', 'as_usual'),
  exceptions: fc
    .array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.array(span, { maxLength: 2 })), { maxLength: 3 })
    .map((days) => new Map(days.map(([ahead, spans]) => [dayFromNumber(dayNumber(TUESDAY) + ahead), spans]))),
  slotMin: fc.integer({ min: 5, max: 180 }),
  bufferMin: fc.integer({ min: 0, max: 60 }),
  leadMin: fc.integer({ min: 0, max: 5000 }),
  horizonDays: fc.integer({ min: 0, max: 20 }),
  counters: fc.integer({ min: 1, max: 3 }),
  capacity: fc.integer({ min: 1, max: 3 }),
});
const has = (spans: readonly { fromMin: number; toMin: number }[], minute: number) =>
  spans.some(({ fromMin, toMin }) => fromMin <= minute && minute < toMin);
const anyNow = fc.integer({ min: 0, max: 10 * 1440 }).map((min) => instantOf(TUESDAY, min));
const range = { fromDay: '2026-03-10', toDay: '2026-04-10' };

describe('any schedule', () => {
  it('gives slots inside its plan only, never before the lead time, never two at once', () => {
    fc.assert(
      fc.property(anySchedule, anyNow, (of, nowMs) => {
        const slots = freeSlots(of, holidays, { ...range, nowMs, taken: [] });
        slots.forEach((slot, i) => {
          expect(slot.startMs).toBeGreaterThanOrEqual(nowMs + of.leadMin * 60_000);
          expect(slot.endMs - slot.startMs).toBe(of.slotMin * 60_000);
          if (i > 0) expect(slot.startMs).toBeGreaterThanOrEqual(slots[i - 1]!.endMs);
          // Minute by minute, by the words of the plan and not by its code.
          const number = dayNumberAt(slot.startMs);
          const day = dayFromNumber(number);
          expect(number).toBeLessThanOrEqual(dayNumberAt(nowMs) + of.horizonDays);
          const exception = of.exceptions.get(day);
          const weekday = day === '2026-03-14' && of.holidays === 'closed' ? 0 : weekdayOf(number);
          if (!exception && of.holidays === 'closed') expect(day).not.toBe('2026-03-12');
          const from = minuteOfDay(slot.startMs);
          const windows = exception ?? of.week.filter((window) => window.weekday === weekday);
          const minutes = Array.from({ length: of.slotMin }, (_, after) => from + after);
          expect(minutes.filter((minute) => !has(windows, minute))).toEqual([]);
          if (!exception) expect(minutes.filter((minute) => has(of.breaks, minute))).toEqual([]);
        });
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('never gives a seat twice, whatever is booked and freed, also after its plan changes', () => {
    fc.assert(
      fc.property(
        fc.tuple(anySchedule, anySchedule),
        anyNow,
        fc.array(fc.record({ pick: fc.nat(), free: fc.boolean() }), { maxLength: 60 }),
        (plans, nowMs, steps) => {
          const taken: TakenSeat[] = [];
          steps.forEach(({ pick, free }, step) => {
            const of = plans[step < steps.length / 2 ? 0 : 1];
            if (free && taken.length > 0) {
              taken.splice(pick % taken.length, 1);
              return;
            }
            const open = freeSlots(of, holidays, { ...range, nowMs, taken }).filter((slot) => slot.free > 0);
            if (open.length === 0) return;
            const slot = open[pick % Math.min(open.length, 4)]!;
            const seats = freeSeats(of, slot, taken);
            expect(seats).toHaveLength(slot.free);
            expect(findSlot(of, holidays, slot.startMs, nowMs)).toMatchObject({ endMs: slot.endMs });
            const { counter, seat } = seats[0]!;
            expect(counter).toBeLessThanOrEqual(of.counters);
            expect(seat).toBeLessThanOrEqual(of.capacity);
            taken.push({ counter, seat, startMs: slot.startMs, endMs: slot.endMs });
          });
          for (const [i, a] of taken.entries()) {
            for (const b of taken.slice(i + 1)) {
              const same = a.counter === b.counter && a.seat === b.seat;
              if (same) expect(a.endMs <= b.startMs || b.endMs <= a.startMs).toBe(true);
            }
          }
        },
      ),
      { seed: 6, numRuns: 200 },
    );
  });

  it('says of no other instant that it is a slot', () => {
    fc.assert(
      fc.property(anySchedule, anyNow, fc.integer({ min: 0, max: 20_000 }), (of, nowMs, ahead) => {
        const startMs = nowMs + ahead * 60_000;
        const known = slotsOfDay(of, holidays, dayNumberAt(startMs)).some(
          (slot) => slot.startMs === startMs && isBookable(of, slot, nowMs),
        );
        expect(findSlot(of, holidays, startMs, nowMs) !== undefined).toBe(known);
        const spans = openSpans(of, holidays, dayNumberAt(startMs));
        spans.forEach((one, i) => {
          expect(one.fromMin).toBeLessThan(one.toMin);
          if (i > 0) expect(one.fromMin).toBeGreaterThanOrEqual(spans[i - 1]!.toMin);
        });
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
