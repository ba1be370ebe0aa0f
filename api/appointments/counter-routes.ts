import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Action } from '#domain/accounts/permissions.ts';
import {
  ActOnAppointment,
  CounterAppointment,
  CounterDay,
  CounterRow,
} from '#domain/appointments/appointment-contract.ts';
import {
  OfficeOffer,
  OfficeOffers,
  OfficeService,
  OfficeServices,
  PlanDay,
  SaveException,
  SaveOffer,
  SaveService,
} from '#domain/appointments/service-contract.ts';
import { ActOnTicket, CallNext, OfficeTicket, OfficeTickets } from '#domain/appointments/ticket-contract.ts';
import { SiteId } from '#domain/places/site.ts';
import { compileHolidays } from '#domain/time/holidays.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { type ProblemCode, problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { actOnTicket, callNext, listTickets } from './call-ticket.ts';
import type { AppointmentsDependencies } from './dependencies.ts';
import { getOffer, listOffers, saveException, saveOffer } from './save-offer.ts';
import { getOfficeService, listOfficeServices, saveService } from './save-service.ts';
import { actAtCounter, counterQuery, listCounterDay, lookAtAppointment } from './serve-counter.ts';

const idParam = z.object({ id: z.uuid() });
const dayParam = z.object({ id: z.uuid(), day: PlanDay });
const READ = ['invalid_request', 'not_signed_in', 'not_allowed'] as const satisfies readonly ProblemCode[];
const WRITE = [
  ...READ,
  'broken_json',
  'body_too_large',
  'unsupported_media_type',
] as const satisfies readonly ProblemCode[];
const SAVE = [...WRITE, 'service_not_found', 'no_such_reference', 'changed_meanwhile'] as const;

/** The office's side of the service market: services, schedules, the day of a counter, tickets. */
export function counterRoutes(deps: AppointmentsDependencies): OpenAPIHono {
  const { connection, vault, findActor, clock } = deps;
  const { db } = connection;
  const holidays = compileHolidays(deps.calendar);
  const who = (right: Action) => (c: Context) => requireActor(c, findActor, right);
  const manages = who('service.manage');
  const serves = who('appointment.serve');

  const routes = {
    services: signedInRoute(
      {
        method: 'get',
        path: '/office/services',
        summary: 'The services of those for whom I act',
        request: { query: z.strictObject({ cursor: z.uuid().optional() }) },
        responses: { 200: jsonAnswer(OfficeServices), ...problemResponses(...READ) },
      },
      manages,
    ),
    saveService: signedInRoute(
      {
        method: 'put',
        path: '/office/services/{id}',
        summary: 'Add a service, or change it',
        request: { params: idParam, body: jsonBody(SaveService) },
        responses: {
          200: jsonAnswer(OfficeService, 'changed'),
          201: jsonAnswer(OfficeService, 'added'),
          ...problemResponses(...SAVE),
        },
      },
      manages,
    ),
    offers: signedInRoute(
      {
        method: 'get',
        path: '/office/schedules',
        summary: 'Where and when services are given',
        request: { query: z.strictObject({ serviceId: z.uuid().optional(), siteId: SiteId.optional() }) },
        responses: { 200: jsonAnswer(OfficeOffers), ...problemResponses(...READ) },
      },
      manages,
    ),
    saveOffer: signedInRoute(
      {
        method: 'put',
        path: '/office/schedules/{id}',
        summary: 'Give a service at a place by a weekly plan, or change the plan',
        request: { params: idParam, body: jsonBody(SaveOffer) },
        responses: {
          200: jsonAnswer(OfficeOffer, 'changed; what is booked stands'),
          201: jsonAnswer(OfficeOffer, 'added'),
          ...problemResponses(...SAVE, 'id_taken'),
        },
      },
      manages,
    ),
    except: signedInRoute(
      {
        method: 'put',
        path: '/office/schedules/{id}/exceptions/{day}',
        summary: 'Say how a day differs from the week',
        request: { params: dayParam, body: jsonBody(SaveException) },
        responses: { 200: jsonAnswer(OfficeOffer), ...problemResponses(...WRITE, 'service_not_found') },
      },
      manages,
    ),
    unexcept: signedInRoute(
      {
        method: 'delete',
        path: '/office/schedules/{id}/exceptions/{day}',
        summary: 'A day goes by the week again',
        request: { params: dayParam },
        responses: { 200: jsonAnswer(OfficeOffer), ...problemResponses(...READ, 'service_not_found') },
      },
      manages,
    ),
    day: signedInRoute(
      {
        method: 'get',
        path: '/office/appointments',
        summary: 'The day of my counters, by time',
        request: { query: counterQuery },
        responses: { 200: jsonAnswer(CounterDay), ...problemResponses(...READ) },
      },
      serves,
    ),
    look: signedInRoute(
      {
        method: 'get',
        path: '/office/appointments/{id}',
        summary: 'What somebody wrote for the counter; the look is kept',
        request: { params: idParam },
        responses: { 200: jsonAnswer(CounterAppointment), ...problemResponses(...READ, 'appointment_not_found') },
      },
      serves,
    ),
    act: signedInRoute(
      {
        method: 'post',
        path: '/office/appointments/{id}/actions',
        summary: 'Served, not come, or cancelled by the counter',
        request: { params: idParam, body: jsonBody(ActOnAppointment) },
        responses: {
          200: jsonAnswer(CounterRow),
          ...problemResponses(...WRITE, 'appointment_not_found', 'appointment_state', 'changed_meanwhile'),
        },
      },
      serves,
    ),
    tickets: signedInRoute(
      {
        method: 'get',
        path: '/office/tickets',
        summary: 'Today’s tickets at a place',
        request: { query: z.strictObject({ siteId: SiteId }) },
        responses: { 200: jsonAnswer(OfficeTickets), ...problemResponses(...READ) },
      },
      serves,
    ),
    call: signedInRoute(
      {
        method: 'post',
        path: '/office/tickets/call',
        summary: 'Call the next ticket to a counter; whoever stood there is served',
        request: { body: jsonBody(CallNext) },
        responses: {
          200: jsonAnswer(z.object({ ticket: OfficeTicket.nullable() }), 'null: nobody waits'),
          ...problemResponses(...WRITE, 'service_not_found'),
        },
      },
      serves,
    ),
    actOnTicket: signedInRoute(
      {
        method: 'post',
        path: '/office/tickets/{id}/actions',
        summary: 'Serve, skip, or call again',
        request: { params: idParam, body: jsonBody(ActOnTicket) },
        responses: {
          200: jsonAnswer(OfficeTicket),
          ...problemResponses(...WRITE, 'ticket_not_found', 'ticket_state'),
        },
      },
      serves,
    ),
  };

  return createApi()
    .openapi(routes.services, async (c) =>
      c.json(await listOfficeServices(db, c.var.actor, c.req.valid('query').cursor), 200),
    )
    .openapi(routes.saveService, async (c) => {
      const { id } = c.req.valid('param');
      const isNew = await saveService(db, c.var.actor, id, c.req.valid('json'), clock());
      return c.json(await getOfficeService(db, c.var.actor, id), isNew ? 201 : 200);
    })
    .openapi(routes.offers, async (c) =>
      c.json({ rows: await listOffers(db, holidays, c.var.actor, c.req.valid('query'), clock()) }, 200),
    )
    .openapi(routes.saveOffer, async (c) => {
      const { id } = c.req.valid('param');
      const isNew = await saveOffer(db, holidays, c.var.actor, id, c.req.valid('json'), clock());
      return c.json(await getOffer(db, holidays, c.var.actor, id, clock()), isNew ? 201 : 200);
    })
    .openapi(routes.except, async (c) => {
      const at = c.req.valid('param');
      await saveException(db, c.var.actor, at, c.req.valid('json'), clock());
      return c.json(await getOffer(db, holidays, c.var.actor, at.id, clock()), 200);
    })
    .openapi(routes.unexcept, async (c) => {
      const at = c.req.valid('param');
      await saveException(db, c.var.actor, at, null, clock());
      return c.json(await getOffer(db, holidays, c.var.actor, at.id, clock()), 200);
    })
    .openapi(routes.day, async (c) => c.json(await listCounterDay(db, c.var.actor, c.req.valid('query'), clock()), 200))
    .openapi(routes.look, async (c) =>
      c.json(await lookAtAppointment({ db, vault }, c.var.actor, c.req.valid('param').id, clock()), 200),
    )
    .openapi(routes.act, async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await actAtCounter(db, holidays, c.var.actor, id, c.req.valid('json'), clock()), 200);
    })
    .openapi(routes.tickets, async (c) =>
      c.json({ rows: await listTickets(db, c.var.actor, c.req.valid('query').siteId, clock()) }, 200),
    )
    .openapi(routes.call, async (c) =>
      c.json({ ticket: await callNext(db, c.var.actor, c.req.valid('json'), clock()) }, 200),
    )
    .openapi(routes.actOnTicket, async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await actOnTicket(db, c.var.actor, id, c.req.valid('json').action, clock()), 200);
    });
}
