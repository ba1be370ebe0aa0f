import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../places/import/read-table.ts';
import { type ExportColumn, type ExportValue, toCsv, toXlsx } from './write-table.ts';

const COLUMNS: ExportColumn<ExportValue[]>[] = ['名称', '地址', '经度', '纬度'].map((header, i) => ({
  header,
  value: (row) => row[i],
}));

const HOSTILE = [
  '=1+1',
  '=HYPERLINK("http://example.org","看")',
  '+86 592 1234567',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  ' =1',
  '＝1+1',
  "'=1",
  "''=1",
];

describe('CSV for people', () => {
  it('opens right in Excel: with the mark of UTF-8, CRLF, and quotes where they are needed', () => {
    const text = toCsv([['甲,"乙"', '第一行\n第二行', 118.1, true]], COLUMNS).toString();
    expect(text).toBe('\uFEFF名称,地址,经度,纬度\r\n"甲,""乙""","第一行\n第二行",118.1,TRUE\r\n');
  });

  it.each(HOSTILE)('does not let a spreadsheet run %j', (text) => {
    const [, row] = toCsv([[text, null, 1, 2]], COLUMNS)
      .toString()
      .split('\r\n');
    expect(row!.replace(/^"/, '')).toMatch(/^'/);
  });

  it('leaves negative numbers, and names with a sign inside, as they are', () => {
    const text = toCsv([['甲-乙', '3号=3', -118.1, -0.5]], COLUMNS).toString();
    expect(text).toContain('甲-乙,3号=3,-118.1,-0.5\r\n');
  });
});

describe('a workbook for people', () => {
  it('holds texts as texts and numbers as numbers', async () => {
    const bytes = await toXlsx([['=1+1', '_x0041_', 118.25, null]], COLUMNS);
    expect((await readTable(bytes, 'a.xlsx')).rows).toEqual([{ row: 2, cells: ['=1+1', '_x0041_', '118.25', ''] }]);
  });

  it('cuts what no cell can hold, and leaves out what no XML can', async () => {
    const bytes = await toXlsx([['甲\u0001\uD800', 'x'.repeat(40_000), NaN, undefined]], COLUMNS);
    const { rows } = await readTable(bytes, 'a.xlsx');
    expect(rows[0]!.cells[0]).toBe('甲');
    expect(rows[0]!.problems).toEqual([{ code: 'cell_too_long', column: 1 }]);
  });
});

/** As it is read: without blanks around it and characters that can't be kept. */
function kept(value: string): string {
  // oxlint-disable-next-line no-control-regex
  return value.replace(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/gu, '').trim();
}
function normal(cell: string): string {
  return cell.replace(/\r\n?/g, '\n');
}

describe('what was exported', () => {
  const text = fc.oneof(
    fc.constantFrom(...HOSTILE, '甲"乙"', '甲;乙', '第一行\n第二行', '𠀀', "'引号'", '0592', '1e5', 'TRUE'),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  );
  const row = fc.tuple(
    text.map((value) => `甲${value}`),
    text,
    fc.integer({ min: -180_000_000, max: 180_000_000 }).map((value) => value / 1e6),
    fc.option(fc.integer({ min: -90_000_000, max: 90_000_000 }).map((value) => value / 1e6)),
  );

  it.each(['csv', 'xlsx'])('is read back with the same values: %s', async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        const bytes = format === 'csv' ? toCsv(rows, COLUMNS) : await toXlsx(rows, COLUMNS);
        const table = await readTable(bytes, `a.${format}`);
        expect(table.header).toEqual(['名称', '地址', '经度', '纬度']);
        expect(table.warnings).toEqual([]);
        expect(table.rows.map(({ cells }) => cells.map(normal))).toEqual(
          rows.map((cells) => cells.map((cell) => normal(typeof cell === 'string' ? kept(cell) : String(cell ?? '')))),
        );
      }),
      { seed: 20_260_310, numRuns: format === 'csv' ? 300 : 60 },
    );
  });
});
