import QRCode from 'qrcode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReachData } from '#domain/geo/reach-data.ts';
import type { Connection } from '../../db/connect.ts';
import { openTestDatabase } from '../support/database.ts';
import { addSite, createTestApp, type TestApp } from '../support/factories.ts';

let connection: Connection;
let app: TestApp;

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection, { publicUrl: 'https://luyi.example' });
});
afterAll(async () => {
  await app.close();
  await connection.close();
});

async function getJson<T>(path: string): Promise<T> {
  const response = await app.request(path);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

describe('GET /api/jurisdictions', () => {
  type Jurisdiction = {
    id: string;
    geometry: { type: string } | null;
    properties: { code: string; kind: string; name: string; parentCode: string | null; source: string };
  };

  it('gives six districts with borders, and 45 streets and towns without, each with its source', async () => {
    const { type, features } = await getJson<{ type: string; features: Jurisdiction[] }>('/api/jurisdictions');
    expect(type).toBe('FeatureCollection');
    const districts = features.filter(({ properties }) => properties.kind === 'district');
    const streets = features.filter(({ properties }) => properties.kind !== 'district');
    expect(districts).toHaveLength(6);
    expect(streets).toHaveLength(45);
    for (const { geometry } of districts) expect(geometry?.type).toBe('MultiPolygon');
    for (const { geometry } of streets) expect(geometry).toBeNull();
    const codes = new Set(districts.map(({ id }) => id));
    for (const { properties } of streets) expect(codes).toContain(properties.parentCode);
    for (const { id, properties } of features) {
      expect(id).toBe(properties.code);
      expect(properties.source).not.toBe('');
    }
  });

  it('is asked for again with its tag', async () => {
    const etag = (await app.request('/api/jurisdictions')).headers.get('etag')!;
    expect((await app.request('/api/jurisdictions', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});

describe('GET /api/city', () => {
  it('holds what a phone needs to build the same land, calendar and map', async () => {
    const city = await getJson<{
      calendar: { coveredYears: number[] };
      reach: unknown;
      baseMap: object;
      demo: boolean;
    }>('/api/city');
    const { zones, crossings } = ReachData.parse(city.reach);
    expect(zones.features.map(({ properties }) => properties.id).sort()).toEqual([
      'gulangyu',
      'island',
      'islet',
      'mainland',
    ]);
    expect(crossings.length).toBeGreaterThan(5);
    expect(city.calendar.coveredYears).toContain(2026);
    expect(city.baseMap).toMatchObject({ kind: 'xyz', crs: 'WGS84', reviewNumber: null, configured: false });
    expect(city.demo).toBe(false);
  });
});

describe('GET /api/sites/:id/qr.svg', () => {
  it('draws the address of the place, module by module', async () => {
    const id = await addSite(connection.db);
    await app.store.refresh();
    const response = await app.request(`/api/sites/${id}/qr.svg`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/svg+xml');
    const expected = QRCode.create(`https://luyi.example/sites/${id}?from=qr`, { errorCorrectionLevel: 'Q' }).modules;
    expect(darkModules(await response.text(), expected.size)).toEqual(
      [...expected.data].flatMap((dark, i) => (dark ? [i] : [])),
    );
  });

  it('uses the address that was asked when no public one is set', async () => {
    const other = await createTestApp(connection);
    const id = await addSite(connection.db);
    await other.store.refresh();
    const ask = async (origin: string) => (await other.request(`${origin}/api/sites/${id}/qr.svg`)).text();
    expect(await ask('http://10.0.0.7:3000')).toBe(
      await QRCode.toString(`http://10.0.0.7:3000/sites/${id}?from=qr`, {
        type: 'svg',
        errorCorrectionLevel: 'Q',
        margin: 2,
      }),
    );
    await other.close();
  });
});

/** Reads back the picture's one path of horizontal strokes: the positions of dark modules, row by row. */
function darkModules(svg: string, size: number): number[] {
  const margin = 2;
  expect(svg).toContain(`viewBox="0 0 ${size + 2 * margin} ${size + 2 * margin}"`);
  const path = /<path stroke="#000000" d="([^"]+)"/.exec(svg)![1]!;
  const dark: number[] = [];
  let [x, y] = [0, 0];
  for (const [, command, first, second] of path.matchAll(/([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
    if (command === 'h') {
      for (let i = 0; i < Number(first); i++) dark.push((Math.floor(y) - margin) * size + x + i - margin);
      x += Number(first);
    } else {
      x = Number(first) + (command === 'm' ? x : 0);
      y = Number(second) + (command === 'm' ? y : 0);
    }
  }
  return dark;
}

describe('the description of the API', () => {
  type Document = {
    openapi: string;
    info: { title: string; version: string };
    paths: Record<string, Record<string, Operation>>;
  };
  type Operation = {
    parameters?: { name: string; in: string; required?: boolean; schema: object }[];
    requestBody?: { content: Record<string, { schema: object }> };
    responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
  };
  const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
  const operationsOf = (document: Document) =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it('is OpenAPI 3.1 and names every address', async () => {
    const document = await getJson<Document>('/api/openapi.json');
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.info).toEqual({ title: expect.any(String), version: expect.any(String) });
    const named = operationsOf(document).map(({ path, method }) => `${method} ${path}`);
    const wanted = [
      'get /health',
      'get /sites',
      'get /sites/nearest',
      'get /sites/{id}',
      'get /sites/{id}/qr.svg',
      'post /sites/{id}/reports',
      'get /jurisdictions',
      'get /city',
      'post /office/sites',
      'put /office/sites/{id}',
      'post /office/sites/{id}/verifications',
      'get /office/sites/{id}/revisions',
      'post /office/sites/{id}/restore',
      'post /office/reports/answers',
      'get /reports/{id}',
      'put /office/drafts/{id}',
      'delete /office/drafts/{id}',
      'post /office/drafts/{id}/decision',
      'post /office/sites/{id}/handovers',
      'post /office/handovers/{id}/decision',
      'get /office/workbench',
      'get /office/sites',
      'get /office/sites/{id}',
      'get /office/scorecard',
      'get /office/export',
      'get /office/organisations',
      'get /sites/events',
      'post /auth/phone-number/send-otp',
      'post /auth/phone-number/verify',
      'post /auth/sign-in/username',
      'post /auth/two-factor/verify-totp',
      'post /auth/two-factor/verify-backup-code',
      'post /auth/two-factor/enable',
      'post /auth/two-factor/disable',
      'post /auth/change-password',
      'post /auth/sign-out',
      'get /sign-in-options',
      'get /me',
      'get /me/personal-data',
      'put /me/personal-data/{field}',
      'post /me/consents/{purpose}/withdraw',
      'get /me/export',
      'post /me/erase',
      'post /people/{id}/reveal',
      'post /people',
      'get /memberships',
      'post /memberships',
      'post /memberships/{id}/end',
      'get /services',
      'get /services/{id}/slots',
      'post /appointments',
      'post /appointments/{id}/cancel',
      'post /appointments/{id}/reschedule',
      'get /me/appointments',
      'get /sites/{id}/queue',
      'post /sites/{id}/tickets',
    ];
    expect(named).toEqual(expect.arrayContaining(wanted));
    expect(new Set(named).size).toBe(named.length);
  });

  it('is whole: parameters declared, answers described, no reference into nowhere', async () => {
    const document = await getJson<Document>('/api/openapi.json');
    for (const { path, method, operation } of operationsOf(document)) {
      expect(METHODS).toContain(method);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const parameters = operation.parameters ?? [];
      expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(inPath);
      for (const parameter of parameters) {
        expect(parameter.schema, `${path} ${parameter.name}`).toBeTypeOf('object');
        if (parameter.in === 'path') expect(parameter.required).toBe(true);
      }
      expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^[1-5]\d\d$/);
        expect(response.description).not.toBe('');
      }
    }
    for (const [, pointer] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = pointer!.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document);
      expect(target, pointer).toBeDefined();
    }
  });

  it('can be read by people, every address and error code of it', async () => {
    const response = await app.request('/api/docs');
    expect(response.headers.get('content-type')).toContain('text/html');
    const page = await response.text();
    const document = await getJson<Document>('/api/openapi.json');
    for (const path of Object.keys(document.paths)) expect(page).toContain(path);
    for (const code of ['invalid_request', 'site_gone', 'internal_error']) expect(page).toContain(`problem-${code}`);
    expect(page).not.toContain('undefined');
    expect(page).not.toContain('[object');
  });
});
