import { expect, it } from 'vitest';
import { exifPosition } from './exif-position.ts';

const gps = { GPSLatitude: [24, 29, 18.6], GPSLatitudeRef: 'N', GPSLongitude: [118, 7, 4.8], GPSLongitudeRef: 'E' };

it('reads degrees, minutes and seconds of both halves', () => {
  expect(exifPosition(gps)).toEqual({ lng: 118.118, lat: 24.4885 });
  expect(exifPosition({ ...gps, GPSLatitudeRef: 'S', GPSLongitudeRef: 'W' })).toEqual({ lng: -118.118, lat: -24.4885 });
});

it.each([
  ['nothing at all', null],
  ['no GPS', {}],
  ['no half of the globe', { ...gps, GPSLatitudeRef: undefined }],
  ['a half that is none', { ...gps, GPSLongitudeRef: 'N' }],
  ['one number', { ...gps, GPSLatitude: 24.5 }],
  ['two numbers', { ...gps, GPSLatitude: [24, 29] }],
  ['a division by zero', { ...gps, GPSLatitude: [24, Number.NaN, 0] }],
  ['no end', { ...gps, GPSLongitude: [Number.POSITIVE_INFINITY, 0, 0] }],
  ['minus degrees', { ...gps, GPSLatitude: [-24, 29, 18] }],
  ['61 minutes', { ...gps, GPSLatitude: [24, 61, 0] }],
  ['beyond the pole', { ...gps, GPSLatitude: [90, 0, 1] }],
  ['beyond the date line', { ...gps, GPSLongitude: [181, 0, 0] }],
  ['a camera without a fix', { ...gps, GPSLatitude: [0, 0, 0], GPSLongitude: [0, 0, 0] }],
  ['text', { ...gps, GPSLatitude: ['24', '29', '18'] }],
])('answers null for %s', (_, value) => {
  expect(exifPosition(value as Parameters<typeof exifPosition>[0])).toBeNull();
});
