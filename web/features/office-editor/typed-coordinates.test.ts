import { describe, expect, test } from 'vitest';
import { distanceM } from '#domain/geo/geodesic.ts';
import { readCoordinates, writeCoordinates } from './typed-coordinates.ts';

const POINT = { lng: 118.0894, lat: 24.4795 };

describe('typed coordinates', () => {
  test.each([
    '118.0894, 24.4795',
    '118.0894 24.4795',
    ' 118.0894，24.4795 ',
    '118.0894°E, 24.4795°N',
    '118.0894;24.4795',
  ])('%s is read', (text) => {
    expect(readCoordinates(text, 'WGS84')).toMatchObject({ ok: true, point: POINT, swapped: false, farAway: false });
  });

  test('latitude first is turned round, and said', () => {
    expect(readCoordinates('24.4795, 118.0894', 'WGS84')).toMatchObject({ ok: true, point: POINT, swapped: true });
  });

  test.each(['', '118.0894', 'here', '118.0894, 24.4795, 3', '200, 24', '118, 95'])('%j is not', (text) => {
    expect(readCoordinates(text, 'WGS84')).toEqual({ ok: false });
  });

  test('far from the city is read, and said', () => {
    expect(readCoordinates('121.47, 31.23', 'WGS84')).toMatchObject({ ok: true, farAway: true });
  });

  test.each(['GCJ02', 'BD09'] as const)('%s is converted, and the original kept', (crs) => {
    const text = writeCoordinates(POINT, crs);
    const read = readCoordinates(text, crs);
    if (!read.ok) throw new Error('not read');
    expect(distanceM(read.point, POINT)).toBeLessThan(0.5);
    expect(read.original).toEqual({ lng: Number(text.split(', ')[0]), lat: Number(text.split(', ')[1]), crs });
    expect(distanceM(read.original, POINT)).toBeGreaterThan(300);
  });
});
