/**
 * Makes `seed/reference/reach-zones.json` out of `districts.json` and `coast.json`: which land hangs together. Run by hand
 * after `derive-districts.ts`:
 *
 *   node --import tsx seed/reference/base-map/derive-reach-zones.ts
 *
 * The districts are joined, the gaps that rounding leaves between neighbours are closed, the coast separates what water
 * separates, and the outline is simplified: the fewer its corners, the faster the paths around them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { area, buffer, featureCollection, intersect, kinks, polygon, simplify, union } from '@turf/turf';
import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { isInRing } from '#domain/geo/point-in-polygon.ts';
import type { DistrictCollection, ReachZone, ReachZoneCollection, ReachZoneId } from '#domain/geo/reach-data.ts';
import { listPolygons, roundRing } from './shapes.ts';

/** About 70 m, finer than the coast is true. */
const TOLERANCE_DEG = 0.0007;
/** Slivers between the coast and the districts. */
const SLIVER_M2 = 2e4;
/**
 * The inland border winds through the mountains in notches that nobody has to walk around, because the neighbouring
 * county is land too. Notches narrower than twice this are filled; where that fills a bay, the coast opens it again.
 */
const NOTCH_KM = 1;
const NAMES: Record<ReachZoneId, [name: string, nameEn: string]> = {
  island: ['厦门岛', 'Xiamen Island'],
  gulangyu: ['鼓浪屿', 'Gulangyu'],
  mainland: ['岛外（大陆与大嶝）', 'Mainland with Dadeng'],
  islet: ['小岛', 'Islets'],
};
// One place known to be on each large land tells them apart; whatever holds none of them is an islet.
const WITNESSES: [ReachZoneId, lng: number, lat: number][] = [
  ['island', 118.118, 24.4885],
  ['gulangyu', 118.063, 24.446],
  ['mainland', 118.1, 24.6],
  ['mainland', 118.325, 24.555],
];

const readJson = <T>(name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')) as T;
const districts = readJson<DistrictCollection>('districts.json');
const coast = readJson<FeatureCollection<Polygon> & { source: string; licence: string; precisionM: number }>(
  'coast.json',
);

const city = union(
  featureCollection(
    districts.features.flatMap(({ geometry }) => listPolygons(geometry).map((rings) => polygon(rings))),
  ),
)!;
const notchless = buffer(buffer(city, NOTCH_KM, { steps: 16 })!, -NOTCH_KM, { steps: 16 })!;

const allLand = union(coast)!;

const onCoast = coast.features.flatMap((land) => {
  const parts = intersect(featureCollection<Polygon | MultiPolygon>([land, notchless]));
  return parts ? listPolygons(parts.geometry).map((rings) => rings[0]!) : [];
});
// Islets that the coast lacks.
const offCoast = listPolygons(city.geometry)
  .map((rings) => rings[0]!)
  .filter((outer) => !intersect(featureCollection<Polygon | MultiPolygon>([polygon([outer]), allLand])));

const outlines = new Map<ReachZoneId, Position[][][]>();
for (const outer of [...onCoast, ...offCoast]) {
  if (area(polygon([outer])) < SLIVER_M2) continue;
  // What the filled notches took of other cities' islands.
  const inCity = intersect(featureCollection<Polygon | MultiPolygon>([polygon([outer]), city]));
  if (!inCity || area(inCity) < area(polygon([outer])) / 2) continue;
  const zone = WITNESSES.find(([, lng, lat]) => isInRing(lng, lat, outer))?.[0] ?? 'islet';
  const simple = simplify(polygon([outer]), { tolerance: TOLERANCE_DEG, highQuality: true });
  const ring = roundRing(simple.geometry.coordinates[0]!);
  if (kinks(polygon([ring])).features.length > 0) throw new Error(`The simplified outline of ${zone} crosses itself.`);
  outlines.set(zone, [...(outlines.get(zone) ?? []), [ring]]);
  const km2 = (area(polygon([ring])) / 1e6).toFixed(2);
  console.log(`${zone}: ${km2} km², ${outer.length} corners, simplified to ${ring.length}, from ${ring[0]!.join(' ')}`);
}

const features = (Object.keys(NAMES) as ReachZoneId[]).map((id): ReachZone => {
  const [name, nameEn] = NAMES[id];
  const geometry: MultiPolygon = { type: 'MultiPolygon', coordinates: outlines.get(id)! };
  return {
    type: 'Feature',
    properties: {
      id,
      name,
      nameEn,
      source: `seed/reference/districts.json, joined and simplified. Shore: ${coast.source}`,
      licence: `Borders: MIT. Shore: ${coast.licence}`,
      precisionM: coast.precisionM,
    },
    geometry: geometry as ReachZone['geometry'],
  };
});
const result: ReachZoneCollection = { type: 'FeatureCollection', features };
writeFileSync(new URL('../reach-zones.json', import.meta.url), `${JSON.stringify(result)}\n`);
