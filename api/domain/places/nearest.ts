import { modeWithin } from '../geo/banned-modes.ts';
import type { LandNetwork } from '../geo/land-network.ts';
import type { Point } from '../geo/point.ts';
import { travelTimeMin, type TravelMode } from '../geo/travel.ts';
import type { Opening } from '../time/opening-hours.ts';
import type { NearestPoints } from './nearest-index.ts';
import { isRough, type SiteFeature } from './site.ts';

/**
 * A place in the answer to "what is near". `distanceM` is the straight line; the way and its time are estimates over land
 * and the allowed crossings, null where there is none. `distanceRangeM` stands where the point is rough: the place may
 * be anywhere between, so it has no time; its way only orders. `walked`: the time is that on foot, because the mode is banned there. `waysAcross` names bridges or ferries (ids) that lead to a place across the water.
 */
export type Found<Site = SiteFeature> = {
  site: Site;
  distanceM: number;
  distanceRangeM?: [nearestM: number, farthestM: number];
  travelDistanceM: number | null;
  travelTimeMin: number | null;
  walked?: true;
  crossings?: readonly string[];
  waysAcross?: readonly string[];
  opening: Opening;
};

export type FoundPlaces<Site = SiteFeature> = { reachable: Found<Site>[]; acrossWater: Found<Site>[] };

/** What describing the index's answer needs to know of the site with an index. */
export type SiteAt<Site> = (index: number) => {
  site: Site;
  point: Point;
  precisionM: number | null;
  opening: Opening;
};

/** Turns what the index found into what people are told: metres rounded to whole ones, minutes to tenths. */
export function describeNearest<Site>(
  nearest: NearestPoints,
  from: Point,
  mode: TravelMode,
  network: LandNetwork,
  siteAt: SiteAt<Site>,
): FoundPlaces<Site> {
  function describe(index: number, distanceM: number): Omit<Found<Site>, 'travelDistanceM' | 'travelTimeMin'> {
    const { site, precisionM, opening } = siteAt(index);
    const found = { site, distanceM: Math.round(distanceM), opening };
    return isRough(precisionM) ? { ...found, distanceRangeM: distanceRangeM(distanceM, precisionM ?? 0) } : found;
  }
  const here = network.locate(from);
  // Whoever is where a mode is banned reaches nothing else with it: no crossing leads out of such a zone.
  const moving = here.outside ? mode : modeWithin(here.zone, mode);
  function timeTo(index: number, travelDistanceM: number): Pick<Found, 'travelTimeMin' | 'walked'> {
    if (isRough(siteAt(index).precisionM)) return { travelTimeMin: null };
    const minutes = Math.round(travelTimeMin(travelDistanceM, moving) * 10) / 10;
    return { travelTimeMin: minutes, ...(moving !== mode && { walked: true }) };
  }
  return {
    reachable: nearest.reachable.map(({ index, distanceM, travelDistanceM, crossings }) => ({
      ...describe(index, distanceM),
      travelDistanceM: Math.round(travelDistanceM),
      ...timeTo(index, travelDistanceM),
      ...(crossings.length > 0 && { crossings }),
    })),
    acrossWater: nearest.acrossWater.map(({ index, distanceM }) => {
      const ways = waysAcross(from, siteAt(index).point, mode, network);
      return {
        ...describe(index, distanceM),
        travelDistanceM: null,
        travelTimeMin: null,
        ...(ways.length > 0 && { waysAcross: ways }),
      };
    }),
  };
}

/** How near and how far a place known only to within `precisionM` may be. */
export function distanceRangeM(distanceM: number, precisionM: number): [nearestM: number, farthestM: number] {
  return [Math.max(0, Math.round(distanceM - precisionM)), Math.round(distanceM + precisionM)];
}

function waysAcross(from: Point, to: Point, mode: TravelMode, network: LandNetwork): string[] {
  const [here, there] = [network.locate(from), network.locate(to)];
  if (here.outside || there.outside) return [];
  return network.waysAcross(here.zone, there.zone, mode).map(({ id }) => id);
}
