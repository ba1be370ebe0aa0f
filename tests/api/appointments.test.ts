import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#domain/accounts/roles.ts';
import type {
  AppointmentView,
  CounterAppointment,
  CounterDay,
  MyAppointments,
} from '#domain/appointments/appointment-contract.ts';
import type { OfficeOffer, ServiceList, SlotList } from '#domain/appointments/service-contract.ts';
import type { OfficeTicket, SiteQueue, TakenTicket, TicketView } from '#domain/appointments/ticket-contract.ts';
import { holidayCalendar } from '#domain/time/holiday-source.ts';
import { compileHolidays } from '#domain/time/holidays.ts';
import { keepAppointments } from '../../api/appointments/keep-appointments.ts';
import { eraseAppointments } from '../../api/appointments/settle-person.ts';
import { ProblemBody } from '../../api/http/problem.ts';
import type { Connection } from '../../db/connect.ts';
import { auditRecords } from '../../db/tables/audit.ts';
import { organisations } from '../../db/tables/places.ts';
import { signInRider, type SignedIn } from '../support/accounts.ts';
import { openTestDatabase, testEngines } from '../support/database.ts';
import { addSite, AT, createTestApp, eastOf, makeActor, NOON, type TestApp } from '../support/factories.ts';

const JIALIAN = '350203011';
const SECRET = '我想谈谈家里的事';
/** The next day, Wednesday, when a place works from nine. */
const AT_NINE = '2026-03-11T09:00:00+08:00';
const AT_TEN = '2026-03-11T10:00:00+08:00';
const HOUR_MS = 3_600_000;
const holidays = compileHolidays(holidayCalendar([2026]));

const problem = async (response: Response, status: number) => {
  expect([response.status, await response.clone().text()]).toEqual([status, expect.anything()]);
  return ProblemBody.parse(await response.json());
};
const ok = async <T>(response: Response, status = 200): Promise<T> => {
  expect([response.status, await response.clone().text()]).toEqual([status, expect.anything()]);
  return (await response.json()) as T;
};

describe.each(testEngines())('appointments on %s', (engine) => {
  let connection: Connection;
  let app: TestApp;
  const provider = makeActor('mediator', 'aid');
  const stranger = makeActor('mediator', 'other');
  const officer = makeActor('officer', JIALIAN);
  let serviceId: string;
  let siteId: string;
  let offerId: string;
  let people = 0;
  const person = (): Actor => ({
    personId: `person-${engine}-${++people}`,
    memberships: [{ role: 'rider', organisationId: null, jurisdictionCode: null }],
  });

  beforeAll(async () => {
    connection = await openTestDatabase(engine);
    app = await createTestApp(connection);
    await connection.db.insert(organisations).values([
      { id: 'aid', kind: 'union', name: '法律援助站' },
      { id: 'other', kind: 'union', name: '别的站' },
    ]);
  });
  afterAll(async () => {
    expect(app.log).toEqual([]);
    await app.close();
    await connection.close();
  });
  // Each test has a service at a place of its own.
  beforeEach(async () => {
    app.clock.nowMs = NOON;
    serviceId = randomUUID();
    siteId = await addSite(connection.db, { districtCode: '350203', streetCode: JIALIAN });
    await app.store.refresh();
    offerId = randomUUID();
    const service = {
      category: 'legal_aid',
      provider: { kind: 'organisation', id: 'aid' },
      name: '法律咨询',
      toBring: '合同',
    };
    await ok(await app.as(provider, 'PUT', `/api/office/services/${serviceId}`, service), 201);
    await plan();
  });

  const planOf = (changes: Record<string, unknown> = {}) => ({
    serviceId,
    siteId,
    week: [0, 1, 2, 3, 4].map((weekday) => ({ weekday, fromMin: 540, toMin: 1020 })),
    slotMin: 60,
    ...changes,
  });
  const plan = async (changes: Record<string, unknown> = {}) =>
    ok<OfficeOffer>(
      await app.as(provider, 'PUT', `/api/office/schedules/${offerId}`, planOf(changes)),
      changes.version === undefined ? 201 : 200,
    );
  const booking = (changes: Record<string, unknown> = {}) => ({
    id: randomUUID(),
    serviceId,
    siteId,
    startsAt: AT_NINE,
    ...changes,
  });
  const book = (who: Actor, changes: Record<string, unknown> = {}) =>
    app.as(who, 'POST', '/api/appointments', booking(changes));
  const booked = async (...of: Parameters<typeof book>) => ok<AppointmentView>(await book(...of), 201);
  const slots = async (query = '') =>
    (await ok<SlotList>(await app.request(`/api/services/${serviceId}/slots?siteId=${siteId}${query}`))).slots;
  const freeAt = async (startsAt: string) =>
    (await slots()).find((slot) => Date.parse(slot.startsAt) === Date.parse(startsAt))?.free;
  const mine = async (who: Actor) => ok<MyAppointments>(await app.as(who, 'GET', '/api/me/appointments'));

  const take = (id: string = randomUUID(), cookie?: string) =>
    app.post(`/api/sites/${siteId}/tickets`, { id, serviceId }, cookie ? { cookie } : {});

  it('are found with the next free slot, the nearest over land first', async () => {
    const far = await addSite(connection.db, { point: eastOf(AT.centre, 1500) });
    const jimei = await addSite(connection.db, { point: AT.jimei });
    await app.store.refresh();
    for (const place of [far, jimei]) {
      const body = planOf({ siteId: place, leadMin: 14 * 1440 });
      await ok(await app.as(provider, 'PUT', `/api/office/schedules/${randomUUID()}`, body), 201);
    }
    const { lng, lat } = AT.centre;
    const list = await ok<ServiceList>(
      await app.request(`/api/services?category=legal_aid&lng=${lng}&lat=${lat}&q=咨询`),
    );
    const found = list.services.find(({ id }) => id === serviceId)!;
    expect(found.provider).toEqual({ kind: 'organisation', id: 'aid', name: '法律援助站' });
    expect(found.offers.map((offer) => offer.siteId)).toEqual([siteId, far, jimei]);
    expect(found.offers[0]!.nextFree).toEqual({
      startsAt: '2026-03-10T05:00:00.000Z',
      endsAt: '2026-03-10T06:00:00.000Z',
      free: 1,
    });
    expect(found.offers[1]!.nextFree!.startsAt).toBe('2026-03-24T04:00:00.000Z');
    expect(found.offers[1]!.distanceM).toBeGreaterThan(1400);
    const here = await ok<ServiceList>(await app.request(`/api/services?street=${JIALIAN}`));
    expect(here.services.flatMap(({ offers }) => offers.map((offer) => offer.siteId))).not.toContain(jimei);
    const nothing = await ok<ServiceList>(await app.request('/api/services?q=%25'));
    expect(nothing.services).toEqual([]);
  });

  it('are booked once, whoever sends how often, and only as planned', async () => {
    const me = person();
    const body = booking({ words: SECRET });
    const first = await ok<AppointmentView>(await app.as(me, 'POST', '/api/appointments', body), 201);
    expect(first).toMatchObject({ state: 'booked', counter: 1, words: SECRET, isOpen: true });
    await ok(await app.as(me, 'POST', '/api/appointments', body));
    expect((await problem(await app.as(person(), 'POST', '/api/appointments', body), 409)).code).toBe('id_taken');
    expect(await freeAt(AT_NINE)).toBe(0);
    expect((await problem(await book(person()), 409)).code).toBe('slot_taken');
    const elsewhere = [
      '2026-03-11T09:30:00+08:00',
      '2026-03-14T09:00:00+08:00',
      '2026-03-10T09:00:00+08:00',
      '2026-05-11T09:00:00+08:00',
      '2026-03-11T17:00:00+08:00',
    ];
    for (const startsAt of elsewhere) {
      expect((await problem(await book(person(), { startsAt }), 422)).code).toBe('slot_not_offered');
    }
    expect((await app.post('/api/appointments', booking())).status).toBe(401);
    expect((await mine(me)).rows.map(({ id }) => id)).toEqual([body.id]);
    expect((await problem(await app.as(person(), 'GET', `/api/appointments/${body.id}`), 404)).code).toBe(
      'appointment_not_found',
    );
  });

  it('are never two for one seat, with fifty people at once', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => book(person())));
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 409)).toHaveLength(49);
    await plan({ version: 0, counters: 2, capacity: 3 });
    const more = await Promise.all(Array.from({ length: 50 }, () => book(person(), { startsAt: AT_TEN })));
    expect(more.filter(({ status }) => status === 201)).toHaveLength(6);
    const rows = await connection.sql`
      select counter, seat from appointments where offer_id = ${offerId} and lower(during) = ${AT_TEN}`;
    expect(new Set(rows.map(({ counter, seat }) => `${counter}/${seat}`)).size).toBe(6);
  });

  it('are refused by the database itself, whatever the program says', async () => {
    const { id } = await booked(person());
    const again = connection.sql`
      insert into appointments select ${randomUUID()}::uuid, offer_id, counter, seat, during, 'somebody', code, state,
        version, words_sealed, created_at, state_since from appointments where id = ${id}`;
    await expect(again).rejects.toMatchObject({ code: '23P01', constraint_name: 'appointments_no_seat_twice' });
  });

  it('are one at a time for one person, with one of two at once', async () => {
    const me = person();
    await plan({ version: 0, capacity: 5 });
    const two = await Promise.all([book(me), book(me)]);
    expect(two.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(
      (
        await problem(
          two.find(({ status }) => status === 409)!,
          409,
        )
      ).code,
    ).toBe('appointment_overlaps');
  });

  it('are moved as a whole or not at all', async () => {
    const me = person();
    const before = await booked(me);
    await booked(person(), { startsAt: AT_TEN });
    const move = (changes: Record<string, unknown>) =>
      app.as(me, 'POST', `/api/appointments/${before.id}/reschedule`, { version: 0, startsAt: AT_TEN, ...changes });
    expect((await problem(await move({}), 409)).code).toBe('slot_taken');
    expect((await mine(me)).rows[0]).toMatchObject({ version: 0, startsAt: before.startsAt });
    const startsAt = '2026-03-11T11:00:00+08:00';
    const after = await ok<AppointmentView>(await move({ startsAt }));
    expect(after).toMatchObject({ version: 1, startsAt: '2026-03-11T03:00:00.000Z', code: before.code });
    expect(await freeAt(AT_NINE)).toBe(1);
    expect(await freeAt(startsAt)).toBe(0);
    const late = await problem(await move({ startsAt: '2026-03-11T12:00:00+08:00' }), 412);
    expect(late.current).toMatchObject({ id: before.id, version: 1 });
  });

  it('are raced for by moving and booking without a seat given twice', async () => {
    const holders = await Promise.all(
      [9, 10, 11].map(async (hour) => {
        const who = person();
        const startsAt = `2026-03-12T${String(hour).padStart(2, '0')}:00:00+08:00`;
        return { who, id: (await booked(who, { startsAt })).id };
      }),
    );
    const target = '2026-03-12T13:00:00+08:00';
    const answers = await Promise.all([
      ...holders.map(({ who, id }) =>
        app.as(who, 'POST', `/api/appointments/${id}/reschedule`, { version: 0, startsAt: target }),
      ),
      ...Array.from({ length: 10 }, () => book(person(), { startsAt: target })),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(12);
  });

  it('tell who is next when a slot is freed, and the one after when that one lets it pass', async () => {
    const me = person();
    const held = await booked(me);
    const [first, second] = [await signInRider(app), await signInRider(app)];
    const wait = (who: SignedIn, changes: Record<string, unknown> = {}) =>
      app.post(
        '/api/waiting',
        { id: randomUUID(), serviceId, siteId, fromDay: '2026-03-11', toDay: '2026-03-13', ...changes },
        who.headers,
      );
    await ok(await wait(first), 201);
    await ok(await wait(first), 200);
    app.clock.nowMs += 1000;
    const list = await ok<MyAppointments>(await wait(second), 201);
    expect(list.waiting).toMatchObject([{ state: 'waiting', ahead: 1 }]);
    await ok(await app.as(me, 'POST', `/api/appointments/${held.id}/cancel`, { version: 0 }));
    const keep = () => keepAppointments({ ...app.accounts, holidays }, app.clock.nowMs);
    const texts = async () => (await app.outbox()).filter(({ text }) => text.includes('候补')).map(({ to }) => to);
    const before = (await texts()).length;
    await keep();
    await keep();
    expect((await texts()).length).toBe(before + 1);
    app.clock.nowMs += HOUR_MS;
    await keep();
    await keep();
    expect((await texts()).length).toBe(before + 2);
    expect(new Set((await texts()).slice(before)).size).toBe(2);
    const answer = await app.post('/api/appointments', booking(), second.headers);
    expect(answer.status).toBe(201);
    const after = await ok<MyAppointments>(await app.request('/api/me/appointments', { headers: second.headers }));
    expect(after.waiting).toEqual([]);
  });

  it('remind once, a day before, and again of the new time', async () => {
    const rider = await signInRider(app);
    const startsAt = '2026-03-12T09:00:00+08:00';
    const { id } = await ok<AppointmentView>(
      await app.post('/api/appointments', booking({ startsAt }), rider.headers),
      201,
    );
    const keep = async () => {
      await keepAppointments({ ...app.accounts, holidays }, app.clock.nowMs);
      return (await app.outbox()).filter(({ text }) => text.includes('提醒您') && text.includes(siteId)).length;
    };
    expect(await keep()).toBe(0);
    app.clock.nowMs = Date.parse(startsAt) - 23 * HOUR_MS;
    expect(await keep()).toBe(1);
    expect(await keep()).toBe(1);
    const moved = { version: 0, startsAt: '2026-03-12T13:00:00+08:00' };
    await ok(await app.post(`/api/appointments/${id}/reschedule`, moved, rider.headers));
    app.clock.nowMs += 12 * HOUR_MS;
    expect(await keep()).toBe(2);
    expect((await app.outbox()).map(({ text }) => text).join()).not.toContain('法律咨询');
  });

  it('are in a calendar file and behind a secret address, until that is revoked', async () => {
    const me = person();
    const { id, code } = await booked(me, { words: SECRET });
    const file = await app.as(me, 'GET', `/api/appointments/${id}/calendar.ics`);
    expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = await file.text();
    expect(text).toContain('DTSTART:20260311T010000Z\r\n');
    expect(text.replaceAll('\r\n ', '')).toContain(code);
    expect(text.replaceAll('\r\n ', '')).not.toContain(SECRET);
    const { url } = await ok<{ url: string }>(await app.as(me, 'POST', '/api/me/calendar-feed', {}), 201);
    const path = new URL(url).pathname;
    expect(await (await app.request(path)).text()).toContain(`UID:${id}@luyi`);
    await ok(await app.as(me, 'POST', `/api/appointments/${id}/cancel`, { version: 0 }));
    expect(await (await app.request(path)).text()).toContain('STATUS:CANCELLED');
    const { url: next } = await ok<{ url: string }>(await app.as(me, 'POST', '/api/me/calendar-feed', {}), 201);
    expect((await app.request(path)).status).toBe(404);
    expect((await app.as(me, 'DELETE', '/api/me/calendar-feed')).status).toBe(204);
    expect((await problem(await app.request(new URL(next).pathname), 404)).code).toBe('feed_not_found');
    const rows = JSON.stringify(await connection.sql`select * from calendar_feeds`);
    expect(rows).not.toContain(new URL(next).pathname.split('/').at(-1)!.replace('.ics', ''));
  });

  it('are served by their own counter only, and what was written is looked at one by one', async () => {
    const me = person();
    const { id } = await booked(me, { words: SECRET });
    const day = async (who: Actor) =>
      ok<CounterDay>(await app.as(who, 'GET', `/api/office/appointments?day=2026-03-11`));
    const look = (who: Actor) => app.as(who, 'GET', `/api/office/appointments/${id}`);
    const act = (who: Actor, action: string, version = 0) =>
      app.as(who, 'POST', `/api/office/appointments/${id}/actions`, { action, version });
    for (const other of [stranger, makeActor('officer', '350206005')]) {
      expect((await day(other)).rows.map((row) => row.id)).not.toContain(id);
      expect((await look(other)).status).toBe(404);
      expect((await act(other, 'cancel')).status).toBe(404);
    }
    expect((await app.as(me, 'GET', '/api/office/appointments')).status).toBe(403);
    for (const counter of [provider, officer]) {
      const list = await day(counter);
      expect(list.rows.find((row) => row.id === id)).toMatchObject({ hasWords: true, state: 'booked' });
      expect(JSON.stringify(list)).not.toContain(SECRET);
    }
    expect(await ok<CounterAppointment>(await look(provider))).toMatchObject({ words: SECRET });
    expect((await problem(await act(provider, 'no_show'), 409)).code).toBe('appointment_state');
    app.clock.nowMs = Date.parse(AT_NINE) + 60_000;
    await ok(await act(provider, 'no_show'));
    expect((await problem(await act(provider, 'serve'), 412)).current).toMatchObject({ state: 'no_show' });
    expect((await mine(me)).rows[0]).toMatchObject({ state: 'no_show', isOpen: false });
    const trail = await connection.db.select().from(auditRecords).orderBy(auditRecords.seq);
    const deeds = trail.filter(({ subjectId }) => subjectId === id).map(({ action, actorId }) => [action, actorId]);
    expect(deeds).toEqual([
      ['appointment.book', me.personId],
      ['appointment.look', provider.personId],
      ['appointment.no_show', provider.personId],
    ]);
    expect(JSON.stringify(trail)).not.toContain(SECRET);
  });

  it('go by exceptions and plans that the provider or the street changes; what is booked stands', async () => {
    await booked(person());
    const at = `/api/office/schedules/${offerId}/exceptions/2026-03-11`;
    expect((await app.as(stranger, 'PUT', at, { spans: [] })).status).toBe(404);
    const closed = await ok<OfficeOffer>(await app.as(officer, 'PUT', at, { spans: [], note: '停电' }));
    expect(closed).toMatchObject({ outsidePlan: 1, exceptions: [{ day: '2026-03-11', spans: [], note: '停电' }] });
    expect(await slots('&from=2026-03-11&to=2026-03-11')).toEqual([]);
    await ok(await app.as(provider, 'DELETE', at));
    expect(await freeAt(AT_NINE)).toBe(0);
    const stale = await problem(
      await app.as(provider, 'PUT', `/api/office/schedules/${offerId}`, planOf({ version: 7 })),
      412,
    );
    expect(stale.current).toMatchObject({ id: offerId, version: 0 });
    const foreign = { category: 'skills', provider: { kind: 'organisation', id: 'aid' }, name: '冒名' };
    const put = (who: Actor, body: unknown) => app.as(who, 'PUT', `/api/office/services/${randomUUID()}`, body);
    expect((await problem(await put(stranger, foreign), 403)).code).toBe('not_allowed');
    expect((await put(officer, { ...foreign, provider: { kind: 'jurisdiction', id: JIALIAN } })).status).toBe(201);
    expect((await put(officer, { ...foreign, provider: { kind: 'jurisdiction', id: '350206' } })).status).toBe(403);
  });

  it('have tickets beside them: taken, followed, called, skipped, given back', async () => {
    await plan({ version: 0, hasTickets: true, counters: 2 });
    const id = randomUUID();
    const first = await ok<TakenTicket>(await take(id), 201);
    expect(await ok<TakenTicket>(await take(id))).toEqual(first);
    const second = await ok<TakenTicket>(await take(), 201);
    const third = await ok<TakenTicket>(await take(), 201);
    expect([first.number, second.number, third.number, third.ahead]).toEqual([1, 2, 3, 2]);
    const follow = async (code: string) => ok<TicketView>(await app.request(`/api/tickets/${code}`));
    const call = async (counter: number) =>
      (
        await ok<{ ticket: OfficeTicket | null }>(
          await app.as(officer, 'POST', '/api/office/tickets/call', { offerId, counter }),
        )
      ).ticket;
    const queue = async () => (await ok<SiteQueue>(await app.request(`/api/sites/${siteId}/queue`))).queues[0];
    expect(await queue()).toMatchObject({ isOpen: true, waiting: 3, called: [] });
    const calls = await Promise.all([call(1), call(2)]);
    expect(calls.map((ticket) => ticket!.number).sort()).toEqual([1, 2]);
    expect(await queue()).toMatchObject({ waiting: 1 });
    const at = calls.find((ticket) => ticket!.number === 1)!;
    expect(await follow(first.code)).toMatchObject({ state: 'called', counter: at.counter });
    const act = (ticket: OfficeTicket, action: string, who = officer) =>
      app.as(who, 'POST', `/api/office/tickets/${ticket.id}/actions`, { action });
    expect((await act(at, 'skip', stranger)).status).toBe(404);
    await ok(await act(at, 'skip'));
    expect((await problem(await act(at, 'serve'), 409)).code).toBe('ticket_state');
    await ok(await act(at, 'recall'));
    await ok(await app.request(`/api/tickets/${third.code}/leave`, { method: 'POST' }));
    expect(await call(1)).toBeNull();
    expect(await queue()).toMatchObject({ waiting: 0 });
    app.clock.nowMs = Date.parse('2026-03-10T20:00:00+08:00');
    expect((await problem(await take(), 409)).code).toBe('no_tickets_now');
    expect((await problem(await app.request('/api/tickets/AAAA-AAAA'), 404)).code).toBe('ticket_not_found');
  });

  it('number fifty tickets taken at once from one to fifty', async () => {
    await plan({ version: 0, hasTickets: true });
    const all = await Promise.all(
      Array.from({ length: 50 }, () => app.post(`/api/sites/${siteId}/tickets`, { id: randomUUID(), serviceId })),
    );
    const taken = await Promise.all(all.map((response) => ok<TakenTicket>(response, 201)));
    const numbers = taken.map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  });

  it('slow down one phone that takes many tickets, and nobody else', async () => {
    await plan({ version: 0, hasTickets: true });
    const phone = 'luyi_device=0123456789abcdefghijkl';
    const answers = [];
    for (let i = 0; i < 8; i++) answers.push((await take(randomUUID(), phone)).status);
    expect(answers).toEqual([201, 201, 201, 201, 201, 201, 429, 429]);
    expect((await take()).status).toBe(201);
  });

  it('are exported to their person and given back when the account is erased', async () => {
    const rider = await signInRider(app);
    await ok(await app.post('/api/appointments', booking({ words: SECRET }), rider.headers), 201);
    const exported = await app.request('/api/me/export', { headers: rider.headers });
    expect(await exported.text()).toContain(SECRET);
    const { db, vault } = app.accounts;
    await db.transaction(async (tx) => {
      await eraseAppointments(tx, holidays, rider.personId, app.clock.nowMs);
      await vault.destroyKey(tx, rider.personId, app.clock.nowMs);
    });
    expect(await freeAt(AT_NINE)).toBe(1);
  });
});
