import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Connection } from '../../db/connect.ts';
import type { ImportView } from '#domain/places/import-contract.ts';
import { makeActor, signedInAs } from '../support/actors.ts';
import { openTestDatabase } from '../support/database.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';
import { csvOf, importClient, type ImportClient, listRow } from '../support/imports.ts';

const COORDINATOR = makeActor('coordinator', { role: 'coordinator' });
const OFFICER = makeActor('officer', { role: 'officer', jurisdictionCode: '350206005' });
const NEIGHBOUR = makeActor('neighbour', { role: 'officer', jurisdictionCode: '350203001' });
const KEEPER = makeActor('keeper', { role: 'keeper', organisationId: 'union' });
const NOBODYS = '00000000-0000-4000-8000-000000000000';

let connection: Connection;
let app: TestApp;
let office: ImportClient;
let officer: ImportClient;
let checked: ImportView;
beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection);
  office = importClient(app, COORDINATOR);
  officer = importClient(app, OFFICER);
  checked = await officer.upload(csvOf([listRow(0), listRow(1, { 站点名称: '' })]));
});
afterAll(async () => {
  await app.close();
  await connection.close();
});

async function codeOf(response: Response): Promise<[number, string]> {
  const { code } = (await response.json()) as { code: string };
  return [response.status, code];
}

async function listed(client: ImportClient): Promise<string[]> {
  const { imports } = (await (await client.get('')).json()) as { imports: ImportView[] };
  return imports.map(({ id }) => id);
}

const upload = (body: BodyInit, headers: Record<string, string> = {}) =>
  app.request('/api/office/imports', { method: 'POST', headers: { ...signedInAs(OFFICER), ...headers }, body });

const BOUNDARY = 'x-boundary';
const MULTIPART = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
const part = (head: string, text: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`;
/** Of a body whose length is not told beforehand. */
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const END = `--${BOUNDARY}--\r\n`;
const SOURCE = part('name="source"', '名单');
const FILE = part('name="file"; filename="a.csv"', '名称\n甲\n');

describe('who may import', () => {
  it.each([
    ['GET', ''],
    ['POST', ''],
    ['GET', `/${NOBODYS}`],
    ['GET', `/${NOBODYS}/rows`],
    ['GET', `/${NOBODYS}/points`],
    ['PUT', `/${NOBODYS}/settings`],
    ['PUT', `/${NOBODYS}/rows/2/decision`],
    ['POST', `/${NOBODYS}/store`],
    ['POST', `/${NOBODYS}/stop`],
    ['POST', `/${NOBODYS}/undo`],
  ])('%s %s: nobody 401, a keeper 403, somebody else 404', async (method, path) => {
    const bodies: Record<string, unknown> = {
      settings: checked.settings,
      decision: { decision: 'skip' },
    };
    const body = method === 'GET' ? {} : { body: JSON.stringify(bodies[path.split('/').at(-1)!] ?? {}) };
    const ask = (headers: Record<string, string>) =>
      app.request(`/api/office/imports${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...body,
      });
    expect(await codeOf(await ask({}))).toEqual([401, 'not_signed_in']);
    expect(await codeOf(await ask(signedInAs(KEEPER)))).toEqual([403, 'not_allowed']);
    if (path === '') return;
    expect(await codeOf(await ask(signedInAs(OFFICER)))).toEqual([404, 'import_not_found']);
    const others = path.replace(NOBODYS, checked.id);
    const response = await app.request(`/api/office/imports${others}`, {
      method,
      headers: { 'content-type': 'application/json', ...signedInAs(NEIGHBOUR) },
      ...body,
    });
    expect(await codeOf(response)).toEqual([404, 'import_not_found']);
  });

  it('shows the city everything, an officer the own ones', async () => {
    expect(await listed(office)).toContain(checked.id);
    expect(await listed(officer)).toContain(checked.id);
    expect(await listed(importClient(app, NEIGHBOUR))).toEqual([]);
  });
});

describe('what is handed in', () => {
  it.each([
    ['JSON', { 'content-type': 'application/json' }, '{}', 415, 'unsupported_media_type'],
    ['no boundary', { 'content-type': 'multipart/form-data' }, SOURCE, 415, 'unsupported_media_type'],
    ['nothing', MULTIPART, '', 400, 'broken_upload'],
    ['no parts', MULTIPART, END, 400, 'invalid_request'],
    ['no file', MULTIPART, SOURCE + END, 400, 'invalid_request'],
    ['no source', MULTIPART, FILE + END, 400, 'invalid_request'],
    ['an empty source', MULTIPART, part('name="source"', '  ') + FILE + END, 400, 'invalid_request'],
    ['a long source', MULTIPART, part('name="source"', 'x'.repeat(61)) + FILE + END, 400, 'invalid_request'],
    ['two files', MULTIPART, SOURCE + FILE + FILE + END, 400, 'invalid_request'],
    ['another field', MULTIPART, SOURCE + part('name="more"', 'x') + FILE + END, 400, 'invalid_request'],
    ['an empty file', MULTIPART, SOURCE + part('name="file"; filename="a"', '') + END, 400, 'invalid_request'],
    ['a file without a name', MULTIPART, SOURCE + part('name="file"', 'x') + END, 400, 'invalid_request'],
    ['a body cut off', MULTIPART, SOURCE + FILE, 400, 'broken_upload'],
    ['no headers of a part', MULTIPART, `--${BOUNDARY}\r\n\r\nx\r\n${END}`, 400, 'invalid_request'],
    ['endless headers', MULTIPART, `--${BOUNDARY}\r\nX: ${'x'.repeat(20_000)}`, 400, 'broken_upload'],
    ['rubbish after a boundary', MULTIPART, `--${BOUNDARY}rubbish${END}`, 400, 'broken_upload'],
  ])('%s is refused in words, and no file stays', async (_what, headers, body, status, code) => {
    const before = await readdir(app.importJobs.uploadsDir);
    expect(await codeOf(await upload(body, headers))).toEqual([status, code]);
    expect(await readdir(app.importJobs.uploadsDir)).toEqual(before);
    app.clock.nowMs += 600_000; // the limit of uploads is another test's
  });

  it('is refused from another site, which could send a form with the cookies of its visitor', async () => {
    const response = await upload(SOURCE + FILE + END, { ...MULTIPART, 'sec-fetch-site': 'cross-site' });
    expect(await codeOf(response)).toEqual([403, 'not_allowed']);
  });

  it('keeps only the last part of a file name, without control characters', async () => {
    const file = part('name="file"; filename="C:\\x\\..\\..\\etc\\名\u202e单%22.csv"', '名称\n甲\n');
    const view = (await (await upload(SOURCE + file + END, MULTIPART)).json()) as ImportView;
    expect(view.fileName).toBe('名单".csv');
    await app.importJobs.idle();
  });

  it('fails in words when it is no table', async () => {
    const view = await officer.upload('%PDF-1.7 …', { fileName: '名单.pdf' });
    expect(view).toMatchObject({ state: 'failed', missing: [] });
    expect(view.problem).toBe('unknown_format');
    expect(await codeOf(await officer.send('POST', `/${view.id}/store`))).toEqual([409, 'import_state']);
    expect(await readdir(app.importJobs.uploadsDir)).not.toContain(view.id);
  });

  it('is limited per person', async () => {
    app.clock.nowMs += 600_000;
    let last: [number, string] = [0, ''];
    for (let i = 0; i < 21; i++) last = await codeOf(await upload('', MULTIPART));
    expect(last).toEqual([429, 'too_many_requests']);
    app.clock.nowMs += 600_000;
  });

  describe('over a real connection', () => {
    let server: Server;
    beforeAll(async () => {
      server = createServer(getRequestListener((request) => app.request(request as unknown as string)));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    it('is refused while it still streams when it is too large', async () => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      await once(socket, 'connect');
      const heard = { answer: '', isOver: false };
      socket.setEncoding('utf8').on('data', (text) => (heard.answer += text));
      socket.on('error', () => {}).on('close', () => (heard.isOver = true));
      const headers = { ...signedInAs(OFFICER), ...MULTIPART, host: 'x', 'transfer-encoding': 'chunked' };
      const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`POST /api/office/imports HTTP/1.1\r\n${head.join('')}\r\n`);
      socket.write(chunk(SOURCE + part('name="file"; filename="a.csv"', '').slice(0, -2)));
      const megabyte = chunk('x'.repeat(1024 * 1024));
      let sentMb = 0;
      while (heard.answer === '' && !heard.isOver && sentMb < 200) {
        sentMb += 1;
        if (socket.write(megabyte)) continue;
        const settled = new AbortController();
        const either = ['drain', 'close'].map((event) => once(socket, event, { signal: settled.signal }));
        await Promise.race(either).catch(() => {});
        for (const one of either) one.catch(() => {});
        settled.abort();
      }
      expect(heard.answer).toContain('413');
      expect(sentMb).toBeLessThan(200);
      socket.destroy();
      await expect.poll(async () => (await readdir(app.importJobs.uploadsDir)).length).toBeLessThan(3);
    });
  });
});

describe('the rest of the way', () => {
  it('asks for the system and refuses to store without it', async () => {
    expect(checked).toMatchObject({ state: 'checked', missing: ['crs'], counts: { new: 1, error: 1 } });
    expect(await codeOf(await officer.send('POST', `/${checked.id}/store`))).toEqual([409, 'import_incomplete']);
    expect(await codeOf(await officer.send('POST', `/${checked.id}/undo`, {}))).toEqual([409, 'import_state']);
  });

  it.each([
    ['PUT', 'settings', { columns: {}, crs: 'GPS', duplicates: 'ask', precisionM: 50 }],
    ['PUT', 'settings', { columns: { name: -1 }, crs: null, duplicates: 'ask', precisionM: 50 }],
    ['PUT', 'settings', null],
    ['PUT', 'rows/2/decision', { decision: 'maybe' }],
    ['PUT', 'rows/two/decision', { decision: 'skip' }],
    ['PUT', 'rows/99999999999/decision', { decision: 'skip' }],
    ['GET', 'rows?limit=101', undefined],
    ['GET', 'rows?cursor=-1', undefined],
    ['GET', 'rows?fate=lost', undefined],
    ['POST', 'undo', { reason: 'x'.repeat(501) }],
  ])('%s %s with %j is a 400', async (method, path, body) => {
    expect((await codeOf(await officer.send(method, `/${checked.id}/${path}`, body)))[0]).toBe(400);
  });

  it('pages through rows, shows points, decides, stops', async () => {
    const rows = Array.from({ length: 5 }, (_, n) => listRow(n, { 编号: `P-${n}` }));
    const view = await officer.choose(await officer.upload(csvOf(rows), { source: '另一名单' }));
    const first = await officer.rows(view, '?limit=2');
    expect(first.rows.map(({ row }) => row)).toEqual([2, 3]);
    const second = await officer.rows(view, `?limit=2&cursor=${first.next}`);
    expect(second.rows.map(({ row }) => row)).toEqual([4, 5]);
    expect((await officer.rows(view, '?limit=2&cursor=5')).next).toBeNull();
    const points = await officer.get(`/${view.id}/points`);
    expect(points.headers.get('content-type')).toBe('application/geo+json');
    const { features } = (await points.json()) as { features: unknown[] };
    expect(features).toHaveLength(5);
    expect(features[0]).toMatchObject({ geometry: { type: 'Point' }, properties: { row: 2, fate: 'new' } });
    const decided = await officer.send('PUT', `/${view.id}/rows/3/decision`, { decision: 'skip' });
    expect(await decided.json()).toMatchObject({ row: 3, fate: 'skipped', decision: 'skip' });
    expect(await codeOf(await officer.send('PUT', `/${view.id}/rows/3/decision`, { decision: 'same' }))).toEqual([
      409,
      'import_incomplete',
    ]);
    expect(await codeOf(await officer.send('PUT', `/${view.id}/rows/77/decision`, { decision: null }))).toEqual([
      404,
      'import_row_not_found',
    ]);
    expect(await (await officer.send('POST', `/${view.id}/stop`)).json()).toMatchObject({ state: 'stopped' });
    expect(await codeOf(await officer.send('POST', `/${view.id}/stop`))).toEqual([409, 'import_state']);
    expect((await officer.rows(view)).rows).toEqual([]);
  });

  it('can be undone for thirty days', async () => {
    const view = await officer.choose(await officer.upload(csvOf([listRow(30)]), { source: '第三名单' }));
    await officer.store(view);
    app.clock.nowMs += 31 * 86_400_000;
    expect(await codeOf(await officer.send('POST', `/${view.id}/undo`, {}))).toEqual([409, 'import_state']);
  });

  it('never fails on our side', () => {
    expect(app.log).toEqual([]);
  });
});
