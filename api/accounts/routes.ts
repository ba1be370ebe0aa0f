import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#domain/accounts/demo-accounts.ts';
import type { Action } from '#domain/accounts/permissions.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { Problem, type ProblemCode, problemResponses } from '../http/problem.ts';
import type { Accounts } from './accounts.ts';
import * as contract from './contract.ts';
import { createStaffAccount, hashStaffPassword } from './create-staff-account.ts';
import { endMembership } from './end-membership.ts';
import { erasePerson } from './erase-person.ts';
import { exportPerson } from './export-person.ts';
import { getMe } from './get-me.ts';
import { grantMembership } from './grant-membership.ts';
import { keepPersonal } from './keep-personal.ts';
import { listMemberships } from './list-memberships.ts';
import { listPersonal } from './list-personal.ts';
import { revealPersonal } from './reveal-personal.ts';
import { withdrawConsent } from './withdraw-consent.ts';

const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
});
const answer = <T extends z.ZodType>(schema: T, description = 'done') => ({
  description,
  content: { 'application/json': { schema } },
});
const Done = z.object({ status: z.literal(true) });
const done = { status: true } as const;
const problems = (...codes: ProblemCode[]) =>
  problemResponses('invalid_request', 'not_signed_in', 'not_allowed', 'foreign_page', ...codes);

const routes = {
  signInOptions: createRoute({
    method: 'get',
    path: '/sign-in-options',
    summary: 'What the sign-in page offers',
    responses: { 200: answer(contract.SignInOptions, 'empty outside of a demo') },
  }),
  me: createRoute({
    method: 'get',
    path: '/me',
    summary: 'Who I am and what I may do',
    responses: { 200: answer(contract.Me), ...problems() },
  }),
  personalData: createRoute({
    method: 'get',
    path: '/me/personal-data',
    summary: 'What is kept about me, masked, and my consents',
    responses: { 200: answer(contract.PersonalData), ...problems() },
  }),
  keep: createRoute({
    method: 'put',
    path: '/me/personal-data/{field}',
    summary: 'Keep one value about me, with my consent',
    request: { params: contract.fieldParam, body: body(contract.KeepPersonalBody) },
    responses: { 200: answer(contract.PersonalData), ...problems('consent_missing') },
  }),
  withdraw: createRoute({
    method: 'post',
    path: '/me/consents/{purpose}/withdraw',
    summary: 'Withdraw a consent; what was kept under it is deleted',
    request: { params: contract.purposeParam },
    responses: { 200: answer(contract.PersonalData), ...problems('nothing_kept') },
  }),
  export: createRoute({
    method: 'get',
    path: '/me/export',
    summary: 'Everything that is kept about me',
    responses: { 200: answer(z.looseObject({})), ...problems() },
  }),
  erase: createRoute({
    method: 'post',
    path: '/me/erase',
    summary: 'Erase me; there is no way back',
    request: { body: body(contract.EraseBody) },
    responses: { 200: answer(Done), ...problems('demo_account', 'last_administrator', 'claim_open') },
  }),
  reveal: createRoute({
    method: 'post',
    path: '/people/{id}/reveal',
    summary: 'One personal value in the clear, for a reason that is recorded',
    request: { params: contract.personParam, body: body(contract.RevealBody) },
    responses: { 200: answer(contract.Revealed), ...problems('nothing_kept') },
  }),
  createStaff: createRoute({
    method: 'post',
    path: '/people',
    summary: 'Make an account that signs in by name and password, without a role yet',
    request: { body: body(contract.CreateStaffBody) },
    responses: { 201: answer(contract.Made, 'made'), ...problems('name_taken') },
  }),
  memberships: createRoute({
    method: 'get',
    path: '/memberships',
    summary: 'Who holds and held which role, the newest first',
    request: { query: contract.cursorQuery },
    responses: { 200: answer(contract.Memberships), ...problems() },
  }),
  grant: createRoute({
    method: 'post',
    path: '/memberships',
    summary: 'Give a person a role',
    request: { body: body(contract.GrantBody) },
    responses: {
      201: answer(contract.Made, 'given'),
      ...problems('person_not_found', 'needs_password', 'membership_held'),
    },
  }),
  end: createRoute({
    method: 'post',
    path: '/memberships/{id}/end',
    summary: 'Take a role away',
    request: { params: contract.membershipParam },
    responses: { 200: answer(Done), ...problems('membership_not_found', 'last_administrator', 'demo_account') },
  }),
};

/** Who somebody is, what is kept about them, and who holds which role. */
export function accountsRoutes(accounts: Accounts): OpenAPIHono {
  const { auth, db, vault, clock, demo, findActor } = accounts;
  const require = (c: Context, action: Action) => requireActor(c, findActor, action);

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
    .openapi(routes.personalData, async (c) => {
      const { personId } = await require(c, 'own.data');
      return c.json(await listPersonal(db, vault, personId), 200);
    })
    .openapi(routes.keep, async (c) => {
      const { personId } = await require(c, 'own.data');
      const { field } = c.req.valid('param');
      await keepPersonal(accounts, { personId, field, ...c.req.valid('json') }, clock());
      return c.json(await listPersonal(db, vault, personId), 200);
    })
    .openapi(routes.withdraw, async (c) => {
      const { personId } = await require(c, 'own.data');
      await withdrawConsent(accounts, { personId, ...c.req.valid('param') }, clock());
      return c.json(await listPersonal(db, vault, personId), 200);
    })
    .openapi(routes.export, async (c) => {
      const { personId } = await require(c, 'own.data');
      return c.json(await exportPerson(accounts, personId), 200, {
        'content-disposition': 'attachment; filename="luyi-my-data.json"',
      });
    })
    .openapi(routes.erase, async (c) => {
      const { personId } = await require(c, 'own.data');
      await erasePerson(accounts, personId, clock());
      return c.json(done, 200);
    })
    .openapi(routes.reveal, async (c) => {
      const actor = await require(c, 'person.reveal');
      const { id } = c.req.valid('param');
      const value = await revealPersonal(accounts, actor, { personId: id, ...c.req.valid('json') }, clock());
      return c.json({ value }, 200);
    })
    .openapi(routes.createStaff, async (c) => {
      const { personId } = await require(c, 'membership.grant');
      const { username, name, password } = c.req.valid('json');
      const passwordHash = await hashStaffPassword(password);
      const account = { username, name, passwordHash, createdBy: personId };
      const id = await db.transaction((tx) => createStaffAccount(tx, account, clock()));
      return c.json({ id }, 201);
    })
    .openapi(routes.memberships, async (c) => {
      const actor = await require(c, 'membership.view');
      return c.json(await listMemberships(db, actor, c.req.valid('query').cursor), 200);
    })
    .openapi(routes.grant, async (c) => {
      const actor = await require(c, 'membership.grant');
      const { userId, username, role, organisationId = null, jurisdictionCode = null } = c.req.valid('json');
      const person = userId === undefined ? { username: username! } : { userId };
      const id = await grantMembership(db, actor, { person, role, organisationId, jurisdictionCode }, clock());
      return c.json({ id }, 201);
    })
    .openapi(routes.end, async (c) => {
      const actor = await require(c, 'membership.grant');
      await endMembership(db, actor, c.req.valid('param').id, clock());
      return c.json(done, 200);
    });
}
