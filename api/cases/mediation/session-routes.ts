import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  JoinSession,
  LinkMade,
  MakeLink,
  OpenSession,
  SendSessionMessage,
  SessionEntries,
  SessionEntry,
  SessionJoined,
  SessionRows,
  SessionView,
} from '#domain/cases/mediation/session-contract.ts';
import { UploadedFile } from '#domain/files/file-contract.ts';
import { jsonAnswer, jsonBody } from '../../http/json-content.ts';
import { requireActor } from '../../http/actor.ts';
import { type ProblemCode, problemResponses } from '../../http/problem.ts';
import { signedInRoute } from '../../http/signed-in-route.ts';
import { clientAddress } from '../../http/rate-limit.ts';
import { assertQuota } from '../../platform/files/file-quota.ts';
import { keepFile, viewUploaded } from '../../platform/files/keep-file.ts';
import { receiveFile } from '../../platform/files/receive-file.ts';
import { requestNotFound } from '../act-on-request.ts';
import type { Doors, MediationDependencies } from './dependencies.ts';
import { partyIn, requireMediator } from './find-partaker.ts';
import { joinSession, makeLink } from './join-session.ts';
import { listEntries } from './list-entries.ts';
import { openSession } from './open-session.ts';
import { sendSessionMessage, uploaderOf } from './send-message.ts';
import { createSessionEvents } from './session-events.ts';
import { listSessions, lookAtSession } from './view-session.ts';

const idParam = z.object({ id: z.uuid() });
const Seq = z.coerce.number().int().min(0).max(2_000_000_000);

const SESSION_READ = ['invalid_request', 'not_signed_in', 'session_not_found'] as const;
export const SESSION_WRITE = [
  ...SESSION_READ,
  'broken_json',
  'body_too_large',
  'unsupported_media_type',
  'too_many_requests',
  'not_allowed',
  'session_state',
  'name_confidential',
  'id_taken',
  'person_erased',
] as const satisfies readonly ProblemCode[];

const routes = {
  open: createRoute({
    method: 'post',
    path: '/office/requests/{id}/sessions',
    summary: 'Open a session of mediation, on the phone or online',
    description: 'Idempotent by the id. A request that was accepted goes into mediation with it.',
    request: { params: idParam, body: jsonBody(OpenSession) },
    responses: {
      200: jsonAnswer(SessionView, 'opened before'),
      201: jsonAnswer(SessionView, 'opened'),
      ...problemResponses(...SESSION_WRITE, 'request_not_found', 'request_state'),
    },
  }),
  list: createRoute({
    method: 'get',
    path: '/requests/{id}/sessions',
    summary: 'The sessions of a request, newest first, for who takes part',
    request: { params: idParam },
    responses: {
      200: jsonAnswer(SessionRows, 'the sessions'),
      ...problemResponses('invalid_request', 'not_signed_in', 'request_not_found'),
    },
  }),
  view: createRoute({
    method: 'get',
    path: '/sessions/{id}',
    summary: 'A session as whoever takes part may see it',
    request: { params: idParam },
    responses: { 200: jsonAnswer(SessionView, 'the session'), ...problemResponses(...SESSION_READ) },
  }),
  link: createRoute({
    method: 'post',
    path: '/sessions/{id}/links',
    summary: 'Make the one-time link by which the respondent joins',
    description: 'Links before it, and whoever joined by them, are shut out.',
    request: { params: idParam, body: jsonBody(MakeLink) },
    responses: { 201: jsonAnswer(LinkMade, 'shown once'), ...problemResponses(...SESSION_WRITE) },
  }),
  join: createRoute({
    method: 'post',
    path: '/sessions/join',
    summary: 'Open a one-time link',
    description: 'Answers a token, to be sent as the header x-session-token.',
    request: { body: jsonBody(JoinSession) },
    responses: {
      200: jsonAnswer(SessionJoined, 'joined'),
      ...problemResponses('invalid_request', 'broken_json', 'unsupported_media_type', 'too_many_requests', 'join_void'),
    },
  }),
  messages: createRoute({
    method: 'get',
    path: '/sessions/{id}/messages',
    summary: 'What was said and done, after an entry',
    request: { params: idParam, query: z.object({ after: Seq.default(0) }) },
    responses: { 200: jsonAnswer(SessionEntries, 'at most a hundred, in order'), ...problemResponses(...SESSION_READ) },
  }),
  send: createRoute({
    method: 'post',
    path: '/sessions/{id}/messages',
    summary: 'Say something before both sides, or to the mediator alone',
    description: 'Idempotent by the id. In a session on the phone the mediator writes down calls.',
    request: { params: idParam, body: jsonBody(SendSessionMessage) },
    responses: {
      200: jsonAnswer(SessionEntry, 'stored before'),
      201: jsonAnswer(SessionEntry, 'stored'),
      ...problemResponses(...SESSION_WRITE, 'no_such_file'),
    },
  }),
  files: createRoute({
    method: 'post',
    path: '/sessions/{id}/files',
    summary: 'Hand in a proof, to be sent with a message',
    description: 'As POST /api/files with purpose=paper, also for those who joined by a link or a code.',
    request: { params: idParam },
    responses: {
      201: jsonAnswer(UploadedFile, 'kept for a day, unless a message uses it'),
      ...problemResponses(
        ...SESSION_READ,
        'file_empty',
        'file_type',
        'file_lies',
        'file_broken',
        'file_too_large',
        'too_many_files',
        'too_many_requests',
        'broken_upload',
        'unsupported_media_type',
        'files_unavailable',
      ),
    },
  }),
  events: createRoute({
    method: 'get',
    path: '/sessions/{id}/events',
    summary: 'Follow a session, as server-sent events',
    description:
      '`event: entry`, its number as `id`. Goes on after the header Last-Event-ID, or after `after`: nothing is lost or told twice.',
    request: { params: idParam, query: z.object({ after: Seq.default(0) }) },
    responses: {
      200: { description: 'the stream', content: { 'text/event-stream': { schema: z.string() } } },
      ...problemResponses(...SESSION_READ, 'too_many_streams'),
    },
  }),
};

export function addSessionRoutes(
  api: OpenAPIHono,
  deps: MediationDependencies,
  { requireLooker, requirePartakerOf }: Doors,
): void {
  const { connection, vault, files, findActor, limits, devices, clock, trustedProxies, publicUrl } = deps;
  const { db } = connection;
  const sessionEvents = createSessionEvents(deps);

  api
    .openapi(
      signedInRoute(routes.open, (c) => requireActor(c, findActor, 'case.mediate')),
      async (c) => {
        const { actor } = c.var;
        const { view, isNew } = await openSession(deps, actor, c.req.valid('param').id, c.req.valid('json'), clock());
        return c.json(view, isNew ? 201 : 200);
      },
    )
    .openapi(routes.list, async (c) => {
      const looker = await requireLooker(c);
      const { id } = c.req.valid('param');
      if ('link' in looker || !(await partyIn(db, looker, id))) throw requestNotFound();
      return c.json({ rows: await listSessions(db, id) }, 200);
    })
    .openapi(routes.join, async (c) => {
      await limits.assert('join_session', {
        device: devices.deviceOf(c),
        address: clientAddress(c, trustedProxies),
      });
      return c.json(await joinSession(deps, c.req.valid('json'), clock()), 200);
    })
    .openapi(routes.view, async (c) => {
      const partaker = await requirePartakerOf(c, c.req.valid('param').id);
      return c.json(await lookAtSession(deps, partaker, clock()), 200);
    })
    .openapi(routes.link, async (c) => {
      const partaker = await requirePartakerOf(c, c.req.valid('param').id);
      requireMediator(partaker);
      await limits.assert('session_link', { name: partaker.session.id });
      const origin = publicUrl?.replace(/\/$/, '') ?? new URL(c.req.url).origin;
      return c.json(await makeLink(deps, partaker, c.req.valid('json'), origin, clock()), 201);
    })
    .openapi(routes.messages, async (c) => {
      const partaker = await requirePartakerOf(c, c.req.valid('param').id);
      return c.json(await listEntries({ db, vault, files }, partaker, c.req.valid('query').after), 200);
    })
    .openapi(routes.send, async (c) => {
      const partaker = await requirePartakerOf(c, c.req.valid('param').id);
      await limits.assert('session_message', { name: `${partaker.session.id} ${partaker.party}` });
      const { entry, isNew } = await sendSessionMessage(deps, partaker, c.req.valid('json'), clock());
      return c.json(entry, isNew ? 201 : 200);
    })
    .openapi(routes.files, async (c) => {
      const partaker = await requirePartakerOf(c, c.req.valid('param').id);
      const uploader = uploaderOf(files, partaker);
      await limits.assert('session_message', { name: `${partaker.session.id} ${partaker.party}` });
      await assertQuota(db, uploader, clock());
      const kept = await receiveFile(c.req.raw, ({ contentType, data }) =>
        keepFile(files, { uploader, purpose: 'paper', declaredType: contentType }, data),
      );
      return c.json(viewUploaded(files, kept), 201);
    })
    .openapi(routes.events, async (c) => {
      const last = Seq.safeParse(c.req.header('last-event-id') ?? c.req.valid('query').after);
      const from = last.success ? last.data : 0;
      const { id } = c.req.valid('param');
      return sessionEvents(c, from, () => requirePartakerOf(c, id));
    });
}
