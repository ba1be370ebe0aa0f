import { expect, test } from 'vitest';
import { createTileHealth } from './tile-health.ts';

test('a dead tile server is noticed after four tiles, its return after some more, each said once', () => {
  const health = createTileHealth();
  expect([false, false, false, false, false].map((loaded) => health.record(loaded))).toEqual([
    null,
    null,
    null,
    true,
    null,
  ]);
  const said = Array.from({ length: 12 }, () => health.record(true)).filter((change) => change !== null);
  expect(said).toEqual([false]);
});

test('a single missing tile is no failure', () => {
  const health = createTileHealth();
  const outcomes = [true, true, false, true, true, false, true];
  expect(outcomes.every((loaded) => health.record(loaded) === null)).toBe(true);
});
