import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import type { Crossing } from '#domain/geo/reach-data.ts';
import type { TravelMode } from '#domain/geo/travel.ts';

/** A ferry or the like to a place across the water; `onFoot`: without the vehicle one has chosen. */
export type WayAcross = { name: string; nameEn: string; onFoot: boolean; unverified: boolean };

/** What is known of the water between a rider and a place that the mode does not reach. */
export type Water = {
  way: WayAcross | null;
  /** That some bridge or tunnel there is closed to the mode is general knowledge only, or was looked for in vain. */
  banUnverified: boolean;
};

/** Both points must be in the city (`network.locate`); elsewhere nothing is known. */
export function waterBetween(network: LandNetwork, from: Point, to: Point, mode: TravelMode): Water {
  const [here, there] = [network.locate(from), network.locate(to)];
  if (here.outside || there.outside) return { way: null, banUnverified: false };
  const crossingsFor = (each: TravelMode) => network.waysAcross(here.zone, there.zone, each);
  const own = crossingsFor(mode)[0];
  const way = own ?? crossingsFor('foot')[0];
  return {
    way: way ? { name: way.name, nameEn: way.nameEn, onFoot: !own, unverified: !isFound(way) } : null,
    banUnverified: crossingsFor('car').some((crossing) => !crossing.modes.includes(mode) && !isFound(crossing)),
  };
}

function isFound({ certainty }: Crossing): boolean {
  return certainty === 'found';
}
