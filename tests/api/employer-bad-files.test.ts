import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { readEmployerTableApart } from '../../api/insurance/employer-files/read-employer-table.ts';
import type { EmployerFileView } from '#domain/insurance/employer-file-contract.ts';
import { makeWorkbook, textRow } from '../../api/platform/tables/workbook.test-support.ts';
import { toXlsx } from '../../api/platform/tables/write-table.ts';
import type { Connection } from '../../db/connect.ts';
import { signedInAs } from '../support/actors.ts';
import { openTestDatabase } from '../support/database.ts';
import {
  addEmployer,
  dayFrom,
  EMPLOYER_HEADER,
  employerClient,
  worker,
  workersCsv,
} from '../support/employer-files.ts';
import { read } from '../support/enrolments.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';

let connection: Connection;
let app: TestApp;
let client: ReturnType<typeof employerClient>;
let day: (days: number) => string;
beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection);
  client = employerClient(app, await addEmployer(connection, 'fast-bikes'));
  day = dayFrom(app);
});
afterAll(async () => {
  await app.close();
  await connection.close();
});

const files = async () => (await read<{ files: unknown[] }>(await client.get(''), 200)).files.length;

describe('a file that is no list of workers is refused in words, and nothing is stored', () => {
  it.each<[string, Uint8Array | string, string, string]>([
    ['a picture by the name of a workbook', Buffer.from('89504e470d0a1a0a0000', 'hex'), '名单.xlsx', 'unknown_format'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '名单.xls', 'old_xls'],
    ['a web page', '<html><table><tr><td>姓名', '名单.xls', 'html_table'],
    ['GeoJSON', '{"type":"FeatureCollection","features":[]}', '名单.csv', 'unknown_format'],
    ['no rows', '姓名,身份证号,手机号,开始\n', '名单.csv', 'no_rows'],
    ['other columns', '名称,地址\n驿站,路\n', '名单.csv', 'columns_missing'],
    ['a quotation mark', '姓名,身份证号,手机号,开始\n"陈,1,2,3\n', '名单.csv', 'quote_not_closed'],
    ['half an archive', Buffer.from('504b0304140000', 'hex'), '名单.xlsx', 'broken_zip'],
  ])('%s', async (_, content, name, code) => {
    const before = await files();
    const response = await client.post(content, name);
    expect(response.status).toBe(422);
    const body = (await response.json()) as { code: string; detail: string; current: { code: string } };
    expect(body).toMatchObject({ code: 'table_unreadable', current: { code } });
    expect(body.detail).toMatch(/Nothing was stored\.$/);
    expect(await files()).toBe(before);
  });

  it('ten thousand and one rows', async () => {
    const list = Array.from({ length: 10_001 }, (_, n) => worker(n, { 开始: day(1) }));
    const response = await client.post(workersCsv(list));
    expect(await response.json()).toMatchObject({ code: 'table_unreadable', current: { code: 'too_many_rows' } });
  });

  it('an empty file, too large a file, another body, a form of another page', async () => {
    expect((await client.post('')).status).toBe(400);
    expect((await client.post(new Uint8Array(8 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await client.send('', { file: 'x' })).status).toBe(415);
    const actor = await addEmployer(connection, 'fast-bikes');
    const form = new FormData();
    form.set('file', new File(['姓名'], 'a.csv'));
    form.set('more', 'x');
    const headers = signedInAs(actor);
    const path = '/api/office/employer-files';
    expect((await app.request(path, { method: 'POST', headers, body: form })).status).toBe(400);
    form.delete('more');
    form.set('organisationId', 'somebody-elses');
    expect((await app.request(path, { method: 'POST', headers, body: form })).status).toBe(403);
    const foreign = { ...headers, 'sec-fetch-site': 'cross-site' };
    form.delete('organisationId');
    expect((await app.request(path, { method: 'POST', headers: foreign, body: form })).status).toBe(403);
  });
});

const cells = (n: number, from = day(1)) => {
  const { 姓名: name, 身份证号: id, 手机号: phone } = worker(n);
  return [name!, id!, phone!, from];
};

describe('a workbook', () => {
  it('has dates as dates, and ID numbers that were stored as numbers are told', async () => {
    const [name, id, phone] = cells(1);
    const date = { value: new Date(`${day(1)}T00:00:00Z`), type: Date, format: 'yyyy/mm/dd' };
    const bytes = await writeXlsxFile([
      ['姓名', '身份证号', '手机号', '开始'].map((value) => ({ value })),
      [{ value: name }, { value: id, type: String }, { value: Number(phone), type: Number }, date],
      [{ value: '林工二' }, { value: Number('350212199003070032'), type: Number }, { value: '13900000002' }, date],
    ] as never).toBuffer();
    const { id: fileId } = await read<EmployerFileView>(await client.post(bytes, '名单.xlsx'), 201);
    expect(await client.settled(fileId)).toMatchObject({ counts: { good: 1, bad: 1 } });
    const { rows } = await client.rows({ id: fileId } as EmployerFileView);
    expect(rows[0]).toMatchObject({ state: 'good', days: [{ from: day(1), to: day(1) }] });
    expect(rows[1]!.issues).toMatchObject([{ code: 'id_rounded' }]);
  });

  it('with cells merged downwards gives the day to every row, and formulas give their result or nothing', async () => {
    const [, b] = [cells(11), cells(12)];
    const rows = [
      textRow(1, '姓名', '身份证号', '手机号', '开始'),
      textRow(2, ...cells(11)),
      textRow(3, b[0]!, b[1]!, b[2]!),
      `<row r="4"><c r="A4" t="inlineStr"><is><t>黄工</t></is></c><c r="B4"><f>1+1</f></c></row>`,
    ].join('');
    const behind = '<mergeCells count="1"><mergeCell ref="D2:D3"/></mergeCells>';
    const bytes = makeWorkbook({ name: '名单', rows, behind });
    const { id } = await read<EmployerFileView>(await client.post(bytes, '名单.xlsx'), 201);
    expect(await client.settled(id)).toMatchObject({ counts: { good: 2, bad: 1 } });
  });

  it('is read by a thread of its own to the same rows', async () => {
    const list = [worker(21, { 开始: day(1) }), worker(22, { 开始: day(2) })];
    const columns = EMPLOYER_HEADER.map((header) => ({ header, value: (row: (typeof list)[number]) => row[header] }));
    const bytes = await toXlsx(list, columns);
    const apart = await readEmployerTableApart(bytes, 'a.xlsx');
    expect(apart.rows.map((row) => row.cells[0])).toEqual(list.map((one) => one.姓名));
    await expect(readEmployerTableApart(Buffer.from('姓名,手机\n'), 'a.csv')).rejects.toMatchObject({
      code: 'no_rows',
    });
  });
});

it('text that a spreadsheet would run is only text', async () => {
  const file = await client.upload([worker(31, { 姓名: '=cmd|calc', 开始: day(1) })]);
  const { rows } = await client.rows(file);
  expect(rows[0]!.name).toBe('=**');
  const template = await (await client.get('/template.csv')).text();
  expect(template.split('\r\n')[0]!.replace('\uFEFF', '')).toBe('姓名,身份证号,手机号,开始,结束,天数,日期');
});
