import { useMemo } from 'react';
import type { MapPlace } from '../../map/map-place.ts';
import { mapPlacesOf } from './map-places.ts';
import type { PlaceFilter } from './place-filter.ts';
import type { PlaceFinder, PlaceMatch } from './place-finder.ts';

/** What the map draws: the matches, and the chosen place even when the filter leaves it out (it was opened by a link). */
export function useMapPlaces(
  finder: PlaceFinder | null,
  matches: readonly PlaceMatch[],
  { services }: PlaceFilter,
  chosenId: string | null,
  nowMs: number,
): readonly MapPlace[] {
  return useMemo(() => {
    const chosen = chosenId ? finder?.find(chosenId) : undefined;
    if (!finder || !chosen || matches.some(({ feature }) => feature === chosen)) return mapPlacesOf(matches, services);
    return mapPlacesOf([...matches, { feature: chosen, opening: finder.openingOf(chosen, [], nowMs) }], services);
  }, [matches, services, chosenId, finder, nowMs]);
}
