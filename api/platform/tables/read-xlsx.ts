import { zipSync } from 'fflate';
import { type CellValue, readSheet } from 'read-excel-file/node';
import type { TableRow } from '#domain/tables/table-row.ts';
import { openZip } from './open-zip.ts';
import { scanSheet, type SheetScan } from './scan-sheet.ts';
import {
  type CountKnownColumns,
  findHeader,
  type FoundHeader,
  HEADER_SEARCH_ROWS,
  type RawRow,
  shapeRow,
} from './shape-rows.ts';
import { TableProblem, type TableLimits, type TableWarning } from './table-problem.ts';

export interface XlsxTable {
  sheet: string;
  /** The names of all sheets that are not hidden. */
  sheets: string[];
  header: string[];
  headerRow: number;
  rows: TableRow[];
  warnings: TableWarning[];
}

interface Sheet {
  name: string;
  path: string;
  isHidden: boolean;
}
type Parts = Map<string, Buffer>;

/** Sheets of instructions stand in front of the list; behind so many the list is not to be expected. */
const MAX_SHEETS_TRIED = 5;

/**
 * Reads one sheet of a workbook: the one named, else the first that has columns we know, else the first that has anything.
 *
 * Values are as they were last stored: formulas give their result, dates and times text. A range merged downwards gives
 * its value to every row in it that holds something (lists merge the street over its stations); merged to the right, only
 * the first cell has it. Throws `TableProblem`.
 */
export async function readXlsx(
  bytes: Buffer,
  limits: TableLimits,
  countKnown: CountKnownColumns,
  sheetName?: string,
): Promise<XlsxTable> {
  const parts = openZip(bytes, (name) => name.endsWith('.xml') || name.endsWith('.xml.rels'), limits);
  const sheets = listSheets(parts);
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  const names = visible.map(({ name }) => name);
  const asked = sheetName === undefined ? visible : sheets.filter(({ name }) => name === sheetName).slice(0, 1);
  if (sheetName !== undefined && asked.length === 0) {
    throw new TableProblem('sheet_not_found', { sheet: sheetName, sheets: names.join('、') });
  }
  let best: { sheet: Sheet; scan: SheetScan; raw: RawRow[]; found: FoundHeader } | null = null;
  let tried = 0;
  for (const sheet of asked) {
    const xml = parts.get(sheet.path);
    if (!xml) throw new TableProblem('broken_xlsx');
    const scan = scanSheet(xml, limits);
    if (scan.filledCells === 0) continue;
    const raw = await readValues(parts, sheet, scan);
    if (raw.length === 0) continue;
    const found = findHeader(raw.slice(0, HEADER_SEARCH_ROWS), limits, countKnown);
    const isKnown = !found.warnings.some(({ code }) => code === 'header_guessed');
    if (!best || isKnown) best = { sheet, scan, raw, found };
    if (isKnown || (tried += 1) >= MAX_SHEETS_TRIED) break;
  }
  if (!best) throw new TableProblem('no_header');
  const { sheet, scan, raw, found } = best;
  // Unlike in CSV a cell without a header is where it should be: it stands in a column without a name.
  const width = raw.reduce((widest, { cells }) => Math.max(widest, cells.length), found.header.length);
  const header = [...found.header, ...Array.from({ length: width - found.header.length }, () => '')];
  const rows = raw.slice(found.index + 1).flatMap((row) => shapeRow(row, width, limits) ?? []);
  if (rows.length > limits.xlsxRows) throw new TableProblem('too_many_rows', { limit: limits.xlsxRows });
  const others = names.filter((name) => name !== sheet.name);
  return {
    sheet: sheet.name,
    sheets: names,
    header,
    headerRow: found.headerRow,
    rows,
    warnings: [...found.warnings, ...scanWarnings(scan), ...(others.length > 0 ? [otherSheets(others)] : [])],
  };
}

function otherSheets(names: string[]): TableWarning {
  return { code: 'other_sheets', params: { sheets: names.join('、') } };
}

function scanWarnings({ mergedDown, formulasWithoutValue, errorValues }: SheetScan): TableWarning[] {
  const warnings: TableWarning[] = [];
  if (mergedDown.length > 0) warnings.push({ code: 'merged_cells', params: { cells: mergedDown.length } });
  if (formulasWithoutValue.cells > 0) warnings.push({ code: 'formulas_without_value', params: formulasWithoutValue });
  if (errorValues.cells > 0) warnings.push({ code: 'error_values', params: errorValues });
  return warnings;
}

/** The rows of a sheet that hold something. Only this sheet is handed on, so that nothing unscanned is ever read. */
async function readValues(parts: Parts, sheet: Sheet, scan: SheetScan): Promise<RawRow[]> {
  const needed = [...parts].filter(([name]) => !name.startsWith('xl/worksheets/') || name === sheet.path);
  let data: (CellValue | null)[][];
  try {
    const archive = zipSync(Object.fromEntries(needed), { level: 0 });
    data = await readSheet(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength), sheet.name);
  } catch (error) {
    throw new TableProblem('broken_xlsx', {}, error);
  }
  const rows = data.map((cells) => cells.map(cellText));
  const isFilled = rows.map((cells) => cells.some((cell) => cell !== ''));
  for (const { column, fromRow, toRow } of scan.mergedDown) {
    const value = rows[fromRow - 1]?.[column - 1] ?? '';
    if (value === '') continue;
    for (let row = fromRow; row < Math.min(toRow, rows.length); row += 1) {
      if (isFilled[row] && rows[row]![column - 1] === '') rows[row]![column - 1] = value;
    }
  }
  return rows.flatMap((cells, i) => (isFilled[i] ? { row: i + 1, cells } : []));
}

function cellText(value: CellValue | null): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  // Spreadsheets keep fifteen digits; the rest is noise such as 118.11803300000001.
  if (typeof value === 'number') return String(Number(value.toPrecision(15)));
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return dateText(value as unknown as Date);
}

const MINUTE_MS = 60_000;

/** `08:30` for a time without a day, `2026-03-10`, or `2026-03-10 08:30`. Spreadsheets know no time zones. */
function dateText(date: Date): string {
  const rounded = Math.round(date.getTime() / MINUTE_MS) * MINUTE_MS;
  if (!Number.isFinite(rounded) || Math.abs(rounded) > 8.64e15) return '';
  const iso = new Date(rounded).toISOString();
  const [day, time] = [iso.slice(0, 10), iso.slice(11, 16)];
  if (day.startsWith('1899-12-3')) return time;
  return time === '00:00' ? day : `${day} ${time}`;
}

const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function listSheets(parts: Parts): Sheet[] {
  const workbook = parts.get('xl/workbook.xml')?.toString('utf8');
  const relations = parts.get('xl/_rels/workbook.xml.rels')?.toString('utf8');
  if (workbook === undefined || relations === undefined) throw new TableProblem('broken_xlsx');
  const pathOf = new Map(
    tagsOf(relations, 'Relationship').map((relation) => {
      const target = relation.get('Target') ?? '';
      return [relation.get('Id'), target.startsWith('/') ? target.slice(1) : `xl/${target}`];
    }),
  );
  return tagsOf(workbook, 'sheet').flatMap((sheet) => {
    const id = [...sheet].find(([name]) => name === 'id' || name.endsWith(':id'))?.[1];
    const path = pathOf.get(id);
    if (path === undefined || !path.startsWith('xl/worksheets/')) return [];
    return { name: sheet.get('name') ?? '', path, isHidden: (sheet.get('state') ?? 'visible') !== 'visible' };
  });
}

function tagsOf(xml: string, tag: string): Map<string, string>[] {
  const pattern = new RegExp(`<(?:[\\w.-]+:)?${tag}\\s([^>]*)>`, 'g');
  return [...xml.matchAll(pattern)].map(
    ([, attributes]) =>
      new Map([...attributes!.matchAll(ATTRIBUTE)].map((a) => [a[1]!, unescapeXml(a[2] ?? a[3] ?? '')])),
  );
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = decimal !== undefined ? Number(decimal) : parseInt(hex!, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
