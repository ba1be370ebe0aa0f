import { createReadStream, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findCsvDialect, openCsv, readCsvRows } from './read-csv.ts';
import { readTable } from './read-table.ts';
import { TABLE_LIMITS, TableProblem, type TableProblemCode } from './table-problem.ts';

const FIXTURE = new URL('fixtures/stations-gb18030.csv', import.meta.url);
const utf16 = (text: string, order: 'le' | 'be') => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};
const read = (text: string | Buffer, name = 'a.csv') => readTable(Buffer.from(text as string), name);
const codeOf = (reading: Promise<unknown>): Promise<TableProblemCode> =>
  reading.then(
    () => expect.fail('was read'),
    (error: unknown) => (error instanceof TableProblem ? error.code : expect.fail(String(error))),
  );

async function* failing() {
  yield Buffer.from('名称,地址\n甲,乙\n');
  throw new Error('the line is dead');
}

describe('CSV as it really comes', () => {
  it('is read from GB18030 with a title, empty lines and a break within a cell', async () => {
    const table = await readTable(readFileSync(FIXTURE), '站点.csv');
    expect(table).toMatchObject({
      format: 'csv',
      encoding: 'gb18030',
      delimiter: ',',
      headerRow: 2,
      header: ['序号', '站点名称', '所属街道', '详细地址', '开放时间', '经度', '纬度'],
      warnings: [{ code: 'title_rows', params: { rows: 1 } }],
    });
    expect(table.rows.map(({ row, cells }) => [row, cells[1], cells[3]])).toEqual([
      [3, '金山街道工会爱心驿站', '金湖路101号, 一楼'],
      [5, '筼筜街道“骑手之家”㐀𠀀', '湖滨南路\n88号'],
      [7, '鼓浪屿镕喆驿站€', '龙头路1号'],
    ]);
  });

  it.each([
    ['utf-8', Buffer.from('名称,地址\n甲,乙\n')],
    ['utf-8', Buffer.from('\uFEFF名称,地址\r\n甲,乙')],
    ['utf-16le', utf16('名称,地址\r\n甲,乙\r\n', 'le')],
    ['utf-16be', utf16('名称,地址\n甲,乙\n', 'be')],
    [
      'gb18030',
      Buffer.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb5, 0xd8, 0xd6, 0xb7, 0x0a, 0xbc, 0xd7, 0x2c, 0xd2, 0xd2]),
    ],
  ])('is known to be %s', async (encoding, bytes) => {
    const { header, rows, ...rest } = await read(bytes);
    expect(rest).toMatchObject({ encoding });
    expect(header).toEqual(['名称', '地址']);
    expect(rows).toEqual([{ row: 2, cells: ['甲', '乙'] }]);
  });

  it.each([
    [',', '名称,地址\n甲,"a;b;c;d"\n'],
    [';', '名称;地址\n甲;1,2,3,4\n'],
    ['\t', '名称\t地址\n甲\t1,2,3,4\n'],
    ['|', '名称|地址\n甲|1,2\n'],
    [';', 'sep=;\n名称;地址\n甲;乙\n'],
    [',', '"名称","地址"\n"甲","乙"\n'],
  ])('is known to be separated by %j', async (delimiter, text) => {
    const table = await read(text);
    expect(table).toMatchObject({ delimiter, header: ['名称', '地址'] });
    expect(table.rows[0]!.cells[0]).toBe('甲');
  });

  it('counts rows as a spreadsheet does, also after mixed ends of lines', async () => {
    const { rows } = await read('名称,地址\r\n\n甲,1\n,\r\n乙,"2\r\n3"\r丙,4');
    expect(rows.map(({ row, cells }) => [row, cells[0]])).toEqual([
      [3, '甲'],
      [5, '乙'],
      [6, '丙'],
    ]);
  });

  it('keeps stray quotation marks, fills short rows and says which rows have too many cells', async () => {
    const { rows } = await read('名称,地址\n甲"乙",5" 路\n丙\n丁,某路1号,2楼\n戊,己,\n');
    expect(rows).toEqual([
      { row: 2, cells: ['甲"乙"', '5" 路'] },
      { row: 3, cells: ['丙', ''] },
      { row: 4, cells: ['丁', '某路1号'], problems: [{ code: 'too_many_cells' }] },
      { row: 5, cells: ['戊', '己'] },
    ]);
  });

  it('says which cells are too long, and takes out what no database keeps', async () => {
    const { rows } = await read(`名称,地址\n甲,${'长'.repeat(2001)}\n乙,a\0b\n`);
    expect(rows[0]).toMatchObject({ problems: [{ code: 'cell_too_long', column: 1 }] });
    expect(rows[0]!.cells[1]).toHaveLength(2000);
    expect(rows[1]!.cells[1]).toBe('ab');
  });

  it('takes the first row for the header when no name is known, and says so', async () => {
    const table = await read('foo,bar\n1,2\n');
    expect(table).toMatchObject({ header: ['foo', 'bar'], warnings: [{ code: 'header_guessed' }] });
  });

  it.each<[TableProblemCode, string | Buffer]>([
    ['empty_file', ''],
    ['empty_file', ' \r\n \r\n'],
    ['no_rows', '名称,地址\n'],
    ['quote_not_closed', '名称,地址\n甲,"乙\n丙,丁\n'],
    ['row_too_long', `名称,地址\n甲,"${'乙\n'.repeat(600_000)}`],
    ['too_many_columns', `${'名称,'.repeat(300)}地址\n甲,乙`],
    ['too_many_columns', `名称${',x'.repeat(900_00)}\n甲,乙`],
    ['unreadable_text', Buffer.from([0xff, 0xff, 0x2c, 0x0a, 0x80, 0xff])],
    ['html_table', '<html><table><tr><td>名称</td></tr></table></html>'],
    ['html_table', '\uFEFF<?xml version="1.0"?><Workbook/>'],
    ['unknown_format', Buffer.from('%PDF-1.7 …')],
    ['unknown_format', Buffer.from('名称,地址\n甲,乙\n', 'utf16le')],
    ['unknown_format', Buffer.alloc(1000, 'a\0')],
    ['old_xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  ])('is refused in words: %s', async (code, bytes) => {
    const error = await read(bytes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TableProblem);
    expect(error).toMatchObject({ code });
    expect((error as TableProblem).message).toMatch(/^[A-Z].{20,}\.$/);
    expect((error as TableProblem).message).not.toMatch(/undefined|NaN/);
  });

  it('is refused when it is larger than a limit, by bytes and by rows', async () => {
    const text = '名称,地址\n甲,乙\n丙,丁\n';
    const bytes = Buffer.from(text);
    expect(await codeOf(readTable(bytes, 'a.csv', { ...TABLE_LIMITS, fileBytes: bytes.length - 1 }))).toBe(
      'file_too_large',
    );
    expect(await codeOf(readTable(bytes, 'a.csv', { ...TABLE_LIMITS, csvRows: 1 }))).toBe('too_many_rows');
    expect((await readTable(bytes, 'a.csv', { ...TABLE_LIMITS, csvRows: 2 })).rows).toHaveLength(2);
  });

  it('can be read from a stream, some rows at a time, and left early', async () => {
    const dialect = await findCsvDialect(createReadStream(FIXTURE, { highWaterMark: 7 }));
    expect(dialect).toEqual({ encoding: 'gb18030', delimiter: ',' });
    const stream = createReadStream(FIXTURE, { highWaterMark: 7 });
    const { rows } = await openCsv(stream, dialect);
    for await (const [first] of rows) {
      expect(first!.cells[1]).toBe('金山街道工会爱心驿站');
      break;
    }
    expect(stream.destroyed).toBe(true);
  });

  it('can be read as it stands, with its title and header', async () => {
    const rows: unknown[] = [];
    const dialect = { encoding: 'gb18030', delimiter: ',' } as const;
    for await (const some of readCsvRows(createReadStream(FIXTURE), dialect)) {
      rows.push(...some.map(({ row, cells }) => [row, cells[1]]));
    }
    expect(rows).toEqual([
      [1, ''],
      [2, '站点名称'],
      [3, '金山街道工会爱心驿站'],
      [5, '筼筜街道“骑手之家”㐀𠀀'],
      [7, '鼓浪屿镕喆驿站€'],
    ]);
  });

  it('hands on the failure of a stream', async () => {
    const reading = openCsv(failing(), { encoding: 'utf-8', delimiter: ',' });
    await expect(reading).rejects.toThrow('the line is dead');
  });
});
