import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BenefitLine, calculateBenefit, type CoverUse, NOTHING_USED, shareOf } from './benefit.ts';
import type { PolicyTerms } from './policy-terms.ts';

const terms = JSON.parse(
  readFileSync(new URL('../../../seed/reference/policy-terms.json', import.meta.url), 'utf8'),
) as PolicyTerms;

const calculate = (lines: BenefitLine[], used: CoverUse = NOTHING_USED, paidFen?: Map<string, number>) =>
  calculateBenefit({ terms, lines, isCovered: true, used, ...(paidFen && { paidFen }) });
const stepsOf = (lines: BenefitLine[], used?: CoverUse) =>
  calculate(lines, used).lines.map(({ steps }) => steps.map(({ code, amountFen }) => [code, amountFen]));

describe('one line', () => {
  it.each<[string, BenefitLine, [string, number][]]>([
    [
      'medical: what is not covered, the deductible, the share',
      { id: 'a', kind: 'medical', costFen: 100_001, notCoveredFen: 20_000 },
      [
        ['cost', 100_001],
        ['not_covered', -20_000],
        ['deductible', -10_000],
        ['share', -14_001], // 80 % of 70,001 is 56,000.8, rounded down
      ],
    ],
    [
      'medical below the deductible',
      { id: 'a', kind: 'medical', costFen: 9_000, notCoveredFen: 0 },
      [
        ['cost', 9_000],
        ['deductible', -9_000],
      ],
    ],
    [
      'medical above its limit',
      { id: 'a', kind: 'medical', costFen: 6_010_000, notCoveredFen: 0 },
      [
        ['cost', 6_010_000],
        ['deductible', -10_000],
        ['share', -1_200_000],
        ['kind_limit', -800_000],
      ],
    ],
    [
      'hospital: a long stay and too many days',
      { id: 'a', kind: 'hospital', stays: [100, 80, 60] },
      [
        ['days', 240 * 6_000],
        ['days_per_stay', -10 * 6_000],
        ['days_in_all', -50 * 6_000],
      ],
    ],
    ['disability of grade 4', { id: 'a', kind: 'disability', grade: 4 }, [['grade', 28_000_000]]],
    ['death', { id: 'a', kind: 'death' }, [['death', 40_000_000]]],
  ])('%s', (_, line, expected) => {
    expect(stepsOf([line])).toEqual([expected]);
  });

  it('names the clause and how sure it is', () => {
    const [line] = calculate([{ id: 'a', kind: 'medical', costFen: 100_000, notCoveredFen: 0 }]).lines;
    expect(line!.steps.map(({ clause, certainty }) => [clause, certainty])).toEqual([
      [null, null],
      ['medical.deductibleFen', 'unverified'],
      ['medical.sharePercent', 'unverified'],
    ]);
  });

  it('is nothing for a day without cover, and says so', () => {
    const { totalFen, lines } = calculateBenefit({
      terms,
      lines: [{ id: 'a', kind: 'death' }],
      isCovered: false,
      used: NOTHING_USED,
    });
    expect(totalFen).toBe(0);
    expect(lines[0]!.steps.at(-1)).toMatchObject({ code: 'day_not_covered', amountFen: -40_000_000 });
  });

  it('refuses a grade that the terms do not have', () => {
    expect(() => calculate([{ id: 'a', kind: 'disability', grade: 11 }])).toThrow(RangeError);
  });
});

describe('several', () => {
  it('takes the deductible once', () => {
    const lines = ['a', 'b'].map((id): BenefitLine => ({ id, kind: 'medical', costFen: 50_000, notCoveredFen: 0 }));
    expect(calculate(lines).totalFen).toBe(32_000 + 40_000);
  });

  it('goes on where other claims of the cover have stopped', () => {
    const used = {
      totalFen: 3_900_000,
      byKindFen: { ...NOTHING_USED.byKindFen, medical: 3_900_000 },
      hospitalDays: 178,
    };
    const { lines } = calculate(
      [
        { id: 'a', kind: 'medical', costFen: 1_010_000, notCoveredFen: 0 },
        { id: 'b', kind: 'hospital', stays: [5] },
      ],
      used,
    );
    expect(lines.map(({ amountFen }) => amountFen)).toEqual([100_000, 12_000]);
  });

  it('ends at 400,000 yuan over everything, the last line first', () => {
    const lines: BenefitLine[] = [
      { id: 'a', kind: 'disability', grade: 2 },
      { id: 'b', kind: 'death' },
    ];
    expect(calculate(lines).lines.map(({ amountFen }) => amountFen)).toEqual([36_000_000, 4_000_000]);
  });

  it('takes nothing back that was paid before an appeal', () => {
    const lines: BenefitLine[] = [
      { id: 'a', kind: 'death' },
      { id: 'b', kind: 'medical', costFen: 20_000, notCoveredFen: 0 },
    ];
    const found = calculate(lines, NOTHING_USED, new Map([['b', 50_000]]));
    expect(found.lines.map(({ amountFen }) => amountFen)).toEqual([39_950_000, 50_000]);
    expect(found.totalFen).toBe(40_000_000);
  });
});

const fen = fc.integer({ min: 0, max: 100_000_000_00 });
const kindLine = fc.oneof(
  fc.record({ kind: fc.constant('medical' as const), costFen: fen, notCoveredFen: fen }),
  fc.record({
    kind: fc.constant('hospital' as const),
    stays: fc.array(fc.integer({ min: 1, max: 3660 }), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ kind: fc.constant('disability' as const), grade: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constant('death' as const) }),
);
const someLines = fc
  .array(kindLine, { maxLength: 8 })
  .map((lines) => lines.map((line, i): BenefitLine => ({ ...line, id: String(i) })));
const someUse = fc
  .tuple(fen, fc.integer({ min: 0, max: 400 }), fc.constantFrom('medical', 'disability', 'death'))
  .map(([totalFen, hospitalDays, kind]) => ({
    totalFen: totalFen % 40_000_001,
    byKindFen: { ...NOTHING_USED.byKindFen, [kind]: totalFen % 40_000_001 },
    hospitalDays,
  }));

describe('whatever is put in', () => {
  it('sums its steps, in whole fen, none below zero and none beyond a limit', () => {
    fc.assert(
      fc.property(someLines, someUse, fc.boolean(), (lines, used, isCovered) => {
        const { lines: found, totalFen, remainingFen } = calculateBenefit({ terms, lines, isCovered, used });
        for (const { amountFen, steps } of found) {
          expect(steps.reduce((sum, step) => sum + step.amountFen, 0)).toBe(amountFen);
          for (const step of steps) expect(Number.isSafeInteger(step.amountFen)).toBe(true);
          expect(amountFen).toBeGreaterThanOrEqual(0);
        }
        expect(found.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(totalFen);
        expect(totalFen).toBeLessThanOrEqual(isCovered ? remainingFen : 0);
        const sumOf = (kind: string) =>
          found.filter((line) => line.kind === kind).reduce((sum, { amountFen }) => sum + amountFen, 0);
        expect(sumOf('medical') + used.byKindFen.medical).toBeLessThanOrEqual(
          Math.max(4_000_000, used.byKindFen.medical),
        );
        expect(sumOf('hospital')).toBeLessThanOrEqual(Math.max(0, 180 - used.hospitalDays) * 6_000);
        expect(sumOf('disability')).toBeLessThanOrEqual(40_000_000);
      }),
      { seed: 20261125, numRuns: 500 },
    );
  });

  it('never falls below what was paid, as long as that was within the cover', () => {
    fc.assert(
      fc.property(someLines, fc.array(fc.integer({ min: 0, max: 4_000_000 }), { maxLength: 8 }), (lines, paid) => {
        const paidFen = new Map(lines.map(({ id }, i) => [id, paid[i] ?? 0]));
        const { lines: found, totalFen } = calculate(lines, NOTHING_USED, paidFen);
        for (const { id, amountFen } of found) expect(amountFen).toBeGreaterThanOrEqual(paidFen.get(id)!);
        expect(totalFen).toBeLessThanOrEqual(40_000_000);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

it('takes shares of large amounts exactly, rounded down', () => {
  expect(shareOf(9_999_999_999, 12.5)).toBe(1_249_999_999);
  expect(shareOf(1, 99.9999)).toBe(0);
  expect(shareOf(40_000_000, 100)).toBe(40_000_000);
});
