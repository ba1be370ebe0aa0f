import type { Service } from '#domain/places/catalogue.ts';
import { isRough } from '#domain/places/site.ts';
import type { MapPlace } from '../../map/map-place.ts';
import { type PlaceMatch, shownService } from './place-finder.ts';
import { openingTone } from './words.ts';

/** The places of the list that have a point, as the map draws them. */
export function mapPlacesOf(matches: readonly PlaceMatch[], services: readonly Service[]): MapPlace[] {
  return matches.flatMap(({ feature, opening }) => {
    const { geometry, properties: site } = feature;
    if (!geometry) return [];
    const [lng, lat] = geometry.coordinates;
    return {
      id: site.id,
      lng,
      lat,
      name: site.name,
      category: shownService(feature, services),
      tone: openingTone(opening, site),
      ...(isRough(site.precisionM) && site.precisionM !== null && { roughM: site.precisionM }),
    };
  });
}
