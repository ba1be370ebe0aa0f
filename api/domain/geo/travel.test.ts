import { expect, it } from 'vitest';
import { travelTimeMin } from './travel.ts';

it('turns metres into minutes at the speed of each mode', () => {
  expect(travelTimeMin(4800, 'foot')).toBeCloseTo(60);
  expect(travelTimeMin(15_000, 'ebike')).toBeCloseTo(60);
  expect(travelTimeMin(25_000, 'car')).toBeCloseTo(60);
  expect(travelTimeMin(0, 'foot')).toBe(0);
});
