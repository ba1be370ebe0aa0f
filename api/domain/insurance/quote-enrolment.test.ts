import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../time/shanghai.ts';
import { countDays, daysOf, includesDay, rangesOf, splitAt } from './day-ranges.ts';
import { ageOn, quoteEnrolment, type SaleTerms, termsForDay } from './quote-enrolment.ts';

const figure = <T>(value: T) => ({ value, certainty: 'unverified' as const, source: 'a test' });
const TERMS: SaleTerms = {
  ownShareFenPerDay: figure(40),
  subsidyFenPerDay: figure(35),
  minAge: figure(16),
  maxAge: figure(65),
  startsAfterDays: figure(1),
  longestTermDays: figure(7),
  aheadDays: figure(30),
};
const TODAY = '2026-03-10';
const quote = (days: string[], birthDay: string | null = '1990-03-07', terms: SaleTerms = TERMS) =>
  quoteEnrolment({ days, terms, today: TODAY, birthDay });

const day = fc.integer({ min: 1, max: 30 }).map((n) => addDays(TODAY, n));

describe('ranges of days', () => {
  it('are the fewest that hold exactly the days, in order and apart', () => {
    fc.assert(
      fc.property(fc.array(day), (days) => {
        const ranges = rangesOf(days);
        expect(daysOf(ranges)).toEqual([...new Set(days)].sort());
        expect(countDays(ranges)).toBe(new Set(days).size);
        for (const [i, { from, to }] of ranges.entries()) {
          expect(from <= to).toBe(true);
          const next = ranges[i + 1];
          if (next) expect(addDays(to, 1) < next.from).toBe(true);
        }
      }),
      { seed: 1 },
    );
  });

  it('are split so that nothing is lost or doubled', () => {
    fc.assert(
      fc.property(day, day, day, (a, b, at) => {
        const range = a < b ? { from: a, to: b } : { from: b, to: a };
        const { before, after } = splitAt(range, at);
        const parts = [before, after].filter((part) => part !== null);
        expect(daysOf(parts)).toEqual(daysOf([range]));
        expect(daysOf(before ? [before] : []).every((one) => one < at)).toBe(true);
        expect(daysOf(after ? [after] : []).every((one) => one >= at)).toBe(true);
        expect(includesDay(parts, at)).toBe(includesDay([range], at));
      }),
      { seed: 2 },
    );
  });
});

describe('an age', () => {
  it.each([
    ['1990-03-10', '2026-03-09', 35],
    ['1990-03-10', '2026-03-10', 36],
    ['2004-02-29', '2026-02-28', 21],
    ['2004-02-29', '2026-03-01', 22],
    ['2004-02-29', '2028-02-29', 24],
    ['2010-12-31', '2027-01-01', 16],
  ])('of somebody born on %s is on %s %i years', (birthDay, on, age) => {
    expect(ageOn(birthDay, on)).toBe(age);
  });
});

describe('a quote', () => {
  it('adds up the days, however they are named', () => {
    expect(quote(['2026-03-13', '2026-03-11', '2026-03-12', '2026-03-15', '2026-03-12'])).toEqual({
      ok: true,
      ranges: [
        { from: '2026-03-11', to: '2026-03-13' },
        { from: '2026-03-15', to: '2026-03-15' },
      ],
      coveredDays: 4,
      ownFen: 160,
      subsidyFen: 140,
    });
  });

  it.each([
    [[], { code: 'no_days' }],
    [['2026-03-10'], { code: 'too_soon', day: '2026-03-10', earliest: '2026-03-11' }],
    [['2026-03-09', '2026-03-11'], { code: 'too_soon', day: '2026-03-09', earliest: '2026-03-11' }],
    [['2026-04-10'], { code: 'too_far_ahead', day: '2026-04-10', latest: '2026-04-09' }],
    [Array.from({ length: 8 }, (_, n) => addDays('2026-03-11', n)), { code: 'too_many_days', mostDays: 7 }],
  ])('refuses %j with %j', (days, fault) => {
    expect(quote(days)).toEqual({ ok: false, fault });
  });

  it('judges the age on each covered day', () => {
    // 16 on the 12th of March: the day before is one too early.
    expect(quote(['2026-03-12'], '2010-03-12').ok).toBe(true);
    expect(quote(['2026-03-11', '2026-03-12'], '2010-03-12')).toEqual({
      ok: false,
      fault: { code: 'too_young', day: '2026-03-11', minAge: 16 },
    });
    // 66 on the 13th of March: 65 is still insured.
    expect(quote(['2026-03-11', '2026-03-12'], '1960-03-13').ok).toBe(true);
    expect(quote(['2026-03-12', '2026-03-13'], '1960-03-13')).toEqual({
      ok: false,
      fault: { code: 'too_old', day: '2026-03-13', maxAge: 65 },
    });
  });

  it('never sells a day outside of the window, and prices add up by the day', () => {
    const anyDay = fc.integer({ min: -3, max: 34 }).map((n) => addDays(TODAY, n));
    const birthDay = fc.integer({ min: 0, max: 29_000 }).map((n) => addDays('1945-01-01', n));
    fc.assert(
      fc.property(
        fc.array(anyDay, { maxLength: 10 }),
        birthDay,
        fc.nat(200),
        fc.nat(200),
        (days, born, own, subsidy) => {
          const terms = { ...TERMS, ownShareFenPerDay: figure(own), subsidyFenPerDay: figure(subsidy) };
          const distinct = [...new Set(days)];
          const fits =
            distinct.length > 0 &&
            distinct.length <= 7 &&
            distinct.every(
              (one) => one > TODAY && one <= addDays(TODAY, 30) && ageOn(born, one) >= 16 && ageOn(born, one) <= 65,
            );
          const answer = quote(days, born, terms);
          expect(answer.ok).toBe(fits);
          if (answer.ok) {
            expect([answer.ownFen, answer.subsidyFen]).toEqual([distinct.length * own, distinct.length * subsidy]);
            expect(daysOf(answer.ranges)).toEqual(distinct.sort());
          }
        },
      ),
      { seed: 3 },
    );
  });
});

describe('the terms of a day', () => {
  const versions = [
    { version: 'a', validFrom: '2023-09-13', createdAtMs: 1 },
    { version: 'c', validFrom: '2026-04-01', createdAtMs: 3 },
    { version: 'b', validFrom: '2026-04-01', createdAtMs: 2 },
  ];
  it.each([
    ['2023-09-12', undefined],
    ['2023-09-13', 'a'],
    ['2026-03-31', 'a'],
    ['2026-04-01', 'c'],
  ])('%s are %s', (on, version) => {
    expect(termsForDay(versions, on)?.version).toBe(version);
  });
});
