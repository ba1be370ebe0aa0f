import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { type Action, mayEver } from '#domain/accounts/permissions.ts';
import { BeginUpload, FilePurposeParam, UploadedFile, UploadState } from '#domain/files/file-contract.ts';
import type { FilePurpose } from '#domain/files/file-kinds.ts';
import type { Actor } from '#domain/accounts/roles.ts';
import { type FindActor, requireActor } from '../../http/actor.ts';
import { createApi } from '../../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../../http/json-content.ts';
import { Problem, problemResponses, refuseField } from '../../http/problem.ts';
import { signedInRoute } from '../../http/signed-in-route.ts';
import { clientAddress, createRateLimiter, tooManyRequests } from '../../http/rate-limit.ts';
import { answerFile } from './answer-file.ts';
import { assertQuota } from './file-quota.ts';
import type { Files, Uploader } from './files.ts';
import { keepFile, viewUploaded } from './keep-file.ts';
import { fileNotFound, findFile, openFile } from './open-file.ts';
import { receiveFile } from './receive-file.ts';
import { beginUpload, continueUpload, getUpload } from './resumable-uploads.ts';

/** What is sent as it is, not as JSON: the app's limits for JSON do not hold there. */
export const FILE_BODIES: readonly { method: string; path: RegExp }[] = [
  { method: 'POST', path: /^\/api\/files$/ },
  { method: 'POST', path: /^\/api\/sessions\/[^/]+\/files$/ },
  { method: 'PATCH', path: /^\/api\/files\/uploads\/[^/]+$/ },
];

/** What somebody handed in is never a page of ours, whatever a browser makes of it. */
export const fileHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set('content-security-policy', "default-src 'none'; sandbox");
  c.res.headers.set('x-content-type-options', 'nosniff');
};

/** Any of these may hand it in; null: anybody, also without signing in. */
const MAY_HAND_IN: Readonly<Record<FilePurpose, readonly Action[] | null>> = {
  site_photo: ['site.edit', 'site.propose'],
  verification_photo: ['site.edit'],
  report_photo: null,
  paper: ['own.data'],
};

const OFFSET_TYPE = /^application\/offset\+octet-stream$/i;
const uuidParam = z.object({ id: z.uuid() });
const HANDING_IN = [
  'invalid_request',
  'not_signed_in',
  'not_allowed',
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
] as const;

const routes = {
  add: createRoute({
    method: 'post',
    path: '/files',
    summary: 'Hand in a picture or a paper',
    description:
      'multipart/form-data with the one field `file`: a JPEG, PNG or WebP picture (at most 15 MB), with `purpose=paper` also a PDF (20 MB). Pictures are drawn anew without their metadata. `position` is where the photo was taken by its own word; it is answered here and kept nowhere. What nothing uses is deleted after a day.',
    request: { query: z.object({ purpose: FilePurposeParam }) },
    responses: { 201: jsonAnswer(UploadedFile, 'kept'), ...problemResponses(...HANDING_IN) },
  }),
  open: createRoute({
    method: 'get',
    path: '/files/{id}',
    summary: 'A file, by a link that is good for some minutes',
    request: {
      params: uuidParam,
      query: z.object({
        size: z.enum(['full', 'thumb']).default('full'),
        expires: z.coerce.number().int().min(0).max(99_999_999_999),
        signature: z.string().max(100),
      }),
    },
    responses: {
      200: { description: 'the file' },
      ...problemResponses('invalid_request', 'link_not_good', 'file_not_found', 'files_unavailable'),
    },
  }),
  begin: createRoute({
    method: 'post',
    path: '/files/uploads',
    summary: 'Begin a file that comes in pieces',
    description: 'For whoever is signed in. It has to be finished within a day.',
    request: { body: jsonBody(BeginUpload) },
    responses: { 201: jsonAnswer(UploadState, 'begun'), ...problemResponses(...HANDING_IN, 'broken_json') },
  }),
  state: createRoute({
    method: 'get',
    path: '/files/uploads/{id}',
    summary: 'How far a file in pieces has come',
    description: 'HEAD answers the same in `Upload-Offset` and `Upload-Length`.',
    request: { params: uuidParam },
    responses: {
      200: jsonAnswer(UploadState, 'its state'),
      ...problemResponses('invalid_request', 'not_signed_in', 'upload_not_found'),
    },
  }),
  append: createRoute({
    method: 'patch',
    path: '/files/uploads/{id}',
    summary: 'Send the next piece',
    description:
      'The bytes as application/offset+octet-stream, with `Upload-Offset`. What arrived before a line broke is kept. The last piece answers with `file`.',
    request: { params: uuidParam },
    responses: {
      200: jsonAnswer(UploadState, 'taken'),
      ...problemResponses(...HANDING_IN, 'upload_not_found', 'upload_offset', 'file_differs', 'body_too_large'),
    },
  }),
};

type Dependencies = {
  files: Files;
  findActor: FindActor;
  devices: { deviceOf: (c: Context) => string };
  clock: () => number;
  trustedProxies: number;
};

const MINUTE_MS = 60_000;

/** Handing files in and opening them. Which file somebody may see is decided where its link is made. */
function assertMayHandIn(actor: Actor, actions: readonly Action[]): void {
  if (actions.some((action) => mayEver(actor, action))) return;
  throw new Problem('not_allowed', `None of your roles may do this (${actions.join(', ')}).`);
}

export function fileRoutes({ files, findActor, devices, clock, trustedProxies }: Dependencies): OpenAPIHono {
  // Decoding costs much; a carrier's address is thousands of riders.
  const takeByAddress = createRateLimiter({ windowMs: 10 * MINUTE_MS, max: 600 }, clock);
  const takeByUploader = createRateLimiter({ windowMs: MINUTE_MS, max: 60 }, clock);

  /** `known`: where it is known who asks; else they are looked up where the purpose needs it. */
  async function requireUploader(c: Context, purpose: FilePurpose, known?: Actor): Promise<Uploader> {
    const addressWaitS = takeByAddress(clientAddress(c, trustedProxies));
    if (addressWaitS > 0) throw tooManyRequests(addressWaitS);
    const actions = MAY_HAND_IN[purpose];
    // A report is nobody's by name, also when somebody is signed in on the phone.
    const actor = actions && (known ?? (await signedIn(c)));
    if (actor) assertMayHandIn(actor, actions);
    const uploader = actor ? files.byPerson(actor.personId) : files.byDevice(devices.deviceOf(c));
    const waitS = takeByUploader(uploader.personId ?? uploader.deviceHash);
    if (waitS > 0) throw tooManyRequests(waitS);
    return uploader;
  }

  const signedIn = (c: Context) => requireActor(c, findActor, 'own.data');

  return createApi()
    .openapi(routes.add, async (c) => {
      const { purpose } = c.req.valid('query');
      const uploader = await requireUploader(c, purpose);
      await assertQuota(files.db, uploader, clock());
      const kept = await receiveFile(c.req.raw, ({ contentType, data }) =>
        keepFile(files, { uploader, purpose, declaredType: contentType }, data),
      );
      return c.json(viewUploaded(files, kept), 201);
    })
    .openapi(routes.open, async (c) => {
      const { size, expires, signature } = c.req.valid('query');
      const id = c.req.valid('param').id.toLowerCase();
      files.links.assert(id, size, expires, signature);
      const row = await findFile(files, id);
      if (!row) throw fileNotFound();
      return answerFile(id, await openFile(files, row, size), 'private, no-store');
    })
    .openapi(signedInRoute(routes.begin, signedIn), async (c) => {
      const wanted = c.req.valid('json');
      if (MAY_HAND_IN[wanted.purpose] === null) {
        throw refuseField('invalid_request', 'purpose', 'A photo of a report is sent whole, to POST /api/files.');
      }
      const { personId } = await requireUploader(c, wanted.purpose, c.var.actor);
      const state = await beginUpload(files, personId!, wanted);
      return c.json(state, 201, { location: `/api/files/uploads/${state.id}`, ...offsetHeaders(state) });
    })
    .openapi(signedInRoute(routes.state, signedIn), async (c) => {
      const state = await getUpload(files, c.var.actor.personId, c.req.valid('param').id);
      return c.json(state, 200, offsetHeaders(state));
    })
    .openapi(signedInRoute(routes.append, signedIn), async (c) => {
      const { personId } = c.var.actor;
      const waitS = takeByUploader(personId);
      if (waitS > 0) throw tooManyRequests(waitS);
      if (!OFFSET_TYPE.test(c.req.header('content-type') ?? '')) {
        throw new Problem('unsupported_media_type', 'Send the piece as application/offset+octet-stream.');
      }
      const offset = /^\d{1,12}$/.exec(c.req.header('upload-offset') ?? '')?.[0];
      if (offset === undefined) {
        throw refuseField('invalid_request', 'upload-offset', 'Upload-Offset says at which byte this piece begins.');
      }
      const body = c.req.raw.body as unknown as AsyncIterable<Uint8Array> | null;
      const state = await continueUpload(files, personId, c.req.valid('param').id, Number(offset), body);
      return c.json(state, 200, offsetHeaders(state));
    });
}

function offsetHeaders({ offset, bytes }: UploadState) {
  return { 'upload-offset': String(offset), 'upload-length': String(bytes), 'cache-control': 'no-store' };
}
