import { expect, test } from 'vitest';
import { nextStop, releaseSpeed, restingStop } from './sheet-stops.ts';

const VISIBLE = { low: 100, middle: 400, high: 780 };

test.each([
  ['a nudge comes back', 'middle', 20, 0, 'middle'],
  ['a long pull down rests low', 'middle', 260, 0, 'low'],
  ['a pull over two stops rests high', 'low', -600, 0, 'high'],
  ['a flick up goes one stop up', 'middle', -30, -0.9, 'high'],
  ['a flick down goes one stop down', 'high', 30, 0.9, 'middle'],
  ['a flick below the lowest stop stays', 'low', 30, 2, 'low'],
] as const)('the sheet: %s', (_name, from, draggedPx, speed, expected) => {
  expect(restingStop(from, draggedPx, speed, VISIBLE)).toBe(expected);
});

test('keys stop at both ends', () => {
  expect(nextStop('high', 1)).toBe('high');
  expect(nextStop('middle', -1)).toBe('low');
});

test('only the last moment makes the speed, and a finger that rested has none', () => {
  const trail = [0, 50, 100, 150].map((timeMs) => ({ timeMs, y: 700 - timeMs }));
  expect(releaseSpeed(trail, 150)).toBeCloseTo(-1);
  expect(releaseSpeed(trail, 400)).toBe(0);
});
