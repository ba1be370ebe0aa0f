import { expect, test } from 'vitest';
import { spreadStacked } from './spread-stacked.ts';

test('places at one point can each be touched, a place alone is not moved', () => {
  const hall = { lng: 118.0898, lat: 24.4795 };
  const offsets = spreadStacked([hall, { lng: 118.1, lat: 24.5 }, hall, hall, hall, hall]);
  expect(offsets[1]).toEqual([0, 0]);
  const ring = offsets.filter((_, index) => index !== 1);
  for (const [i, a] of ring.entries()) {
    for (const b of ring.slice(i + 1)) expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(30);
  }
});
