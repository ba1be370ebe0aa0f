import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { count } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolmentView } from '#domain/insurance/enrolment-contract.ts';
import type { Connection } from '../../db/connect.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { personalFields } from '../../db/tables/accounts.ts';
import { covers, enrolments, insuredPersons, payments, policyTerms, refunds } from '../../db/tables/enrolments.ts';
import { ledgerEntries } from '../../db/tables/ledger.ts';
import { makeActor } from '../support/actors.ts';
import { openTestDatabase } from '../support/database.ts';
import { addRider, buy, enrolmentOf, nextIdNumber, type Rider } from '../support/enrolments.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';
import { refused } from '../support/office.ts';

let connection: Connection;
let app: TestApp;
let rider: Rider;
let bought: EnrolmentView;
const admin = makeActor('admin-of-terms', { role: 'administrator' });

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection, { trustedProxies: 1 });
  rider = await addRider(connection.db);
  bought = await buy(app, rider, ['2026-03-11']);
});
afterAll(async () => {
  expect(app.log).toEqual([]);
  await app.close();
  await connection.close();
});

async function stored(): Promise<unknown> {
  const tables = [
    insuredPersons,
    enrolments,
    covers,
    payments,
    refunds,
    ledgerEntries,
    policyTerms,
    personalFields,
    auditRecords,
  ];
  const counts = [];
  for (const table of tables) counts.push(await connection.db.select({ n: count() }).from(table));
  return counts;
}

let asked = 0;
/** Each by an account or address of its own: what is tested here is not the limit. */
const nextAddress = () => ({ 'x-forwarded-for': `10.1.${(asked >> 8) & 255}.${asked++ & 255}` });
const submit = (body: unknown, headers: Record<string, string> = {}) => {
  const other = { ...rider.actor, personId: `nobody-${asked++}` };
  return app.as(other, 'POST', '/api/enrolments', body, headers);
};

const as = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  app.as(
    path.startsWith('/office') ? admin : rider.actor,
    method,
    `/api${path.replace('MINE', bought.id)}`,
    body,
    headers,
  );
const HALF = String.fromCharCode(0xd800);
const DAYS = ['2026-03-20'];

describe('an enrolment that cannot be', () => {
  it.each<[string, object, string]>([
    ['no id', { id: undefined }, 'id'],
    ['an id that is none', { id: '1' }, 'id'],
    ['no days', { days: [] }, 'days'],
    ['days without end', { days: Array.from({ length: 367 }, () => '2026-03-20') }, 'days'],
    ['a day that is none', { days: ['2026-02-30'] }, 'days.0'],
    ['a day in words', { days: ['明天'] }, 'days.0'],
    ['a moment for a day', { days: ['2026-03-20T00:00:00Z'] }, 'days.0'],
    ['no terms', { termsVersion: undefined }, 'termsVersion'],
    ['terms without end', { termsVersion: 'x'.repeat(41) }, 'termsVersion'],
    ['an unknown channel', { channel: 'tv' }, 'channel'],
    ['no consent', { consent: undefined }, 'consent'],
    ['half a consent', { consent: { identityWording: '2026-11', terms: false } }, 'consent.terms'],
    ['a name without end', { name: 'x'.repeat(121) }, 'name'],
    ['a name of nothing', { name: ' ' }, 'name'],
    ['a name with a NUL', { name: 'a\0b' }, 'name'],
    ['a name with half a character', { name: HALF }, 'name'],
    ['a name of markup', { name: '<b>' }, 'name'],
    ['an ID number without end', { idNumber: '1'.repeat(41) }, 'idNumber'],
    ['an ID number that is mistyped', { idNumber: '350203199003071234' }, 'idNumber'],
    ['an ID number of somebody unborn', { idNumber: '350203203003071239' }, 'idNumber'],
    ['an ID number as a number', { idNumber: 350203199003071000 }, 'idNumber'],
    ['a site that is none', { siteId: '../..' }, 'siteId'],
    ['a price', { ownFen: 1 }, '(body)'],
  ])('%s', async (_, change, path) => {
    const before = await stored();
    const body = { ...enrolmentOf(rider, DAYS, { idNumber: nextIdNumber() }), ...change };
    const problem = await refused(await submit(body), 400, 'invalid_request');
    expect(problem.errors!.map((error) => error.path)).toContain(path);
    const { idNumber } = body as { idNumber: unknown };
    if (path === 'idNumber' && typeof idNumber === 'string') expect(JSON.stringify(problem)).not.toContain(idNumber);
    expect(await stored()).toEqual(before);
  });

  it.each<[string, object, number, string]>([
    ['an old wording', { consent: { identityWording: '2020-01', terms: true } }, 409, 'consent_missing'],
    ['unknown terms', { termsVersion: '\0' }, 409, 'terms_changed'],
    ['a place that is not there', { siteId: 'nowhere' }, 422, 'no_such_reference'],
    ['yesterday', { days: ['2026-03-09'] }, 422, 'days_not_for_sale'],
    ['before there was insurance', { days: ['0001-01-01'] }, 409, 'terms_changed'],
    ['the end of time', { days: ['9999-12-31'] }, 422, 'days_not_for_sale'],
  ])('%s', async (_, change, status, code) => {
    const newcomer = await addRider(connection.db);
    const before = await stored();
    const answer = await app.as(newcomer.actor, 'POST', '/api/enrolments', {
      ...enrolmentOf(newcomer, DAYS),
      ...change,
    });
    await refused(answer, status, code);
    expect(await stored()).toEqual(before);
  });

  it('never breaks the service, whatever is in it', async () => {
    const riders: Rider[] = [];
    for (let i = 0; i < 5; i++) riders.push(await addRider(connection.db)); // so that none comes to the limit
    const before = await stored();
    const words = fc.string({ unit: 'binary', maxLength: 30 });
    const any = fc.oneof(words, fc.integer(), fc.boolean(), fc.constant(null), fc.array(words, { maxLength: 3 }));
    const change = fc.dictionary(
      fc.constantFrom('id', 'days', 'termsVersion', 'name', 'idNumber', 'consent', 'channel', 'siteId', 'x'),
      any,
      { minKeys: 1 },
    );
    await fc.assert(
      fc.asyncProperty(change, async (changes) => {
        const one = riders[asked++ % riders.length]!;
        const body = { ...enrolmentOf(one, ['2026-03-09']), ...changes };
        const { status } = await app.as(one.actor, 'POST', '/api/enrolments', body);
        expect([400, 409, 422]).toContain(status);
      }),
      { seed: 19, numRuns: 150 },
    );
    expect(await stored()).toEqual(before);
  });
});

describe('every address', () => {
  const id = randomUUID();
  const withBody: [string, string, object][] = [
    ['POST', '/enrolments', {}],
    ['POST', '/enrolments/MINE/cancel', { from: '2026-02-30' }],
    ['POST', '/enrolments/MINE/cancel', { from: 3 }],
    ['POST', '/enrolments/MINE/cancel', { from: '2026-03-11', all: true }],
    ['POST', '/enrolments/1/cancel', { from: '2026-03-11' }],
    ['POST', '/me/cover/person', { name: '陈', idNumber: '1', consent: { identityWording: '2026-11' } }],
    ['POST', '/me/cover/person', { name: '陈' }],
    ['PUT', '/office/policy-terms', { terms: {}, reason: '因为' }],
    ['PUT', '/office/policy-terms', { terms: null }],
  ];

  it.each(withBody)('%s %s %o is refused in words', async (method, path, body) => {
    const before = await stored();
    await refused(await as(method, path, body), 400, 'invalid_request');
    expect(await stored()).toEqual(before);
  });

  const addresses = [...new Map(withBody.map(([method, path]) => [method + path, [method, path] as const])).values()];
  it.each(addresses.filter(([, path]) => !path.includes('/1/')))(
    '%s %s without JSON, without its header, too large, empty or something else',
    async (method, path) => {
      const before = await stored();
      await refused(await as(method, path, '{"'), 400, 'broken_json');
      await refused(await as(method, path, '{}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type');
      await refused(await as(method, path, JSON.stringify({ a: 'x'.repeat(70_000) })), 413, 'body_too_large');
      for (const body of ['{}', '[]', 'null', '"x"']) {
        await refused(await as(method, path, body), 400, 'invalid_request');
      }
      expect(await stored()).toEqual(before);
    },
  );

  it.each([
    ['GET', '/enrolments/1'],
    ['POST', '/enrolments/1/payment'],
    ['POST', '/payments/1/simulate'],
    ['GET', `/certificates/${'0'.repeat(61)}`],
    ['GET', '/policy-terms?day=tomorrow'],
    ['GET', '/policy-terms?day=2026-02-30'],
  ])('%s %s is no address of anything', async (method, path) => {
    await refused(await as(method, path, undefined, nextAddress()), 400, 'invalid_request');
  });

  it.each([
    ['GET', `/enrolments/${id}`, 'enrolment_not_found'],
    ['POST', `/enrolments/${id}/payment`, 'enrolment_not_found'],
    ['POST', `/payments/${id}/simulate`, 'payment_not_found'],
    ['GET', '/certificates/%00%27%3B--', 'certificate_not_found'],
    ['GET', '/certificates/%F0%9F%9A%B2/qr.svg', 'certificate_not_found'],
    ['GET', '/policy-terms?day=0001-01-01', 'terms_not_found'],
  ])('%s %s is not there', async (method, path, code) => {
    await refused(await as(method, path, undefined, nextAddress()), 404, code);
  });

  it.each([
    ['POST', '/enrolments'],
    ['GET', `/enrolments/${id}`],
    ['POST', `/enrolments/${id}/cancel`],
    ['POST', `/enrolments/${id}/payment`],
    ['GET', '/me/cover'],
    ['POST', '/me/cover/person'],
    ['POST', `/payments/${id}/simulate`],
    ['GET', '/office/policy-terms'],
    ['PUT', '/office/policy-terms'],
  ])('%s %s needs somebody who is signed in and may', async (method, path) => {
    const valid: Record<string, object> = {
      '/enrolments': enrolmentOf(rider, DAYS),
      [`/enrolments/${id}/cancel`]: { from: '2026-03-11' },
      '/me/cover/person': { name: '陈', idNumber: rider.idNumber, consent: { identityWording: '2026-11' } },
    };
    const [terms] = await connection.db.select({ terms: policyTerms.document }).from(policyTerms);
    const body = path === '/office/policy-terms' ? { terms: terms!.terms, reason: '因为' } : valid[path];
    const init = {
      method,
      ...(method !== 'GET' && body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    };
    await refused(await app.request(`/api${path}`, init), 401, 'not_signed_in');
    if (path.startsWith('/office')) {
      await refused(
        await app.as(rider.actor, method, `/api${path}`, method === 'GET' ? undefined : body),
        403,
        'not_allowed',
      );
    }
  });

  it.each(['', '{}', '{"', 'null', '"x"'])('a notice of %j is not from the provider', async (body) => {
    await refused(await app.post('/api/payments/wechat/notice', body), 401, 'notice_not_genuine');
  });
});
