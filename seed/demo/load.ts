import { readFileSync } from 'node:fs';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { Database } from '../../db/connect.ts';
import { organisations } from '../../db/tables/places.ts';
import { insertSites } from '../insert-sites.ts';
import { readDistricts, readReachZones, readStreets } from '../reference/data.ts';
import type { SiteSeed } from '../site-seed.ts';
import { createDemoLand, type DemoLand } from './demo-land.ts';
import { demoSites } from './demo-sites.ts';
import { DEMO_ORGANISATIONS } from './kinds.ts';

/** Inland water that the base map counts as land, drawn by hand, only good for keeping demo places dry. */
export function readDemoWater(): FeatureCollection<Polygon | MultiPolygon> {
  return JSON.parse(readFileSync(new URL('water.json', import.meta.url), 'utf8'));
}

function readDemoLand(): DemoLand {
  return createDemoLand({
    districts: new Map(readDistricts().features.map(({ properties, geometry }) => [properties.code, geometry])),
    zones: readReachZones().features.map(({ geometry }) => geometry),
    water: readDemoWater().features.map(({ geometry }) => geometry),
  });
}

/** The fictional city as it looks on a day (`YYYY-MM-DD`). */
export function makeDemoSites(today: string): SiteSeed[] {
  return demoSites({ today, streets: readStreets(), land: readDemoLand() });
}

/** A lively fictional city, every row of it marked as demo; needs `seedBase`. Returns how many sites were not there. */
export async function seedDemo(db: Database, { today }: { today: string }): Promise<number> {
  return db.transaction(async (tx) => {
    await tx
      .insert(organisations)
      .values(DEMO_ORGANISATIONS.map((organisation) => ({ ...organisation, demo: true })))
      .onConflictDoNothing();
    return insertSites(tx, makeDemoSites(today));
  });
}
