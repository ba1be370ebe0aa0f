import { describe, expect, it } from 'vitest';
import districtsJson from '../../../seed/reference/districts.json' with { type: 'json' };
import { findDistrictOf } from './district-of.ts';
import { isInArea } from './point-in-polygon.ts';
import type { DistrictCollection } from './reach-data.ts';

const { features: districts } = districtsJson as unknown as DistrictCollection;

describe('districts', () => {
  it.each([
    ['the rights centre', 118.118, 24.4885, '思明区'],
    ['Gulangyu', 118.065, 24.446, '思明区'],
    ['Gaoqi', 118.115, 24.545, '湖里区'],
    ['Haicang', 118.03, 24.485, '海沧区'],
    ['Jimei', 118.0985, 24.572, '集美区'],
    ["Tong'an", 118.15, 24.73, '同安区'],
    ['Dadeng', 118.33, 24.556, '翔安区'],
  ])('puts %s into the right one', (_, lng, lat, name) => {
    expect(findDistrictOf({ lng, lat }, districts)?.properties.name).toBe(name);
  });

  it.each([
    ["Tong'an Bay", 118.15, 24.59],
    ['the western sea', 118.057, 24.53],
    ['the sea south of the island', 118.1, 24.42],
  ])('leaves %s to nobody', (_, lng, lat) => {
    expect(findDistrictOf({ lng, lat }, districts)).toBeNull();
  });

  it('leaves other cities to themselves', () => {
    expect(findDistrictOf({ lng: 118.59, lat: 24.91 }, districts)).toBeNull();
  });
});

describe('areas', () => {
  const square = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]; // prettier-ignore
  const hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]; // prettier-ignore

  it('do not contain their holes', () => {
    const area = { type: 'Polygon' as const, coordinates: [square, hole] };
    expect(isInArea({ lng: 3, lat: 3 }, area)).toBe(true);
    expect(isInArea({ lng: 1.5, lat: 1.5 }, area)).toBe(false);
    expect(isInArea({ lng: 5, lat: 3 }, area)).toBe(false);
  });
});
