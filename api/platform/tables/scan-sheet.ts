import { TableProblem, type TableLimits } from './table-problem.ts';

/** What stands in a sheet's XML besides its values, found before anything is built from it. Rows and columns from 1. */
export interface SheetScan {
  /** Cells that hold something. */
  filledCells: number;
  /** Ranges merged over more than one row, by their first column. */
  mergedDown: { column: number; fromRow: number; toRow: number }[];
  formulasWithoutValue: { cells: number; first: string };
  errorValues: { cells: number; first: string };
}

/** Excel's own limit. A row that claims to lie further down is made up. */
const LAST_ROW = 1_048_576;
/** Titles, notes and gaps around a table that is just as long as the limit. */
const SPARE_ROWS = 1000;
const MAX_MERGES = 100_000;

const TAG = /<(?:[^\s<>/:"'=]+:)?(row|c|v|is|f|mergeCell)(?=[\s/>])([^>]*)>/g;
/** A `>` or an entity within a value would let a cell hide where it lies; no program writes them here. */
const ATTRIBUTES = /^(?:\s+[\w:.-]+\s*=\s*(?:"[^"<>&]*"|'[^'<>&]*'))*\s*\/?$/;
const PLACE = /\sr\s*=\s*["']([^"']*)["']/g;
const CELL = /^([A-Z]{1,3})(\d{1,7})$/;
const RANGE = /\sref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']/;

/**
 * Looks through a sheet for what the reader of workbooks can't bear (a cell in the millionth column makes it build a
 * million cells) or does not tell (merged ranges, formulas without a value). Throws `TableProblem`.
 */
export function scanSheet(xml: Buffer, limits: TableLimits): SheetScan {
  const text = xml.toString('latin1');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new TableProblem('broken_xlsx');
  const scan: SheetScan = {
    filledCells: 0,
    mergedDown: [],
    formulasWithoutValue: { cells: 0, first: '' },
    errorValues: { cells: 0, first: '' },
  };
  let rows = 0;
  let formulaAt = '';
  let cellAt = '';
  const endCell = () => {
    if (formulaAt !== '') count(scan.formulasWithoutValue, formulaAt);
    formulaAt = '';
    cellAt = '';
  };
  for (const [, tag, attributes] of text.matchAll(TAG)) {
    if (tag === 'v' || tag === 'is') formulaAt = '';
    else if (tag === 'f') formulaAt = cellAt;
    else if (!ATTRIBUTES.test(attributes!)) throw new TableProblem('broken_xlsx');
    else if (tag === 'row') {
      endCell();
      if ((rows += 1) > LAST_ROW) throw new TableProblem('broken_xlsx');
      const at = placeOf(attributes!);
      if (at !== null && !(/^\d{1,7}$/.test(at) && Number(at) <= LAST_ROW)) throw new TableProblem('broken_xlsx');
    } else if (tag === 'c') {
      endCell();
      readCell(attributes!);
    } else readMerge(attributes!);
  }
  endCell();
  return scan;

  function readCell(attributes: string): void {
    const at = placeOf(attributes);
    const found = CELL.exec(at ?? '');
    if (!found) throw new TableProblem('broken_xlsx');
    if (attributes.endsWith('/')) return;
    const [column, row] = [columnNumber(found[1]!), Number(found[2])];
    if (column > limits.columns) throw new TableProblem('too_many_columns', { limit: limits.columns, columns: column });
    if (row > limits.xlsxRows + SPARE_ROWS) throw new TableProblem('too_many_rows', { limit: limits.xlsxRows });
    scan.filledCells += 1;
    cellAt = at!;
    if (/\st\s*=\s*["']e["']/.test(attributes)) count(scan.errorValues, at!);
  }

  function readMerge(attributes: string): void {
    const found = RANGE.exec(attributes);
    if (!found || scan.mergedDown.length >= MAX_MERGES) return;
    const [fromRow, toRow] = [Number(found[2]), Number(found[4])];
    if (toRow > fromRow) scan.mergedDown.push({ column: columnNumber(found[1]!), fromRow, toRow });
  }
}

function count(what: { cells: number; first: string }, at: string): void {
  if (what.cells === 0) what.first = at;
  what.cells += 1;
}

/** The `r` of a row or cell. Two of them are a trick. */
function placeOf(attributes: string): string | null {
  PLACE.lastIndex = 0;
  const found = PLACE.exec(attributes);
  if (found && PLACE.test(attributes)) throw new TableProblem('broken_xlsx');
  return found?.[1] ?? null;
}

function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
