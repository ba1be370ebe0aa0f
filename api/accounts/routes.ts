import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#domain/accounts/demo-accounts.ts';
import type { Action } from '#domain/accounts/permissions.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { Problem, type ProblemCode, problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import type { Accounts } from './accounts.ts';
import * as contract from './contract.ts';
import { erasePerson } from './erase-person.ts';
import { exportPerson } from './export-person.ts';
import { getMe } from './get-me.ts';
import { keepPersonal } from './keep-personal.ts';
import { listLooks } from './list-looks.ts';
import { listPersonal } from './list-personal.ts';
import { withdrawConsent } from './withdraw-consent.ts';

const Done = z.object({ status: z.literal(true) });
const done = { status: true } as const;
const problems = (...codes: ProblemCode[]) =>
  problemResponses('invalid_request', 'not_signed_in', 'not_allowed', 'foreign_page', ...codes);

const routes = {
  signInOptions: createRoute({
    method: 'get',
    path: '/sign-in-options',
    summary: 'What the sign-in page offers',
    responses: { 200: jsonAnswer(contract.SignInOptions, 'empty outside of a demo') },
  }),
  me: createRoute({
    method: 'get',
    path: '/me',
    summary: 'Who I am and what I may do',
    responses: { 200: jsonAnswer(contract.Me), ...problems() },
  }),
  personalData: createRoute({
    method: 'get',
    path: '/me/personal-data',
    summary: 'What is kept about me, masked, and my consents',
    responses: { 200: jsonAnswer(contract.PersonalData), ...problems() },
  }),
  keep: createRoute({
    method: 'put',
    path: '/me/personal-data/{field}',
    summary: 'Keep one value about me, with my consent',
    request: { params: contract.fieldParam, body: jsonBody(contract.KeepPersonalBody) },
    responses: { 200: jsonAnswer(contract.PersonalData), ...problems('consent_missing') },
  }),
  withdraw: createRoute({
    method: 'post',
    path: '/me/consents/{purpose}/withdraw',
    summary: 'Withdraw a consent; what was kept under it is deleted',
    request: { params: contract.purposeParam },
    responses: { 200: jsonAnswer(contract.PersonalData), ...problems('nothing_kept') },
  }),
  looks: createRoute({
    method: 'get',
    path: '/me/looks',
    summary: 'Who looked at my data or my account, and why, the newest 100',
    responses: { 200: jsonAnswer(contract.Looks), ...problems() },
  }),
  export: createRoute({
    method: 'get',
    path: '/me/export',
    summary: 'Everything that is kept about me',
    responses: { 200: jsonAnswer(z.looseObject({})), ...problems() },
  }),
  erase: createRoute({
    method: 'post',
    path: '/me/erase',
    summary: 'Erase me; there is no way back',
    request: { body: jsonBody(contract.EraseBody) },
    responses: { 200: jsonAnswer(Done), ...problems('demo_account', 'last_administrator', 'claim_open') },
  }),
};

/** Who somebody is and what is kept about them: what everybody does for themselves. */
export function accountsRoutes(accounts: Accounts): OpenAPIHono {
  const { auth, db, vault, clock, demo, findActor } = accounts;
  const mayDo = (action: Action) => (c: Context) => requireActor(c, findActor, action);

  return createApi()
    .openapi(routes.signInOptions, (c) =>
      c.json(
        demo
          ? {
              demoAccounts: DEMO_ACCOUNTS.map(({ username, role }) => ({ username, role })),
              demoPassword: DEMO_PASSWORD,
            }
          : { demoAccounts: [], demoPassword: null },
        200,
      ),
    )
    .openapi(routes.me, async (c) => {
      // The one request that every visit begins with also prolongs the session.
      const { headers } = await auth.api.getSession({ headers: c.req.raw.headers, returnHeaders: true });
      for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
      const actor = await findActor(c.req.raw.headers);
      if (!actor) throw new Problem('not_signed_in', 'Sign in first.');
      return c.json(await getMe(db, actor), 200);
    })
    .openapi(signedInRoute(routes.personalData, mayDo('own.data')), async (c) => {
      const { personId } = c.var.actor;
      return c.json(await listPersonal(db, vault, personId), 200);
    })
    .openapi(signedInRoute(routes.keep, mayDo('own.data')), async (c) => {
      const { personId } = c.var.actor;
      const { field } = c.req.valid('param');
      await keepPersonal(accounts, { personId, field, ...c.req.valid('json') }, clock());
      return c.json(await listPersonal(db, vault, personId), 200);
    })
    .openapi(signedInRoute(routes.withdraw, mayDo('own.data')), async (c) => {
      const { personId } = c.var.actor;
      await withdrawConsent(accounts, { personId, ...c.req.valid('param') }, clock());
      return c.json(await listPersonal(db, vault, personId), 200);
    })
    .openapi(signedInRoute(routes.looks, mayDo('own.data')), async (c) =>
      c.json({ looks: await listLooks(db, c.var.actor.personId) }, 200),
    )
    .openapi(signedInRoute(routes.export, mayDo('own.data')), async (c) => {
      const { personId } = c.var.actor;
      return c.json(await exportPerson(accounts, personId), 200, {
        'content-disposition': 'attachment; filename="luyi-my-data.json"',
      });
    })
    .openapi(signedInRoute(routes.erase, mayDo('own.data')), async (c) => {
      const { personId } = c.var.actor;
      await erasePerson(accounts, personId, clock());
      return c.json(done, 200);
    });
}
