import type { Context } from 'hono';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { PUBLIC_STATUSES } from '#domain/places/catalogue.ts';
import { FileLink } from '#domain/files/file-contract.ts';
import type { Database } from '../../db/connect.ts';
import { sites } from '../../db/tables/places.ts';
import { fileUses } from '../../db/tables/files.ts';
import { type FindActor, requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer } from '../http/json-content.ts';
import { Problem, problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { limitRate } from '../http/rate-limit.ts';
import { answerFile } from '../platform/files/answer-file.ts';
import { findFile, openFile } from '../platform/files/open-file.ts';
import { findPhotosInScope } from './find-photos-in-scope.ts';
import type { PlacesDependencies } from './routes.ts';

/** A photo never changes under its id. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const MINUTE_MS = 60_000;

const photoRoute = createRoute({
  method: 'get',
  path: '/photos/{id}',
  summary: 'A photo of a place',
  description: 'Of places that everybody may see. `size=thumb` is a WebP of at most 480 px.',
  request: {
    params: z.object({ id: z.uuid() }),
    query: z.object({ size: z.enum(['full', 'thumb']).default('full') }),
  },
  responses: {
    200: { description: 'the photo' },
    304: { description: 'as you have it' },
    ...problemResponses('invalid_request', 'photo_not_found', 'too_many_requests', 'files_unavailable'),
  },
});

const MOST_LINKS = 24;
const linksRoute = createRoute({
  method: 'get',
  path: '/office/photo-links',
  summary: 'Links to photos of places that nobody else may see yet',
  description: 'Photos of drafts, of planned places, or taken out again. What is not yours to see is left out.',
  request: {
    query: z.object({
      ids: z
        .string()
        .max(MOST_LINKS * 37)
        .transform((text) => text.toLowerCase().split(','))
        .pipe(z.array(z.uuid()).min(1).max(MOST_LINKS)),
    }),
  },
  responses: {
    200: jsonAnswer(z.object({ links: z.record(z.string(), FileLink) }), 'by the id of the file'),
    ...problemResponses('invalid_request', 'not_signed_in', 'not_allowed'),
  },
});

/** Photos of places: for everybody, and for those who look after the places. */
export function photoRoutes({
  connection: { db },
  files,
  findActor,
  clock,
  trustedProxies,
}: PlacesDependencies & { findActor: FindActor }): OpenAPIHono {
  const api = createApi();
  api.use('/photos/*', limitRate({ windowMs: MINUTE_MS, max: 3000 }, clock, trustedProxies));
  const mayView = (c: Context) => requireActor(c, findActor, 'site.view');
  api.openapi(signedInRoute(linksRoute, mayView), async (c) => {
    const { actor } = c.var;
    const found = await findPhotosInScope(db, actor, c.req.valid('query').ids);
    return c.json({ links: Object.fromEntries(found.map((file) => [file.id, files.links.make(file)])) }, 200);
  });
  return api.openapi(photoRoute, async (c) => {
    const id = c.req.valid('param').id.toLowerCase();
    const { size } = c.req.valid('query');
    const row = (await isShown(db, id)) ? await findFile(files, id) : undefined;
    if (!row) throw new Problem('photo_not_found', 'No place shows this photo, or not any more.');
    const headers = { etag: `"${id}-${size}"`, 'cache-control': FOR_EVER };
    if (c.req.header('if-none-match')?.includes(headers.etag)) return c.body(null, 304, headers);
    const answer = answerFile(id, await openFile(files, row, size), FOR_EVER);
    answer.headers.set('etag', headers.etag);
    return answer;
  });
}

/** Whether a place that everybody may see shows it today. */
async function isShown(db: Database, fileId: string): Promise<boolean> {
  const [shown] = await db
    .select({ id: sites.id })
    .from(fileUses)
    .innerJoin(sites, and(eq(fileUses.kind, 'site'), eq(sites.id, fileUses.subjectId)))
    .where(
      and(
        eq(fileUses.fileId, fileId),
        inArray(sites.status, [...PUBLIC_STATUSES]),
        sql`${sites.photos} @> ${JSON.stringify([{ file: fileId }])}::jsonb`,
      ),
    )
    .limit(1);
  return shown !== undefined;
}
