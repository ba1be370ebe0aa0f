import type { Point } from '../geo/point.ts';

/** The GPS part of a photo's EXIF as readers give it: degrees, minutes and seconds, and the half of the globe. */
export type ExifGps = {
  GPSLatitude?: unknown;
  GPSLatitudeRef?: unknown;
  GPSLongitude?: unknown;
  GPSLongitudeRef?: unknown;
};

/**
 * Where a photo says that it was taken, in WGS-84; null when it does not say, or says what cannot be. A camera without a
 * fix writes zeros, which is a point in the sea off Africa.
 */
export function exifPosition(gps: ExifGps | null | undefined): Point | null {
  const lat = degrees(gps?.GPSLatitude, gps?.GPSLatitudeRef, 'N', 'S');
  const lng = degrees(gps?.GPSLongitude, gps?.GPSLongitudeRef, 'E', 'W');
  if (lat === null || lng === null || Math.abs(lat) > 90 || Math.abs(lng) > 180) return null;
  if (Math.abs(lat) < 1e-6 && Math.abs(lng) < 1e-6) return null;
  return { lng: round(lng), lat: round(lat) };
}

function degrees(parts: unknown, half: unknown, plus: string, minus: string): number | null {
  if (half !== plus && half !== minus) return null;
  if (!Array.isArray(parts) || parts.length !== 3 || !parts.every(isAmount)) return null;
  const [whole, minutes, seconds] = parts as [number, number, number];
  if (minutes >= 60 || seconds >= 60) return null;
  return (whole + minutes / 60 + seconds / 3600) * (half === plus ? 1 : -1);
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** Six decimals are a tenth of a metre. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
