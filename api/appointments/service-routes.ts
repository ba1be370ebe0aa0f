import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { ServiceList, ServiceView, SlotList } from '#domain/appointments/service-contract.ts';
import { SiteQueue, TakenTicket, TakeTicket, TicketView } from '#domain/appointments/ticket-contract.ts';
import { SiteId } from '#domain/places/site.ts';
import { compileHolidays } from '#domain/time/holidays.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { problemResponses } from '../http/problem.ts';
import { clientAddress } from '../http/rate-limit.ts';
import type { AppointmentsDependencies } from './dependencies.ts';
import { findServices, getService, listSlots, servicesQuery, slotsQuery } from './find-services.ts';
import { getSiteQueue, getTicket, leaveQueue, takeTicket } from './take-ticket.ts';

const serviceParam = z.object({ id: z.uuid() });
const siteParam = z.object({ id: SiteId });
const codeParam = z.object({ code: z.string().max(40) });

const routes = {
  services: createRoute({
    method: 'get',
    path: '/services',
    summary: 'What is offered, near somebody or in a street, each with its next free slot',
    request: { query: servicesQuery },
    responses: {
      200: jsonAnswer(ServiceList, 'the nearest first when lng and lat are given'),
      ...problemResponses('invalid_request', 'outside_city'),
    },
  }),
  service: createRoute({
    method: 'get',
    path: '/services/{id}',
    summary: 'One service with the places where it is given',
    request: { params: serviceParam },
    responses: { 200: jsonAnswer(ServiceView), ...problemResponses('invalid_request', 'service_not_found') },
  }),
  slots: createRoute({
    method: 'get',
    path: '/services/{id}/slots',
    summary: 'The slots of a service at a place, from a day to a day',
    request: { params: serviceParam, query: slotsQuery },
    responses: {
      200: jsonAnswer(SlotList, 'a fortnight unless said otherwise, 31 days at most'),
      ...problemResponses('invalid_request', 'service_not_found'),
    },
  }),
  queue: createRoute({
    method: 'get',
    path: '/sites/{id}/queue',
    summary: 'How many wait at a place now',
    request: { params: siteParam },
    responses: { 200: jsonAnswer(SiteQueue), ...problemResponses('invalid_request', 'site_not_found') },
  }),
  takeTicket: createRoute({
    method: 'post',
    path: '/sites/{id}/tickets',
    summary: 'Take a number for a service at a place today',
    description: 'Idempotent by the id. Needs no sign-in; nothing is kept about who took it.',
    request: { params: siteParam, body: jsonBody(TakeTicket) },
    responses: {
      200: jsonAnswer(TakenTicket, 'taken before'),
      201: jsonAnswer(TakenTicket, 'with the code that follows it'),
      ...problemResponses(
        'invalid_request',
        'broken_json',
        'service_not_found',
        'no_tickets_now',
        'id_taken',
        'body_too_large',
        'unsupported_media_type',
        'too_many_requests',
      ),
    },
  }),
  ticket: createRoute({
    method: 'get',
    path: '/tickets/{code}',
    summary: 'Follow a ticket by its code',
    request: { params: codeParam },
    responses: { 200: jsonAnswer(TicketView), ...problemResponses('invalid_request', 'ticket_not_found') },
  }),
  leaveQueue: createRoute({
    method: 'post',
    path: '/tickets/{code}/leave',
    summary: 'Give a ticket back',
    request: { params: codeParam },
    responses: {
      200: jsonAnswer(TicketView),
      ...problemResponses('invalid_request', 'ticket_not_found', 'ticket_state'),
    },
  }),
};

/** What everybody may see and use of the service market without an account. */
export function serviceRoutes(deps: AppointmentsDependencies): OpenAPIHono {
  const { connection, vault, store, network, limits, devices, clock, trustedProxies } = deps;
  const { db } = connection;
  const holidays = compileHolidays(deps.calendar);
  const ground = { db, store, network, holidays };

  return createApi()
    .openapi(routes.services, async (c) => c.json(await findServices(ground, c.req.valid('query'), clock()), 200))
    .openapi(routes.service, async (c) => c.json(await getService(ground, c.req.valid('param').id, clock()), 200))
    .openapi(routes.slots, async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await listSlots(ground, id, c.req.valid('query'), clock()), 200);
    })
    .openapi(routes.queue, async (c) => {
      c.header('cache-control', 'no-store');
      return c.json(await getSiteQueue({ db, holidays }, c.req.valid('param').id, clock()), 200);
    })
    .openapi(routes.takeTicket, async (c) => {
      await limits.assert('take_ticket', { device: devices.deviceOf(c), address: clientAddress(c, trustedProxies) });
      const { id } = c.req.valid('param');
      const { ticket, isNew } = await takeTicket({ db, vault, holidays }, id, c.req.valid('json'), clock());
      return c.json(ticket, isNew ? 201 : 200);
    })
    .openapi(routes.ticket, async (c) => {
      c.header('cache-control', 'no-store');
      return c.json(await getTicket({ db, vault }, c.req.valid('param').code), 200);
    })
    .openapi(routes.leaveQueue, async (c) =>
      c.json(await leaveQueue({ db, vault }, c.req.valid('param').code, clock()), 200),
    );
}
