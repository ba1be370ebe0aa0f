import type { Action } from '#domain/accounts/permissions.ts';
import type { Context } from 'hono';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  EnterSettlement,
  LedgerBalances,
  MonthFile,
  MonthStatement,
  PostingPage,
  PostingsQuery,
  SettlementView,
} from '#domain/insurance/ledger-contract.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { createOfficeWriter } from '../places/office-writer.ts';
import { toCsv, toXlsx } from '../platform/tables/write-table.ts';
import type { InsuranceDependencies } from './dependencies.ts';
import { enterSettlement } from './enter-settlement.ts';
import { getBalances } from './ledger-balances.ts';
import { insurersInScope } from './ledger-scope.ts';
import { listPostings } from './list-postings.ts';
import { getMonthStatement } from './month-statement.ts';
import { statementColumns, statementLines } from './month-statement-table.ts';

const ACCESS_PROBLEMS = ['invalid_request', 'not_signed_in', 'not_allowed'] as const;
const FILE_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const routes = {
  month: createRoute({
    method: 'get',
    path: '/office/ledger/months/{month}',
    summary: "A month's statement of covered days, own share and subsidy",
    description:
      'An insurer sees what concerns itself. `2026-11.csv` and `2026-11.xlsx` are the same as a file, with money in yuan and its words in the language `lang`.',
    request: {
      params: z.object({ month: MonthFile }),
      query: z.object({ lang: z.enum(['zh', 'en']).default('zh') }),
    },
    responses: {
      200: {
        description: 'the statement',
        content: {
          'application/json': { schema: MonthStatement },
          ...Object.fromEntries(Object.values(FILE_TYPES).map((type) => [type, { schema: z.string() }])),
        },
      },
      ...problemResponses(...ACCESS_PROBLEMS),
    },
  }),
  balances: createRoute({
    method: 'get',
    path: '/office/ledger/balances',
    summary: "Every account's balance",
    responses: { 200: jsonAnswer(LedgerBalances, 'positive is debit'), ...problemResponses(...ACCESS_PROBLEMS) },
  }),
  postings: createRoute({
    method: 'get',
    path: '/office/ledger/postings',
    summary: 'What was posted, the newest first',
    request: { query: PostingsQuery },
    responses: { 200: jsonAnswer(PostingPage, 'one page'), ...problemResponses(...ACCESS_PROBLEMS) },
  }),
  settle: createRoute({
    method: 'post',
    path: '/office/ledger/settlements',
    summary: 'Enter subsidy that the treasury sent, or premium that an insurer was sent',
    description: 'Idempotent by the id.',
    request: { body: jsonBody(EnterSettlement) },
    responses: {
      201: jsonAnswer(SettlementView, 'posted'),
      ...problemResponses(
        ...ACCESS_PROBLEMS,
        'broken_json',
        'body_too_large',
        'unsupported_media_type',
        'too_many_requests',
        'more_than_due',
        'day_to_come',
        'id_taken',
        'no_such_reference',
      ),
    },
  }),
};

/** The money of 益鹭保 as offices, supervisors and insurers see it. */
export function ledgerRoutes({ connection: { db }, findActor, clock }: InsuranceDependencies): OpenAPIHono {
  const writer = createOfficeWriter(findActor, clock);
  const mayWrite = (action: Action) => (c: Context) => writer(c, action);
  const mayDo = (action: Action) => (c: Context) => requireActor(c, findActor, action);
  return createApi()
    .openapi(signedInRoute(routes.month, mayDo('ledger.view')), async (c) => {
      const { actor } = c.var;
      const [month, format] = c.req.valid('param').month.split('.') as [string, keyof typeof FILE_TYPES | undefined];
      const insurerIds = insurersInScope(actor, 'ledger.view');
      const statement = await getMonthStatement(db, { month, insurerIds, nowMs: clock() });
      if (format === undefined) return c.json(statement, 200);
      const { lang } = c.req.valid('query');
      const [lines, columns] = [statementLines(statement, lang), statementColumns(lang)];
      const bytes = format === 'csv' ? toCsv(lines, columns) : await toXlsx(lines, columns, month);
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': FILE_TYPES[format],
        'content-disposition': `attachment; filename="luyi-${month}.${format}"`,
      }) as never;
    })
    .openapi(signedInRoute(routes.balances, mayDo('ledger.view')), async (c) => {
      const { actor } = c.var;
      return c.json(await getBalances(db, insurersInScope(actor, 'ledger.view'), clock()), 200);
    })
    .openapi(signedInRoute(routes.postings, mayDo('ledger.view')), async (c) => {
      const { actor } = c.var;
      return c.json(await listPostings(db, insurersInScope(actor, 'ledger.view'), c.req.valid('query')), 200);
    })
    .openapi(signedInRoute(routes.settle, mayWrite('ledger.settle')), async (c) => {
      const { actor } = c.var;
      return c.json(await enterSettlement(db, actor, c.req.valid('json'), clock()), 201);
    });
}
