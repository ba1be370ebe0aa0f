import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Actor } from '#domain/accounts/roles.ts';
import { ConfirmEmployerFile, EmployerFileView, EmployerRowPage } from '#domain/insurance/employer-file-contract.ts';
import { EMPLOYER_ROW_STATES } from '#domain/insurance/employer-file-states.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { Problem, problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { clientAddress, createRateLimiter, tooManyRequests } from '../http/rate-limit.ts';
import { refusePart } from '../http/receive-parts.ts';
import type { InsuranceDependencies } from './dependencies.ts';
import { employerErrorsCsv, employerTemplateCsv } from './employer-files/employer-tables.ts';
import {
  confirmEmployerFile,
  discardEmployerFile,
  findFilePayment,
  startFilePayment,
} from './employer-files/employer-file-verbs.ts';
import * as views from './employer-files/employer-file-views.ts';
import { receiveEmployerFile } from './employer-files/receive-employer-file.ts';
import { storeEmployerFile } from './employer-files/store-employer-file.ts';
import { settleAndRefund } from './take-notice.ts';

const PATH = '/office/employer-files';
/** Takes a body of another kind and size than all others. */
export const EMPLOYER_UPLOAD_PATH = `/api${PATH}`;

const idParam = z.object({ id: z.uuid() });
const wholeNumber = (max: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().max(max));
const language = z.enum(['zh', 'en']).default('zh');
const always = ['invalid_request', 'not_signed_in', 'not_allowed'] as const;
const ofOne = [...always, 'employer_file_not_found'] as const;
const toWrite = [...ofOne, 'employer_file_state', 'too_many_requests'] as const;
const csvAnswer = (description: string) => ({ description, content: { 'text/csv': { schema: z.string() } } });

const routes = {
  upload: createRoute({
    method: 'post',
    path: PATH,
    summary: 'Hand in a list of workers (CSV, XLSX) to be insured',
    description:
      'multipart/form-data with `file`, at most 8 MB and 10,000 rows, and `organisationId` for whoever acts for several employers. Columns by name: 姓名, 身份证号, 手机号, 开始, 结束 or 天数, or 日期 with a list of days.',
    responses: {
      200: jsonAnswer(EmployerFileView, 'the same file was handed in before; nothing was changed'),
      201: jsonAnswer(EmployerFileView, 'stored; it is being checked'),
      ...problemResponses(
        ...always,
        'broken_upload',
        'body_too_large',
        'unsupported_media_type',
        'table_unreadable',
        'too_many_requests',
        'import_busy',
      ),
    },
  }),
  template: createRoute({
    method: 'get',
    path: `${PATH}/template.csv`,
    summary: 'A list with the columns and an example, that Excel opens right',
    responses: { 200: csvAnswer('the template'), ...problemResponses('not_signed_in', 'not_allowed') },
  }),
  list: createRoute({
    method: 'get',
    path: PATH,
    summary: 'The newest lists of my employer',
    responses: {
      200: jsonAnswer(z.object({ files: z.array(EmployerFileView) }), 'newest first, at most 100'),
      ...problemResponses(...always),
    },
  }),
  one: createRoute({
    method: 'get',
    path: `${PATH}/{id}`,
    summary: 'One list: how far it is, what was found, what it costs',
    request: { params: idParam },
    responses: { 200: jsonAnswer(EmployerFileView, 'the list'), ...problemResponses(...ofOne) },
  }),
  rows: createRoute({
    method: 'get',
    path: `${PATH}/{id}/rows`,
    summary: 'The rows with what is wrong about them, names and numbers masked',
    request: {
      params: idParam,
      query: z.object({
        state: z.enum(EMPLOYER_ROW_STATES).optional(),
        cursor: wholeNumber(2_000_000).optional(),
        limit: wholeNumber(100).pipe(z.number().min(1)).default(50),
      }),
    },
    responses: { 200: jsonAnswer(EmployerRowPage, 'a page'), ...problemResponses(...ofOne) },
  }),
  errors: createRoute({
    method: 'get',
    path: `${PATH}/{id}/errors.csv`,
    summary: 'Every problem with its row and column, in words',
    request: { params: idParam, query: z.object({ language }) },
    responses: { 200: csvAnswer('row, column, problem'), ...problemResponses(...ofOne) },
  }),
  confirm: createRoute({
    method: 'post',
    path: `${PATH}/{id}/confirm`,
    summary: 'Hold the days of all good rows for one payment',
    request: { params: idParam, body: jsonBody(ConfirmEmployerFile) },
    responses: {
      202: jsonAnswer(EmployerFileView, 'the days are being held'),
      ...problemResponses(...toWrite, 'broken_json', 'employer_file_bad_rows', 'employer_file_changed'),
    },
  }),
  discard: createRoute({
    method: 'post',
    path: `${PATH}/{id}/discard`,
    summary: 'Give a list up that is not paid; its rows can never be read again',
    request: { params: idParam },
    responses: { 200: jsonAnswer(EmployerFileView, 'discarded'), ...problemResponses(...toWrite) },
  }),
  pay: createRoute({
    method: 'post',
    path: `${PATH}/{id}/payment`,
    summary: 'How a list that is held can be paid',
    request: { params: idParam },
    responses: {
      200: jsonAnswer(EmployerFileView, 'with the links of the payment'),
      ...problemResponses(...toWrite, 'hold_expired', 'payment_unreachable'),
    },
  }),
  simulate: createRoute({
    method: 'post',
    path: `${PATH}/{id}/payment/simulate`,
    summary: 'Say "paid" to the simulated payment of a list; no money moves',
    request: { params: idParam },
    responses: {
      200: jsonAnswer(EmployerFileView, 'the list as it stands then'),
      ...problemResponses(...toWrite, 'payment_not_found', 'payment_not_simulated', 'hold_expired'),
    },
  }),
};

const MINUTE_MS = 60_000;
/** Files that are read at one time: each may need a few hundred MB. */
const MOST_UPLOADS = 2;

/** What employers do with their lists. */
export function employerRoutes(deps: InsuranceDependencies): OpenAPIHono {
  const { connection, findActor, vault, clock, employerFileJobs: jobs, trustedProxies } = deps;
  const { db } = connection;
  const takeUpload = createRateLimiter({ windowMs: 10 * MINUTE_MS, max: 30 }, clock);
  const takeWrite = createRateLimiter({ windowMs: MINUTE_MS, max: 60 }, clock);
  let uploads = 0;

  const employer = (c: Context) => requireActor(c, findActor, 'enrolment.employ');
  const limited = (take: (key: string) => number) => async (c: Context) => {
    const actor = await employer(c);
    const waitS = take(actor.personId);
    if (waitS > 0) throw tooManyRequests(waitS);
    return actor;
  };
  const writer = limited(takeWrite);
  const uploader = limited(takeUpload);
  const view = (actor: Actor, id: string) => views.viewEmployerFile(db, actor, clock(), { id });

  async function takeFile(c: Context, actor: Actor): Promise<{ id: string; isNew: boolean }> {
    if (uploads >= MOST_UPLOADS) {
      const words = 'Other lists are being read. Please try again in a minute.';
      throw new Problem('import_busy', words, {}, { 'retry-after': '60' });
    }
    uploads += 1;
    try {
      const received = await receiveEmployerFile(c.req.raw);
      const organisationId = chooseEmployer(actor, received.organisationId);
      const storing = { db, vault, read: jobs.read, nowMs: clock() };
      return await storeEmployerFile(storing, received, { organisationId, personId: actor.personId });
    } finally {
      uploads -= 1;
    }
  }

  const api = createApi();
  return api
    .openapi(signedInRoute(routes.template, employer), async (c) => {
      return csv(c, employerTemplateCsv(clock()), 'luyi-employer-template.csv');
    })
    .openapi(signedInRoute(routes.upload, uploader), async (c) => {
      const { actor } = c.var;
      // A form on another page could send this with the cookies of whoever looks at it; JSON it could not.
      if (c.req.header('sec-fetch-site') === 'cross-site') throw new Problem('not_allowed', 'Upload from this site.');
      const { id, isNew } = await takeFile(c, actor);
      if (isNew) jobs.wake(id);
      return isNew ? c.json(await view(actor, id), 201) : c.json(await view(actor, id), 200);
    })
    .openapi(signedInRoute(routes.list, employer), async (c) => {
      return c.json({ files: await views.viewEmployerFiles(db, c.var.actor, clock()) }, 200);
    })
    .openapi(signedInRoute(routes.one, employer), async (c) =>
      c.json(await view(c.var.actor, c.req.valid('param').id), 200),
    )
    .openapi(signedInRoute(routes.rows, employer), async (c) => {
      const file = await views.getEmployerFile(db, c.var.actor, c.req.valid('param').id);
      const { state, cursor = 0, limit } = c.req.valid('query');
      return c.json(await views.listEmployerRows(db, vault, file, { state, after: cursor, limit }), 200);
    })
    .openapi(signedInRoute(routes.errors, employer), async (c) => {
      const file = await views.getEmployerFile(db, c.var.actor, c.req.valid('param').id);
      return csv(c, await employerErrorsCsv(db, file.id, c.req.valid('query').language), 'errors.csv');
    })
    .openapi(signedInRoute(routes.confirm, writer), async (c) => {
      const { actor } = c.var;
      const { id } = await views.getEmployerFile(db, actor, c.req.valid('param').id);
      try {
        await confirmEmployerFile(db, { fileId: id, actorId: actor.personId }, c.req.valid('json'), clock());
      } finally {
        jobs.wake(id);
      }
      return c.json(await view(actor, id), 202);
    })
    .openapi(signedInRoute(routes.discard, writer), async (c) => {
      const { actor } = c.var;
      const { id } = await views.getEmployerFile(db, actor, c.req.valid('param').id);
      await discardEmployerFile({ db, vault }, { fileId: id, actorId: actor.personId }, clock());
      return c.json(await view(actor, id), 200);
    })
    .openapi(signedInRoute(routes.pay, writer), async (c) => {
      const { actor } = c.var;
      const { id, state } = await views.getEmployerFile(db, actor, c.req.valid('param').id);
      if (state !== 'held') throw new Problem('employer_file_state', `The file is ${state}; there is nothing to pay.`);
      const links = await startFilePayment(deps, id, {
        payerIp: clientAddress(c, trustedProxies),
        inWeChat: /MicroMessenger/i.test(c.req.header('user-agent') ?? ''),
      });
      if (!links) throw holdExpired();
      return c.json(await views.viewEmployerFile(db, actor, clock(), { id, links }), 200);
    })
    .openapi(signedInRoute(routes.simulate, writer), async (c) => {
      const { actor } = c.var;
      const { id } = await views.getEmployerFile(db, actor, c.req.valid('param').id);
      const payment = await findFilePayment(db, id);
      if (!payment) throw new Problem('payment_not_found', 'Confirm the list first.');
      if (payment.provider !== 'simulated') {
        throw new Problem('payment_not_simulated', 'Pay with the app that the page opens; nothing was changed.');
      }
      const { tradeNo, amountFen, state, expiresAt } = payment;
      if (state !== 'paid') {
        if (state !== 'open' || expiresAt.getTime() <= clock()) throw holdExpired();
        const paidAt = new Date(clock());
        await settleAndRefund(deps, tradeNo, { providerRef: `simulated-${tradeNo}`, amountFen, paidAt });
        jobs.wake(id);
      }
      return c.json(await view(actor, id), 200);
    });
}

function holdExpired(): Problem {
  return new Problem('hold_expired', 'The days were not paid in time and are free again. Confirm the list once more.');
}

/** The one employer for whom the actor acts, or the one they name. */
function chooseEmployer(actor: Actor, named: string | null): string {
  const possible = views.employersOf(actor);
  if (named !== null) {
    if (!possible.includes(named)) throw new Problem('not_allowed', 'You do not act for this employer.');
    return named;
  }
  const [only, ...more] = possible;
  if (only === undefined) throw new Problem('not_allowed', 'Your role is not held in an organisation.');
  if (more.length > 0) throw refusePart('organisationId', 'you act for several employers: say for which');
  return only;
}

function csv(c: Context, bytes: Buffer, fileName: string): never {
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${fileName}"`,
  }) as never;
}
