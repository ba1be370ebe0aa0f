import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { asc } from 'drizzle-orm';
import type { Context } from 'hono';
import type { Action } from '#domain/accounts/permissions.ts';
import { OfficeSite, OfficeSitePage, ScorecardRow, Workbench } from '#domain/places/office-contract.ts';
import { SiteId } from '#domain/places/site.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import { organisations } from '../../db/tables/places.ts';
import { type FindActor, requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer } from '../http/json-content.ts';
import { problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { toCsv, toXlsx } from './export/write-table.ts';
import { exportColumns, exportSites, toGeoJson } from './export-sites.ts';
import { getOfficeSite } from './get-office-site.ts';
import { getScorecard } from './get-scorecard.ts';
import { getWorkbench } from './get-workbench.ts';
import { listOfficeSites, officeSitesQuery } from './list-office-sites.ts';
import { officeFilterQuery } from './office-filter.ts';
import type { PlacesDependencies } from './routes.ts';

type DeskDependencies = PlacesDependencies & { findActor: FindActor };

const EXPORT_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  geojson: 'application/geo+json; charset=utf-8',
} as const;
type ExportFormat = keyof typeof EXPORT_TYPES;
const EXPORT_FORMATS = Object.keys(EXPORT_TYPES) as ExportFormat[];

const ACCESS_PROBLEMS = ['not_signed_in', 'not_allowed'] as const;

const routes = {
  workbench: createRoute({
    method: 'get',
    path: '/office/workbench',
    summary: "Today's work of an office",
    responses: {
      200: jsonAnswer(Workbench, 'most urgent first in each list'),
      ...problemResponses(...ACCESS_PROBLEMS),
    },
  }),
  sites: createRoute({
    method: 'get',
    path: '/office/sites',
    summary: 'The places of an office, page by page',
    request: { query: officeSitesQuery },
    responses: {
      200: jsonAnswer(OfficeSitePage, 'one page'),
      ...problemResponses('invalid_request', ...ACCESS_PROBLEMS),
    },
  }),
  site: createRoute({
    method: 'get',
    path: '/office/sites/{id}',
    summary: 'A place whole, as its office edits it',
    request: { params: z.object({ id: SiteId }) },
    responses: {
      200: jsonAnswer(OfficeSite, 'with the revision as its ETag, for the If-Match of a save'),
      ...problemResponses('invalid_request', 'site_not_found', ...ACCESS_PROBLEMS),
    },
  }),
  scorecard: createRoute({
    method: 'get',
    path: '/office/scorecard',
    summary: 'How well each street keeps its places',
    description: 'The last 90 days. A share is null where fewer than five places make one meaningless.',
    responses: {
      200: jsonAnswer(
        z.object({ rows: z.array(ScorecardRow), asOf: z.iso.datetime({ offset: true }) }),
        'a row per street',
      ),
      ...problemResponses(...ACCESS_PROBLEMS),
    },
  }),
  export: createRoute({
    method: 'get',
    path: '/office/export',
    summary: 'The places of an office as a file',
    request: {
      query: officeFilterQuery.extend({
        format: z.enum(EXPORT_FORMATS),
        lang: z.enum(['zh', 'en']).default('zh').openapi({ description: 'of the titles, and of words for codes' }),
      }),
    },
    responses: {
      200: {
        description: 'the file',
        content: Object.fromEntries(Object.values(EXPORT_TYPES).map((type) => [type, { schema: z.string() }])),
      },
      ...problemResponses('invalid_request', ...ACCESS_PROBLEMS, 'too_many_rows'),
    },
  }),
  organisations: createRoute({
    method: 'get',
    path: '/office/organisations',
    summary: 'Organisations that may keep places',
    responses: {
      200: jsonAnswer(
        z.object({ organisations: z.array(z.object({ id: z.string(), name: z.string() })) }),
        'in the order of their ids',
      ),
      ...problemResponses(...ACCESS_PROBLEMS),
    },
  }),
};

/** The reading half of the office. Every answer is about somebody's own places, so nothing in between may keep it. */
export function deskRoutes({ connection: { db }, files, findActor, clock }: DeskDependencies): OpenAPIHono {
  const mayDo = (action: Action) => (c: Context) => requireActor(c, findActor, action);
  const api = createApi();
  api.use('/office/*', async (c, next) => {
    await next();
    c.res.headers.set('cache-control', 'private, no-store');
  });

  return api
    .openapi(signedInRoute(routes.workbench, mayDo('site.view')), async (c) => {
      const { actor } = c.var;
      return c.json(await getWorkbench(db, actor, clock(), files.links), 200);
    })
    .openapi(signedInRoute(routes.sites, mayDo('site.view')), async (c) => {
      const { actor } = c.var;
      return c.json(await listOfficeSites(db, actor, c.req.valid('query'), clock()), 200);
    })
    .openapi(signedInRoute(routes.site, mayDo('site.view')), async (c) => {
      const { actor } = c.var;
      const site = await getOfficeSite(db, actor, c.req.valid('param').id, clock(), files.links);
      return c.json(site, 200, { etag: `"r${site.revision}"` });
    })
    .openapi(signedInRoute(routes.scorecard, mayDo('scorecard.view')), async (c) => {
      const { actor } = c.var;
      const nowMs = clock();
      return c.json({ rows: await getScorecard(db, actor, nowMs), asOf: new Date(nowMs).toISOString() }, 200);
    })
    .openapi(signedInRoute(routes.export, mayDo('site.export')), async (c) => {
      const { actor } = c.var;
      const { format, lang, ...filter } = c.req.valid('query');
      const nowMs = clock();
      const rows = await exportSites(db, actor, filter, lang, nowMs);
      const columns = exportColumns(lang);
      const write = {
        geojson: () => toGeoJson(rows),
        csv: () => toCsv(rows, columns),
        xlsx: () => toXlsx(rows, columns),
      };
      const bytes = await write[format]();
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': EXPORT_TYPES[format],
        'content-disposition': `attachment; filename="luyi-${shanghaiDay(nowMs)}.${format}"`,
      });
    })
    .openapi(signedInRoute(routes.organisations, mayDo('site.view')), async (c) => {
      const rows = await db
        .select({ id: organisations.id, name: organisations.name })
        .from(organisations)
        .orderBy(asc(organisations.id));
      return c.json({ organisations: rows }, 200);
    });
}
