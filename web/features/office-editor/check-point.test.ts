import { describe, expect, test } from 'vitest';
import type { SiteFeature } from '#domain/places/site.ts';
import type { Jurisdictions } from '../../client/city.ts';
import { checkPoint, suggestStreets } from './check-point.ts';

const square = (west: number, east: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [west, 24],
      [east, 24],
      [east, 25],
      [west, 25],
      [west, 24],
    ],
  ],
});
const jurisdiction = (code: string, kind: 'district' | 'street', geometry: ReturnType<typeof square> | null) => ({
  type: 'Feature' as const,
  geometry,
  properties: { code, kind, name: code, nameEn: null, parentCode: kind === 'street' ? code.slice(0, 6) : null },
});
const lands: Jurisdictions = {
  type: 'FeatureCollection',
  features: [
    jurisdiction('350203', 'district', square(118, 118.1)),
    jurisdiction('350206', 'district', square(118.1, 118.2)),
    jurisdiction('350203001', 'street', null),
    jurisdiction('350206001', 'street', null),
  ],
};
const onLand = { locate: () => ({ outside: false as const, zone: 'island' as const, offshoreM: 0 }) };
const place = (id: string, lng: number, street: string, precisionM = 10) =>
  ({
    id,
    geometry: { type: 'Point', coordinates: [lng, 24.5] },
    properties: { street, precisionM },
  }) as unknown as SiteFeature;

describe('a point', () => {
  test('in its district is fine, in another one it is said which', () => {
    expect(checkPoint({ lng: 118.05, lat: 24.5 }, '350203', onLand, lands)).toEqual({
      what: 'fine',
      districtCode: '350203',
    });
    expect(checkPoint({ lng: 118.15, lat: 24.5 }, '350203', onLand, lands)).toMatchObject({
      what: 'other_district',
      found: { code: '350206' },
      stated: { code: '350203' },
    });
  });

  test('of a place without a district is not held against any', () => {
    expect(checkPoint({ lng: 118.15, lat: 24.5 }, null, onLand, lands)).toEqual({
      what: 'fine',
      districtCode: '350206',
    });
  });

  test('in the sea or outside the city is said before anything else', () => {
    const atSea = { locate: () => ({ outside: false as const, zone: 'island' as const, offshoreM: 600 }) };
    expect(checkPoint({ lng: 118.15, lat: 24.5 }, '350203', atSea, lands)).toEqual({ what: 'at_sea', offshoreM: 600 });
    const outside = { locate: () => ({ outside: true as const, nearestM: 9000 }) };
    expect(checkPoint({ lng: 119, lat: 24.5 }, null, outside, lands)).toEqual({ what: 'outside_city', awayM: 9000 });
  });
});

describe('streets for a point', () => {
  const point = { lng: 118.05, lat: 24.5 };

  test('are those of the nearest places, the exact before the rough, never its own place', () => {
    const places = [
      place('itself', 118.05, '350203009'),
      place('rough', 118.051, '350203002', 3000),
      place('near', 118.052, '350203001'),
      place('far', 118.06, '350206001'),
    ];
    expect(suggestStreets(point, places, lands, 'itself')).toEqual(['350203001', '350206001']);
  });

  test('are the one whose imported shape holds it', () => {
    const withShape = {
      ...lands,
      features: [...lands.features, jurisdiction('350203003', 'street', square(118, 118.1))],
    };
    expect(suggestStreets(point, [place('near', 118.05, '350203001')], withShape, null)).toEqual(['350203003']);
  });
});
