import { describe, expect, test } from 'vitest';
import { distanceM } from '#domain/geo/geodesic.ts';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import type { Crossing, ReachZoneCollection } from '#domain/geo/reach-data.ts';
import type { ServicePoint, SiteFeature, SiteProperties } from '#domain/places/site.ts';
import { compileHolidays } from '#domain/time/holidays.ts';
import { instantOf } from '#domain/time/shanghai.ts';
import { readPlaceFilter } from './place-filter.ts';
import { comingNight, createPlaceFinder, nextToOpen, shownService } from './place-finder.ts';

/** Two square islands side by side, a strait of a kilometre between them, and a ferry for people on foot. */
const square = (west: number, east: number): [number, number][] => [
  [west, 24.45],
  [east, 24.45],
  [east, 24.55],
  [west, 24.55],
  [west, 24.45],
];
const zone = (id: 'island' | 'gulangyu', ring: [number, number][]) => ({
  type: 'Feature' as const,
  properties: { id, name: id, nameEn: id, source: 'test', licence: 'none', precisionM: 1 },
  geometry: { type: 'MultiPolygon' as const, coordinates: [[ring]] },
});
const zones: ReachZoneCollection = {
  type: 'FeatureCollection',
  features: [zone('island', square(118.1, 118.2)), zone('gulangyu', square(118.04, 118.09))],
};
const ferry: Crossing = {
  id: 'ferry',
  name: '轮渡',
  nameEn: 'Ferry',
  kind: 'ferry',
  line: [
    [118.102, 24.5],
    [118.088, 24.5],
  ],
  precisionM: 1,
  basis: 'test',
  modes: ['foot'],
  enabled: true,
  source: 'test',
  certainty: 'found',
};
const network = createLandNetwork(zones, [ferry]);
const calendar = compileHolidays({ coveredYears: [2026], daysOff: [], makeupWorkdays: [] });
// A Monday, ten in the morning.
const NOW = instantOf('2026-11-23', 600);
const HERE = { lng: 118.12, lat: 24.5 };

function place(
  id: string,
  point: [number, number] | null,
  services: ServicePoint[],
  more: Partial<SiteProperties> = {},
): SiteFeature {
  const facilities = more.facilities ?? {};
  return {
    type: 'Feature',
    id,
    geometry: point && { type: 'Point', coordinates: point },
    properties: { id, status: 'open', access: 'open', precisionM: point && 20, services, ...more, facilities },
  } as unknown as SiteFeature;
}

const rest = (hours: string | null): ServicePoint => ({ service: 'rest', hours });
const meal = (hours: string | null): ServicePoint => ({ service: 'free_meal', hours });
const places = [
  place('near', [118.121, 24.5], [rest('09:00-18:00'), meal('11:00-13:00')], { facilities: { toilet: true } }),
  place('night', [118.13, 24.5], [rest('20:00-06:00')], { access: 'code', facilities: { toilet: false } }),
  place('rough', [118.125, 24.5], [rest(null)], { precisionM: 1000 }),
  place('across', [118.085, 24.5], [rest('24/7')]),
  place('nowhere', null, [meal('11:00-13:00')]),
];
const finder = createPlaceFinder(places, network, calendar);
const found = (query: string) => finder.match(readPlaceFilter(query), NOW).map(({ feature }) => feature.id);

describe('what fits the filter', () => {
  test.each([
    ['', ['near', 'night', 'rough', 'across', 'nowhere']],
    ['?s=free_meal', ['near', 'nowhere']],
    ['?s=free_meal,rest', ['near', 'night', 'rough', 'across', 'nowhere']],
    ['?open=now', ['near', 'across']],
    // The meal is not served yet, though one may rest there.
    ['?s=free_meal&open=now', []],
    ['?night=1', ['night', 'across']],
    ['?open=now&night=1', ['across']],
    // "Has not" and "not known" are both no answer to "it must have".
    ['?f=toilet', ['near']],
    ['?access=free', ['near', 'rough', 'across', 'nowhere']],
  ])('%s', (query, ids) => expect(found(query)).toEqual(ids));
});

const nearest = (query: string, limit = 9) => {
  const filter = readPlaceFilter(query);
  return finder.nearest(HERE, filter.mode, finder.match(filter, NOW), limit);
};

describe('what is near', () => {
  test('keeps places across the water apart, whatever their distance', () => {
    const { reachable, acrossWater } = nearest('?mode=foot');
    expect(reachable.map(({ feature }) => feature.id)).toEqual(['near', 'rough', 'night']);
    expect(acrossWater.map(({ feature }) => feature.id)).toEqual(['across']);
  });

  test('gives a rough point a range and an exact one a way', () => {
    const [near, rough] = nearest('').reachable;
    expect(near).not.toHaveProperty('distanceRangeM');
    expect(near!.travelDistanceM).toBeGreaterThan(distanceM(HERE, { lng: 118.121, lat: 24.5 }));
    expect(rough!.distanceRangeM![0]).toBe(0);
  });

  test('carries the opening of the service asked for', () => {
    expect(nearest('?s=free_meal').reachable[0]!.opening).toMatchObject({ state: 'closed' });
    expect(nearest('?s=rest').reachable[0]!.opening).toMatchObject({ state: 'open' });
  });

  test('follows the matches when they change', () => {
    expect(nearest('?f=toilet').reachable).toHaveLength(1);
    expect(nearest('').reachable).toHaveLength(3);
    expect(nearest('', 2).reachable).toHaveLength(2);
  });

  test('of one place is the same as in the list', () => {
    const inList = nearest('').reachable[2]!;
    expect(finder.distanceTo(HERE, 'ebike', places[1]!)).toMatchObject({ travelDistanceM: inList.travelDistanceM });
    expect(finder.distanceTo(HERE, 'ebike', places[3]!)).toMatchObject({ travelDistanceM: null });
    expect(finder.distanceTo(HERE, 'ebike', places[4]!)).toBeNull();
  });
});

test('"late at night" is the coming 2 a.m. in Xiamen', () => {
  expect(comingNight(NOW)).toBe(instantOf('2026-11-24', 120));
  expect(comingNight(instantOf('2026-11-23', 30))).toBe(instantOf('2026-11-23', 120));
  expect(comingNight(instantOf('2026-11-23', 120))).toBe(instantOf('2026-11-24', 120));
});

test('a place wears the mark of what was asked for', () => {
  expect(shownService(places[0]!, [])).toBe('rest');
  expect(shownService(places[0]!, ['free_meal'])).toBe('free_meal');
  expect(shownService(places[0]!, ['water'])).toBe('rest');
});

test('when nothing is open, what opens first comes first', () => {
  const matches = finder.match(readPlaceFilter('?s=free_meal,rest'), instantOf('2026-11-23', 8 * 60));
  expect(nextToOpen(matches, 2).map(({ feature }) => feature.id)).toEqual(['near', 'nowhere']);
});
