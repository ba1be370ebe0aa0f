import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_WORDS, FACILITY_WORDS, SERVICE_WORDS } from '../../api/places/export-words.ts';
import { ProblemBody } from '../../api/http/problem.ts';
import type { Connection } from '../../db/connect.ts';
import { details } from '../../web/client/messages/zh/details.ts';
import { places } from '../../web/client/messages/zh/places.ts';
import { makeActor, signedInAs } from '../support/actors.ts';
import { openTestDatabase } from '../support/database.ts';
import { addSites, createTestApp, makeSite, type TestApp } from '../support/factories.ts';

let connection: Connection;
let app: TestApp;
const headers = signedInAs(makeActor('centre', { role: 'coordinator' }));
const get = (path: string) => app.request(`/api/office/${path}`, { headers });
const cursor = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url');

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection);
  await addSites(connection.db, ...Array.from({ length: 3 }, () => makeSite()));
});
afterAll(async () => {
  await app.close();
  await connection.close();
});

describe('a question of the office that cannot be answered', () => {
  it.each<[string, string, string?]>([
    ['sites?limit=0', 'limit', '1 to 200'],
    ['sites?limit=201', 'limit', '1 to 200'],
    ['sites?limit=1.5', 'limit'],
    ['sites?limit=-1', 'limit'],
    ['sites?limit=5&limit=6', 'limit'],
    ['sites?sort=distance', 'sort'],
    ['sites?sort=__proto__', 'sort'],
    ['sites?street=350203', 'street', '9 digits'],
    ["sites?street=1'%20or%20'1'='1", 'street'],
    ['sites?street=350203001&street=350203002', 'street'],
    ['sites?district=350203001', 'district', '6 digits'],
    ['sites?status=shut', 'status', '"shut" is not one of: planned'],
    ['sites?status=', 'status'],
    ['sites?service=massage', 'service'],
    ['sites?stale=yes', 'stale'],
    ['sites?unplaced=0', 'unplaced'],
    [`sites?q=${'x'.repeat(101)}`, 'q'],
    ['sites?q=%00', 'q', 'NUL'],
    ['sites?cursor=', 'cursor', 'of the page before'],
    ['sites?cursor=abc', 'cursor'],
    [`sites?cursor=${'x'.repeat(1001)}`, 'cursor'],
    [`sites?cursor=${cursor('street', '350203001', 'name', 'id')}`, 'cursor'],
    [`sites?cursor=${cursor('name', 'x')}`, 'cursor'],
    [`sites?cursor=${cursor('name', 'x', 'a-1', 'b-2')}`, 'cursor'],
    [`sites?cursor=${cursor('name', 'x', "'; drop table sites")}`, 'cursor'],
    [`sites?cursor=${cursor('name', { a: 1 }, 'a-1')}`, 'cursor'],
    [`sites?cursor=${cursor('name', 'x\0', 'a-1')}`, 'cursor'],
    [`sites?sort=verified&cursor=${cursor('verified', '2026-02-30', 'a-1')}`, 'cursor'],
    [`sites?sort=verified&cursor=${cursor('verified', '0000-01-01', 'a-1')}`, 'cursor'],
    [`sites?sort=street&cursor=${cursor('street', '\ud83d', 'x', 'a-1')}`, 'cursor'],
    [`sites?sort=reports&cursor=${cursor('reports', 1e300, 'a-1')}`, 'cursor'],
    [`sites?sort=reports&cursor=${cursor('reports', '0', 'a-1')}`, 'cursor'],
    ['export', 'format'],
    ['export?format=pdf', 'format'],
    ['export?format=geojson&lang=fr', 'lang'],
    ['export?format=geojson&sort=random', 'sort'],
  ])('%s → 400 about %s', async (path, about, words) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = ProblemBody.parse(await response.json());
    expect(problem.code).toBe('invalid_request');
    expect(problem.errors!.map((error) => error.path)).toContain(about);
    if (words) expect(problem.detail).toContain(words);
  });

  it.each(['%25', '_', '%5C', '%5C%25', '%27', '%F0%9F%92%A9', '%22%3B--', '%ED%A0%80'])(
    'finds nothing for ?q=%s instead of everything or an error',
    async (q) => {
      const response = await get(`sites?q=${q}`);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ rows: [], total: 0, next: null });
    },
  );

  it('takes no notice of filters that it does not know', async () => {
    expect((await get('sites?__proto__=1&constructor=2&colour=red')).status).toBe(200);
  });
});

it('says in tables what the screens say', () => {
  expect(SERVICE_WORDS).toEqual(details.services);
  expect(FACILITY_WORDS).toEqual(details.facilities);
  expect(ACCESS_WORDS).toEqual(places.access);
});
