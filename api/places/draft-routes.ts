import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Action } from '#domain/accounts/permissions.ts';
import { AskHandover, Decide, DraftView, HandoverView, SaveDraft } from '#domain/places/office-contract.ts';
import { SiteId } from '#domain/places/site.ts';
import type { Database } from '../../db/connect.ts';
import { type FindActor } from '../http/actor.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { createApi } from '../http/create-api.ts';
import { type ProblemCode, problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { askHandover } from './ask-handover.ts';
import type { Ground } from './check-site-document.ts';
import { decideDraft } from './decide-draft.ts';
import { decideHandover } from './decide-handover.ts';
import type { OfficeWriter } from './office-writer.ts';
import { saveDraft, withdrawDraft } from './save-draft.ts';
import { ANY_WRITE } from './write-problems.ts';

const siteParam = z.object({ id: SiteId });
const uuidParam = z.object({ id: z.uuid() });

const ANY_ACCEPTANCE = [
  'outside_city',
  'point_at_sea',
  'other_district',
  'no_such_reference',
  'replaced_in_circle',
  'needs_handover',
  'changed_meanwhile',
  'already_decided',
] as const satisfies readonly ProblemCode[];

const routes = {
  save: createRoute({
    method: 'put',
    path: '/office/drafts/{id}',
    summary: 'Keep an unfinished edit, or propose one to the street',
    description:
      'A new UUID makes a draft. Neither needs the right to edit: a keeper keeps drafts of its own places too.',
    request: { params: uuidParam, body: jsonBody(SaveDraft) },
    responses: {
      200: jsonAnswer(DraftView, 'kept'),
      ...problemResponses(
        ...ANY_WRITE,
        'site_not_found',
        'revision_not_found',
        'no_such_reference',
        'already_decided',
        'id_taken',
      ),
    },
  }),
  withdraw: createRoute({
    method: 'delete',
    path: '/office/drafts/{id}',
    summary: 'Take back a draft or a proposal of your own',
    request: { params: uuidParam },
    responses: {
      204: { description: 'withdrawn' },
      ...problemResponses(
        'invalid_request',
        'not_signed_in',
        'not_allowed',
        'draft_not_found',
        'already_decided',
        'too_many_requests',
      ),
    },
  }),
  decide: createRoute({
    method: 'post',
    path: '/office/drafts/{id}/decision',
    summary: 'Accept a proposal, which saves it, or refuse it',
    request: { params: uuidParam, body: jsonBody(Decide) },
    responses: {
      200: jsonAnswer(DraftView, 'decided'),
      ...problemResponses(...ANY_WRITE, ...ANY_ACCEPTANCE, 'draft_not_found', 'site_not_found'),
    },
  }),
  ask: createRoute({
    method: 'post',
    path: '/office/sites/{id}/handovers',
    summary: 'Ask another street to take a place over',
    description: 'Idempotent by the id.',
    request: { params: siteParam, body: jsonBody(AskHandover) },
    responses: {
      201: jsonAnswer(HandoverView, 'asked'),
      ...problemResponses(...ANY_WRITE, 'site_not_found', 'no_such_reference', 'handover_open', 'id_taken'),
    },
  }),
  take: createRoute({
    method: 'post',
    path: '/office/handovers/{id}/decision',
    summary: 'Take a place over, or decline',
    request: { params: uuidParam, body: jsonBody(Decide) },
    responses: {
      200: jsonAnswer(HandoverView, 'decided'),
      ...problemResponses(...ANY_WRITE, ...ANY_ACCEPTANCE, 'handover_not_found'),
    },
  }),
};

/** Changes that somebody else has to agree to: drafts, proposals, hand-overs. */
export function draftRoutes(deps: {
  db: Database;
  clock: () => number;
  findActor: FindActor;
  writer: OfficeWriter;
  getGround: () => Promise<Ground>;
}): OpenAPIHono {
  const { db, clock, writer, getGround } = deps;
  const mayWrite = (action: Action) => (c: Context) => writer(c, action);
  return createApi()
    .openapi(signedInRoute(routes.save, mayWrite('site.propose')), async (c) => {
      const { actor } = c.var;
      return c.json(await saveDraft(db, actor, c.req.valid('param').id, c.req.valid('json'), clock()), 200);
    })
    .openapi(signedInRoute(routes.withdraw, mayWrite('site.propose')), async (c) => {
      const { actor } = c.var;
      await withdrawDraft(db, actor, c.req.valid('param').id, clock());
      return c.body(null, 204);
    })
    .openapi(signedInRoute(routes.decide, mayWrite('proposal.decide')), async (c) => {
      const { actor } = c.var;
      const { id } = c.req.valid('param');
      return c.json(await decideDraft(db, actor, id, c.req.valid('json'), await getGround(), clock()), 200);
    })
    .openapi(signedInRoute(routes.ask, mayWrite('handover.ask')), async (c) => {
      const { actor } = c.var;
      return c.json(await askHandover(db, actor, c.req.valid('param').id, c.req.valid('json'), clock()), 201);
    })
    .openapi(signedInRoute(routes.take, mayWrite('handover.decide')), async (c) => {
      const { actor } = c.var;
      const { id } = c.req.valid('param');
      return c.json(await decideHandover(db, actor, id, c.req.valid('json'), await getGround(), clock()), 200);
    });
}
