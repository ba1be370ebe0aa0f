import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import type { OriginChoice } from './origin-picker.tsx';
import { middleOf } from './middle-of-street.ts';

export type Origin = {
  /** What is in force: the choice, or the map when the choice cannot be had. */
  choice: OriginChoice;
  /** The point it stands for; null for the map, whose middle moves. */
  from: Point | null;
  positionOutside: boolean;
};

/** From where distances are measured. Somebody abroad or out at sea gets the middle of the map instead. */
export function originOf(
  wanted: OriginChoice,
  position: Point | null,
  features: readonly SiteFeature[],
  network: LandNetwork | null,
): Origin {
  const here = position && whenInCity(position, network);
  const positionOutside = position !== null && network !== null && !here;
  if (wanted === 'position' && here) return { choice: wanted, from: here, positionOutside };
  const street = wanted === 'position' || wanted === 'map' ? null : middleOf(features, wanted);
  const inStreet = street && whenInCity(street, network);
  if (inStreet) return { choice: wanted, from: inStreet, positionOutside };
  return { choice: 'map', from: null, positionOutside };
}

/** The point, or null when it is not in the city (or that is not known yet): then nothing is near. */
export function whenInCity(point: Point, network: LandNetwork | null): Point | null {
  return network === null || network.locate(point).outside ? null : point;
}
