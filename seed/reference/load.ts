import { sql, type SQL } from 'drizzle-orm';
import type { MultiPolygon } from 'geojson';
import type { Database } from '../../db/connect.ts';
import { policyTerms } from '../../db/tables/enrolments.ts';
import { crossings, jurisdictions, organisations, reachZones } from '../../db/tables/places.ts';
import { insertSites } from '../insert-sites.ts';
import {
  isDay,
  readCrossings,
  readDistricts,
  readOrganisations,
  readPolicyTerms,
  readReachZones,
  readStations,
  readStreets,
} from './data.ts';
import { referenceSites } from './reference-sites.ts';

/**
 * What every database of the city needs, also one without places: districts with borders, streets and towns, the lands
 * one can reach and the crossings between them, organisations and the terms of 益鹭保. Rows that are there already stay as they are.
 */
export async function seedBase(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .insert(jurisdictions)
      .values(
        readDistricts().features.map(({ geometry, properties }) => ({
          code: properties.code,
          kind: 'district' as const,
          name: properties.name,
          nameEn: properties.nameEn,
          shape: repairedShape(geometry),
          shapePrecisionM: properties.precisionM,
          source: `${properties.source} (${properties.licence})`,
          sourceDate: properties.date,
        })),
      )
      .onConflictDoNothing();
    await tx
      .insert(jurisdictions)
      .values(
        readStreets().map((street) => ({
          code: street.code,
          kind: street.kind,
          name: street.name,
          nameEn: street.nameEn,
          parentCode: street.districtCode,
          source: street.source,
          sourceDate: street.sourceDate && isDay(street.sourceDate) ? street.sourceDate : null,
        })),
      )
      .onConflictDoNothing();
    await tx
      .insert(reachZones)
      .values(
        readReachZones().features.map(({ geometry, properties }) => ({
          id: properties.id,
          name: properties.name,
          nameEn: properties.nameEn,
          shape: geometry,
          precisionM: properties.precisionM,
          source: properties.source,
          licence: properties.licence,
        })),
      )
      .onConflictDoNothing();
    await tx
      .insert(crossings)
      .values(
        readCrossings().map((crossing) => ({
          ...crossing,
          line: { type: 'LineString' as const, coordinates: crossing.line },
        })),
      )
      .onConflictDoNothing();
    await tx
      .insert(organisations)
      .values(
        readOrganisations().map(({ sourceDate, source, ...organisation }) => ({
          ...organisation,
          source: `${source}, ${sourceDate}`,
        })),
      )
      .onConflictDoNothing();
    const terms = readPolicyTerms();
    await tx
      .insert(policyTerms)
      .values({
        version: terms.version,
        validFrom: terms.validFrom,
        document: terms,
        createdAt: sql`now()`,
      })
      .onConflictDoNothing();
  });
}

/** The 76 real public places; needs `seedBase`. Returns how many were not there yet. */
export async function seedReference(db: Database): Promise<number> {
  return db.transaction((tx) => insertSites(tx, referenceSites(readStations(), readStreets())));
}

/** The coarse grid of the borders makes rings touch themselves, on which PostGIS may fail; lines left over are dropped. */
function repairedShape(shape: MultiPolygon): SQL {
  const geometry = sql`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(shape)}), 4326)`;
  return sql`ST_Multi(ST_CollectionExtract(ST_MakeValid(${geometry}), 3))`;
}
