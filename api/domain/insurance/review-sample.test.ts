import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishedQuarters, quarterDays } from './quarters.ts';
import { drawSample } from './review-sample.ts';
import { seededDraws } from './seeded-draws.ts';

const frame = Array.from({ length: 50 }, (_, i) => ({ id: `claim-${i}`, amountFen: i * 1000 }));

describe('a sample', () => {
  it('is this one, for ever', () => {
    const drawn = drawSample({ seed: '2026-11 复核', size: 6, valuePercent: 50, frame });
    expect(drawn.map(({ id, by }) => `${by} ${id}`)).toMatchInlineSnapshot(`
      [
        "value claim-21",
        "value claim-7",
        "value claim-36",
        "random claim-17",
        "random claim-42",
        "random claim-26",
      ]
    `);
  });

  it('is the same again whatever order the frame comes in, and has nothing twice', () => {
    const arbitrary = fc.tuple(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 100 }),
      fc.uniqueArray(fc.record({ id: fc.uuid(), amountFen: fc.nat(50_000_000) }), { selector: ({ id }) => id }),
    );
    fc.assert(
      fc.property(arbitrary, ([seed, size, valuePercent, claims]) => {
        const drawn = drawSample({ seed, size, valuePercent, frame: claims });
        expect(drawSample({ seed, size, valuePercent, frame: claims.toReversed() })).toEqual(drawn);
        expect(new Set(drawn.map(({ id }) => id)).size).toBe(drawn.length);
        expect(drawn).toHaveLength(Math.min(size, claims.length));
        const amounts = new Map(claims.map(({ id, amountFen }) => [id, amountFen]));
        for (const { id, by } of drawn) if (by === 'value') expect(amounts.get(id)).toBeGreaterThan(0);
        const byValue = drawn.filter(({ by }) => by === 'value').length;
        expect(byValue).toBeLessThanOrEqual(Math.floor((size * valuePercent) / 100));
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it('gives every claim its chance: by amount, or the same for all', () => {
    const claims = [100, 200, 700].map((amountFen, i) => ({ id: String(i), amountFen }));
    const times = (valuePercent: number) => {
      const counts = [0, 0, 0];
      for (let n = 0; n < 3000; n++) {
        const [first] = drawSample({ seed: `round ${n}`, size: 1, valuePercent, frame: claims });
        counts[Number(first!.id)]! += 1;
      }
      return counts;
    };
    // Four standard deviations around what is expected of 3,000 draws.
    for (const [counts, shares] of [
      [times(100), [0.1, 0.2, 0.7]],
      [times(0), [1 / 3, 1 / 3, 1 / 3]],
    ] as const) {
      shares.forEach((share, i) => {
        expect(Math.abs(counts[i]! - 3000 * share)).toBeLessThan(4 * Math.sqrt(3000 * share * (1 - share)));
      });
    }
  });
});

it('draws below bounds of any size', () => {
  const below = seededDraws('seed');
  for (const bound of [1, 2, 3, 1000, 2 ** 40 + 1, Number.MAX_SAFE_INTEGER]) {
    for (let n = 0; n < 50; n++) {
      const drawn = below(bound);
      expect(Number.isSafeInteger(drawn) && drawn >= 0 && drawn < bound).toBe(true);
    }
  }
  expect(() => below(0)).toThrow(RangeError);
});

it('knows quarters', () => {
  expect(quarterDays('2026-Q4')).toEqual({ from: '2026-10-01', to: '2026-12-31' });
  expect(quarterDays('2028-Q1')).toEqual({ from: '2028-01-01', to: '2028-03-31' });
  expect(finishedQuarters('2026-01-01', 3)).toEqual(['2025-Q4', '2025-Q3', '2025-Q2']);
  expect(finishedQuarters('2026-12-31', 1)).toEqual(['2026-Q3']);
});
