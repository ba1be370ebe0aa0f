/**
 * Makes `seed/reference/coast.json`, the land around Xiamen, out of the npm package @geo-maps/earth-lands-1m 0.6.0: the
 * world's land from OpenStreetMap as of November 2017. Run by hand, once; the result is kept. The package is 37 MB packed,
 * so it is no dependency:
 *
 *   npm pack @geo-maps/earth-lands-1m@0.6.0
 *   tar xzf geo-maps-earth-lands-1m-0.6.0.tgz package/map.geo.json
 *   node --import tsx seed/reference/base-map/extract-coast.ts package/map.geo.json
 *
 * The outer rings are a real shore, some hundred metres rough. The holes (inland water) are crude triangles over real
 * streets, so they are left out and lakes count as land.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { area, bbox, bboxClip, difference, featureCollection, polygon, union } from '@turf/turf';
import type { Feature, FeatureCollection, GeometryCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { CITY_BOX } from '#domain/geo/city-box.ts';
import { listPolygons, roundRing } from './shapes.ts';

const MARGIN_DEG = 0.02;
/** Land smaller than this is left out. */
const CRUMB_M2 = 2e4;

// Where the source is plainly wrong, mended by hand from general knowledge of the place, 200 m rough or worse.
const LAND_PATCHES: [what: string, ring: Position[]][] = [
  [
    'Dongdu, from the cruise terminal to Yundang Lake: port and streets, which the source cuts out as a triangle',
    [
      [118.0727, 24.4787],
      [118.0816, 24.4725],
      [118.0816, 24.4877],
      [118.069, 24.4877],
      [118.0706, 24.4825],
      [118.0727, 24.4787],
    ],
  ],
];
const WATER_PATCHES: [what: string, ring: Position[]][] = [
  [
    'The causeway between Gaoqi and Jimei, which the source counts as land: who may use it is told by crossings.json',
    [
      [118.0985, 24.5515],
      [118.1028, 24.5548],
      [118.0893, 24.568],
      [118.0835, 24.566],
      [118.0985, 24.5515],
    ],
  ],
];

const [input] = process.argv.slice(2);
if (!input) throw new Error('Name the unpacked map.geo.json.');
const source = JSON.parse(readFileSync(input, 'utf8')) as GeometryCollection<MultiPolygon | Polygon>;
const [west, south, east, north] = CITY_BOX;
const box: [number, number, number, number] = [
  west - MARGIN_DEG,
  south - MARGIN_DEG,
  east + MARGIN_DEG,
  north + MARGIN_DEG,
];

function touchesBox(ring: Position[]): boolean {
  const [ringWest, ringSouth, ringEast, ringNorth] = bbox(polygon([ring]));
  return ringWest < box[2] && ringEast > box[0] && ringSouth < box[3] && ringNorth > box[1];
}

const clipped = source.geometries
  .flatMap(listPolygons)
  .filter(([outer]) => touchesBox(outer!))
  .flatMap(([outer]) => listPolygons(bboxClip(polygon([outer!]), box).geometry as Polygon | MultiPolygon))
  .filter(([outer]) => outer && outer.length > 3)
  .map((rings) => polygon(rings));
const filled = union(featureCollection([...clipped, ...LAND_PATCHES.map(([, ring]) => polygon([ring]))]))!;
const land = difference(featureCollection([filled, ...WATER_PATCHES.map(([, ring]) => polygon([ring]))]))!;

const features = listPolygons(land.geometry)
  .map(([outer]) => [roundRing(outer!)])
  .filter((rings) => area(polygon(rings)) >= CRUMB_M2)
  .map((coordinates): Feature<Polygon, null> => ({
    type: 'Feature',
    properties: null,
    geometry: { type: 'Polygon', coordinates },
  }));
const result: FeatureCollection<Polygon, null> & Record<string, unknown> = {
  type: 'FeatureCollection',
  source: '@geo-maps/earth-lands-1m 0.6.0, © OpenStreetMap contributors, outer rings, patched by hand',
  licence: 'ODbL 1.0',
  date: '2017-11',
  // An estimate: compared with known quays, bridge heads and street points, nothing was surveyed.
  precisionM: 300,
  features,
};
writeFileSync(new URL('../coast.json', import.meta.url), `${JSON.stringify(result)}\n`);
console.log(`${features.length} lands, ${features.reduce((n, f) => n + f.geometry.coordinates[0]!.length, 0)} corners`);
