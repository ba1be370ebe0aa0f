/**
 * Makes `seed/reference/districts.json`, the land of the six districts, out of `borders.json` and `coast.json`. Run by hand
 * after `extract-borders.ts` and `extract-coast.ts`:
 *
 *   node --import tsx seed/reference/base-map/derive-districts.ts
 *
 * The borders run far out into the sea; what the coast calls land stays. Islands belong whole to the district that most of
 * them lies in, because reclaimed land (the airport beside Dadeng) is newer than the borders. Islets that the coast lacks are
 * kept as the borders draw them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { area, featureCollection, intersect, polygon, union } from '@turf/turf';
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { DistrictCollection, DistrictProperties } from '#domain/geo/reach-data.ts';
import { listPolygons, roundRing } from './shapes.ts';

/** What is smaller is a sliver between a border and the shore. */
const SLIVER_M2 = 2e4;

type Area = Feature<Polygon | MultiPolygon>;
const readJson = <T>(name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')) as T;
const borders = readJson<DistrictCollection>('borders.json');
const coast = readJson<FeatureCollection<Polygon> & { source: string; licence: string; precisionM: number }>(
  'coast.json',
);

const common = (a: Area, b: Area) => intersect(featureCollection([a, b]));
const commonM2 = (a: Area, b: Area) => {
  const both = common(a, b);
  return both ? area(both) : 0;
};
/** The code of the only district that an island lies in, null for land of several districts or of other cities. */
function findOnlyDistrict(land: Area): string | null {
  const shares = borders.features
    .map((district) => ({ code: district.properties.code, m2: commonM2(land, district) }))
    .filter(({ m2 }) => m2 >= SLIVER_M2);
  return shares.length === 1 && shares[0]!.m2 > area(land) / 2 ? shares[0]!.code : null;
}
const lands = coast.features.map((land) => ({ land, onlyDistrict: findOnlyDistrict(land) }));

const features = borders.features.map(({ id, properties, geometry }): Feature<MultiPolygon, DistrictProperties> => {
  const whole = lands.flatMap(({ land, onlyDistrict }) => (onlyDistrict === properties.code ? [land] : []));
  const cut = listPolygons(geometry).flatMap((rings): Area[] => {
    const part = polygon(rings);
    const touching = coast.features.filter((land) => commonM2(land, part) > 0);
    if (touching.length === 0) return [part];
    return lands.flatMap(({ land, onlyDistrict }) => (onlyDistrict ? [] : (common(land, part) ?? [])));
  });
  const parts = [...whole, ...cut];
  const joined = parts.length > 1 ? union(featureCollection(parts))! : parts[0]!;
  const coordinates = listPolygons(joined.geometry)
    .map((rings) => rings.filter((ring) => area(polygon([ring])) >= SLIVER_M2).map(roundRing))
    .filter((rings) => rings.length > 0);
  console.log(
    `${properties.name}: ${coordinates.map((rings) => (area(polygon(rings)) / 1e6).toFixed(2)).join(', ')} km²`,
  );
  return {
    type: 'Feature',
    id: id!,
    properties: {
      ...properties,
      source: `Borders: ${properties.source}. Shore: ${coast.source}`,
      licence: `Borders: ${properties.licence}. Shore: ${coast.licence}`,
      precisionM: coast.precisionM,
    },
    geometry: { type: 'MultiPolygon', coordinates },
  };
});

const result: FeatureCollection = { type: 'FeatureCollection', features };
writeFileSync(new URL('../districts.json', import.meta.url), `${JSON.stringify(result)}\n`);
