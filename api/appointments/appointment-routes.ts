import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  AppointmentView,
  BookAppointment,
  CalendarFeed,
  CancelAppointment,
  MyAppointments,
  RescheduleAppointment,
  WaitForSlot,
} from '#domain/appointments/appointment-contract.ts';
import { compileHolidays } from '#domain/time/holidays.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody, writtenAnswer } from '../http/json-content.ts';
import { type ProblemCode, problemResponses } from '../http/problem.ts';
import { clientAddress, createRateLimiter, tooManyRequests } from '../http/rate-limit.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { bookAppointment } from './book-appointment.ts';
import { appointmentFile, feedSince, makeFeed, myCalendar, readFeed, revokeFeed } from './calendar-feed.ts';
import type { AppointmentsDependencies } from './dependencies.ts';
import { cancelAppointment, rescheduleAppointment } from './move-appointment.ts';
import { getMyAppointment, listMyAppointments } from './view-appointment.ts';
import { leaveWaiting, listWaiting, waitForSlot } from './waiting-list.ts';

const idParam = z.object({ id: z.uuid() });
const ICAL = 'text/calendar';
const calendarAnswer = writtenAnswer(z.string(), 'RFC 5545', ICAL);
/** Calendars look again every few minutes, many of them from one carrier's address. */
const FEED_LIMIT = { windowMs: 60_000, max: 600 };

const ANY_WRITE = [
  'invalid_request',
  'broken_json',
  'not_signed_in',
  'not_allowed',
  'body_too_large',
  'unsupported_media_type',
  'too_many_requests',
] as const satisfies readonly ProblemCode[];
const SEAT = ['service_not_found', 'slot_not_offered', 'slot_taken', 'appointment_overlaps'] as const;
const HELD = ['appointment_not_found', 'changed_meanwhile', 'appointment_state'] as const;

const calendar = (c: Context, text: string) =>
  c.body(text, 200, { 'content-type': `${ICAL}; charset=utf-8`, 'cache-control': 'no-store' });

/** What somebody books for themselves: appointments, waiting lists, their calendar. */
export function appointmentRoutes(deps: AppointmentsDependencies): OpenAPIHono {
  const { connection, vault, findActor, limits, clock, trustedProxies } = deps;
  const { db } = connection;
  const look = { db, vault };
  const market = { connection, vault, holidays: compileHolidays(deps.calendar) };
  const takeFeed = createRateLimiter(FEED_LIMIT, clock);
  const findOut = (c: Context) => requireActor(c, findActor, 'appointment.own');
  const limitPerson = (personId: string) => limits.assert('book_appointment', { person: personId });

  const routes = {
    book: signedInRoute(
      {
        method: 'post',
        path: '/appointments',
        summary: 'Book a slot',
        description: 'Idempotent by the id.',
        request: { body: jsonBody(BookAppointment) },
        responses: {
          200: jsonAnswer(AppointmentView, 'booked before'),
          201: jsonAnswer(AppointmentView, 'booked'),
          ...problemResponses(...ANY_WRITE, ...SEAT, 'too_many_appointments', 'id_taken'),
        },
      },
      findOut,
    ),
    one: signedInRoute(
      {
        method: 'get',
        path: '/appointments/{id}',
        summary: 'An appointment of mine',
        request: { params: idParam },
        responses: {
          200: jsonAnswer(AppointmentView),
          ...problemResponses('invalid_request', 'not_signed_in', 'appointment_not_found'),
        },
      },
      findOut,
    ),
    file: signedInRoute(
      {
        method: 'get',
        path: '/appointments/{id}/calendar.ics',
        summary: 'An appointment of mine as a calendar file',
        request: { params: idParam },
        responses: {
          200: calendarAnswer,
          ...problemResponses('invalid_request', 'not_signed_in', 'appointment_not_found'),
        },
      },
      findOut,
    ),
    cancel: signedInRoute(
      {
        method: 'post',
        path: '/appointments/{id}/cancel',
        summary: 'Give an appointment back',
        request: { params: idParam, body: jsonBody(CancelAppointment) },
        responses: { 200: jsonAnswer(AppointmentView), ...problemResponses(...ANY_WRITE, ...HELD) },
      },
      findOut,
    ),
    reschedule: signedInRoute(
      {
        method: 'post',
        path: '/appointments/{id}/reschedule',
        summary: 'Move an appointment to another slot, or leave it as it is',
        request: { params: idParam, body: jsonBody(RescheduleAppointment) },
        responses: { 200: jsonAnswer(AppointmentView), ...problemResponses(...ANY_WRITE, ...HELD, ...SEAT) },
      },
      findOut,
    ),
    mine: signedInRoute(
      {
        method: 'get',
        path: '/me/appointments',
        summary: 'My appointments, the latest first, and where I wait',
        responses: { 200: jsonAnswer(MyAppointments, 'at most 200'), ...problemResponses('not_signed_in') },
      },
      findOut,
    ),
    myCalendar: signedInRoute(
      {
        method: 'get',
        path: '/me/calendar.ics',
        summary: 'My appointments as a calendar file',
        responses: { 200: calendarAnswer, ...problemResponses('not_signed_in') },
      },
      findOut,
    ),
    makeFeed: signedInRoute(
      {
        method: 'post',
        path: '/me/calendar-feed',
        summary: 'A new secret address of my calendar; the one before is worth nothing from now on',
        responses: { 201: jsonAnswer(CalendarFeed, 'shown once'), ...problemResponses(...ANY_WRITE) },
      },
      findOut,
    ),
    revokeFeed: signedInRoute(
      {
        method: 'delete',
        path: '/me/calendar-feed',
        summary: 'Make the secret address worth nothing',
        responses: { 204: { description: 'done' }, ...problemResponses('not_signed_in', 'feed_not_found') },
      },
      findOut,
    ),
    readFeed: createRoute({
      method: 'get',
      path: '/calendars/{file}',
      summary: 'A calendar by its secret address',
      request: { params: z.object({ file: z.string().max(60) }) },
      responses: { 200: calendarAnswer, ...problemResponses('feed_not_found', 'too_many_requests') },
    }),
    wait: signedInRoute(
      {
        method: 'post',
        path: '/waiting',
        summary: 'Be told when a slot is freed',
        request: { body: jsonBody(WaitForSlot) },
        responses: {
          200: jsonAnswer(MyAppointments, 'waited before'),
          201: jsonAnswer(MyAppointments, 'on the list'),
          ...problemResponses(...ANY_WRITE, 'service_not_found', 'id_taken'),
        },
      },
      findOut,
    ),
    leave: signedInRoute(
      {
        method: 'delete',
        path: '/waiting/{id}',
        summary: 'Wait no more',
        request: { params: idParam },
        responses: {
          204: { description: 'done' },
          ...problemResponses('invalid_request', 'not_signed_in', 'waiting_not_found'),
        },
      },
      findOut,
    ),
  };

  async function mine(actor: Parameters<typeof listWaiting>[1]): Promise<MyAppointments> {
    const rows = await listMyAppointments(look, actor, clock());
    return { rows, waiting: await listWaiting(db, actor), feedSince: await feedSince(db, actor) };
  }

  return createApi()
    .openapi(routes.book, async (c) => {
      const { actor } = c.var;
      const booking = c.req.valid('json');
      await limitPerson(actor.personId);
      const isNew = await bookAppointment(market, actor, booking, clock());
      return c.json(await getMyAppointment(look, actor, booking.id, clock()), isNew ? 201 : 200);
    })
    .openapi(routes.one, async (c) =>
      c.json(await getMyAppointment(look, c.var.actor, c.req.valid('param').id, clock()), 200),
    )
    .openapi(routes.file, async (c) =>
      calendar(c, await appointmentFile(look, c.var.actor, c.req.valid('param').id, clock())),
    )
    .openapi(routes.cancel, async (c) => {
      const { id } = c.req.valid('param');
      await cancelAppointment(market, c.var.actor, id, c.req.valid('json'), clock());
      return c.json(await getMyAppointment(look, c.var.actor, id, clock()), 200);
    })
    .openapi(routes.reschedule, async (c) => {
      const { id } = c.req.valid('param');
      await limitPerson(c.var.actor.personId);
      await rescheduleAppointment(market, c.var.actor, id, c.req.valid('json'), clock());
      return c.json(await getMyAppointment(look, c.var.actor, id, clock()), 200);
    })
    .openapi(routes.mine, async (c) => c.json(await mine(c.var.actor), 200))
    .openapi(routes.myCalendar, async (c) => calendar(c, await myCalendar(look, c.var.actor, clock())))
    .openapi(routes.makeFeed, async (c) => {
      const nowMs = clock();
      await limitPerson(c.var.actor.personId);
      const token = await makeFeed(look, c.var.actor, nowMs);
      const base = deps.publicUrl ?? new URL(c.req.url).origin;
      const url = `${base.replace(/\/$/, '')}/api/calendars/${token}.ics`;
      return c.json({ url, createdAt: new Date(nowMs).toISOString() }, 201);
    })
    .openapi(routes.revokeFeed, async (c) => {
      await revokeFeed(db, c.var.actor, clock());
      return c.body(null, 204);
    })
    .openapi(routes.readFeed, async (c) => {
      const waitS = takeFeed(clientAddress(c, trustedProxies));
      if (waitS > 0) throw tooManyRequests(waitS);
      return calendar(c, await readFeed(look, c.req.valid('param').file.replace(/\.ics$/, ''), clock()));
    })
    .openapi(routes.wait, async (c) => {
      await limitPerson(c.var.actor.personId);
      const isNew = await waitForSlot(db, c.var.actor, c.req.valid('json'), clock());
      return c.json(await mine(c.var.actor), isNew ? 201 : 200);
    })
    .openapi(routes.leave, async (c) => {
      await leaveWaiting(db, c.var.actor, c.req.valid('param').id, clock());
      return c.body(null, 204);
    });
}
