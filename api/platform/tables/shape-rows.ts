import type { RowProblem, TableRow } from '#domain/tables/table-row.ts';
import { TableProblem, type TableLimits, type TableWarning } from './table-problem.ts';

/** A row as it stands in the file, before the header is known. */
export interface RawRow {
  row: number;
  cells: readonly string[];
}

/**
 * How many different columns of the wanted table a row of cells surely names: what tells a header from titles and values.
 */
export type CountKnownColumns = (cells: readonly string[]) => number;

/** A header is looked for in so many rows that hold something. */
export const HEADER_SEARCH_ROWS = 20;

export interface FoundHeader {
  header: string[];
  headerRow: number;
  /** Where the header stands among the rows looked at. */
  index: number;
  warnings: TableWarning[];
}

/**
 * Finds the row with the column names: of the first rows the one that names most fields that we know, else the first.
 * Of two header rows (坐标 over 经度 and 纬度) the lower one names more, since merged cells repeat downwards.
 */
export function findHeader(rows: readonly RawRow[], limits: TableLimits, countKnown: CountKnownColumns): FoundHeader {
  const counts = rows.map(({ cells }) => countKnown(cells.slice(0, limits.columns)));
  const most = Math.max(0, ...counts);
  const index = most > 0 ? counts.indexOf(most) : 0;
  const found = rows[index];
  if (!found) throw new TableProblem('no_header');
  const width = widthOf(found.cells);
  if (width > limits.columns) throw new TableProblem('too_many_columns', { limit: limits.columns, columns: width });
  const header = found.cells.slice(0, width).map((cell) => cleanCell(cell).slice(0, limits.cellLength));
  const warnings: TableWarning[] = [];
  if (most === 0) warnings.push({ code: 'header_guessed', params: {} });
  if (index > 0) warnings.push({ code: 'title_rows', params: { rows: index } });
  return { header, headerRow: found.row, index, warnings };
}

/** A row as wide as the header, with what is wrong about its cells; null when nothing stands in it. */
export function shapeRow({ row, cells }: RawRow, width: number, limits: TableLimits): TableRow | null {
  const problems: RowProblem[] = [];
  let isEmpty = true;
  const shaped = Array.from({ length: width }, (_, column) => {
    const cell = cleanCell(cells[column] ?? '');
    if (cell !== '') isEmpty = false;
    if (cell.length <= limits.cellLength) return cell;
    problems.push({ code: 'cell_too_long', column });
    return cell.slice(0, limits.cellLength).replace(/\p{Surrogate}$/u, '');
  });
  if (cells.length > width && widthOf(cells) > width) {
    problems.push({ code: 'too_many_cells' });
    isEmpty = false;
  }
  if (isEmpty) return null;
  return { row, cells: shaped, ...(problems.length > 0 && { problems }) };
}

/** PostgreSQL keeps no NUL, and half a character is none. */
// oxlint-disable-next-line no-control-regex
const UNSTORABLE = /\0|\p{Surrogate}/gu;
function cleanCell(text: string): string {
  // Nearly every cell is clean: don't make a copy of it.
  const trimmed = text.trim();
  return trimmed.search(UNSTORABLE) < 0 ? trimmed : trimmed.replace(UNSTORABLE, '');
}

/** How many cells a row has, empty ones at its end left out. */
function widthOf(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && cells[width - 1]!.trim() === '') width -= 1;
  return width;
}
