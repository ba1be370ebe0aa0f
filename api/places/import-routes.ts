import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from 'hono';
import type { Actor } from '#domain/accounts/roles.ts';
import {
  DecideRow,
  ImportRowPage,
  ImportRowView,
  ImportSettings,
  ImportView,
  RowFate,
} from '#domain/places/import-contract.ts';
import type { Connection } from '../../db/connect.ts';
import { type FindActor, requireActor } from '../http/actor.ts';
import { jsonAnswer, writtenAnswer } from '../http/json-content.ts';
import { createApi } from '../http/create-api.ts';
import { Problem, problemResponses } from '../http/problem.ts';
import { createRateLimiter } from '../http/rate-limit.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import type { ImportJobs } from './import/import-jobs.ts';
import * as verbs from './import/import-verbs.ts';
import * as views from './import/import-views.ts';
import { receiveUpload } from './import/receive-upload.ts';

export type ImportDependencies = {
  connection: Connection;
  findActor: FindActor;
  importJobs: ImportJobs;
  clock: () => number;
};

const body = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } }, required: true });
const idParam = z.object({ id: z.uuid() });
const MAX_ROW = 2_000_000_000;
const wholeNumber = (max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().max(max));
const rowParam = idParam.extend({ row: wholeNumber(MAX_ROW) });
const always = ['invalid_request', 'not_signed_in', 'not_allowed'] as const;
const ofOne = [...always, 'import_not_found'] as const;
const Undo = z.strictObject({ reason: z.string().trim().max(500).optional() });
const Points = z.looseObject({ type: z.literal('FeatureCollection') });

const PATH = '/office/imports';
/** The only address that takes a body of another kind and size than all others. */
export const UPLOAD_PATH = `/api${PATH}`;

const routes = {
  upload: createRoute({
    method: 'post',
    path: PATH,
    summary: 'Hand in a list of places (CSV, XLSX, GeoJSON) to be checked',
    description: 'multipart/form-data with `source`, the name of the list, and `file`, at most 64 MB.',
    responses: {
      201: jsonAnswer(ImportView, 'received; it is being checked'),
      ...problemResponses(
        ...always,
        'broken_upload',
        'body_too_large',
        'unsupported_media_type',
        'too_many_requests',
        'import_busy',
      ),
    },
  }),
  list: createRoute({
    method: 'get',
    path: PATH,
    summary: 'The newest imports',
    responses: {
      200: jsonAnswer(z.object({ imports: z.array(ImportView) }), 'newest first'),
      ...problemResponses(...always),
    },
  }),
  one: createRoute({
    method: 'get',
    path: `${PATH}/{id}`,
    summary: 'One import: how far it is, what was found, what must be decided',
    request: { params: idParam },
    responses: { 200: jsonAnswer(ImportView, 'the import'), ...problemResponses(...ofOne) },
  }),
  settings: createRoute({
    method: 'put',
    path: `${PATH}/{id}/settings`,
    summary: 'Say what the columns mean; all rows are checked again',
    request: { params: idParam, body: body(ImportSettings) },
    responses: {
      200: jsonAnswer(ImportView, 'it is being checked'),
      ...problemResponses(...ofOne, 'import_state', 'import_busy', 'too_many_requests'),
    },
  }),
  rows: createRoute({
    method: 'get',
    path: `${PATH}/{id}/rows`,
    summary: 'The rows with their fates',
    request: {
      params: idParam,
      query: z.object({
        fate: RowFate.optional(),
        cursor: wholeNumber(MAX_ROW).optional(),
        limit: wholeNumber(100).pipe(z.number().min(1)).default(50),
      }),
    },
    responses: { 200: jsonAnswer(ImportRowPage, 'a page'), ...problemResponses(...ofOne) },
  }),
  points: createRoute({
    method: 'get',
    path: `${PATH}/{id}/points`,
    summary: 'The rows on the map',
    request: { params: idParam },
    responses: {
      200: writtenAnswer(Points, 'points with row and fate', 'application/geo+json'),
      ...problemResponses(...ofOne),
    },
  }),
  decide: createRoute({
    method: 'put',
    path: `${PATH}/{id}/rows/{row}/decision`,
    summary: 'Decide one row',
    request: { params: rowParam, body: body(DecideRow) },
    responses: {
      200: jsonAnswer(ImportRowView, 'the row'),
      ...problemResponses(...ofOne, 'import_row_not_found', 'import_state', 'import_incomplete', 'too_many_requests'),
    },
  }),
  store: createRoute({
    method: 'post',
    path: `${PATH}/{id}/store`,
    summary: 'Store the rows in one transaction',
    request: { params: idParam },
    responses: {
      202: jsonAnswer(ImportView, 'they are being stored'),
      ...problemResponses(...ofOne, 'import_state', 'import_incomplete', 'import_busy', 'too_many_requests'),
    },
  }),
  stop: createRoute({
    method: 'post',
    path: `${PATH}/{id}/stop`,
    summary: 'Stop it; what was being stored is rolled back',
    request: { params: idParam },
    responses: {
      200: jsonAnswer(ImportView, 'the import'),
      ...problemResponses(...ofOne, 'import_state', 'too_many_requests'),
    },
  }),
  undo: createRoute({
    method: 'post',
    path: `${PATH}/{id}/undo`,
    summary: 'Take a stored import back as a whole',
    request: { params: idParam, body: body(Undo) },
    responses: {
      200: jsonAnswer(ImportView, 'undone; `kept` names what was edited since'),
      ...problemResponses(...ofOne, 'import_state', 'too_many_requests'),
    },
  }),
};

const MINUTE_MS = 60_000;

export function importRoutes({ connection, findActor, importJobs, clock }: ImportDependencies): OpenAPIHono {
  const { db } = connection;
  const deps = { connection, jobs: importJobs, clock };
  const takeUpload = createRateLimiter({ windowMs: 10 * MINUTE_MS, max: 20 }, clock);
  const takeWrite = createRateLimiter({ windowMs: MINUTE_MS, max: 120 }, clock);

  const importer = (c: Context) => requireActor(c, findActor, 'site.import');
  const mayWrite = (c: Context) => writer(c);
  async function writer(c: Context, take = takeWrite): Promise<Actor> {
    const actor = await importer(c);
    const waitS = take(actor.personId);
    if (waitS === 0) return actor;
    const retry = { 'retry-after': String(waitS) };
    throw new Problem('too_many_requests', `Please try again in ${waitS} s. Nothing was stored.`, {}, retry);
  }
  function assertRoom(): void {
    if (importJobs.hasRoom()) return;
    throw new Problem(
      'import_busy',
      'Other lists are being read. Please try again in a minute.',
      {},
      { 'retry-after': '60' },
    );
  }

  return createApi()
    .openapi(routes.upload, async (c) => {
      const actor = await writer(c, takeUpload);
      // A form on another page could send this with the cookies of whoever looks at it; JSON it could not.
      if (c.req.header('sec-fetch-site') === 'cross-site') throw new Problem('not_allowed', 'Upload from this site.');
      assertRoom();
      const id = randomUUID();
      const path = join(importJobs.uploadsDir, id);
      const upload = await receiveUpload(c.req.raw, path);
      try {
        await verbs.beginImport(deps, actor, id, upload);
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
      return c.json(await views.getImportView(db, actor, id), 201);
    })
    .openapi(routes.list, async (c) => c.json({ imports: await views.listImportViews(db, await importer(c)) }, 200))
    .openapi(signedInRoute(routes.one, importer), async (c) => {
      return c.json(await views.getImportView(db, c.var.actor, c.req.valid('param').id), 200);
    })
    .openapi(signedInRoute(routes.settings, mayWrite), async (c) => {
      const { actor } = c.var;
      const { id } = c.req.valid('param');
      const entry = await views.getImport(db, actor, id);
      assertRoom();
      await verbs.changeSettings(deps, actor, entry, c.req.valid('json'));
      return c.json(await views.getImportView(db, actor, id), 200);
    })
    .openapi(signedInRoute(routes.rows, importer), async (c) => {
      const { id } = await views.getImport(db, c.var.actor, c.req.valid('param').id);
      const { fate, cursor = 0, limit } = c.req.valid('query');
      return c.json(await views.listImportRows(db, id, { fate, after: cursor, limit }), 200);
    })
    .openapi(signedInRoute(routes.points, importer), async (c) => {
      const entry = await views.getImport(db, c.var.actor, c.req.valid('param').id);
      const points = JSON.stringify(await views.listImportPoints(db, entry));
      return c.body(points, 200, { 'content-type': 'application/geo+json', 'cache-control': 'no-store' }) as never;
    })
    .openapi(signedInRoute(routes.decide, mayWrite), async (c) => {
      const { actor } = c.var;
      const { id, row } = c.req.valid('param');
      const entry = await views.getImport(db, actor, id);
      await verbs.decideImportRow(db, entry, row, c.req.valid('json').decision);
      return c.json(await views.getImportRow(db, id, row), 200);
    })
    .openapi(signedInRoute(routes.store, mayWrite), async (c) => {
      const { actor } = c.var;
      const { id } = c.req.valid('param');
      const entry = await views.getImport(db, actor, id);
      assertRoom();
      await verbs.beginStoring(deps, actor, entry);
      return c.json(await views.getImportView(db, actor, id), 202);
    })
    .openapi(signedInRoute(routes.stop, mayWrite), async (c) => {
      const { actor } = c.var;
      const { id } = c.req.valid('param');
      await verbs.stopImport(deps, await views.getImport(db, actor, id));
      return c.json(await views.getImportView(db, actor, id), 200);
    })
    .openapi(signedInRoute(routes.undo, mayWrite), async (c) => {
      const { actor } = c.var;
      const { id } = c.req.valid('param');
      const entry = await views.getImport(db, actor, id);
      await verbs.takeImportBack(deps, actor, entry, c.req.valid('json').reason || null);
      return c.json(await views.getImportView(db, actor, id), 200);
    });
}
