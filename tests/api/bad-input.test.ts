import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { count } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FACILITIES, REPORT_KINDS, SERVICES } from '#domain/places/catalogue.ts';
import { ProblemBody } from '../../api/http/problem.ts';
import type { Connection } from '../../db/connect.ts';
import { siteReports, sitesVersion } from '../../db/tables/places.ts';
import { openTestDatabase } from '../support/database.ts';
import { addSite, createTestApp, NOON, type TestApp } from '../support/factories.ts';

let connection: Connection;
let app: TestApp;
let siteId: string;

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection, { trustedProxies: 1 });
  siteId = await addSite(connection.db);
  await app.store.refresh();
});
afterAll(async () => {
  await app.close();
  await connection.close();
});

let phones = 0;
/** Each from an address of its own: what is tested here is not the limit. */
const nextPhone = () => `10.${(phones >> 16) & 255}.${(phones >> 8) & 255}.${phones++ & 255}`;
const get = (path: string) => app.request(path, { headers: { 'x-forwarded-for': nextPhone() } });
const post = (body: unknown, headers: Record<string, string> = {}, id = siteId) =>
  app.post(`/api/sites/${id}/reports`, body, { 'x-forwarded-for': nextPhone(), ...headers });

async function stored(): Promise<unknown> {
  const [reports] = await connection.db.select({ n: count() }).from(siteReports);
  const [version] = await connection.db.select().from(sitesVersion);
  return { reports, version };
}

/** Checks that an answer is a problem in words, and returns it. */
async function problemIn(response: Response, status: number): Promise<ProblemBody> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const text = await response.text();
  expect(text.length).toBeLessThan(20_000);
  const problem = ProblemBody.parse(JSON.parse(text));
  expect(problem.status).toBe(status);
  expect(problem.type).toBe(`/api/docs#problem-${problem.code}`);
  expect(problem.detail?.length).toBeGreaterThan(10);
  return problem;
}

const LONG = 'x'.repeat(10_000);
const HERE = 'lng=118.118&lat=24.4885';

describe('a question that cannot be answered', () => {
  it.each<[string, number, string, string?]>([
    ['/sites/nearest', 400, 'lng'],
    ['/sites/nearest?lng=118.118', 400, 'lat'],
    ['/sites/nearest?lng=24.4885&lat=118.118', 400, 'lng', 'swapped'],
    ['/sites/nearest?lng=181&lat=24.5', 400, 'lng', '-180 to 180'],
    ['/sites/nearest?lng=118&lat=-91', 400, 'lat', '-90 to 90'],
    ['/sites/nearest?lng=NaN&lat=24.5', 400, 'lng', 'decimal'],
    ['/sites/nearest?lng=Infinity&lat=24.5', 400, 'lng', 'decimal'],
    ['/sites/nearest?lng=1e999&lat=24.5', 400, 'lng', 'decimal'],
    ['/sites/nearest?lng=0x76&lat=24.5', 400, 'lng', 'decimal'],
    ['/sites/nearest?lng=&lat=24.5', 400, 'lng'],
    ['/sites/nearest?lng=%20118.1&lat=24.5', 400, 'lng'],
    ['/sites/nearest?lng=118,1&lat=24.5', 400, 'lng'],
    ['/sites/nearest?lng=١١٨&lat=24.5', 400, 'lng'],
    ['/sites/nearest?lng=118.1%00&lat=24.5', 400, 'lng'],
    [`/sites/nearest?${HERE}&lng=118.2`, 400, 'lng'],
    ['/sites/nearest?lng[]=118.1&lat=24.5', 400, 'lng'],
    [`/sites/nearest?${HERE}&limit=-1`, 400, 'limit'],
    [`/sites/nearest?${HERE}&limit=0`, 400, 'limit', '1 to 50'],
    [`/sites/nearest?${HERE}&limit=51`, 400, 'limit', '1 to 50'],
    [`/sites/nearest?${HERE}&limit=1.5`, 400, 'limit'],
    [`/sites/nearest?${HERE}&limit=9999999999999999`, 400, 'limit'],
    [`/sites/nearest?${HERE}&limit=1e1`, 400, 'limit'],
    [`/sites/nearest?${HERE}&limit=5&limit=6`, 400, 'limit'],
    [`/sites/nearest?${HERE}&mode=boat`, 400, 'mode'],
    [`/sites/nearest?${HERE}&mode=__proto__`, 400, 'mode'],
    [`/sites/nearest?${HERE}&service=massage`, 400, 'service', '"massage" is not one of: rest'],
    [`/sites/nearest?${HERE}&service=rest,`, 400, 'service'],
    [`/sites/nearest?${HERE}&service=`, 400, 'service'],
    [`/sites/nearest?${HERE}&service=constructor`, 400, 'service'],
    [`/sites/nearest?${HERE}&service=%E0%A4%A`, 400, 'service'],
    [`/sites/nearest?${HERE}&service=${'rest,'.repeat(200)}rest`, 400, 'service'],
    [`/sites/nearest?${HERE}&facilities=jacuzzi`, 400, 'facilities'],
    [`/sites/nearest?${HERE}&access=paid`, 400, 'access'],
    [`/sites/nearest?${HERE}&open=yes`, 400, 'open', 'must be "now" or an instant'],
    [`/sites/nearest?${HERE}&open=2026-03-10`, 400, 'open'],
    [`/sites/nearest?${HERE}&open=2026-02-30T12:00:00Z`, 400, 'open'],
    [`/sites/nearest?${HERE}&open=2026-03-10T12:00:00`, 400, 'open'],
    ['/sites?bbox=1,2,3', 400, 'bbox'],
    ['/sites?bbox=118,24,NaN,25', 400, 'bbox'],
    ['/sites?bbox=119,24,118,25', 400, 'bbox', 'west must not exceed east'],
    ['/sites?bbox=-181,24,118,25', 400, 'bbox'],
    ['/sites?bbox=118,24,119,25&bbox=118,24,119,25', 400, 'bbox'],
    ['/sites?since=-1', 400, 'since'],
    ['/sites?since=abc', 400, 'since'],
    ['/sites?since=12345678901234567', 400, 'since'],
    ['/sites?service=all', 400, 'service'],
    ['/sites/Centre', 400, 'id'],
    ['/sites/%00', 400, 'id'],
    ['/sites/%E0%A4%A', 400, 'id'],
    ['/sites/..%2F..%2Fetc%2Fpasswd', 400, 'id'],
    ["/sites/1'%20or%20'1'='1", 400, 'id'],
    ['/sites/%F0%9F%92%A9/qr.svg', 400, 'id'],
    [`/sites/${'a'.repeat(65)}`, 400, 'id'],
  ])('%s → %i about %s', async (path, status, about, words) => {
    const problem = await problemIn(await get(`/api${path}`), status);
    expect(problem.code).toBe('invalid_request');
    expect(problem.errors!.map((error) => error.path)).toContain(about);
    if (words) expect(problem.detail).toContain(words);
  });

  it.each([
    ['/sites/__proto__', 400],
    ['/sites/constructor', 404],
    ['/sites/nearest/qr.svg', 404],
    [`/sites/${LONG}`, 414],
    [`/sites?service=${LONG}`, 414],
    [`/sites/nearest?${HERE}&service=${LONG}`, 414],
    ['/nothing-here', 404],
    ['/sites/', 404],
    ['/../../etc/passwd', 404],
  ])('%s → %i', async (path, status) => {
    const response = await get(`/api${path}`);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(ProblemBody.parse(await response.json()).status).toBe(status);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('takes no notice of ?%s=', async (name) => {
    expect((await get(`/api/sites/nearest?${HERE}&${name}=1&${name}=2`)).status).toBe(200);
  });

  it.each([
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '9999-12-31T23:59:59-23:59',
    '0000-01-01T00:00:00%2B23:59',
    '2026-03-10T12:00:00%2B99:99',
  ])('answers for %s, or says why not', async (instant) => {
    const response = await get(`/api/sites/nearest?${HERE}&open=${instant}`);
    expect([200, 400]).toContain(response.status);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'POST'])('has no %s on a place', async (method) => {
    const before = await stored();
    const response = await app.request(`/api/sites/${siteId}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(404);
    expect(ProblemBody.parse(await response.json()).code).toBe('not_found');
    expect(await stored()).toEqual(before);
  });
});

const good = () => ({ id: randomUUID(), kind: 'locked', observedAt: new Date(NOON).toISOString() });
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('a report that cannot be taken', () => {
  it.each<[string, () => unknown, number, string, string?]>([
    ['no body', () => '', 400, 'broken_json'],
    ['broken JSON', () => '{"id":', 400, 'broken_json'],
    ['JSON with a comma too many', () => '{"kind":"locked",}', 400, 'broken_json'],
    ['NaN', () => '{"kind":NaN}', 400, 'broken_json'],
    ['null', () => 'null', 400, 'invalid_request'],
    ['a number', () => '1e999', 400, 'invalid_request'],
    ['a string', () => '"locked"', 400, 'invalid_request'],
    ['a list', () => [good()], 400, 'invalid_request'],
    ['nothing but nesting', () => nested(30_000), 400, 'invalid_request'],
    ['nesting in the note', () => `{"note":${nested(20_000)}}`, 400, 'invalid_request', 'note'],
    ['no id', () => ({ ...good(), id: undefined }), 400, 'invalid_request', 'id'],
    ['an id that is no UUID', () => ({ ...good(), id: '1' }), 400, 'invalid_request', 'id'],
    ['an unknown kind', () => ({ ...good(), kind: 'on_fire' }), 400, 'invalid_request', 'kind'],
    ['a kind from the prototype', () => ({ ...good(), kind: 'constructor' }), 400, 'invalid_request', 'kind'],
    ['a list of kinds', () => ({ ...good(), kind: ['locked'] }), 400, 'invalid_request', 'kind'],
    ['an unknown facility', () => ({ ...good(), facility: 'x' }), 400, 'invalid_request', 'facility'],
    ['a note too long', () => ({ ...good(), note: 'x'.repeat(501) }), 400, 'invalid_request', 'note'],
    ['a note of 10,000 characters', () => ({ ...good(), note: LONG }), 400, 'invalid_request', 'note'],
    ['a NUL in the note', () => ({ ...good(), note: 'a\u0000b' }), 400, 'invalid_request', 'note'],
    ['half a character', () => `{"note":"\\ud83d","kind":"locked"}`, 400, 'invalid_request', 'note'],
    ['a note that is an object', () => ({ ...good(), note: { length: 1 } }), 400, 'invalid_request', 'note'],
    ['a time that is no time', () => ({ ...good(), observedAt: 'yesterday' }), 400, 'invalid_request', 'observedAt'],
    ['a time without a zone', () => ({ ...good(), observedAt: '2026-03-10T12:00:00' }), 400, 'invalid_request'],
    ['the 30th of February', () => ({ ...good(), observedAt: '2026-02-30T12:00:00Z' }), 400, 'invalid_request'],
    ['a time in milliseconds', () => ({ ...good(), observedAt: NOON }), 400, 'invalid_request', 'observedAt'],
    ['a key that is not known', () => ({ ...good(), status: 'closed' }), 400, 'invalid_request', '(body)'],
    ['__proto__', () => JSON.stringify(good()).replace('{', '{"__proto__":{"a":1},'), 400, 'invalid_request'],
    ['constructor', () => ({ ...good(), constructor: { prototype: {} } }), 400, 'invalid_request'],
    ['too much', () => ({ ...good(), note: 'x'.repeat(70_000) }), 413, 'body_too_large'],
    ['too much of what is not known', () => ({ ...good(), ['k'.repeat(60_000)]: 1 }), 400, 'invalid_request'],
  ])('%s', async (_, body, status, code, about) => {
    const before = await stored();
    const problem = await problemIn(await post(body()), status);
    expect(problem.code).toBe(code);
    if (about) expect(problem.errors!.map((error) => error.path)).toContain(about);
    expect(await stored()).toEqual(before);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'sent as %s',
    async (type) => {
      const before = await stored();
      const problem = await problemIn(await post(good(), { 'content-type': type }), 415);
      expect(problem.code).toBe('unsupported_media_type');
      expect(await stored()).toEqual(before);
    },
  );

  it('is told every fault at once', async () => {
    const { errors } = await problemIn(await post({ id: 'x', kind: 'y', observedAt: 'z' }), 400);
    expect(errors!.map(({ path }) => path)).toEqual(['id', 'kind', 'observedAt']);
  });

  it('about a place whose id is not one', async () => {
    await problemIn(await post(good(), {}, '..%2F1'), 400);
  });
});

describe('whatever is sent', () => {
  const SEED = 20_260_310;
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('NaN', '1e999', '-0', '', '\u0000', '__proto__', '118.118', '24.4885', 'now', 'null', '%', "';--"),
    fc.double().map(String),
    fc.constantFrom(...SERVICES, ...FACILITIES, ...REPORT_KINDS),
  );

  it('never fails on a question', async () => {
    const names = [
      'lng',
      'lat',
      'service',
      'mode',
      'open',
      'facilities',
      'limit',
      'access',
      'bbox',
      'since',
      '__proto__',
    ];
    const query = fc.array(fc.tuple(fc.constantFrom(...names), hostile), { maxLength: 8 });
    const path = fc.constantFrom('/sites', `/sites/nearest?${HERE}`, '/sites/nearest', `/sites/${siteId}`, '/city');
    await fc.assert(
      fc.asyncProperty(path, query, fc.boolean(), async (where, pairs, raw) => {
        const text = pairs.map(([name, value]) => `${name}=${raw ? value : encode(value)}`).join('&');
        const response = await get(`/api${where}${where.includes('?') ? '&' : '?'}${text}`);
        expect(response.status).toBeLessThan(500);
        await response.arrayBuffer();
      }),
      { seed: SEED, numRuns: 600 },
    );
    expect(app.log).toEqual([]);
  });

  it('never fails on an id', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (id) => {
        const response = await get(`/api/sites/${encode(id)}`);
        expect([200, 400, 404]).toContain(response.status);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('never fails on a body, and stores only what it says it stored', async () => {
    const value = fc.oneof(hostile, fc.jsonValue({ maxDepth: 3 }));
    const body = fc.oneof(
      fc.record(
        {
          id: fc.oneof(fc.uuid(), value),
          kind: fc.oneof(fc.constantFrom(...REPORT_KINDS), value),
          facility: fc.oneof(fc.constantFrom(...FACILITIES), value),
          note: value,
          observedAt: fc.oneof(fc.constant(new Date(NOON).toISOString()), value),
        },
        { requiredKeys: ['id', 'kind', 'observedAt'] },
      ),
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
    );
    const [before] = await connection.db.select({ n: count() }).from(siteReports);
    let created = 0;
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const { status } = await post(sent);
        expect([200, 201, 400, 409, 415, 422]).toContain(status);
        if (status === 201) created += 1;
      }),
      { seed: SEED, numRuns: 600 },
    );
    const [after] = await connection.db.select({ n: count() }).from(siteReports);
    expect(after!.n - before!.n).toBe(created);
    expect(created).toBeGreaterThan(0);
    expect(app.log).toEqual([]);
  });
});

/** As a browser would; lone surrogates cannot be encoded at all. */
function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
}

describe('a failure of our own', () => {
  const SECRET = '我的手机号是 13812345678\n    at secret (13812345678:1:1)';

  it('answers with nothing but an id, under which the log has the error without what was sent', async () => {
    const other = await createTestApp(connection);
    const trigger = async (statement: string) => connection.sql.unsafe(statement);
    await trigger(`create function fail_for_test() returns trigger language plpgsql as
      $$ begin raise exception 'no, not %', new.note; end $$`);
    await trigger(
      'create trigger fail_for_test before insert on site_reports for each row execute function fail_for_test()',
    );
    try {
      const response = await other.post(`/api/sites/${siteId}/reports?phone=13812345678`, {
        id: randomUUID(),
        kind: 'locked',
        note: SECRET,
        observedAt: new Date(NOON).toISOString(),
      });
      expect(response.status).toBe(500);
      const body = ProblemBody.parse(await response.json());
      expect(body).toEqual({
        type: '/api/docs#problem-internal_error',
        title: 'Something went wrong on our side',
        status: 500,
        code: 'internal_error',
        detail: expect.stringContaining(body.requestId!),
        requestId: response.headers.get('x-request-id'),
      });
      const log = other.log.join('\n');
      expect(log).toContain(body.requestId);
      expect(log).toContain('P0001');
      expect(log).toContain('submit-report.ts');
      expect(log).not.toContain('13812345678');
      expect(log).not.toContain('手机');
    } finally {
      await trigger('drop trigger fail_for_test on site_reports');
      await trigger('drop function fail_for_test()');
      await other.close();
    }
  });
});
