import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { count } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../db/connect.ts';
import {
  appointments,
  calendarFeeds,
  marketServices,
  offerExceptions,
  serviceOffers,
  tickets,
  waitingPeople,
} from '../../db/tables/appointments.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { openTestDatabase } from '../support/database.ts';
import { addSite, createTestApp, makeActor, type TestApp } from '../support/factories.ts';
import { refused } from '../support/office.ts';

let connection: Connection;
let app: TestApp;
let siteId: string;
const serviceId = randomUUID();
const offerId = randomUUID();
const coordinator = makeActor('coordinator');
let people = 0;
/** Each by a person of their own: what is tested here is not the limit. */
const rider = () => ({ ...makeActor('rider'), personId: `person-${people++}` });
const HALF = String.fromCharCode(0xd800);

beforeAll(async () => {
  connection = await openTestDatabase();
  app = await createTestApp(connection);
  siteId = await addSite(connection.db);
  await app.store.refresh();
  expect((await app.as(coordinator, 'PUT', `/api/office/services/${serviceId}`, service())).status).toBe(201);
  expect((await app.as(coordinator, 'PUT', `/api/office/schedules/${offerId}`, schedule())).status).toBe(201);
});
afterAll(async () => {
  expect(app.log).toEqual([]);
  await app.close();
  await connection.close();
});

const service = () => ({
  category: 'legal_aid',
  provider: { kind: 'jurisdiction', id: '350203011' },
  name: '咨询',
});
const schedule = () => ({
  serviceId,
  siteId,
  week: [{ weekday: 2, fromMin: 540, toMin: 1020 }],
  slotMin: 60,
  hasTickets: true,
});
const booking = () => ({ id: randomUUID(), serviceId, siteId, startsAt: '2026-03-11T09:00:00+08:00' });
const wish = () => ({ id: randomUUID(), serviceId, siteId, fromDay: '2026-03-11', toDay: '2026-03-11' });

async function stored(): Promise<unknown> {
  const tables = [
    marketServices,
    serviceOffers,
    offerExceptions,
    appointments,
    waitingPeople,
    calendarFeeds,
    tickets,
    auditRecords,
  ];
  const counts = [];
  for (const table of tables) counts.push(await connection.db.select({ n: count() }).from(table));
  return counts;
}

describe('what cannot be', () => {
  it.each<[string, string, string, () => object, object, string]>([
    ['a booking without id', 'POST', '/appointments', booking, { id: undefined }, 'id'],
    ['a booking on a day', 'POST', '/appointments', booking, { startsAt: '2026-03-11' }, 'startsAt'],
    ['a booking in local time', 'POST', '/appointments', booking, { startsAt: '2026-03-11T09:00:00' }, 'startsAt'],
    ['words without end', 'POST', '/appointments', booking, { words: 'x'.repeat(1001) }, 'words'],
    ['words with a NUL', 'POST', '/appointments', booking, { words: 'a\0b' }, 'words'],
    ['words with half a character', 'POST', '/appointments', booking, { words: HALF }, 'words'],
    ['a place that is none', 'POST', '/appointments', booking, { siteId: '../..' }, 'siteId'],
    ['a seat of one’s own choice', 'POST', '/appointments', booking, { seat: 1 }, '(body)'],
    ['waiting backwards', 'POST', '/waiting', wish, { toDay: '2026-03-10' }, 'toDay'],
    ['waiting for yesterday', 'POST', '/waiting', wish, { fromDay: '2026-03-01', toDay: '2026-03-09' }, 'toDay'],
    ['waiting since year 0', 'POST', '/waiting', wish, { fromDay: '0000-01-01' }, 'fromDay'],
    ['a service without name', 'PUT', `/office/services/${randomUUID()}`, service, { name: ' ' }, 'name'],
    ['a service with a NUL', 'PUT', `/office/services/${randomUUID()}`, service, { about: '\0' }, 'about'],
    ['an unknown category', 'PUT', `/office/services/${randomUUID()}`, service, { category: 'x' }, 'category'],
    [
      'a plan of eight days',
      'PUT',
      `/office/schedules/${randomUUID()}`,
      schedule,
      { week: [{ weekday: 7, fromMin: 0, toMin: 60 }] },
      'week.0.weekday',
    ],
    [
      'a plan that ends before it begins',
      'PUT',
      `/office/schedules/${randomUUID()}`,
      schedule,
      { week: [{ weekday: 1, fromMin: 60, toMin: 60 }] },
      'week.0.toMin',
    ],
    ['slots of no time', 'PUT', `/office/schedules/${randomUUID()}`, schedule, { slotMin: 0 }, 'slotMin'],
    ['counters without end', 'PUT', `/office/schedules/${randomUUID()}`, schedule, { counters: 1e9 }, 'counters'],
    [
      'an exception in the past',
      'PUT',
      `/office/schedules/${offerId}/exceptions/2026-03-09`,
      () => ({ spans: [] }),
      {},
      'day',
    ],
    [
      'an exception on no day',
      'PUT',
      `/office/schedules/${offerId}/exceptions/2026-02-30`,
      () => ({ spans: [] }),
      {},
      'day',
    ],
    ['a counter that there is not', 'POST', '/office/tickets/call', () => ({ offerId, counter: 2 }), {}, 'counter'],
    ['a ticket without id', 'POST', '/sites/PLACE/tickets', () => ({ serviceId }), {}, 'id'],
  ])('%s', async (_, method, path, body, change, field) => {
    const before = await stored();
    const who = path.startsWith('/office') ? coordinator : rider();
    const answer = await app.as(who, method, `/api${path.replace('PLACE', siteId)}`, { ...body(), ...change });
    const problem = await refused(answer, 400, 'invalid_request');
    expect(problem.errors!.map((error) => error.path)).toContain(field);
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['/services?lng=118.1', 'lng'],
    ['/services?lng=24.48&lat=118.1', 'lng'],
    ['/services?lng=1e3&lat=24', 'lng'],
    ['/services?category=all', 'category'],
    ['/services?q=%00', 'q'],
    [`/services?q=${'x'.repeat(61)}`, 'q'],
    ['/services?street=3502', 'street'],
    ['/services?page=2', '(body)'],
    [`/services/${serviceId}/slots`, 'siteId'],
    [`/services/${serviceId}/slots?siteId=a&from=0000-01-01`, 'from'],
    [`/services/${serviceId}/slots?siteId=a&from=2026-03-12&to=2026-03-11`, 'to'],
    [`/services/${serviceId}/slots?siteId=a&from=2026-03-12&to=2026-05-11`, 'to'],
    ['/services/1/slots?siteId=a', 'id'],
    ['/office/appointments?day=9999-12-31', 'day'],
    ['/office/appointments?cursor=0000-01-01T00:00:00Z_x', 'cursor'],
    ['/office/tickets', 'siteId'],
  ])('%s', async (path, field) => {
    const answer = await app.as(coordinator, 'GET', `/api${path}`);
    const problem = await refused(answer, 400, 'invalid_request');
    expect(problem.errors!.map((error) => error.path)).toContain(field);
  });

  it.each<[string, string, () => object, number, string]>([
    [
      'a service that is not there',
      '/appointments',
      () => ({ ...booking(), serviceId: randomUUID() }),
      404,
      'service_not_found',
    ],
    [
      'a place where it is not given',
      '/appointments',
      () => ({ ...booking(), siteId: 'nowhere' }),
      404,
      'service_not_found',
    ],
    [
      'the beginning of time',
      '/appointments',
      () => ({ ...booking(), startsAt: '0000-01-01T00:00:00Z' }),
      422,
      'slot_not_offered',
    ],
    [
      'the end of time',
      '/appointments',
      () => ({ ...booking(), startsAt: '9999-12-31T23:59:59Z' }),
      422,
      'slot_not_offered',
    ],
    [
      'cancelling nothing',
      `/appointments/${randomUUID()}/cancel`,
      () => ({ version: 0 }),
      404,
      'appointment_not_found',
    ],
  ])('%s', async (_, path, body, status, code) => {
    const before = await stored();
    await refused(await app.as(rider(), 'POST', `/api${path}`, body()), status, code);
    expect(await stored()).toEqual(before);
  });

  it('is outside the city', async () => {
    await refused(await app.request('/api/services?lng=116.4&lat=39.9'), 422, 'outside_city');
  });

  it('never breaks the service, whatever is in it', async () => {
    const words = fc.string({ unit: 'binary', maxLength: 20 });
    const any = fc.oneof(
      words,
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(words, { maxLength: 2 }),
    );
    const change = fc.dictionary(
      fc.constantFrom('id', 'serviceId', 'siteId', 'startsAt', 'words', 'fromDay', 'toDay', 'version', 'x'),
      any,
      { minKeys: 1 },
    );
    const path = fc.constantFrom(
      '/appointments',
      '/waiting',
      `/appointments/${randomUUID()}/cancel`,
      `/appointments/${randomUUID()}/reschedule`,
    );
    await fc.assert(
      fc.asyncProperty(path, change, async (where, changes) => {
        const body = { ...(where === '/waiting' ? wish() : { ...booking(), version: 0 }), ...changes };
        const { status } = await app.as(rider(), 'POST', `/api${where}`, body);
        expect([200, 201, 400, 404, 409, 422]).toContain(status);
      }),
      { seed: 9, numRuns: 120 },
    );
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const escaped = encodeURIComponent(text.toString().replaceAll(/\p{Surrogate}/gu, ''));
        for (const at of [`/services?q=${escaped}`, `/tickets/${escaped || 'x'}`, `/calendars/${escaped || 'x'}`]) {
          expect([200, 400, 404]).toContain((await app.request(`/api${at}`)).status);
        }
      }),
      { seed: 10, numRuns: 60 },
    );
  });
});
