import { convertPoint } from '#domain/geo/coordinates.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromPixel, gcjShift, gcjTileCorner, toPixel } from './gcj-tiles.ts';

const cityPoint = fc.record({
  lng: fc.double({ min: 117.87, max: 118.43, noNaN: true }),
  lat: fc.double({ min: 24.4, max: 24.93, noNaN: true }),
});

test.each([10, 14, 18])('at zoom %i what a GCJ-02 tile shows stands less than a pixel from its true place', (zoom) => {
  fc.assert(
    fc.property(cityPoint, (wgs) => {
      const drawn = toPixel(convertPoint(wgs, 'WGS84', 'GCJ02'), zoom); // where the tile server drew it
      const tile = { x: Math.floor(drawn.x / 256), y: Math.floor(drawn.y / 256) };
      const corner = gcjTileCorner(tile, zoom);
      const shown = { x: corner.x + drawn.x - tile.x * 256, y: corner.y + drawn.y - tile.y * 256 };
      const truth = toPixel(wgs, zoom);
      expect(Math.hypot(shown.x - truth.x, shown.y - truth.y)).toBeLessThan(1);
    }),
    { seed: 20261123, numRuns: 500 },
  );
});

test('pixels go there and back', () => {
  fc.assert(
    fc.property(cityPoint, (point) => {
      const back = fromPixel(toPixel(point, 18), 18);
      expect(Math.abs(back.lng - point.lng)).toBeLessThan(1e-9);
      expect(Math.abs(back.lat - point.lat)).toBeLessThan(1e-9);
    }),
    { seed: 20261123 },
  );
});

test('the shift that chooses the tiles is the half kilometre known from Xiamen', () => {
  const shift = gcjShift({ lng: 118.08943, lat: 24.47951 }, 18);
  const metresPerPixel = (156_543.034 * Math.cos((24.48 * Math.PI) / 180)) / 2 ** 18;
  const shiftM = Math.hypot(shift.x, shift.y) * metresPerPixel;
  expect(shiftM).toBeGreaterThan(500);
  expect(shiftM).toBeLessThan(650);
});
