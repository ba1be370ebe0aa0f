import { expect, test } from 'vitest';
import type { SiteFeature } from '#domain/places/site.ts';
import type { Jurisdictions } from '../../client/city.ts';
import { middleOf } from './middle-of-street.ts';
import { groupByStreet, matchesSearch, searchWords } from './streets.ts';

const place = (name: string, district: string | null, street: string | null, point?: [number, number]): SiteFeature =>
  ({
    type: 'Feature',
    id: name,
    geometry: point ? { type: 'Point', coordinates: point } : null,
    properties: { id: name, name, district, street, address: '演示地址 12 号' },
  }) as unknown as SiteFeature;

const jurisdictions = {
  type: 'FeatureCollection',
  features: [
    { code: '350206', kind: 'district', name: '湖里区' },
    { code: '350203', kind: 'district', name: '思明区' },
    { code: '350203003', kind: 'street', name: '中华街道' },
    { code: '350203012', kind: 'street', name: '莲前街道' },
  ].map((properties) => ({ type: 'Feature', geometry: null, properties })),
} as unknown as Jurisdictions;

test('places are listed by code, by name, and what is not known comes last', () => {
  const groups = groupByStreet(
    [
      place('无处', null, null),
      place('站 10', '350203', '350203012'),
      place('站 9', '350203', '350203012'),
      place('区里', '350203', null),
      place('别区', '350206', null),
      place('中华', '350203', '350203003'),
    ],
    jurisdictions,
  );
  const told = groups.map(({ district, streets }) => [
    district?.name ?? '?',
    streets.map(({ street, features }) => [street?.name ?? '?', features.map(({ id }) => id)]),
  ]);
  expect(told).toEqual([
    [
      '思明区',
      [
        ['中华街道', ['中华']],
        ['莲前街道', ['站 9', '站 10']],
        ['?', ['区里']],
      ],
    ],
    ['湖里区', [['?', ['别区']]]],
    ['?', [['?', ['无处']]]],
  ]);
});

test('without the list of streets the codes still group the places', () => {
  expect(groupByStreet([place('a', '350203', '350203003')], null)[0]!.streets[0]!.street!.name).toBe('350203003');
});

test('a search needs all its words, wherever they are', () => {
  const feature = place('工会驿站 7', '350203', '350203012');
  expect(matchesSearch(feature, searchWords('  莲前  驿站 '), '莲前街道')).toBe(true);
  expect(matchesSearch(feature, searchWords('莲前 食堂'), '莲前街道')).toBe(false);
  expect(matchesSearch(feature, searchWords(''), '')).toBe(true);
});

test('the middle of a street is not dragged away by one stray place', () => {
  const near = [
    place('a', 'd', 's', [118.1, 24.48]),
    place('b', 'd', 's', [118.101, 24.481]),
    place('c', 'd', 's', [118.3, 24.7]),
  ];
  expect(middleOf(near, 's')).toEqual({ lng: 118.101, lat: 24.481 });
  expect(middleOf([place('d', 'd', 's')], 's')).toBeNull();
});
