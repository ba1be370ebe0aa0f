import { expect, test } from 'vitest';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import type { Crossing, ReachZone } from '#domain/geo/reach-data.ts';
import { waterBetween } from './way-across.ts';

const zone = (id: ReachZone['properties']['id'], west: number, east: number): ReachZone => ({
  type: 'Feature',
  properties: { id, name: id, nameEn: id, source: 'test', licence: 'none', precisionM: 1 },
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [west, 24.45],
          [east, 24.45],
          [east, 24.55],
          [west, 24.55],
          [west, 24.45],
        ],
      ],
    ],
  },
});
/** From one land to the other over the strait between them. */
const crossing = (id: string, modes: Crossing['modes'], certainty: Crossing['certainty']): Crossing => ({
  id,
  name: id,
  nameEn: id,
  kind: modes.includes('car') ? 'bridge' : 'ferry',
  line: [
    [118.102, 24.5],
    [118.088, 24.5],
  ],
  precisionM: 1,
  basis: 'test',
  modes,
  enabled: true,
  source: 'test',
  certainty,
});
const HERE = { lng: 118.12, lat: 24.5 };
const THERE = { lng: 118.06, lat: 24.5 };
const FAR_OUT = { lng: 119, lat: 24 };

function between(crossings: Crossing[], mode: 'foot' | 'ebike' | 'car', to = THERE) {
  const features = [zone('island', 118.1, 118.2), zone('gulangyu', 118.04, 118.09)];
  return waterBetween(createLandNetwork({ type: 'FeatureCollection', features }, crossings), HERE, to, mode);
}

test('somebody on an e-bike is told that the ferry takes only people, and whether anybody has checked', () => {
  const ferry = { name: 'ferry', nameEn: 'ferry' };
  expect(between([crossing('ferry', ['foot'], 'found')], 'ebike').way).toEqual({
    ...ferry,
    onFoot: true,
    unverified: false,
  });
  expect(between([crossing('ferry', ['foot'], 'general_knowledge')], 'foot').way).toEqual({
    ...ferry,
    onFoot: false,
    unverified: true,
  });
});

test('a ban on a bridge is verified only when it was found in a source', () => {
  const [found, heard] = [crossing('a', ['car'], 'found'), crossing('b', ['car'], 'general_knowledge')];
  expect(between([found], 'ebike').banUnverified).toBe(false);
  expect(between([found, heard], 'ebike').banUnverified).toBe(true);
  expect(between([found, heard], 'car').banUnverified).toBe(false);
});

test('nothing is said of water outside the city', () => {
  expect(between([crossing('ferry', ['foot'], 'found')], 'foot', FAR_OUT)).toEqual({ way: null, banUnverified: false });
});
