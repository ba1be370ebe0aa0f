import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import type { TableRow } from '#domain/places/import/table.ts';
import { findCsvDialect, openCsv } from './read-csv.ts';
import { readTable } from './read-table.ts';
import { TABLE_LIMITS, type TableWarning } from './table-problem.ts';

export type OpenTable = {
  format: string;
  encoding: string | null;
  delimiter: string | null;
  header: string[];
  warnings: TableWarning[];
  /** Some at a time. */
  rows: AsyncIterable<TableRow[]> | Iterable<TableRow[]>;
  /** Null where it is not known before the end. */
  total: number | null;
};

/** Below this a file is read at once; of a larger CSV file only some rows are in memory. */
const LARGE_BYTES = 4 * 1024 * 1024;

/** Opens a file of any kind we read. Throws `TableProblem`, also while its rows are read. */
export async function openFile(path: string, fileName: string): Promise<OpenTable> {
  const { size } = await stat(path);
  if (size > LARGE_BYTES && size <= TABLE_LIMITS.fileBytes && (await looksLikeText(path))) {
    const dialect = await findCsvDialect(createReadStream(path));
    const { header, warnings, rows } = await openCsv(createReadStream(path), dialect);
    return { format: 'csv', ...dialect, header, warnings, rows, total: null };
  }
  const table = await readTable(await readFile(path), fileName);
  const { format, encoding = null, delimiter = null, header, warnings, rows } = table;
  return { format, encoding, delimiter, header, warnings, rows: [rows], total: rows.length };
}

/** Begins with a word or a quotation mark: no archive, picture, JSON or web page, which `readTable` tells apart. */
async function looksLikeText(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const start = buffer.toString('latin1').replace(/^ï»¿/, '');
    return (
      /^(?:[\w"]|[\x80-\xfe][\x40-\xfe])/.test(start) &&
      !start.startsWith('PK') &&
      buffer[0] !== 0xd0 &&
      buffer[0] !== 0xff &&
      !start.includes('\0')
    );
  } finally {
    await file.close();
  }
}
