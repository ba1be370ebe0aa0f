import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { area, difference, intersect, polygon, union } from '@turf/turf';
import { describe, expect, it } from 'vitest';
import { createLandNetwork } from '#domain/geo/land-network.ts';
import type { FeatureCollection, Polygon } from 'geojson';
import type { DistrictCollection } from '#domain/geo/reach-data.ts';
import { DistrictProperties, ReachData } from '#domain/geo/reach-data.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const districts = JSON.parse(read('districts.json')) as DistrictCollection;
const { zones, crossings } = ReachData.parse({
  zones: JSON.parse(read('reach-zones.json')),
  crossings: JSON.parse(read('crossings.json')),
});

/** Over the mouth of Xinglin Bay, and to Dadeng, which counts as mainland. */
const WITHIN_MAINLAND = new Set(['jixing-causeway', 'dadeng-bridge']);

describe('the base map', () => {
  it('has the six districts with their codes and sources', () => {
    const codes = districts.features.map(({ properties }) => DistrictProperties.parse(properties).code);
    expect(codes).toEqual(['350203', '350205', '350206', '350211', '350212', '350213']);
  });

  it('draws the districts on land only, but for islets that the coast lacks', () => {
    const coast = union(JSON.parse(read('coast.json')) as FeatureCollection<Polygon>)!;
    for (const { geometry, properties } of districts.features) {
      for (const rings of geometry.coordinates) {
        const part = polygon(rings);
        const atSea = difference({ type: 'FeatureCollection', features: [part, coast] });
        const atSeaM2 = atSea ? area(atSea) : 0;
        expect(atSeaM2 < 1000 || (area(part) < 200_000 && atSeaM2 > 0.99 * area(part)), properties.name).toBe(true);
      }
    }
  });

  it('gives no land to two districts', () => {
    for (const a of districts.features) {
      for (const b of districts.features) {
        const both = a === b ? null : intersect({ type: 'FeatureCollection', features: [a, b] });
        expect(both ? area(both) : 0).toBeLessThan(10_000);
      }
    }
  });

  it('keeps the water between the zones', () => {
    for (const a of zones.features) {
      for (const b of zones.features) {
        if (a !== b) expect(intersect({ type: 'FeatureCollection', features: [a, b] })).toBeNull();
      }
    }
  });

  it('lands every crossing on land, between two different zones except within the mainland', () => {
    const network = createLandNetwork(zones, []);
    for (const { id, line } of crossings) {
      const [a, b] = [line[0]!, line.at(-1)!].map(([lng, lat]) => network.locate({ lng, lat }));
      expect(a, id).toMatchObject({ outside: false, offshoreM: 0 });
      expect(b, id).toMatchObject({ outside: false, offshoreM: 0 });
      if (!WITHIN_MAINLAND.has(id)) expect(a, id).not.toEqual(b);
    }
    expect(new Set(crossings.map(({ id }) => id)).size).toBe(crossings.length);
  });

  it('is small enough for a phone on a slow line', () => {
    expect(gzipSync(read('districts.json')).length).toBeLessThan(20_000);
    expect(gzipSync(JSON.stringify({ zones, crossings })).length).toBeLessThan(8_000);
  });
});
