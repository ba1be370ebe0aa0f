import { expect, it } from 'vitest';
import { hideSmallCounts, publicSum } from './hide-small-counts.ts';

const LEAST = 3;
const MOST = 7;

/** All tables of three counts. */
const tables: number[][] = [];
for (let a = 0; a <= MOST; a++) for (let b = 0; b <= MOST; b++) for (let c = 0; c <= MOST; c++) tables.push([a, b, c]);

const published = (counts: number[]) => JSON.stringify([hideSmallCounts(counts, LEAST), publicSum(counts, LEAST)]);

it('shows no small count', () => {
  for (const counts of tables) {
    for (const count of hideSmallCounts(counts, LEAST)) if (count !== null) expect(count).toBeGreaterThanOrEqual(LEAST);
  }
  expect(hideSmallCounts([12, 4, 30], 5)).toEqual([null, null, 30]);
  expect(hideSmallCounts([12, 5, 30], 5)).toEqual([12, 5, 30]);
  expect(publicSum([1, 4], 5)).toBeNull();
});

it('lets nobody work out a hidden one, who knows the sum and how it is hidden', () => {
  const alike = new Map<string, number[][]>();
  for (const counts of tables) alike.set(published(counts), [...(alike.get(published(counts)) ?? []), counts]);
  for (const counts of tables) {
    hideSmallCounts(counts, LEAST).forEach((shown, i) => {
      if (shown !== null) return;
      const possible = new Set(alike.get(published(counts))!.map((other) => other[i]));
      expect(possible.size, `${counts.join(' ')} at ${i}`).toBeGreaterThan(1);
    });
  }
});
