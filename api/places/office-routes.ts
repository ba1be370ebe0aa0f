import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Action } from '#domain/accounts/permissions.ts';
import {
  AddSite,
  AnswerReports,
  FactState,
  ReportState,
  RestoreRevision,
  RevisionView,
  SavedSite,
  SaveSite,
  VerifyFact,
} from '#domain/places/office-contract.ts';
import { SiteId } from '#domain/places/site.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { createApi } from '../http/create-api.ts';
import type { FindActor } from '../http/actor.ts';
import { requireActor } from '../http/actor.ts';
import { type ProblemCode, problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { answerReports } from './answer-reports.ts';
import { getDistrictAreas, type Ground } from './check-site-document.ts';
import { draftRoutes } from './draft-routes.ts';
import { getReportState } from './get-report-state.ts';
import { listRevisions } from './list-revisions.ts';
import { createOfficeWriter, etagOf, requireRevision } from './office-writer.ts';
import { revisionBefore } from './query-params.ts';
import { restoreRevision } from './restore-revision.ts';
import type { PlacesDependencies } from './routes.ts';
import { createSite, updateSite } from './save-site.ts';
import { verifyFact } from './verify-fact.ts';
import { ANY_WRITE } from './write-problems.ts';

const idParam = z.object({ id: SiteId });
const uuidParam = z.object({ id: z.uuid() });

const ANY_SAVE = [
  ...ANY_WRITE,
  'outside_city',
  'point_at_sea',
  'other_district',
  'no_such_reference',
  'nothing_to_verify',
  'day_to_come',
  'id_taken',
  'report_not_found',
] as const satisfies readonly ProblemCode[];
const ANY_EDIT = [
  ...ANY_SAVE,
  'site_not_found',
  'needs_handover',
  'replaced_in_circle',
  'changed_meanwhile',
  'precondition_required',
] as const satisfies readonly ProblemCode[];

const routes = {
  add: createRoute({
    method: 'post',
    path: '/office/sites',
    summary: 'Add a place',
    description: 'Idempotent by the id.',
    request: { body: jsonBody(AddSite) },
    responses: { 201: jsonAnswer(SavedSite, 'added; the ETag is its revision'), ...problemResponses(...ANY_SAVE) },
  }),
  save: createRoute({
    method: 'put',
    path: '/office/sites/{id}',
    summary: 'Save a place whole',
    description:
      'Needs `If-Match: "r<revision>"`, the revision that was edited. 412 brings the place as it stands now in `current`. A save that changes nothing answers 200 with no changes, also over an older revision.',
    request: { params: idParam, body: jsonBody(SaveSite) },
    responses: { 200: jsonAnswer(SavedSite, 'saved; the ETag is the new revision'), ...problemResponses(...ANY_EDIT) },
  }),
  verify: createRoute({
    method: 'post',
    path: '/office/sites/{id}/verifications',
    summary: 'Say that somebody checked a fact of a place',
    description: 'Idempotent by the id.',
    request: { params: idParam, body: jsonBody(VerifyFact) },
    responses: {
      201: jsonAnswer(z.object({ facts: z.array(FactState) }), 'the facts as they stand'),
      ...problemResponses(...ANY_WRITE, 'site_not_found', 'nothing_to_verify', 'day_to_come', 'id_taken'),
    },
  }),
  revisions: createRoute({
    method: 'get',
    path: '/office/sites/{id}/revisions',
    summary: "A place's history, newest first, at most 200 revisions",
    request: { params: idParam, query: z.object({ before: revisionBefore.optional() }) },
    responses: {
      200: jsonAnswer(z.object({ revisions: z.array(RevisionView) }), 'who changed what, when and why'),
      ...problemResponses('invalid_request', 'not_signed_in', 'not_allowed', 'site_not_found'),
    },
  }),
  restore: createRoute({
    method: 'post',
    path: '/office/sites/{id}/restore',
    summary: 'Make a place again what it was at a revision',
    description: 'Needs `If-Match` as a save does. The point is taken as it was, without being checked again.',
    request: { params: idParam, body: jsonBody(RestoreRevision) },
    responses: {
      200: jsonAnswer(SavedSite, 'restored, as a new revision'),
      ...problemResponses(...ANY_EDIT, 'revision_not_found'),
    },
  }),
  answer: createRoute({
    method: 'post',
    path: '/office/reports/answers',
    summary: 'Tell riders what became of their reports',
    request: { body: jsonBody(AnswerReports) },
    responses: {
      200: jsonAnswer(z.object({ answered: z.number().int() }), 'how many had no answer before'),
      ...problemResponses(...ANY_WRITE, 'report_not_found'),
    },
  }),
  report: createRoute({
    method: 'get',
    path: '/reports/{id}',
    summary: 'What became of a report',
    description: 'The id is known only to the phone that sent the report.',
    request: { params: uuidParam },
    responses: {
      200: jsonAnswer(ReportState, 'its state'),
      ...problemResponses('invalid_request', 'report_not_found'),
    },
  }),
};

export type OfficeDependencies = PlacesDependencies & { findActor: FindActor };

/** What offices write about their places, and the history that comes of it. */
export function officeRoutes(deps: OfficeDependencies): OpenAPIHono {
  const { connection, network, clock, findActor } = deps;
  const { db } = connection;
  const writer = createOfficeWriter(findActor, clock);
  const mayWrite = (action: Action) => (c: Context) => writer(c, action);
  const mayView = (c: Context) => requireActor(c, findActor, 'site.view');
  let areas: ReturnType<typeof getDistrictAreas> | undefined;

  /** Borders are base data, read once. */
  async function getGround(): Promise<Ground> {
    areas ??= getDistrictAreas(db);
    areas.catch(() => (areas = undefined));
    return { network, districts: await areas };
  }

  const api = createApi()
    .openapi(signedInRoute(routes.add, mayWrite('site.edit')), async (c) => {
      const { actor } = c.var;
      const saved = await createSite(db, actor, c.req.valid('json'), await getGround(), clock());
      return c.json(saved, 201, etagOf(saved.revision));
    })
    .openapi(signedInRoute(routes.save, mayWrite('site.edit')), async (c) => {
      const { actor } = c.var;
      const { id } = c.req.valid('param');
      const base = requireRevision(c);
      const saved = await updateSite(db, actor, id, base, c.req.valid('json'), await getGround(), clock());
      return c.json(saved, 200, etagOf(saved.revision));
    })
    .openapi(signedInRoute(routes.verify, mayWrite('site.edit')), async (c) => {
      const { actor } = c.var;
      const { id } = c.req.valid('param');
      const facts = await verifyFact(db, actor, id, c.req.valid('json'), await getGround(), clock());
      return c.json({ facts }, 201);
    })
    .openapi(signedInRoute(routes.revisions, mayView), async (c) => {
      const { actor } = c.var;
      const { before } = c.req.valid('query');
      return c.json({ revisions: await listRevisions(db, actor, c.req.valid('param').id, before) }, 200);
    })
    .openapi(signedInRoute(routes.restore, mayWrite('site.edit')), async (c) => {
      const { actor } = c.var;
      const { id } = c.req.valid('param');
      const base = requireRevision(c);
      const saved = await restoreRevision(db, actor, id, base, c.req.valid('json'), await getGround(), clock());
      return c.json(saved, 200, etagOf(saved.revision));
    })
    .openapi(signedInRoute(routes.answer, mayWrite('report.answer')), async (c) => {
      const { actor } = c.var;
      return c.json({ answered: await answerReports(db, actor, c.req.valid('json'), clock()) }, 200);
    })
    .openapi(routes.report, async (c) => {
      const state = await getReportState(db, c.req.valid('param').id);
      return c.json(state, 200, { 'cache-control': 'no-store' });
    });
  api.route('/', draftRoutes({ db, clock, findActor, writer, getGround }));
  return api;
}
