import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { readTable } from '../../places/import/read-table.ts';
import { TABLE_LIMITS, TableProblem, type TableProblemCode } from './table-problem.ts';
import { makeWorkbook, textRow, workbookParts } from './workbook.test-support.ts';

const HEADER = textRow(1, '名称', '街道', '经度', '纬度');
const read = (bytes: Buffer, sheet?: string) => readTable(bytes, '站点.xlsx', TABLE_LIMITS, sheet);
const one = (rows: string, behind = '') => makeWorkbook({ name: '站点', rows, behind });

async function problemOf(bytes: Buffer): Promise<TableProblem> {
  const error = await read(bytes).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TableProblem)) throw new Error(`no TableProblem but ${String(error)}`);
  return error;
}

describe('XLSX as it really comes', () => {
  it('is read as text: numbers without noise, dates, times, truth', async () => {
    const bytes = one(
      `${textRow(1, '名称', '电话', '经度', '核实日期', '开门', '更新', '对外')}<row r="2"><c r="A2" t="inlineStr"><is><t> 甲 </t></is></c><c r="B2"><v>13800000000</v></c><c r="C2"><v>118.11803300000001</v></c><c r="D2" s="1"><v>46091</v></c><c r="E2" s="2"><v>0.354166666666667</v></c><c r="F2" s="1"><v>46091.75</v></c><c r="G2" t="b"><v>1</v></c></row>`,
    );
    expect((await read(bytes)).rows).toEqual([
      { row: 2, cells: ['甲', '13800000000', '118.118033', '2026-03-10', '08:30', '2026-03-10 18:00', 'TRUE'] },
    ]);
  });

  it('is read as a common writer writes it', async () => {
    const bytes = await writeXlsxFile([
      ['名称', '地址', '经度'],
      ['甲', '某路1号', 118.5],
      [null, null, null],
      ['乙', null, 118.25],
    ]).toBuffer();
    expect(await read(bytes)).toMatchObject({
      format: 'xlsx',
      headerRow: 1,
      header: ['名称', '地址', '经度'],
      rows: [
        { row: 2, cells: ['甲', '某路1号', '118.5'] },
        { row: 4, cells: ['乙', '', '118.25'] },
      ],
      warnings: [],
    });
  });

  it('repeats what is merged downwards in rows that hold something, and nothing to the right', async () => {
    const rows = [
      textRow(1, '厦门市户外劳动者服务站点一览表'),
      textRow(2, '名称', '所属街道', '坐标'),
      textRow(3, null, null, '经度', '纬度'),
      textRow(4, '甲', '金山街道', '118.1', '24.5'),
      textRow(5, '乙', null, '118.2', '24.6'),
      textRow(6, '丙', null, '合并的坐标'),
    ].join('');
    const ranges = ['A1:D1', 'A2:A3', 'B2:B3', 'C2:D2', 'B4:B9', 'C6:D6'];
    const merged = `<mergeCells count="6">${ranges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
    const table = await read(one(rows, merged));
    expect(table).toMatchObject({ headerRow: 3, header: ['名称', '所属街道', '经度', '纬度'] });
    expect(table.rows).toEqual([
      { row: 4, cells: ['甲', '金山街道', '118.1', '24.5'] },
      { row: 5, cells: ['乙', '金山街道', '118.2', '24.6'] },
      { row: 6, cells: ['丙', '金山街道', '合并的坐标', ''] },
    ]);
    expect(table.warnings).toEqual([
      { code: 'title_rows', params: { rows: 2 } },
      { code: 'merged_cells', params: { cells: 3 } },
    ]);
  });

  it('takes the stored value of a formula, and says which have none or are errors', async () => {
    const rows = `${HEADER}<row r="2"><c r="A2" t="str"><f>CONCATENATE("甲","乙")</f><v>甲乙</v></c><c r="B2"><f>VLOOKUP(A2,X!A:B,2)</f></c><c r="C2"><f>100+18.5</f><v>118.5</v></c><c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`;
    const table = await read(one(rows));
    expect(table.rows).toEqual([{ row: 2, cells: ['甲乙', '', '118.5', ''] }]);
    expect(table.warnings).toEqual([
      { code: 'formulas_without_value', params: { cells: 1, first: 'B2' } },
      { code: 'error_values', params: { cells: 1, first: 'D2' } },
    ]);
  });

  it('is read from the first sheet with columns that we know; another can be asked for', async () => {
    const bytes = makeWorkbook(
      { name: '填表说明', rows: textRow(1, '请逐行填写') },
      { name: '旧表', rows: HEADER + textRow(2, '旧'), state: 'hidden' },
      { name: '站点 &amp; 驿站', rows: HEADER + textRow(2, '甲') },
      { name: '附表', rows: HEADER + textRow(2, '乙') },
    );
    const table = await read(bytes);
    expect(table).toMatchObject({ sheet: '站点 & 驿站', sheets: ['填表说明', '站点 & 驿站', '附表'] });
    expect(table.warnings).toEqual([{ code: 'other_sheets', params: { sheets: '填表说明、附表' } }]);
    expect((await read(bytes, '附表')).rows[0]!.cells[0]).toBe('乙');
    await expect(read(bytes, '没有')).rejects.toMatchObject({ code: 'sheet_not_found' });
  });

  it('keeps cells that stand beside the table', async () => {
    const table = await read(one(HEADER + textRow(2, '甲', null, null, null, null, '旁注')));
    expect(table.header).toEqual(['名称', '街道', '经度', '纬度', '', '']);
    expect(table.rows[0]).toEqual({ row: 2, cells: ['甲', '', '', '', '', '旁注'] });
  });

  it('is known by its content, whatever it is called', async () => {
    const bytes = one(HEADER + textRow(2, '甲'));
    const table = await readTable(bytes, '站点.csv');
    expect(table.format).toBe('xlsx');
    expect(table.warnings).toContainEqual({ code: 'wrong_ending', params: { name: '站点.csv', format: 'xlsx' } });
  });

  it('does not mind formatted cells and rows without end', async () => {
    const empty = Array.from({ length: 2000 }, (_, i) => `<row r="${i + 3}"><c r="XFD${i + 3}" s="1"/></row>`).join('');
    const bytes = one(`${HEADER}${textRow(2, '甲')}${empty}<row r="1048576" s="1"/>`);
    expect((await read(bytes)).rows).toEqual([{ row: 2, cells: ['甲', '', '', ''] }]);
  });
});

/** An archive with one part of so many bytes of which its table says what it likes. */
function bomb(unpackedBytes: number, claimedBytes: number): Buffer {
  const parts = workbookParts([{ name: '站点', rows: HEADER }]);
  const packed = deflateRawSync(Buffer.alloc(unpackedBytes, ' '));
  const name = 'xl/worksheets/sheet1.xml';
  const bytes = Buffer.from(zipSync({ ...parts, [name]: [packed, { level: 0 }] }));
  // fflate stored the packed bytes as they are: call them deflated, and say how large they are.
  for (const [signature, method, size, nameAt] of [
    [0x04034b50, 8, 22, 30],
    [0x02014b50, 10, 24, 46],
  ] as const) {
    for (let at = 0; at + 50 < bytes.length; at += 1) {
      if (bytes.readUInt32LE(at) !== signature) continue;
      if (bytes.toString('latin1', at + nameAt, at + nameAt + name.length) !== name) continue;
      bytes.writeUInt16LE(8, at + method);
      bytes.writeUInt32LE(claimedBytes, at + size);
    }
  }
  return bytes;
}

describe('workbooks that are refused', () => {
  it('unpack to far more than they are, as they say', async () => {
    expect((await problemOf(bomb(1024 * 1024, 200 * 1024 * 1024))).code).toBe('zip_bomb');
  });

  it('unpack to far more than they say: not a byte further than they say is unpacked', async () => {
    expect((await problemOf(bomb(20 * 1024 * 1024, 100_000))).code).toBe('zip_bomb');
  });

  it('are too dense to be a table', async () => {
    expect((await problemOf(bomb(1024 * 1024, 50 * 1024 * 1024))).code).toBe('zip_bomb');
  });

  it('are larger than the limit when unpacked', async () => {
    const bytes = one(HEADER + textRow(2, '甲'));
    await expect(readTable(bytes, 'a.xlsx', { ...TABLE_LIMITS, unpackedBytes: 500 })).rejects.toMatchObject({
      code: 'zip_bomb',
    });
  });

  it.each<[string, TableProblemCode, string]>([
    ['a value in the last column', 'too_many_columns', `${HEADER}<row r="2"><c r="XFD2"><v>1</v></c></row>`],
    ['a value in the last row', 'too_many_rows', `${HEADER}<row r="1048576"><c r="A1048576"><v>1</v></c></row>`],
    ['a row beyond the last one', 'broken_xlsx', `${HEADER}<row r="999999999"/>`],
    ['two places for one cell', 'broken_xlsx', `${HEADER}<row r="2"><c r="A2" r="XFD2"><v>1</v></c></row>`],
    ['a cell whose place is hidden', 'broken_xlsx', `${HEADER}<row r="2"><c x="/>" r="XFD2"><v>1</v></c></row>`],
    ['a place written in entities', 'broken_xlsx', `${HEADER}<row r="&#57;99999999"/>`],
    ['a value behind a comment', 'too_many_columns', `${HEADER}<row r="2"><c r="XFD2"><!-- </c> --><v>1</v></c></row>`],
    ['declared entities', 'broken_xlsx', `<!DOCTYPE a [<!ENTITY b "c">]>${HEADER}`],
    ['rows out of order', 'broken_xlsx', `${textRow(5, '名称', '地址')}${textRow(2, '甲')}`],
    ['nothing', 'no_header', ''],
    ['a header only', 'no_rows', HEADER],
  ])('hold %s', async (_, code, rows) => {
    expect((await problemOf(one(rows))).code).toBe(code);
  });

  it('hold more rows than may be', async () => {
    const rows = HEADER + [2, 3, 4].map((row) => textRow(row, '甲')).join('');
    await expect(readTable(one(rows), 'a.xlsx', { ...TABLE_LIMITS, xlsxRows: 2 })).rejects.toMatchObject({
      code: 'too_many_rows',
    });
  });

  it.each<[string, TableProblemCode, Buffer]>([
    ['another archive', 'not_xlsx_zip', Buffer.from(zipSync({ 'readme.txt': Buffer.from('x') }))],
    ['binary workbooks', 'not_xlsx_zip', Buffer.from(zipSync({ 'xl/workbook.bin': Buffer.from('x') }))],
    ['cut off', 'broken_zip', one(HEADER).subarray(0, 600)],
    ['only the mark of an archive', 'broken_zip', Buffer.from('PK\u0003\u0004')],
    ['without their sheet', 'broken_xlsx', withoutSheet()],
  ])('are %s', async (_, code, bytes) => {
    expect((await problemOf(bytes)).code).toBe(code);
  });

  it('are any damaged bytes: a TableProblem or a table, nothing else', async () => {
    const whole = one(HEADER + textRow(2, '甲', '金山街道'));
    for (let at = 0; at < whole.length; at += 7) {
      const bytes = Buffer.from(whole);
      bytes[at] = bytes[at]! ^ 0x55;
      const result = await read(bytes).catch((error: unknown) => error);
      expect(
        result instanceof TableProblem || (result as { rows: unknown }).rows !== undefined,
        `byte ${at}: ${String(result)}`,
      ).toBe(true);
    }
  });
});

function withoutSheet(): Buffer {
  const parts = workbookParts([{ name: '站点', rows: HEADER }]);
  delete parts['xl/worksheets/sheet1.xml'];
  return Buffer.from(zipSync(parts));
}
