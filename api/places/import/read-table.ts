import type { TableRow } from '#domain/places/import/table.ts';
import { type CsvDelimiter, type CsvEncoding, findCsvDialect, openCsv } from './read-csv.ts';
import { readGeoJson } from './read-geojson.ts';
import { readXlsx } from './read-xlsx.ts';
import { listZip } from './open-zip.ts';
import { TABLE_LIMITS, TableProblem, type TableLimits, type TableWarning } from './table-problem.ts';

export const TABLE_FORMATS = ['csv', 'xlsx', 'geojson'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** A file as a table. What stood above the header is left out; empty rows are left out and counted. */
export interface Table {
  format: TableFormat;
  /** CSV only. */
  encoding?: CsvEncoding;
  delimiter?: CsvDelimiter;
  /** XLSX only: the sheet that was read, and all that can be chosen. */
  sheet?: string;
  sheets?: string[];
  /** As a spreadsheet counts; null for GeoJSON. */
  headerRow: number | null;
  header: string[];
  rows: TableRow[];
  warnings: TableWarning[];
}

/**
 * Reads a file that somebody hands in, whatever its name says: the content decides what it is. `sheet` names a sheet of a
 * workbook. Everything that is wrong with the file as a whole is a `TableProblem`; what is wrong with a row stands in the
 * row. Rows of large CSV files can be had some at a time from `openCsv`.
 */
export async function readTable(
  bytes: Buffer,
  fileName: string,
  limits: TableLimits = TABLE_LIMITS,
  sheet?: string,
): Promise<Table> {
  if (bytes.length > limits.fileBytes) {
    throw new TableProblem('file_too_large', { limitMb: Math.round(limits.fileBytes / 1024 / 1024) });
  }
  const format = findFormat(bytes);
  const table = await readAs(format, bytes, limits, sheet);
  if (table.rows.length === 0) throw new TableProblem('no_rows');
  const ending = /\.([^.]{1,10})$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (!ENDINGS[format].includes(ending)) {
    table.warnings.push({ code: 'wrong_ending', params: { name: fileName.slice(-100), format } });
  }
  return table;
}

const ENDINGS: Record<TableFormat, readonly string[]> = {
  csv: ['csv', 'txt', 'tsv'],
  xlsx: ['xlsx', 'xlsm'],
  geojson: ['geojson', 'json'],
};

async function readAs(format: TableFormat, bytes: Buffer, limits: TableLimits, sheet?: string): Promise<Table> {
  if (format === 'xlsx') return { format, ...(await readXlsx(bytes, limits, sheet)) };
  const dialect = await findCsvDialect(inPieces(bytes));
  if (format === 'geojson') {
    const text = new TextDecoder(dialect.encoding).decode(bytes);
    return { format, headerRow: null, ...readGeoJson(text, limits) };
  }
  const { rows, ...head } = await openCsv(inPieces(bytes), dialect, limits);
  const read: TableRow[] = [];
  for await (const some of rows) read.push(...some);
  return { format, ...dialect, ...head, rows: read };
}

const PIECE_BYTES = 64 * 1024;

function* inPieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0];
/** The first bytes of what people hand in by mistake: PDF, RAR, 7z, gzip, PNG, JPEG. */
const OTHER_FILES = [
  [0x25, 0x50, 0x44, 0x46],
  [0x52, 0x61, 0x72, 0x21],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x1f, 0x8b],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
];

function findFormat(bytes: Buffer): TableFormat {
  if (bytes.length === 0) throw new TableProblem('empty_file');
  const startsWith = (start: readonly number[]) => start.every((byte, i) => bytes[i] === byte);
  if (startsWith([0x50, 0x4b])) {
    const names = listZip(bytes);
    if (!names.includes('xl/workbook.xml')) throw new TableProblem('not_xlsx_zip');
    return 'xlsx';
  }
  if (startsWith(OLD_OFFICE)) throw new TableProblem('old_xls');
  if (OTHER_FILES.some(startsWith)) throw new TableProblem('unknown_format');
  // Enough for marks of encoding and blanks; the characters looked for are ASCII, in UTF-16 with NULs between.
  const start = bytes
    .toString('latin1', 0, 1000)
    .replace(/^(?:ï»¿|ÿþ|þÿ)/, '')
    .replaceAll('\0', '')
    .trimStart();
  if (start.startsWith('{')) return 'geojson';
  if (/^<(?:!doctype|html|\?xml|table|meta|head|body|!--)/i.test(start)) throw new TableProblem('html_table');
  if (start === '') throw new TableProblem('empty_file');
  return 'csv';
}
