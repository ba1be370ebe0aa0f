import type { Action } from '#domain/accounts/permissions.ts';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  ClaimReconciliation,
  FeedKey,
  InsurerDay,
  InsurerDayPage,
  PassedClaim,
  TakenPayments,
  TakePayments,
} from '#domain/insurance/ledger-contract.ts';
import { Day } from '#domain/places/site.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { createOfficeWriter } from '../places/office-writer.ts';
import type { Vault } from '../platform/vault.ts';
import type { InsuranceDependencies } from './dependencies.ts';
import {
  CLAIM_FILES,
  type ClaimFile,
  listPassedClaims,
  PASSED_CLAIMS,
  reconcileClaims,
  writePassedClaims,
} from './insurer-claims.ts';
import { DAY_FILES, type DayFile, getInsurerDay, listInsurerDays, writeInsurerDay } from './insurer-days.ts';
import { getFeedKey, signFile } from './insurer-key.ts';
import { chooseInsurer } from './ledger-scope.ts';
import { type PayClaim, takeInsurerPayments } from './take-insurer-payments.ts';

const ACCESS_PROBLEMS = ['invalid_request', 'not_signed_in', 'not_allowed'] as const;
const insurerQuery = z.object({
  insurer: z.string().max(80).optional().openapi({ description: 'may be left out by an insurer: its own' }),
});
const FILE_TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' } as const;
const withSignatures = <Name extends string>(names: readonly Name[]) =>
  z.enum(names.flatMap((name) => [name, `${name}.sig` as const]));
const fileAnswer = {
  description:
    'the file, with its signature in base64 in the header `luyi-signature`; with `.sig` the 64 bytes of the signature alone',
  content: Object.fromEntries(
    [...Object.values(FILE_TYPES), 'application/octet-stream'].map((type) => [type, { schema: z.string() }]),
  ),
};

const routes = {
  key: createRoute({
    method: 'get',
    path: '/insurer-feed/key',
    summary: 'The public key of the signatures under files for insurers',
    responses: { 200: jsonAnswer(FeedKey, 'Ed25519') },
  }),
  days: createRoute({
    method: 'get',
    path: '/office/insurer/days',
    summary: "An insurer's closed days, in their order",
    request: {
      query: insurerQuery.extend({ after: Day.optional(), limit: z.coerce.number().int().min(1).max(366).default(31) }),
    },
    responses: { 200: jsonAnswer(InsurerDayPage, 'one page'), ...problemResponses(...ACCESS_PROBLEMS) },
  }),
  day: createRoute({
    method: 'get',
    path: '/office/insurer/days/{day}',
    summary: 'One closed day of an insurer',
    request: { params: z.object({ day: Day }), query: insurerQuery },
    responses: { 200: jsonAnswer(InsurerDay, 'its sums'), ...problemResponses(...ACCESS_PROBLEMS, 'day_not_closed') },
  }),
  dayFile: createRoute({
    method: 'get',
    path: '/office/insurer/days/{day}/{file}',
    summary: 'Whom a closed day covered, under pseudonyms, as a signed file',
    request: { params: z.object({ day: Day, file: withSignatures(DAY_FILES) }), query: insurerQuery },
    responses: { 200: fileAnswer, ...problemResponses(...ACCESS_PROBLEMS, 'day_not_closed', 'day_differs') },
  }),
  claims: createRoute({
    method: 'get',
    path: '/office/insurer/claims',
    summary: 'Claims that were passed to an insurer, in the order of their numbers',
    request: {
      query: insurerQuery.extend({
        which: z.enum(PASSED_CLAIMS).default('passed'),
        after: z.string().max(40).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    },
    responses: {
      200: jsonAnswer(z.object({ claims: z.array(PassedClaim), nextAfter: z.string().nullable() }), 'one page'),
      ...problemResponses(...ACCESS_PROBLEMS),
    },
  }),
  claimsFile: createRoute({
    method: 'get',
    path: '/office/insurer/claims/files/{file}',
    summary: 'The claims that an insurer is to pay, as a signed file',
    request: { params: z.object({ file: withSignatures(CLAIM_FILES) }), query: insurerQuery },
    responses: { 200: fileAnswer, ...problemResponses(...ACCESS_PROBLEMS) },
  }),
  payments: createRoute({
    method: 'post',
    path: '/office/insurer/claims/payments',
    summary: 'Take back what an insurer has paid',
    description: 'Idempotent by the reference of each payment. What does not fit is a difference and moves no claim.',
    request: { body: jsonBody(TakePayments) },
    responses: {
      200: jsonAnswer(TakenPayments, 'what became of each'),
      ...problemResponses(
        ...ACCESS_PROBLEMS,
        'broken_json',
        'body_too_large',
        'unsupported_media_type',
        'too_many_requests',
        'day_to_come',
      ),
    },
  }),
  reconciliation: createRoute({
    method: 'get',
    path: '/office/insurer/claims/reconciliation',
    summary: 'Whether claims, insurer and ledger say the same was paid',
    request: { query: insurerQuery },
    responses: {
      200: jsonAnswer(ClaimReconciliation, 'sums and differences'),
      ...problemResponses(...ACCESS_PROBLEMS),
    },
  }),
};

/** The desk of an insurer, and of whoever looks over its shoulder. */
export function insurerRoutes(deps: InsuranceDependencies & { payClaim: PayClaim }): OpenAPIHono {
  const { connection, vault, findActor, clock, payClaim } = deps;
  const { db } = connection;
  const writer = createOfficeWriter(findActor, clock);
  const mayWrite = (action: Action) => (c: Context) => writer(c, action);
  const mayDo = (action: Action) => (c: Context) => requireActor(c, findActor, action);

  return createApi()
    .openapi(routes.key, (c) => c.json(getFeedKey(vault), 200))
    .openapi(signedInRoute(routes.days, mayDo('ledger.view')), async (c) => {
      const { insurer, after, limit } = c.req.valid('query');
      const { actor } = c.var;
      return c.json(await listInsurerDays(db, chooseInsurer(actor, 'ledger.view', insurer), { after, limit }), 200);
    })
    .openapi(signedInRoute(routes.day, mayDo('ledger.view')), async (c) => {
      const { actor } = c.var;
      const insurerId = chooseInsurer(actor, 'ledger.view', c.req.valid('query').insurer);
      return c.json(await getInsurerDay(db, insurerId, c.req.valid('param').day), 200);
    })
    .openapi(signedInRoute(routes.dayFile, mayDo('ledger.view')), async (c) => {
      const { actor } = c.var;
      const insurerId = chooseInsurer(actor, 'ledger.view', c.req.valid('query').insurer);
      const { day, file } = c.req.valid('param');
      const name = file.replace(/\.sig$/, '') as DayFile;
      const bytes = await writeInsurerDay(db, vault, { insurerId, day, file: name });
      return answerFile(c, vault, { bytes, file, savedAs: `luyi-${insurerId}-${day}-${file}` }) as never;
    })
    .openapi(signedInRoute(routes.claims, mayDo('claim.view')), async (c) => {
      const { insurer, which, after, limit } = c.req.valid('query');
      const { actor } = c.var;
      const insurerId = chooseInsurer(actor, 'claim.view', insurer);
      const found = await listPassedClaims(db, vault, insurerId, { which, after, limit: limit + 1 });
      const claims = found.slice(0, limit);
      return c.json({ claims, nextAfter: found.length > limit ? claims.at(-1)!.claim : null }, 200);
    })
    .openapi(signedInRoute(routes.claimsFile, mayDo('claim.view')), async (c) => {
      const { actor } = c.var;
      const insurerId = chooseInsurer(actor, 'claim.view', c.req.valid('query').insurer);
      const { file } = c.req.valid('param');
      const bytes = await writePassedClaims(db, vault, insurerId, file.replace(/\.sig$/, '') as ClaimFile);
      return answerFile(c, vault, { bytes, file, savedAs: `luyi-${insurerId}-${file}` }) as never;
    })
    .openapi(signedInRoute(routes.payments, mayWrite('claim.pay')), async (c) => {
      const { actor } = c.var;
      const body = c.req.valid('json');
      const insurerId = chooseInsurer(actor, 'claim.pay', body.insurerId);
      return c.json(await takeInsurerPayments(db, actor, insurerId, body, payClaim, clock()), 200);
    })
    .openapi(signedInRoute(routes.reconciliation, mayDo('claim.view')), async (c) => {
      const { actor } = c.var;
      const insurerId = chooseInsurer(actor, 'claim.view', c.req.valid('query').insurer);
      return c.json(await reconcileClaims(db, insurerId), 200);
    });
}

function answerFile(
  c: Context,
  vault: Vault,
  { bytes, file, savedAs }: { bytes: Buffer; file: string; savedAs: string },
): Response {
  const signature = signFile(vault, bytes);
  const isSignature = file.endsWith('.sig');
  const type = isSignature ? 'application/octet-stream' : FILE_TYPES[file.endsWith('.csv') ? 'csv' : 'json'];
  return c.body(new Uint8Array(isSignature ? signature : bytes), 200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${savedAs.replaceAll(/[^\w.-]/g, '_')}"`,
    'luyi-signature': signature.toString('base64'),
    'luyi-key': getFeedKey(vault).keyId,
  });
}
