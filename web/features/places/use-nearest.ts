import { useMemo } from 'react';
import type { Point } from '#domain/geo/point.ts';
import type { TravelMode } from '#domain/geo/travel.ts';
import type { PlaceFilter } from './place-filter.ts';
import type { NearestPlaces, PlaceFinder, PlaceMatch } from './place-finder.ts';

const NOTHING: readonly PlaceMatch[] = [];

/** What fits the filter at this minute: the one set that list and map both show. */
export function useMatches(finder: PlaceFinder | null, filter: PlaceFilter, nowMs: number): readonly PlaceMatch[] {
  return useMemo(() => finder?.match(filter, nowMs) ?? NOTHING, [finder, filter, nowMs]);
}

/** The nearest of them; null without a place to measure from. Worked out on the phone: the position goes nowhere. */
export function useNearest(
  finder: PlaceFinder | null,
  matches: readonly PlaceMatch[],
  mode: TravelMode,
  from: Point | null,
  limit: number,
): NearestPlaces | null {
  const { lng, lat } = from ?? { lng: NaN, lat: NaN };
  return useMemo(
    () => (finder && !Number.isNaN(lng) ? finder.nearest({ lng, lat }, mode, matches, limit) : null),
    [finder, matches, mode, lng, lat, limit],
  );
}
