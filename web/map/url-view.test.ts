import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseView, viewInHash } from './url-view.ts';
import { formatView, hashOfView } from './write-view.ts';

test('a view survives the way through the URL to about a metre', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 117.8, max: 118.5, noNaN: true }),
      fc.double({ min: 24.3, max: 25, noNaN: true }),
      fc.integer({ min: 9, max: 19 }),
      (lng, lat, zoom) => {
        const back = parseView(formatView({ lng, lat, zoom }))!;
        expect(Math.abs(back.lng - lng)).toBeLessThan(0.000_006);
        expect(Math.abs(back.lat - lat)).toBeLessThan(0.000_006);
        expect(back.zoom).toBe(zoom);
      },
    ),
    { seed: 20261123 },
  );
});

test.each([null, '', '118,24', '118,24,14,1', 'NaN,24,14', '118,24,', '1e3,24,14', '200,24,14', '118,89,14'])(
  'a broken view in a link (%s) is no view',
  (text) => {
    expect(parseView(text)).toBeNull();
  },
);

test('a zoom beyond the map is held to its range', () => {
  expect(parseView('118.1,24.5,99')?.zoom).toBe(19);
  expect(parseView('118.1,24.5,1')?.zoom).toBe(9);
});

test('a view stands in the fragment, which no request carries', () => {
  const hash = hashOfView({ lng: 118.1, lat: 24.5, zoom: 14 });
  expect(hash).toBe('#v=118.1,24.5,14');
  expect(viewInHash(hash)).toEqual({ lng: 118.1, lat: 24.5, zoom: 14 });
  expect(viewInHash('')).toBeNull();
});
