import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Action } from '#domain/accounts/permissions.ts';
import { requireActor } from '../http/actor.ts';
import { createApi } from '../http/create-api.ts';
import { jsonAnswer, jsonBody } from '../http/json-content.ts';
import { type ProblemCode, problemResponses } from '../http/problem.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import type { Accounts } from './accounts.ts';
import * as contract from './contract.ts';
import { createStaffAccount, hashStaffPassword } from './create-staff-account.ts';
import { endMembership } from './end-membership.ts';
import { findPeople } from './find-people.ts';
import { grantMembership } from './grant-membership.ts';
import { listMemberships } from './list-memberships.ts';
import { makePasswordReset } from './make-password-reset.ts';
import { revealPersonal } from './reveal-personal.ts';

const Done = z.object({ status: z.literal(true) });
const done = { status: true } as const;
const problems = (...codes: ProblemCode[]) =>
  problemResponses('invalid_request', 'not_signed_in', 'not_allowed', 'foreign_page', ...codes);

const routes = {
  find: createRoute({
    method: 'post',
    path: '/people/find',
    summary: 'Find people by a whole phone or ID number; their values come masked',
    description: 'The number is in the body, never in an address, and is not kept. Each find is recorded.',
    request: { body: jsonBody(contract.FindPersonBody) },
    responses: { 200: jsonAnswer(contract.FoundPeople), ...problems('too_many_requests') },
  }),
  reveal: createRoute({
    method: 'post',
    path: '/people/{id}/reveal',
    summary: 'One personal value in the clear, for a reason that is recorded',
    request: { params: contract.personParam, body: jsonBody(contract.RevealBody) },
    responses: { 200: jsonAnswer(contract.Revealed), ...problems('nothing_kept') },
  }),
  createStaff: createRoute({
    method: 'post',
    path: '/people',
    summary: 'Make an account that signs in by name and password, without a role yet',
    request: { body: jsonBody(contract.CreateStaffBody) },
    responses: { 201: jsonAnswer(contract.Made, 'made'), ...problems('name_taken') },
  }),
  makeReset: createRoute({
    method: 'post',
    path: '/people/resets',
    summary: 'Make a one-time link by which somebody sets a new password',
    description:
      'The token is shown once; hand it over as /reset-password#<token>. A newer link makes an older one void.',
    request: { body: jsonBody(contract.MakeResetBody) },
    responses: {
      201: jsonAnswer(contract.MadeReset, 'made; good for 30 minutes'),
      ...problems('person_not_found', 'own_account', 'demo_account', 'too_many_requests'),
    },
  }),
  memberships: createRoute({
    method: 'get',
    path: '/memberships',
    summary: 'Who holds and held which role, the newest first',
    request: { query: contract.cursorQuery },
    responses: { 200: jsonAnswer(contract.Memberships), ...problems() },
  }),
  grant: createRoute({
    method: 'post',
    path: '/memberships',
    summary: 'Give a person a role',
    request: { body: jsonBody(contract.GrantBody) },
    responses: {
      201: jsonAnswer(contract.Made, 'given'),
      ...problems('person_not_found', 'needs_password', 'membership_held'),
    },
  }),
  end: createRoute({
    method: 'post',
    path: '/memberships/{id}/end',
    summary: 'Take a role away',
    request: { params: contract.membershipParam },
    responses: { 200: jsonAnswer(Done), ...problems('membership_not_found', 'last_administrator', 'demo_account') },
  }),
};

/** What some do about others: find them, look at their data, give them accounts, roles and new passwords. */
export function peopleRoutes(accounts: Accounts): OpenAPIHono {
  const { db, clock, limits, findActor } = accounts;
  const mayDo = (action: Action) => (c: Context) => requireActor(c, findActor, action);

  return createApi()
    .openapi(signedInRoute(routes.find, mayDo('person.reveal')), async (c) => {
      const { actor } = c.var;
      await limits.assert('find_person', { person: actor.personId });
      return c.json({ people: await findPeople(accounts, actor, c.req.valid('json'), clock()) }, 200);
    })
    .openapi(signedInRoute(routes.reveal, mayDo('person.reveal')), async (c) => {
      const { actor } = c.var;
      const { id } = c.req.valid('param');
      const value = await revealPersonal(accounts, actor, { personId: id, ...c.req.valid('json') }, clock());
      return c.json({ value }, 200);
    })
    .openapi(signedInRoute(routes.createStaff, mayDo('membership.grant')), async (c) => {
      const { personId } = c.var.actor;
      const { username, name, password } = c.req.valid('json');
      const passwordHash = await hashStaffPassword(password);
      const account = { username, name, passwordHash, createdBy: personId };
      const id = await db.transaction((tx) => createStaffAccount(tx, account, clock()));
      return c.json({ id }, 201);
    })
    .openapi(signedInRoute(routes.makeReset, mayDo('person.reset')), async (c) => {
      const { actor } = c.var;
      await limits.assert('make_reset', { person: actor.personId });
      return c.json(await makePasswordReset(accounts, actor, c.req.valid('json'), clock()), 201);
    })
    .openapi(signedInRoute(routes.memberships, mayDo('membership.view')), async (c) => {
      const { actor } = c.var;
      return c.json(await listMemberships(db, actor, c.req.valid('query').cursor), 200);
    })
    .openapi(signedInRoute(routes.grant, mayDo('membership.grant')), async (c) => {
      const { actor } = c.var;
      const { userId, username, role, organisationId = null, jurisdictionCode = null } = c.req.valid('json');
      const person = userId === undefined ? { username: username! } : { userId };
      const id = await grantMembership(db, actor, { person, role, organisationId, jurisdictionCode }, clock());
      return c.json({ id }, 201);
    })
    .openapi(signedInRoute(routes.end, mayDo('membership.grant')), async (c) => {
      const { actor } = c.var;
      await endMembership(db, actor, c.req.valid('param').id, clock());
      return c.json(done, 200);
    });
}
