import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { count } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import type { Connection } from '../../db/connect.ts';
import { personalFields } from '../../db/tables/accounts.ts';
import { claimEvents, claimFiles, claimLines, claimMessages, claims, claimSamples } from '../../db/tables/claims.ts';
import { insuredPersons } from '../../db/tables/enrolments.ts';
import { ledgerPostings } from '../../db/tables/ledger.ts';
import {
  addCover,
  addOffice,
  addRider,
  assessor,
  makeClaim,
  type Rider,
  submitted,
  supervisor,
} from '../support/claims.ts';
import { openTestDatabase } from '../support/database.ts';
import { createTestApp, type TestApp } from '../support/factories.ts';
import { refused } from '../support/office.ts';

let connection: Connection;
let app: TestApp;
let rider: Rider;
let known: ClaimView;

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection);
  const receivingSiteId = await addOffice(app);
  rider = await addRider(connection.db);
  await addCover(app, rider, '2026-03-01', '2026-03-31');
  known = await submitted(app, rider.actor, makeClaim(rider, { receivingSiteId }));
});
afterAll(async () => {
  expect(app.log).toEqual([]);
  await app.close();
  await connection.close();
});

async function stored(): Promise<unknown> {
  const tables = [
    claims,
    claimEvents,
    claimLines,
    claimFiles,
    claimMessages,
    claimSamples,
    insuredPersons,
    personalFields,
    ledgerPostings,
  ];
  const counts: unknown[] = [];
  for (const table of tables) counts.push(await connection.db.select({ n: count() }).from(table));
  return counts;
}

const HALF = String.fromCharCode(0xd800);
const account = (change: object) => ({ account: { ...makeClaim(rider).account, ...change } });

describe('a claim that cannot be', () => {
  it.each<[string, () => object]>([
    ['an unknown field', () => ({ colour: 'red' })],
    ['no id', () => ({ id: 'x' })],
    ['a time without a zone', () => ({ happenedAt: '2026-03-09T19:30:00' })],
    ['a time in words', () => ({ happenedAt: '昨天' })],
    ['nothing that happened', () => account({ whatHappened: '  ' })],
    ['a story without end', () => account({ whatHappened: '长'.repeat(4001) })],
    ['a NUL', () => account({ whatHappened: 'a\0b' })],
    ['half a character', () => account({ place: HALF })],
    ['a point off the earth', () => account({ point: { lng: 1e9, lat: 24 } })],
    ['eleven witnesses', () => account({ witnesses: Array.from({ length: 11 }, () => ({ name: '某' })) })],
    ['a negative amount', () => ({ lines: [{ id: randomUUID(), kind: 'medical', claimedFen: -1 }] })],
    ['part of a fen', () => ({ lines: [{ id: randomUUID(), kind: 'medical', claimedFen: 0.5 }] })],
    ['an unknown benefit', () => ({ lines: [{ id: randomUUID(), kind: 'pet', claimedFen: 1 }] })],
    [
      'one line twice',
      () => {
        const line = { id: randomUUID(), kind: 'medical', claimedFen: 1 };
        return { lines: [line, line] };
      },
    ],
    [
      'a NUL in an invoice',
      () => ({ lines: [{ id: randomUUID(), kind: 'medical', claimedFen: 1, invoiceNumber: '\0' }] }),
    ],
    ['an unknown paper', () => ({ files: [{ fileId: randomUUID(), material: 'selfie' }] })],
    ['an ID number that is mistyped', () => ({ idNumber: '110105194912310020' })],
    ['a name of tags', () => ({ name: '<b>' })],
    ['no consent', () => ({ consent: {} })],
    ['an unknown channel', () => ({ channel: 'pigeon' })],
    ['an office in words', () => ({ receivingSiteId: '街道 办' })],
  ])('%s', async (_, change) => {
    const before = await stored();
    const somebody = await addRider(connection.db);
    const response = await app.as(somebody.actor, 'POST', '/api/claims', { ...makeClaim(somebody), ...change() });
    const problem = await refused(response, 400, 'invalid_request');
    expect(JSON.stringify(problem)).not.toContain(somebody.idNumber);
    expect(await stored()).toEqual(before);
  });
});

describe('an action that cannot be', () => {
  it.each<[string, object]>([
    ['unknown', { action: 'bribe', version: 1 }],
    ['without a version', { action: 'withdraw' }],
    ['with a version of a fraction', { action: 'withdraw', version: 1.5 }],
    ['with too many words', { action: 'withdraw', version: 1, words: 'x'.repeat(2001) }],
    ['with a NUL', { action: 'withdraw', version: 1, words: '\0' }],
    ['with an unknown field', { action: 'withdraw', version: 1, amount: 5 }],
    ['with an unknown reason', { action: 'decline', version: 1, declineCode: 'mood' }],
    [
      'with a grade of twenty',
      { action: 'assess', version: 1, lines: [{ id: randomUUID(), kind: 'disability', grade: 20 }] },
    ],
    [
      'with a stay of no day',
      { action: 'assess', version: 1, lines: [{ id: randomUUID(), kind: 'hospital', stays: [0] }] },
    ],
  ])('%s', async (_, body) => {
    const before = await stored();
    await refused(await app.as(rider.actor, 'POST', `/api/claims/${known.id}/actions`, body), 400, 'invalid_request');
    expect(await stored()).toEqual(before);
  });
});

describe('every address', () => {
  const writes: [string, string, Rider['actor'] | null][] = [
    ['claims', '/api/claims', null],
    ['an action', '/api/claims/ID/actions', null],
    ['a calculation', '/api/claims/ID/calculate', assessor],
    ['a sample', '/api/office/reviews', supervisor],
    ['a second look', '/api/office/reviews/ID/ID', assessor],
  ];
  it.each(writes)(
    '%s: without JSON, without its header, too large, empty, something else, by nobody',
    async (_, path, who) => {
      const before = await stored();
      const address = path.replaceAll('ID', known.id);
      const actor = who ?? rider.actor;
      const send = (body: unknown, headers: Record<string, string> = {}) =>
        app.as(actor, 'POST', address, body, headers);
      await refused(await send('{"'), 400, 'broken_json');
      await refused(await send('{}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type');
      await refused(await send(JSON.stringify({ words: 'x'.repeat(70_000) })), 413, 'body_too_large');
      for (const body of ['{}', '[]', 'null', '"x"', '1']) await refused(await send(body), 400, 'invalid_request');
      expect(await stored()).toEqual(before);
    },
  );

  it.each([
    ['GET', '/api/claims/ID', 'ID'],
    ['GET', '/api/me/claims', ''],
    ['GET', '/api/office/claims', ''],
    ['GET', '/api/office/claims/waiting', ''],
    ['GET', '/api/office/reviews', ''],
    ['GET', '/api/office/reviews/ID', 'ID'],
    ['GET', '/api/office/fairness', ''],
  ])('%s %s is for who is signed in, and takes ids', async (method, path, id) => {
    await refused(await app.request(path.replace('ID', known.id), { method }), 401, 'not_signed_in');
    if (id) await refused(await app.as(supervisor, method, path.replace('ID', 'x')), 400, 'invalid_request');
  });

  it.each([
    'state=gone',
    'waitsFor=you',
    'overdue=yes',
    'street=1',
    'q=%00',
    'limit=0',
    'limit=101',
    'cursor=WzFd',
    `q=${'9'.repeat(21)}`,
  ])('the queue with %s', async (query) => {
    await refused(await app.as(assessor, 'GET', `/api/office/claims?${query}`), 400, 'invalid_request');
  });
});

it('never breaks, whatever a claim or an action holds', async () => {
  const words = fc.string({ unit: 'binary', maxLength: 40 });
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), words, fc.double(), fc.constant(null));
  const fields = [
    'happenedAt',
    'account',
    'lines',
    'files',
    'name',
    'idNumber',
    'consent',
    'siteId',
    'receivingSiteId',
  ];
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...fields), odd, { maxKeys: 2 }), words, async (change, said) => {
      app.clock.nowMs += 1000;
      const claim = { ...makeClaim(rider), ...change };
      const { status } = await app.as(rider.actor, 'POST', '/api/claims', claim);
      expect([201, 400, 409, 422]).toContain(status);
      const body = { action: 'supplement', version: 99, words: said, ...change };
      const acted = await app.as(rider.actor, 'POST', `/api/claims/${known.id}/actions`, body);
      expect([400, 412]).toContain(acted.status);
    }),
    { seed: 20261125, numRuns: 100 },
  );
});
