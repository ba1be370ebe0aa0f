import { expect, test } from 'vitest';
import { fittingView } from './fitting-view.ts';

const PHONE = { width: 390, height: 380 };
const HERE = { lng: 118.118, lat: 24.4885 };
/** Of one degree in Web Mercator. */
const pixels = (zoom: number) => (256 * 2 ** zoom) / 360;
const north = (degrees: number) => ({ lng: HERE.lng, lat: HERE.lat + degrees });

test('what is near is shown no closer than a street, what is far no wider than a part of the city', () => {
  expect(fittingView([HERE], PHONE)).toEqual({ ...HERE, zoom: 16 });
  expect(fittingView([HERE, north(0.0005)], PHONE).zoom).toBe(16);
  expect(fittingView([HERE, north(0.4)], PHONE)).toEqual({ ...HERE, zoom: 13 });
});

test('all points are within the visible part, and would not be one zoom closer', () => {
  const points = [HERE, north(0.012), { lng: HERE.lng + 0.006, lat: HERE.lat }];
  const { lng, lat, zoom } = fittingView(points, PHONE);
  // At this latitude a degree north is a tenth longer on the screen.
  const tallest = Math.max(...points.map((point) => Math.abs(point.lat - lat))) * 1.1;
  const widest = Math.max(...points.map((point) => Math.abs(point.lng - lng)));
  expect(tallest * pixels(zoom)).toBeLessThan(PHONE.height / 2);
  expect(widest * pixels(zoom)).toBeLessThan(PHONE.width / 2);
  expect(tallest * pixels(zoom + 1)).toBeGreaterThan(PHONE.height / 2 - 48);
});
