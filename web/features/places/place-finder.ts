import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import type { TravelMode } from '#domain/geo/travel.ts';
import { entersFreely, type Service } from '#domain/places/catalogue.ts';
import { describeNearest, type Found } from '#domain/places/nearest.ts';
import { createNearestIndex } from '#domain/places/nearest-index.ts';
import { type SiteFeature } from '#domain/places/site.ts';
import { createSiteOpenings } from '#domain/places/site-opening.ts';
import type { HolidayLookup } from '#domain/time/holidays.ts';
import type { Opening } from '#domain/time/opening-hours.ts';
import { addDays, instantOf, minuteOfDay, shanghaiDay } from '#domain/time/shanghai.ts';
import type { PlaceFilter } from './place-filter.ts';

/** A place that fits the filter. `opening` is that of the services asked for. */
export type PlaceMatch = { feature: SiteFeature; opening: Opening };

/** How far a place is. Way and time are null when it cannot be reached; a rough point has a range instead of a figure. */
export type Distance = Pick<Found, 'distanceM' | 'distanceRangeM' | 'travelDistanceM' | 'travelTimeMin' | 'walked'>;

export type FoundPlace = PlaceMatch & Distance;
export type NearestPlaces = { reachable: FoundPlace[]; acrossWater: FoundPlace[] };

/** Answers every question of the list and the map from the data on the phone. */
export type PlaceFinder = {
  find: (id: string) => SiteFeature | undefined;
  openingOf: (feature: SiteFeature, services: readonly Service[], atMs: number) => Opening;
  /** All places that fit, with and without a point: what the map draws, and what the list counts. */
  match: (filter: PlaceFilter, atMs: number) => PlaceMatch[];
  /** The nearest of `matches`, at most `limit` of each group. `from` must be in the city (`network.locate`). */
  nearest: (from: Point, mode: TravelMode, matches: readonly PlaceMatch[], limit: number) => NearestPlaces;
  /** How far one place is; null without a point. `from` must be in the city. */
  distanceTo: (from: Point, mode: TravelMode, feature: SiteFeature) => Distance | null;
};

export function createPlaceFinder(
  features: readonly SiteFeature[],
  network: LandNetwork,
  calendar: HolidayLookup,
): PlaceFinder {
  const byId = new Map(features.map((feature) => [feature.id, feature]));
  const index = createNearestIndex(features.map(pointOf), network);
  // Each remembers its answers for one instant, so the two instants of a filter each have their own.
  const openingNow = createSiteOpenings(calendar);
  const openingAtNight = createSiteOpenings(calendar);

  function openingOf({ properties }: SiteFeature, services: readonly Service[], atMs: number): Opening {
    const offersSome = properties.services.some(({ service }) => services.includes(service));
    return openingNow(properties, offersSome ? services : [], atMs);
  }

  function match(filter: PlaceFilter, atMs: number): PlaceMatch[] {
    const { services, facilities, freeAccess, openNow, night } = filter;
    const nightMs = comingNight(atMs);
    const matches: PlaceMatch[] = [];
    for (const feature of features) {
      const site = feature.properties;
      if (services.length && !site.services.some(({ service }) => services.includes(service))) continue;
      if (!facilities.every((facility) => site.facilities[facility])) continue;
      if (freeAccess && !entersFreely(site.access)) continue;
      const opening = openingNow(site, services, atMs);
      if (openNow && opening.state !== 'open') continue;
      if (night && openingAtNight(site, services, nightMs).state !== 'open') continue;
      matches.push({ feature, opening });
    }
    return matches;
  }

  type Openings = ReadonlyMap<SiteFeature, Opening>;

  function search(from: Point, mode: TravelMode, openings: Openings, limit: number): NearestPlaces {
    const points = index.query({ from, mode, limit, accepts: (i) => openings.has(features[i]!) });
    const found = describeNearest(points, from, mode, network, (i) => {
      const site = features[i]!;
      return { site, point: pointOf(site)!, precisionM: site.properties.precisionM, opening: openings.get(site)! };
    });
    return { reachable: found.reachable.map(foundPlace), acrossWater: found.acrossWater.map(foundPlace) };
  }

  // The rider moves more often than the matches change, and putting ten thousand into a map costs more than the search.
  let searched: { matches: readonly PlaceMatch[]; openings: Openings } | null = null;

  function nearest(from: Point, mode: TravelMode, matches: readonly PlaceMatch[], limit: number): NearestPlaces {
    if (searched?.matches !== matches) {
      searched = { matches, openings: new Map(matches.map(({ feature, opening }) => [feature, opening])) };
    }
    return search(from, mode, searched.openings, limit);
  }

  function distanceTo(from: Point, mode: TravelMode, feature: SiteFeature): Distance | null {
    const { reachable, acrossWater } = search(from, mode, new Map([[feature, { state: 'unknown' }]]), 1);
    return reachable[0] ?? acrossWater[0] ?? null;
  }

  return { find: (id) => byId.get(id), openingOf, match, nearest, distanceTo };
}

function foundPlace({ site, ...found }: Found): FoundPlace {
  return { feature: site, ...found };
}

function pointOf({ geometry }: SiteFeature): Point | null {
  return geometry && { lng: geometry.coordinates[0], lat: geometry.coordinates[1] };
}

/** The next time the clock in Xiamen shows 02:00; from midnight to two that is tonight. */
export function comingNight(atMs: number): number {
  const today = shanghaiDay(atMs);
  return instantOf(minuteOfDay(atMs) < 120 ? today : addDays(today, 1), 120);
}

/** The service whose mark a place wears: the first of those asked for that it offers, else its own first. */
export function shownService({ properties }: SiteFeature, services: readonly Service[]): Service | 'other' {
  const offered = properties.services.map(({ service }) => service);
  return services.find((service) => offered.includes(service)) ?? offered[0] ?? 'other';
}

/** The matches that are closed but will open, the earliest first and otherwise in the order given. */
export function nextToOpen<Match extends PlaceMatch>(matches: readonly Match[], count: number): Match[] {
  const opensAt = ({ opening }: Match) =>
    opening.state === 'closed' && opening.opensAt !== null ? opening.opensAt : Infinity;
  return matches
    .filter((match) => opensAt(match) < Infinity)
    .sort((a, b) => opensAt(a) - opensAt(b))
    .slice(0, count);
}
