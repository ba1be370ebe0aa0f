import { type CsvError, parse } from 'csv-parse';
import { countKnownColumns } from '#domain/places/import/columns.ts';
import type { TableRow } from '#domain/places/import/table.ts';
import { findHeader, HEADER_SEARCH_ROWS, type RawRow, shapeRow } from './shape-rows.ts';
import { TABLE_LIMITS, TableProblem, type TableLimits, type TableWarning } from './table-problem.ts';

export const CSV_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const;
export type CsvEncoding = (typeof CSV_ENCODINGS)[number];
export const CSV_DELIMITERS = [',', ';', '\t', '|'] as const;
export type CsvDelimiter = (typeof CSV_DELIMITERS)[number];

export interface CsvDialect {
  encoding: CsvEncoding;
  delimiter: CsvDelimiter;
}

/** Bytes in pieces, as a file's stream or a request's body gives them. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface CsvTable {
  header: string[];
  headerRow: number;
  warnings: TableWarning[];
  /** Below the header, empty rows left out, some at a time. Reads on as it is asked; ends early when it is left. */
  rows: AsyncGenerator<TableRow[], void>;
}

/** So much text shows the delimiter. */
const SAMPLE_LENGTH = 64 * 1024;
/** A few strays come from old databases; more of them make no text. */
const MAX_NUL_SHARE = 0.05;
/** No row of a table of places is longer, in characters; more means that a quotation mark is not closed. */
const MAX_RECORD_LENGTH = 1_000_000;

/**
 * Finds out how a CSV file is written, reading it once from beginning to end: text that is UTF-8 throughout is UTF-8, else
 * it must be GB18030 throughout; UTF-16 says so by its first two bytes. Throws `TableProblem`.
 */
export async function findCsvDialect(source: ByteSource): Promise<CsvDialect> {
  let possible: Map<CsvEncoding, { decoder: TextDecoder; sample: string }> | null = null;
  const start = (encodings: readonly CsvEncoding[]) =>
    new Map(encodings.map((name) => [name, { decoder: new TextDecoder(name, { fatal: true }), sample: '' }]));
  const feed = (piece: Uint8Array | null) => {
    for (const [encoding, reading] of possible!) {
      try {
        const text = piece ? reading.decoder.decode(piece, { stream: true }) : reading.decoder.decode();
        if (reading.sample.length < SAMPLE_LENGTH) reading.sample += text;
      } catch {
        possible!.delete(encoding);
      }
    }
    if (possible!.size === 0) throw new TableProblem('unreadable_text');
  };
  for await (const piece of source) {
    if (piece.length === 0) continue;
    possible ??= start(encodingsOf(piece));
    feed(piece);
  }
  if (!possible) throw new TableProblem('empty_file');
  feed(null);
  const [encoding, { sample }] = [...possible][0]!;
  if (sample.split('\0').length - 1 > sample.length * MAX_NUL_SHARE) throw new TableProblem('unknown_format');
  return { encoding, delimiter: findDelimiter(sample.slice(0, SAMPLE_LENGTH)) };
}

function encodingsOf(bytes: Uint8Array): readonly CsvEncoding[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le'];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be'];
  return ['utf-8', 'gb18030'];
}

/** The delimiter by which some early row names most columns that we know, else the one that stands in most rows. */
function findDelimiter(sample: string): CsvDelimiter {
  const stated = SEPARATOR_LINE.exec(sample)?.[1];
  if (stated !== undefined) return stated as CsvDelimiter;
  const unquoted = sample.replace(/"[^"]*"/g, (quoted) => quoted.replace(/[,;\t|\r\n]/g, ' '));
  const lines = unquoted.split(/\r\n|\n|\r/, HEADER_SEARCH_ROWS * 2).filter((line) => line.trim() !== '');
  const scores = CSV_DELIMITERS.map((delimiter) => {
    const rows = lines.map((line) => line.split(delimiter, TABLE_LIMITS.columns));
    const known = Math.max(
      0,
      ...rows.map((cells) => countKnownColumns(cells.map((c) => c.replaceAll('"', '').trim()))),
    );
    return { delimiter, known, rows: rows.filter((cells) => cells.length > 1).length };
  });
  return scores.sort((a, b) => b.known - a.known || b.rows - a.rows)[0]!.delimiter;
}

/** The apostrophe that an export to CSV puts before what a spreadsheet would take for a formula. */
const NEUTRALISED = /^'(?='*\s*[=+\-@＝＋－＠\t\r])/;

/** What Excel writes to say how a file is separated. */
const SEPARATOR_LINE = /^\uFEFF?sep=([,;|\t])\r?\n/i;

/**
 * The rows of a CSV file as they stand, some at a time, empty ones left out but counted, so that `row` is what a
 * spreadsheet shows. Memory does not grow with the file. Throws `TableProblem`.
 */
export async function* readCsvRows(source: ByteSource, dialect: CsvDialect): AsyncGenerator<RawRow[], void> {
  let row = 0;
  let read: RawRow[] = [];
  const parser = parse({
    delimiter: dialect.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: MAX_RECORD_LENGTH,
    // Taken here and not read from the parser: a stream of single rows takes as long as parsing them.
    on_record: (cells: string[]) => {
      take(cells);
      return null;
    },
  });
  parser.on('error', () => {}); // each write says it too

  function take(cells: string[]): void {
    row += 1;
    if (row === 1 && /^sep=/i.test(cells[0] ?? '') && cells.length <= 2) return;
    if (!cells.some((cell) => cell !== '' && cell.trim() !== '')) return;
    const isNeutralised = cells.some((cell) => cell.startsWith("'"));
    read.push({ row, cells: isNeutralised ? cells.map((cell) => cell.replace(NEUTRALISED, '')) : cells });
  }

  async function feed(piece: Uint8Array | string | null): Promise<unknown> {
    return new Promise((resolve) => {
      if (piece === null) parser.end(resolve);
      else parser.write(piece, resolve);
    });
  }

  /** What was read before an error is still good. */
  function* taken(error: unknown): Generator<RawRow[], void> {
    const rows = read;
    read = [];
    if (rows.length > 0) yield rows;
    if (error) throw error;
  }

  try {
    for await (const piece of decode(source, dialect.encoding)) yield* taken(await feed(piece));
    yield* taken(await feed(null));
  } catch (error) {
    throw asTableProblem(error, row + 1);
  } finally {
    parser.destroy();
  }
}

async function* decode(source: ByteSource, encoding: CsvEncoding): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const piece of source) {
    const text = decoder.decode(piece, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

function asTableProblem(error: unknown, row: number): unknown {
  const code = error instanceof Error && 'code' in error ? (error as CsvError | NodeJS.ErrnoException).code : undefined;
  if (code === 'CSV_QUOTE_NOT_CLOSED') return new TableProblem('quote_not_closed', { row }, error);
  if (code === 'CSV_MAX_RECORD_SIZE') return new TableProblem('row_too_long', { row }, error);
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return new TableProblem('unreadable_text', {}, error);
  return error;
}

/** Finds the header and leaves the rows to be read one by one. Throws `TableProblem`, also while rows are read. */
export async function openCsv(
  source: ByteSource,
  dialect: CsvDialect,
  limits: TableLimits = TABLE_LIMITS,
): Promise<CsvTable> {
  const raw = readCsvRows(source, dialect);
  const first: RawRow[] = [];
  while (first.length < HEADER_SEARCH_ROWS) {
    const next = await raw.next();
    if (next.done) break;
    first.push(...next.value);
  }
  const { header, headerRow, index, warnings } = findHeader(first.slice(0, HEADER_SEARCH_ROWS), limits);
  return { header, headerRow, warnings, rows: below(first.slice(index + 1), raw, header.length, limits) };
}

async function* below(
  first: readonly RawRow[],
  raw: AsyncGenerator<RawRow[], void>,
  width: number,
  limits: TableLimits,
): AsyncGenerator<TableRow[], void> {
  let count = 0;
  function* shape(rows: readonly RawRow[]): Generator<TableRow[], void> {
    const shaped: TableRow[] = [];
    for (const row of rows) {
      const one = shapeRow(row, width, limits);
      if (one) shaped.push(one);
    }
    const room = limits.csvRows - count;
    count += shaped.length;
    if (shaped.length > 0) yield shaped.length > room ? shaped.slice(0, room) : shaped;
    if (shaped.length > room) throw new TableProblem('too_many_rows', { limit: limits.csvRows });
  }
  try {
    yield* shape(first);
    for await (const rows of raw) yield* shape(rows);
  } finally {
    await raw.return();
  }
}
