import { asc, getTableColumns, sql } from 'drizzle-orm';
import type { LineString, MultiPolygon } from 'geojson';
import { z } from 'zod';
import type { Crossing, ReachData, ReachZoneId } from '#domain/geo/reach-data.ts';
import type { Database } from '../../db/connect.ts';
import { crossings, jurisdictions, reachZones } from '../../db/tables/places.ts';

export const JurisdictionProperties = z.object({
  code: z.string(),
  kind: z.enum(['district', 'street', 'town']),
  name: z.string(),
  nameEn: z.string().nullable(),
  parentCode: z.string().nullable(),
  shapePrecisionM: z.number().nullable(),
  source: z.string(),
  sourceDate: z.string().nullable(),
});

const geoJson = <T>(column: unknown) => sql<T>`ST_AsGeoJSON(${column}, 5)::json`;

/** The land and the ways over the water, as `createLandNetwork` wants them. */
export async function getReachData(db: Database): Promise<ReachData> {
  const zones = await db
    .select({ zone: reachZones, shape: geoJson<MultiPolygon>(reachZones.shape) })
    .from(reachZones)
    .orderBy(asc(reachZones.id));
  const ways = await db
    .select({ crossing: crossings, line: geoJson<LineString>(crossings.line) })
    .from(crossings)
    .orderBy(asc(crossings.id));
  return {
    zones: {
      type: 'FeatureCollection',
      features: zones.map(({ zone: { id, name, nameEn, source, licence, precisionM }, shape }) => ({
        type: 'Feature',
        properties: { id: id as ReachZoneId, name, nameEn, source, licence, precisionM },
        geometry: shape as ReachData['zones']['features'][number]['geometry'],
      })),
    },
    crossings: ways.map(({ crossing, line }) => ({
      id: crossing.id,
      name: crossing.name,
      nameEn: crossing.nameEn,
      kind: crossing.kind,
      line: line.coordinates as Crossing['line'],
      precisionM: crossing.precisionM,
      basis: crossing.basis,
      modes: crossing.modes,
      enabled: crossing.enabled,
      source: crossing.source,
      certainty: crossing.certainty,
    })),
  };
}

/** Districts with their borders; streets and towns without, unless an operator imported shapes. RFC 7946. */
export async function getJurisdictions(db: Database) {
  const rows = await db
    .select({ ...getTableColumns(jurisdictions), shape: geoJson<MultiPolygon | null>(jurisdictions.shape) })
    .from(jurisdictions)
    .orderBy(asc(jurisdictions.code));
  return {
    type: 'FeatureCollection' as const,
    features: rows.map(({ shape, ...properties }) => ({
      type: 'Feature' as const,
      id: properties.code,
      geometry: shape,
      properties: properties satisfies z.infer<typeof JurisdictionProperties>,
    })),
  };
}
