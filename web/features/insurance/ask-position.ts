import type { Point } from '#domain/geo/point.ts';

/** Where the phone is, asked once because somebody tapped; null when it cannot be had. */
export function askPositionOnce(): Promise<Point | null> {
  if (!('geolocation' in navigator)) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          lng: Math.round(coords.longitude * 1e6) / 1e6,
          lat: Math.round(coords.latitude * 1e6) / 1e6,
        }),
      () => resolve(null),
      { enableHighAccuracy: true, maximumAge: 15_000, timeout: 15_000 },
    );
  });
}
