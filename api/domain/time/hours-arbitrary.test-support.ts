import * as fc from 'fast-check';
import { pad } from './osm-reader.ts';
import type { DateRange, OpeningHours, Rule, TimeSpan } from './opening-rules.ts';
import { dateOf, dayNumber, daysInMonth } from './shanghai.ts';

/** Opening hours of every shape the text form has. `openEnd: false` leaves out closings that are not known. */
export function hoursArbitrary({ openEnd = true } = {}): fc.Arbitrary<OpeningHours> {
  return fc
    .array(ruleArbitrary(openEnd), { minLength: 1, maxLength: 4 })
    .map(([first, ...rest]) => ({ rules: [{ ...first!, joint: 'replace' as const }, ...rest] }));
}

/** One to three ranges of months or dates, of every year or of 2025 to 2028. */
export function seasonArbitrary(): fc.Arbitrary<DateRange[]> {
  return fc.array(dateRange, { minLength: 1, maxLength: 3 });
}

function ruleArbitrary(openEnd: boolean): fc.Arbitrary<Rule> {
  return fc
    .record({
      joint: fc.constantFrom<Rule['joint']>('replace', 'replace', 'add', 'fallback'),
      dates: fc.oneof({ weight: 3, arbitrary: fc.constant<never[]>([]) }, seasonArbitrary()),
      weekdays: fc.oneof(fc.constant(0), fc.constant(0b11111), fc.integer({ min: 0, max: 127 })),
      nth: fc.oneof({ weight: 4, arbitrary: fc.constant<never[]>([]) }, nthArbitrary),
      publicHoliday: fc.boolean(),
      times: fc.array(timeSpan(openEnd), { maxLength: 3 }),
      state: fc.constantFrom<Rule['state']>('open', 'open', 'open', 'closed', 'unknown'),
      comment: fc.option(fc.stringMatching(/^[^"]{1,12}$/), { nil: undefined, freq: 4 }),
    })
    .map(({ comment, ...rule }) => (comment === undefined ? rule : { ...rule, comment }));
}

const nthArbitrary = fc
  .subarray([1, 2, 3, 4, 5, -1, -2, -3, -4, -5], { minLength: 1, maxLength: 3 })
  .chain((numbers) => fc.integer({ min: 0, max: 6 }).map((weekday) => numbers.map((nth) => ({ weekday, nth }))));

function timeSpan(openEnd: boolean): fc.Arbitrary<TimeSpan> {
  // Quarters of an hour meet and overlap often, which any minute hardly ever does.
  const start = fc.oneof(
    fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
    fc.integer({ max: 1439, min: 0 }),
  );
  return start.chain((startMin) => {
    const end = fc.oneof(
      fc.integer({ min: Math.floor(startMin / 15) + 1, max: 192 }).map((quarter) => quarter * 15),
      fc.integer({ min: startMin + 1, max: 2880 }),
      fc.constant(1440),
    );
    const closed = end.map((endMin): TimeSpan => ({ startMin, endMin }));
    if (!openEnd) return closed;
    return fc.oneof(
      { weight: 6, arbitrary: closed },
      end.map((endMin): TimeSpan => ({ startMin, endMin, openEnd: true })),
      fc.constant<TimeSpan>({ startMin, endMin: startMin, openEnd: true }),
    );
  });
}

const someMonth = fc.integer({ min: 1, max: 12 });
const monthDay = fc
  .integer({ min: dayNumber('2024-01-01'), max: dayNumber('2024-12-31') })
  .map((number) => dateOf(number).month * 100 + dateOf(number).dayOfMonth);
const date = fc.integer({ min: dayNumber('2025-01-01'), max: dayNumber('2028-12-31') });

const dateRange: fc.Arbitrary<DateRange> = fc.oneof(
  fc.tuple(someMonth, someMonth).map(([from, to]) => ({ from: from * 100 + 1, to: to * 100 + 31 })),
  fc.tuple(monthDay, monthDay).map(([from, to]) => ({ from, to })),
  monthDay.map((one) => ({ from: one, to: one })),
  fc
    .tuple(date, fc.integer({ min: 0, max: 400 }))
    .map(([from, days]) => ({ from: written(from), to: written(from + days) })),
  date.map((one) => wholeMonth(one)),
  fc.tuple(fc.integer({ min: 2025, max: 2028 }), fc.integer({ min: 0, max: 2 })).map(([year, more]) => ({
    from: year * 10000 + 101,
    to: (year + more) * 10000 + 1231,
  })),
);

function written(number: number): number {
  const { year, month, dayOfMonth } = dateOf(number);
  return year * 10000 + month * 100 + dayOfMonth;
}

function wholeMonth(number: number): DateRange {
  const first = written(number) - dateOf(number).dayOfMonth + 1;
  return { from: first, to: first + 30 };
}

/** The first and last day of every month of a year, where date rules go wrong. */
export function monthEdges(year: number): string[] {
  return Array.from({ length: 12 }, (_, index) => {
    const month = `${year}-${pad(index + 1)}`;
    return [`${month}-01`, `${month}-${daysInMonth(year, index + 1)}`];
  }).flat();
}
