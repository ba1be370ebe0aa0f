import { readFileSync } from 'node:fs';
import type { FeatureCollection, Polygon } from 'geojson';
import { expect, it } from 'vitest';
import { isInArea } from '#domain/geo/point-in-polygon.ts';

const water = JSON.parse(readFileSync(new URL('water.json', import.meta.url), 'utf8')) as FeatureCollection<Polygon>;
const isWater = (lng: number, lat: number) => water.features.some(({ geometry }) => isInArea({ lng, lat }, geometry));

it.each([
  ['Yundang Lake', 118.095, 24.478],
  ['Xinglin Bay', 118.063, 24.59],
  ['Maluan Bay', 118.01, 24.545],
  ['Hubian Reservoir', 118.16, 24.5],
])('knows %s as water', (_, lng, lat) => expect(isWater(lng, lat)).toBe(true));

it.each([
  ['the rights centre', 118.118, 24.4885],
  ['Zhongshan Road', 118.078, 24.455],
  ['Gulangyu', 118.064, 24.4465],
  ['Jimei', 118.0985, 24.572],
  ['Dadeng', 118.33, 24.556],
  ["Tong'an town", 118.15, 24.73],
])('leaves %s dry', (_, lng, lat) => expect(isWater(lng, lat)).toBe(false));
