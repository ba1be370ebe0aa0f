import { describe, expect, it } from 'vitest';
import { CITY_BOX, isInBox, looksSwapped } from './city-box.ts';
import { PointSchema } from './point.ts';

describe('points', () => {
  it.each([
    { lng: 180.1, lat: 0 },
    { lng: 0, lat: -90.5 },
    { lng: Number.NaN, lat: 24 },
    { lng: Number.POSITIVE_INFINITY, lat: 24 },
    { lng: '118', lat: 24 },
    { lng: 118 },
  ])('refuses %o, which is no place on the earth', (value) => {
    expect(PointSchema.safeParse(value).success).toBe(false);
  });

  it('knows the city from the rest of the world', () => {
    expect(isInBox({ lng: 118.118, lat: 24.4885 }, CITY_BOX)).toBe(true);
    expect(isInBox({ lng: 119.3, lat: 26.07 }, CITY_BOX)).toBe(false);
  });

  it('recognises longitude and latitude given the wrong way round, and nothing else', () => {
    expect(looksSwapped(24.4885, 118.118)).toBe(true);
    expect(looksSwapped(118.118, 24.4885)).toBe(false);
    expect(looksSwapped(26.07, 119.3)).toBe(false);
    expect(looksSwapped(Number.NaN, 118)).toBe(false);
  });
});
