import { stringify } from 'csv-stringify/sync';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';

export type ExportValue = string | number | boolean | null | undefined;

export interface ExportColumn<Row> {
  header: string;
  value: (row: Row) => ExportValue;
}

/**
 * A table as CSV that Excel opens right with Chinese: UTF-8 with its mark, CRLF. A text that a spreadsheet would run as a
 * formula gets an apostrophe before it, which the import takes off again; numbers stay numbers.
 */
export function toCsv<Row>(rows: Iterable<Row>, columns: readonly ExportColumn<Row>[]): Buffer {
  const records = [columns.map(({ header }) => header), ...valuesOf(rows, columns)].map((cells) =>
    cells.map((cell) => (typeof cell === 'string' ? neutralise(cell) : cell)),
  );
  const text = stringify(records, {
    bom: true,
    record_delimiter: '\r\n',
    quoted_match: QUOTED,
    cast: { boolean: (value) => (value ? 'TRUE' : 'FALSE') },
  });
  return Buffer.from(text);
}

/** The same table as a workbook with one sheet. Its cells are typed, so that no text is ever run. */
export async function toXlsx<Row>(
  rows: Iterable<Row>,
  columns: readonly ExportColumn<Row>[],
  sheet = '站点',
): Promise<Buffer> {
  const header = columns.map(({ header: name }) => ({ value: clean(name), fontWeight: 'bold' as const }));
  const body = valuesOf(rows, columns).map((cells) =>
    cells.map((cell) =>
      typeof cell === 'string'
        ? { value: cell.slice(0, MAX_XLSX_CELL).replaceAll(ESCAPE, '_x005F_$1'), type: String }
        : cell,
    ),
  );
  return writeXlsxFile([header, ...body] as SheetData, { sheet, stickyRowsCount: 1 }).toBuffer();
}

/** Excel's own limit, in characters. */
const MAX_XLSX_CELL = 32_767;
/** `_x0041_` in a workbook stands for a character; as a text it must be written so. */
const ESCAPE = /_(x[0-9a-f]{4}_)/gi;
/** What begins a formula in one spreadsheet or another, also behind blanks. */
const FORMULA = /^'*\s*[=+\-@＝＋－＠\t\r]/;
/** Half of CRLF ends a row for many readers. */
const QUOTED = /[\r\n]/;
// oxlint-disable-next-line no-control-regex
const UNWRITABLE = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/gu;

function neutralise(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function clean(text: string): string {
  return text.replace(UNWRITABLE, '');
}

function valuesOf<Row>(
  rows: Iterable<Row>,
  columns: readonly ExportColumn<Row>[],
): (string | number | boolean | null)[][] {
  return Array.from(rows, (row) =>
    columns.map(({ value }) => {
      const cell = value(row) ?? null;
      if (typeof cell === 'string') return clean(cell) || null;
      return typeof cell === 'number' && !Number.isFinite(cell) ? null : cell;
    }),
  );
}
