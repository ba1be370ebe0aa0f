import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { count } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../db/connect.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { siteRevisions } from '../../db/tables/office.ts';
import { sites, sitesVersion } from '../../db/tables/places.ts';
import { openTestDatabase } from '../support/database.ts';
import { addSite, createTestApp, type TestApp } from '../support/factories.ts';
import {
  centre,
  documentOf,
  JIALIAN_PLACE,
  LIANQIAN,
  makeDocument,
  makeService,
  put,
  refused,
} from '../support/office.ts';

let connection: Connection;
let app: TestApp;
let siteId: string;

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection);
  siteId = await addSite(connection.db, JIALIAN_PLACE);
});
afterAll(async () => {
  expect(app.log).toEqual([]);
  await app.close();
  await connection.close();
});

async function stored(): Promise<unknown> {
  const { db } = connection;
  return Promise.all([
    db.select({ n: count() }).from(sites),
    db.select({ n: count() }).from(siteRevisions),
    db.select({ n: count() }).from(auditRecords),
    db.select().from(sitesVersion),
  ]);
}

const HALF = String.fromCharCode(0xd800);
const BIG = 9_999_999_999_999;

describe('a document that cannot be', () => {
  it.each<[string, object, string]>([
    ['an unknown field', { colour: 'red' }, 'document'],
    ['no name', { name: ' ' }, 'document.name'],
    ['a long name', { name: '长'.repeat(101) }, 'document.name'],
    ['a NUL', { note: 'a\0b' }, 'document.note'],
    ['half a character', { address: HALF }, 'document.address'],
    ['a point without its precision', { point: { lng: 118.1, lat: 24.5 } }, 'document.precisionM'],
    ['a precision without a point', { precisionM: 5 }, 'document.precisionM'],
    ['a precision of nothing', { point: { lng: 118.1, lat: 24.5 }, precisionM: 0 }, 'document.precisionM'],
    ['a point off the earth', { point: { lng: 1e9, lat: 24.5 }, precisionM: 5 }, 'document.point.lng'],
    ['a point in words', { point: { lng: '118', lat: 24.5 }, precisionM: 5 }, 'document.point.lng'],
    ['an unknown coordinate system', { original: { lng: 1, lat: 1, crs: 'CGCS' } }, 'document.original.crs'],
    ['an unknown status', { status: 'gone' }, 'document.status'],
    ['replaced by nothing', { status: 'replaced' }, 'document.replacedBy'],
    ['a replacement of an open place', { replacedBy: 'other' }, 'document.replacedBy'],
    ['a day without a closure', { statusUntil: '2026-05-01' }, 'document.statusUntil'],
    ['no such day', { status: 'closed_for_now', statusUntil: '2026-02-30' }, 'document.statusUntil'],
    ['a street of another district', { districtCode: '350206' }, 'document.streetCode'],
    ['a street in words', { streetCode: '嘉莲' }, 'document.streetCode'],
    ['one service twice', { services: [makeService(), makeService()] }, 'document.services'],
    ['a capacity of millions', { services: [makeService({ capacity: BIG })] }, 'document.services.0.capacity'],
    ['a season in words', { services: [makeService({ season: '夏天' })] }, 'document.services.0.season'],
    [
      'an unknown facility',
      { services: [makeService({ facilities: { jacuzzi: true } as object })] },
      'document.services.0.facilities',
    ],
  ])('%s', async (_, change, path) => {
    const before = await stored();
    const save = { document: { ...makeDocument(), ...change } };
    for (const response of [
      await app.as(centre, 'POST', '/api/office/sites', { id: randomUUID(), ...save }),
      await put(app, centre, siteId, 0, save),
    ]) {
      const problem = await refused(response, 400, 'invalid_request');
      expect(problem.errors!.map((error) => error.path)).toContain(path);
    }
    expect(await stored()).toEqual(before);
  });
});

describe('a body that cannot be', () => {
  const id = randomUUID();
  const routes: [string, string, object][] = [
    ['PUT', '/sites/SITE', { document: makeDocument(), reason: 'a\0b' }],
    ['PUT', '/sites/SITE', { document: makeDocument(), reason: 'x'.repeat(501) }],
    ['PUT', '/sites/SITE', { document: makeDocument(), verify: Array.from({ length: 4 }, () => ({})) }],
    ['POST', '/sites/SITE/restore', { revision: BIG }],
    ['POST', '/sites/SITE/restore', { revision: -1 }],
    ['POST', '/sites/SITE/restore', { revision: 0, reason: HALF }],
    ['POST', '/sites/SITE/verifications', { id: '1', fact: 'hours', method: 'on_site', day: '2026-03-10' }],
    ['POST', '/sites/SITE/verifications', { id, fact: 'hours', method: 'by_guess', day: '2026-03-10' }],
    ['POST', '/sites/SITE/verifications', { id, fact: 'hours', method: 'on_site', day: '10 March' }],
    ['POST', '/sites/SITE/verifications', { id, fact: 'location', method: 'on_site', day: '2026-03-10', note: '\0' }],
    ['POST', '/sites/SITE/handovers', { id, toStreet: '1' }],
    ['POST', '/sites/SITE/handovers', { id: 'x', toStreet: LIANQIAN }],
    ['POST', '/reports/answers', { reportIds: [], outcome: 'changed' }],
    ['POST', '/reports/answers', { reportIds: Array.from({ length: 501 }, () => id), outcome: 'changed' }],
    ['POST', '/reports/answers', { reportIds: [id], outcome: 'perhaps' }],
    ['POST', '/reports/answers', { reportIds: [id], outcome: 'changed', words: '\0' }],
    ['PUT', `/drafts/${id}`, { kind: 'draft', siteId: 'SITE', baseRevision: BIG, document: makeDocument() }],
    ['PUT', '/drafts/1', { kind: 'draft', siteId: null, baseRevision: 0, document: makeDocument() }],
    ['POST', `/drafts/${id}/decision`, { accept: 'yes' }],
    ['POST', `/handovers/${id}/decision`, { accept: true, reason: '\0' }],
  ];

  it.each(routes)('%s %s %o', async (method, path, body) => {
    const address = `/api/office${path.replace('SITE', siteId)}`;
    await refused(await app.as(centre, method, address, body, { 'if-match': '"r0"' }), 400, 'invalid_request');
  });

  const distinct = [...new Map(routes.map((route) => [route[0] + route[1], route])).values()].filter(
    ([, path]) => path !== '/drafts/1',
  );
  it.each(distinct)(
    '%s %s without JSON, without its header, too large, empty or something else',
    async (method, path) => {
      const address = `/api/office${path.replace('SITE', siteId)}`;
      const send = (body: unknown, headers: Record<string, string> = {}) =>
        app.as(centre, method, address, body, { 'if-match': '"r0"', ...headers });
      await refused(await send('{"'), 400, 'broken_json');
      await refused(await send('{}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type');
      await refused(await send(JSON.stringify({ note: 'x'.repeat(70_000) })), 413, 'body_too_large');
      for (const body of ['{}', '[]', 'null', '"x"', '1']) await refused(await send(body), 400, 'invalid_request');
    },
  );

  it('never breaks the service, whatever is in it', async () => {
    const present = await documentOf(connection.db, siteId);
    const words = fc.string({ unit: 'binary', maxLength: 40 });
    const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), words, fc.double(), fc.constant(null));
    const fields = Object.keys(present);
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...fields, 'reason'), odd, { maxKeys: 3 }), async (change) => {
        app.clock.nowMs += 1000;
        const { reason, ...document } = change;
        const body = { document: { ...present, ...document }, ...(reason !== undefined && { reason }) };
        const { status } = await app.as(centre, 'PUT', `/api/office/sites/${siteId}`, body, { 'if-match': '"r0"' });
        expect([200, 400, 412, 422]).toContain(status);
        answers += 1;
      }),
      { seed: 20260310, numRuns: 300 },
    );
    expect(answers).toBe(300);
  });
});
