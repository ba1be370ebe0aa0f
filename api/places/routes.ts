import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { TRAVEL_MODES } from '#domain/geo/travel.ts';
import type { LandNetwork } from '#domain/geo/land-network.ts';
import type { ReachData } from '#domain/geo/reach-data.ts';
import { SubmitReport } from '#domain/places/report.ts';
import { SiteCollection, SiteFeature, SiteId } from '#domain/places/site.ts';
import { createSiteOpenings } from '#domain/places/site-opening.ts';
import { compileHolidays, type HolidayCalendar } from '#domain/time/holidays.ts';
import type { Connection } from '../../db/connect.ts';
import type { Devices } from '../accounts/device-cookie.ts';
import type { Files } from '../platform/files/files.ts';
import { answerEncoded, encodeBody } from '../http/encoded-body.ts';
import { writtenAnswer } from '../http/json-content.ts';
import { createApi } from '../http/create-api.ts';
import { Problem, problemResponses } from '../http/problem.ts';
import { limitRate } from '../http/rate-limit.ts';
import type { BaseMap } from '../config.ts';
import { answerNearest } from './answer-nearest.ts';
import { getJurisdictions, JurisdictionProperties } from './city.ts';
import { nearestSites } from './nearest-sites.ts';
import * as params from './query-params.ts';
import type { RoadRouter } from './router.ts';
import { createSiteEvents, type SiteEventsOptions } from './site-events.ts';
import { siteQrCode } from './site-qr-code.ts';
import { createSnapshots } from './snapshot.ts';
import type { SiteStore } from './site-store.ts';
import { submitReport } from './submit-report.ts';

export type PlacesDependencies = {
  connection: Connection;
  store: SiteStore;
  network: LandNetwork;
  reach: ReachData;
  calendar: HolidayCalendar;
  baseMap: BaseMap;
  router?: RoadRouter;
  publicUrl?: string;
  files: Files;
  /** The random name of the browser that asks. */
  devices: Pick<Devices, 'deviceOf'>;
  clock: () => number;
  trustedProxies: number;
  /** Aborted when the process is about to end. */
  stopping?: AbortSignal;
  /** Bounds on the streams of `/sites/events`, for tests. */
  siteEvents?: Pick<SiteEventsOptions, 'maxPerAddress' | 'maxInAll' | 'heartbeatMs'>;
};

const GEOJSON = 'application/geo+json';
const idParam = z.object({ id: SiteId });

const Opening = z.looseObject({ state: z.enum(['open', 'closed', 'unknown']) }).openapi({
  description: 'With closesAt / opensAt as ISO instants or null, and closesKnown / opensKnown.',
});
const FoundSite = z.object({
  site: SiteFeature,
  distanceM: z.number(),
  distanceRangeM: z.tuple([z.number(), z.number()]).optional(),
  travelDistanceM: z.number().nullable(),
  travelTimeMin: z.number().nullable(),
  crossings: z.array(z.string()).optional(),
  waysAcross: z.array(z.string()).optional(),
  opening: Opening,
});
const NearestAnswer = z.object({
  reachable: z.array(FoundSite),
  acrossWater: z.array(FoundSite),
  mode: z.enum(TRAVEL_MODES),
  routing: z.object({ by: z.enum(['estimate', 'router']), note: z.string() }),
});
const Jurisdictions = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({ type: z.literal('Feature'), id: z.string(), geometry: z.unknown(), properties: JurisdictionProperties }),
  ),
});

const routes = {
  list: createRoute({
    method: 'get',
    path: '/sites',
    summary: 'Every public site',
    description:
      'GeoJSON (RFC 7946) with a strong ETag. `bbox` leaves out places without a point. With `since`, only what changed after that version, and `gone`; an answer without `gone` is complete.',
    request: {
      query: z.object({
        bbox: params.bbox.optional(),
        service: params.services.optional(),
        since: params.since.optional(),
      }),
    },
    responses: { 200: writtenAnswer(SiteCollection, 'the sites', GEOJSON), ...problemResponses('invalid_request') },
  }),
  events: createRoute({
    method: 'get',
    path: '/sites/events',
    summary: 'Hear of every change as it happens',
    description:
      'Server-sent events: `event: version` with `{"version": n}` at once and after every change; fetch `/api/sites?since=` then.',
    responses: {
      200: { description: 'events without end', content: { 'text/event-stream': { schema: z.string() } } },
      ...problemResponses('too_many_requests', 'too_many_streams'),
    },
  }),
  nearest: createRoute({
    method: 'get',
    path: '/sites/nearest',
    summary: 'The nearest sites that can be reached without swimming',
    description:
      '`distanceM` is the geodesic; `travelDistanceM` and `travelTimeMin` are estimates over land and the allowed crossings, and order the answer. `open=now` leaves out what is closed or not known.',
    request: { query: params.nearestQuery },
    responses: {
      200: writtenAnswer(NearestAnswer, 'nearest first'),
      ...problemResponses('invalid_request', 'outside_city', 'too_many_requests'),
    },
  }),
  one: createRoute({
    method: 'get',
    path: '/sites/{id}',
    summary: 'One site',
    request: { params: idParam },
    responses: {
      200: writtenAnswer(SiteFeature, 'the site', GEOJSON),
      ...problemResponses('invalid_request', 'site_not_found', 'site_gone'),
    },
  }),
  qrCode: createRoute({
    method: 'get',
    path: '/sites/{id}/qr.svg',
    summary: 'The QR code that opens this site',
    request: { params: idParam },
    responses: {
      200: { description: 'the code', content: { 'image/svg+xml': { schema: z.string() } } },
      ...problemResponses('invalid_request', 'site_not_found', 'site_gone'),
    },
  }),
  report: createRoute({
    method: 'post',
    path: '/sites/{id}/reports',
    summary: "Say that a site's facts are wrong, or right",
    description: 'Idempotent: the same id again answers 200 and stores nothing.',
    request: {
      params: idParam,
      body: { required: true, content: { 'application/json': { schema: SubmitReport } } },
    },
    responses: {
      201: writtenAnswer(z.object({ id: z.uuid() }), 'stored'),
      200: writtenAnswer(z.object({ id: z.uuid() }), 'was stored before'),
      ...problemResponses(
        'invalid_request',
        'broken_json',
        'site_not_found',
        'site_gone',
        'report_id_taken',
        'body_too_large',
        'unsupported_media_type',
        'untimely_report',
        'no_such_file',
        'too_many_requests',
      ),
    },
  }),
  jurisdictions: createRoute({
    method: 'get',
    path: '/jurisdictions',
    summary: 'Districts with borders, streets and towns with codes',
    responses: { 200: writtenAnswer(Jurisdictions, 'GeoJSON', GEOJSON) },
  }),
  city: createRoute({
    method: 'get',
    path: '/city',
    summary: 'What a phone needs to decide everything else by itself',
    description: 'Public holidays, the land and the ways over the water, and the base map.',
    responses: { 200: writtenAnswer(z.looseObject({}), 'see the description') },
  }),
};

const MINUTE_MS = 60_000;

/** Everything about places. The store is the copy in memory that every read is answered from. */
export function placesRoutes(deps: PlacesDependencies): OpenAPIHono {
  const { store, network, clock, connection } = deps;
  const snapshot = createSnapshots(store);
  const siteOpening = createSiteOpenings(compileHolidays(deps.calendar));
  const siteEvents = createSiteEvents({ ...deps, ...deps.siteEvents });
  const { calendar, reach, baseMap } = deps;
  const cityWith = (demo: boolean) =>
    encodeBody(JSON.stringify({ calendar, reach, baseMap, demo }), 'application/json');
  const city = { demo: cityWith(true), real: cityWith(false) };

  /** The same for a photo and its report. */
  const uploaderOf = (c: Context) => deps.files.byDevice(deps.devices.deviceOf(c));

  function getSite(id: string) {
    const site = store.find(id);
    if (site) return site;
    const removed = store.findRemoved(id);
    if (!removed || removed.planned) throw new Problem('site_not_found', `There is no place with the id ${id}.`);
    const detail = removed.replacedBy
      ? `This place is gone; ${removed.replacedBy} replaced it.`
      : 'This place is gone, and nothing replaced it.';
    throw new Problem('site_gone', detail, { replacedBy: removed.replacedBy });
  }

  const api = createApi();
  // Whole snapshots and single sites come from ready bytes; these are worked out for each request.
  const limitSelections = limitRate({ windowMs: MINUTE_MS, max: 600 }, clock, deps.trustedProxies);
  // All phones that follow the changes fetch them at once, many through one carrier's address, and mostly the same bytes.
  const limitDeltas = limitRate({ windowMs: MINUTE_MS, max: 6000 }, clock, deps.trustedProxies);
  api.use('/sites', (c, next) => {
    if (!c.req.url.includes('?')) return next();
    return /\?since=\d+$/.test(c.req.url) ? limitDeltas(c, next) : limitSelections(c, next);
  });
  api.use('/sites/nearest', limitRate({ windowMs: MINUTE_MS, max: 600 }, clock, deps.trustedProxies));
  api.use('/sites/:id/reports', limitRate({ windowMs: 10 * MINUTE_MS, max: 30 }, clock, deps.trustedProxies));

  return api
    .openapi(routes.list, (c) => {
      const { bbox, service, since } = c.req.valid('query');
      return answerEncoded(c, snapshot({ bbox, services: service ?? [], since }));
    })
    .openapi(routes.events, siteEvents)
    .openapi(routes.nearest, async (c) => {
      const { lng, lat, mode, service, facilities, open, access, limit } = c.req.valid('query');
      const from = { lng, lat };
      const place = network.locate(from);
      if (place.outside) {
        const away = Math.round(place.nearestM / 1000);
        throw new Problem(
          'outside_city',
          `The point is ${away > 0 ? `about ${away} km` : 'more than a kilometre'} off the nearest land of Xiamen. Ask from a point in the city.`,
        );
      }
      const query = {
        from,
        mode,
        services: service ?? [],
        facilities: facilities ?? [],
        freeAccess: access === 'free',
        atMs: open === undefined || open === 'now' ? clock() : Date.parse(open),
        openOnly: open !== undefined,
        limit,
      };
      const body = await answerNearest(
        (wanted) => nearestSites(store, network, siteOpening, { ...query, limit: wanted }),
        query,
        deps.router,
      );
      return c.body(body, 200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    })
    .openapi(routes.one, (c) =>
      answerEncoded(c, encodeBody(getSite(c.req.valid('param').id).json, `${GEOJSON}; charset=utf-8`)),
    )
    .openapi(routes.qrCode, async (c) => {
      const { id } = getSite(c.req.valid('param').id);
      const svg = await siteQrCode(deps.publicUrl ?? new URL(c.req.url).origin, id);
      return answerEncoded(c, encodeBody(svg, 'image/svg+xml'));
    })
    .openapi(routes.report, async (c) => {
      const report = c.req.valid('json');
      const isNew = await submitReport(
        connection.db,
        c.req.valid('param').id,
        report,
        clock(),
        report.photo ? uploaderOf(c) : null,
      );
      return isNew ? c.json({ id: report.id }, 201) : c.json({ id: report.id }, 200);
    })
    .openapi(routes.jurisdictions, async (c) => {
      const collection = await getJurisdictions(connection.db);
      return answerEncoded(c, encodeBody(JSON.stringify(collection), `${GEOJSON}; charset=utf-8`));
    })
    .openapi(routes.city, (c) => answerEncoded(c, store.hasDemo ? city.demo : city.real));
}
