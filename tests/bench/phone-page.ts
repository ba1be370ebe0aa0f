/** What the phone bench runs in the browser: bundled by `bench-phone.ts`, called through `globalThis.phoneBench`. */
import { createLandNetwork } from '#domain/geo/land-network.ts';
import type { Point } from '#domain/geo/point.ts';
import type { ReachData } from '#domain/geo/reach-data.ts';
import { createNearestIndex } from '#domain/places/nearest-index.ts';
import type { SiteFeature } from '#domain/places/site.ts';
import { createSiteOpenings } from '#domain/places/site-opening.ts';
import { compileHolidays, type HolidayCalendar } from '#domain/time/holidays.ts';
import { createPlaceFinder } from '../../web/features/places/place-finder.ts';
import type { PlaceFilter } from '../../web/features/places/place-filter.ts';

export type PhoneTask = {
  features: SiteFeature[];
  reach: ReachData;
  calendar: HolidayCalendar;
  points: Point[];
  atMs: number;
};
export type PhoneTimes = { buildMs: number; firstQueryMs: number; queryMs: number[]; listMs: number[]; found: number };

const LIMIT = 10;

function phoneBench({ features, reach, calendar, points, atMs }: PhoneTask): PhoneTimes {
  const holidays = compileHolidays(calendar);
  const places = features.map(({ geometry }) =>
    geometry ? { lng: geometry.coordinates[0], lat: geometry.coordinates[1] } : null,
  );

  let startedAt = performance.now();
  const network = createLandNetwork(reach.zones, reach.crossings);
  const index = createNearestIndex(places, network);
  const buildMs = performance.now() - startedAt;

  const openingOf = createSiteOpenings(holidays);
  let found = 0;
  /** One question with every filter: service, facilities, access, open now; also how to get there. */
  function ask(from: Point): number {
    const before = performance.now();
    const answer = index.query({
      from,
      mode: 'ebike',
      limit: LIMIT,
      accepts: (i) => {
        const site = features[i]!.properties;
        return (
          site.services.some(({ service }) => service === 'rest') &&
          site.facilities.phone_charging === true &&
          (site.access === 'open' || site.access === 'ask') &&
          openingOf(site, ['rest'], atMs).state === 'open'
        );
      },
    });
    found += answer.reachable.length;
    return performance.now() - before;
  }

  // What the app does when a filter is tapped: every place is judged anew for the map, then the list is ordered.
  const finder = createPlaceFinder(features, network, holidays);
  const filter: PlaceFilter = {
    services: ['rest'],
    facilities: ['phone_charging'],
    freeAccess: true,
    openNow: true,
    night: false,
    mode: 'ebike',
  };
  function list(from: Point): number {
    const before = performance.now();
    finder.nearest(from, 'ebike', finder.match(filter, atMs), LIMIT);
    return performance.now() - before;
  }

  startedAt = performance.now();
  ask(points[0]!);
  const firstQueryMs = performance.now() - startedAt;
  return { buildMs, firstQueryMs, queryMs: points.map(ask), listMs: points.slice(0, 100).map(list), found };
}

Object.assign(globalThis, { phoneBench });
