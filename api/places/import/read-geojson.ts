import type { Point } from '#domain/geo/point.ts';
import type { RowProblem, TableRow } from '#domain/tables/table-row.ts';
import { shapeRow } from '../../platform/tables/shape-rows.ts';
import { TableProblem, type TableLimits, type TableWarning } from '../../platform/tables/table-problem.ts';

export interface GeoJsonTable {
  header: string[];
  rows: TableRow[];
  warnings: TableWarning[];
}

type Json = Record<string, unknown>;

/**
 * Reads a FeatureCollection: properties become columns (those of `id` a column `id`, unless there is such a property),
 * points stay numbers, lists become text with 、 between. A feature without geometry is a row without a point; one with a
 * line or an area is a row with a problem. Throws `TableProblem`.
 */
export function readGeoJson(text: string, limits: TableLimits): GeoJsonTable {
  const collection = parseJson(text);
  if (!isObject(collection) || collection.type !== 'FeatureCollection' || !Array.isArray(collection.features)) {
    throw new TableProblem('not_a_feature_collection');
  }
  const { features } = collection as { features: unknown[] };
  if (features.length > limits.geojsonRows) throw new TableProblem('too_many_rows', { limit: limits.geojsonRows });
  const columns = new Map<string, number>();
  for (const feature of features) {
    for (const name of Object.keys(propertiesOf(feature))) {
      if (!columns.has(name)) columns.set(name, columns.size);
      if (columns.size > limits.columns) {
        throw new TableProblem('too_many_columns', { limit: limits.columns, columns: columns.size });
      }
    }
  }
  const header = [...columns.keys()].map((name) => name.slice(0, limits.cellLength));
  const rows = features.map((feature, i): TableRow => {
    const cells = Array.from(columns, () => '');
    for (const [name, value] of Object.entries(propertiesOf(feature))) cells[columns.get(name)!] = valueText(value);
    const shaped = shapeRow({ row: i + 1, cells }, header.length, limits) ?? { row: i + 1, cells };
    const { point, problem } = positionOf(feature);
    const problems = [...(shaped.problems ?? []), ...(problem ? [problem] : [])];
    return { ...shaped, ...(point && { point }), ...(problems.length > 0 && { problems }) };
  });
  if (rows.length === 0) throw new TableProblem('no_rows');
  const crs = isObject(collection.crs) && isObject(collection.crs.properties) ? collection.crs.properties.name : null;
  const warnings: TableWarning[] =
    typeof crs === 'string' ? [{ code: 'crs_named', params: { name: crs.slice(0, 100) } }] : [];
  return { header, rows, warnings };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new TableProblem('broken_json', {}, error);
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function propertiesOf(feature: unknown): Json {
  if (!isObject(feature)) return {};
  const properties = isObject(feature.properties) ? feature.properties : {};
  const hasId = (typeof feature.id === 'string' || typeof feature.id === 'number') && !Object.hasOwn(properties, 'id');
  return hasId ? { id: feature.id, ...properties } : properties;
}

function positionOf(feature: unknown): { point?: Point; problem?: RowProblem } {
  if (!isObject(feature) || feature.type !== 'Feature') return { problem: { code: 'not_a_feature' } };
  const { geometry } = feature;
  if (geometry === null || geometry === undefined) return {};
  if (!isObject(geometry) || geometry.type !== 'Point' || !Array.isArray(geometry.coordinates)) {
    return { problem: { code: 'not_a_point' } };
  }
  const [lng, lat] = geometry.coordinates as unknown[];
  const isPoint = isWithin(lng, 180) && isWithin(lat, 90);
  return isPoint ? { point: { lng: lng as number, lat: lat as number } } : { problem: { code: 'not_a_point' } };
}

function isWithin(value: unknown, limit: number): boolean {
  return typeof value === 'number' && Math.abs(value) <= limit;
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.filter((part) => typeof part !== 'object').join('、');
  if (typeof value !== 'object') return String(value);
  // Deeper than any real property goes, and as deep as turning it into text may go.
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}
