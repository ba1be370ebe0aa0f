import { countKnownColumns } from '#domain/places/import/columns.ts';
import { readAnyTable, type Table } from '../../platform/tables/read-table.ts';
import { TABLE_LIMITS, type TableLimits } from '../../platform/tables/table-problem.ts';
import { readGeoJson } from './read-geojson.ts';

/** A list of places that somebody hands in, as a table. `sheet` names a sheet of a workbook. Throws `TableProblem`. */
export function readTable(
  bytes: Buffer,
  fileName: string,
  limits: TableLimits = TABLE_LIMITS,
  sheet?: string,
): Promise<Table> {
  return readAnyTable(bytes, fileName, { limits, countKnown: countKnownColumns, readGeoJson, sheet });
}
