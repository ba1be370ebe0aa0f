import type { MultiPolygon, Polygon, LineString } from 'geojson';
import type { Point } from '#domain/geo/point.ts';
import { sql, type SQL } from 'drizzle-orm';
import { customType } from 'drizzle-orm/pg-core';

/**
 * The only PostGIS columns of the schema. Everything is WGS-84 (EPSG:4326) as `geometry`, because the schema generator
 * quotes `geography` and loses the SRID of its own geometry type; where metres matter, cast to `geography` in the query.
 */

/** Written from `{ lng, lat }`; read it back with `lngOf` / `latOf`, not as the column's raw bytes. */
export const pointColumn = customType<{ data: Point; driverData: SQL }>({
  dataType: () => 'geometry(Point,4326)',
  toDriver: ({ lng, lat }) => sql`ST_SetSRID(ST_MakePoint(${lng}, ${lat}), 4326)`,
});

/** Written from GeoJSON; read with `ST_AsGeoJSON`. A polygon is promoted to a multipolygon. */
export const multiPolygonColumn = customType<{ data: Polygon | MultiPolygon; driverData: SQL }>({
  dataType: () => 'geometry(MultiPolygon,4326)',
  toDriver: (shape) => sql`ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(shape)}), 4326))`,
});

/** Written from GeoJSON; read with `ST_AsGeoJSON`. */
export const lineColumn = customType<{ data: LineString; driverData: SQL }>({
  dataType: () => 'geometry(LineString,4326)',
  toDriver: (shape) => sql`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(shape)}), 4326)`,
});
