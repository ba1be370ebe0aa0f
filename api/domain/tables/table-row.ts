import type { Point } from '../geo/point.ts';

/** What can be wrong with one row before anybody looks at what it says. */
export const ROW_PROBLEMS = ['cell_too_long', 'too_many_cells', 'not_a_feature', 'not_a_point'] as const;
export type RowProblemCode = (typeof ROW_PROBLEMS)[number];

/** `column` counts from 0, as in `cells`. */
export interface RowProblem {
  code: RowProblemCode;
  column?: number;
}

/** One row of a file that somebody hands in. */
export interface TableRow {
  /** As a spreadsheet counts: from 1, title rows, header and empty rows included. In GeoJSON: the feature's place, from 1. */
  row: number;
  /** As many as the header has, trimmed, an empty string where there is nothing. */
  cells: string[];
  /** The position of a GeoJSON point, in whatever system the file is really in; absent in other formats. */
  point?: Point;
  problems?: RowProblem[];
}
