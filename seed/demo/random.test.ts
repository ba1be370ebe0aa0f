import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

describe('seeded randomness', () => {
  it('gives the same numbers on every machine', () => {
    const random = createRandom(1);
    expect([random.below(1000), random.below(1000), random.below(1000)]).toEqual([627, 2, 527]);
  });

  it('is spread evenly', () => {
    const random = createRandom(7);
    const buckets = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i++) buckets[random.below(10)]!++;
    for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('picks as often as the weights say', () => {
    const random = createRandom(7);
    const items = [{ weight: 3 }, { weight: 0 }, { weight: 1 }];
    const picked = Array.from({ length: 4000 }, () => random.pickWeighted(items));
    expect(picked.filter((item) => item === items[1])).toHaveLength(0);
    expect(Math.abs(picked.filter((item) => item === items[0]).length - 3000)).toBeLessThan(150);
  });

  it('has nothing to pick from an empty list', () => {
    expect(() => createRandom(1).pick([])).toThrow(RangeError);
  });
});
