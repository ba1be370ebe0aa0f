import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { eq } from 'drizzle-orm';
import type { Actor } from '#domain/accounts/roles.ts';
import { users } from '../../db/tables/accounts.ts';
import { createApi } from '../http/create-api.ts';
import { Problem, type ProblemCode, problemResponses } from '../http/problem.ts';
import { clientAddress } from '../http/rate-limit.ts';
import { signedInRoute } from '../http/signed-in-route.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Accounts } from './accounts.ts';
import { takeAnswer } from './auth-answers.ts';
import * as contract from './auth-contract.ts';
import { keepNewRider } from './keep-new-rider.ts';

const COMMON: ProblemCode[] = ['invalid_request', 'broken_json', 'too_many_requests', 'foreign_page'];

function post<Body extends z.ZodType, Answer extends z.ZodType>(
  path: string,
  summary: string,
  body: Body,
  answer: Answer,
  ...problems: ProblemCode[]
) {
  return createRoute({
    method: 'post',
    path: `/auth${path}`,
    summary,
    request: { body: { required: true, content: { 'application/json': { schema: body } } } },
    responses: {
      200: { description: 'done', content: { 'application/json': { schema: answer } } },
      ...problemResponses(...COMMON, ...problems),
    },
  });
}

const routes = {
  sendCode: post(
    '/phone-number/send-otp',
    'Send a one-time code to a phone',
    contract.SendCode,
    contract.Done,
    'message_not_sent',
  ),
  checkCode: post('/phone-number/verify', 'Sign in by the code', contract.CheckCode, contract.Done, 'code_wrong'),
  byName: post(
    '/sign-in/username',
    'Sign in by name and password',
    contract.SignInByName,
    contract.SignedInByName,
    'sign_in_failed',
  ),
  verifyTotp: post(
    '/two-factor/verify-totp',
    'Give the second code',
    contract.SecondFactor,
    contract.Done,
    'second_factor_failed',
  ),
  verifyBackup: post(
    '/two-factor/verify-backup-code',
    'Give a backup code instead',
    contract.BackupCode,
    contract.Done,
    'second_factor_failed',
  ),
  enable: post(
    '/two-factor/enable',
    'Set up a second factor; verify-totp then confirms it',
    contract.EnableSecondFactor,
    contract.SecondFactorSecret,
    'password_wrong',
    'not_signed_in',
    'demo_account',
    'second_factor_state',
  ),
  disable: post(
    '/two-factor/disable',
    'Take the second factor away',
    contract.DisableSecondFactor,
    contract.Done,
    'password_wrong',
    'not_signed_in',
    'demo_account',
  ),
  changePassword: post(
    '/change-password',
    'Change the password; other sessions end',
    contract.ChangePassword,
    contract.Done,
    'password_wrong',
    'not_signed_in',
    'demo_account',
  ),
  backupCodes: post(
    '/two-factor/generate-backup-codes',
    'New backup codes; the old ones are void',
    contract.NewBackupCodes,
    contract.BackupCodes,
    'password_wrong',
    'not_signed_in',
    'demo_account',
    'second_factor_state',
  ),
  signOut: createRoute({
    method: 'post',
    path: '/auth/sign-out',
    summary: 'Sign out',
    responses: { 200: { description: 'done', content: { 'application/json': { schema: contract.Done } } } },
  }),
};

const done = { status: true } as const;

/** Signing in and out, and the second factor. No answer holds a session, a code, or whether a phone or name is known. */
export function authRoutes({ auth, db, limits, devices, findActor, clock, trustedProxies }: Accounts): OpenAPIHono {
  const from = (c: Context) => ({
    device: devices.deviceOf(c),
    address: clientAddress(c, trustedProxies),
  });

  /** Who is signed in and may change how they sign in; demo accounts stay as everybody knows them. */
  async function changer(c: Context): Promise<Actor> {
    const actor = await findActor(headersOf(c));
    if (!actor) throw new Problem('not_signed_in', 'Sign in first.');
    const [person] = await db.select({ demo: users.demo }).from(users).where(eq(users.id, actor.personId));
    if (person?.demo) throw new Problem('demo_account', 'Others use this demo account too. Nothing was changed.');
    await limits.assert('change_security', { person: actor.personId });
    return actor;
  }

  async function audit(personId: string, action: string): Promise<void> {
    const subject = { kind: 'person', id: personId };
    await db.transaction((tx) => writeAudit(tx, { actorId: personId, action, subject, atMs: clock() }));
  }

  return createApi()
    .openapi(routes.sendCode, async (c) => {
      const { phoneNumber } = c.req.valid('json');
      await limits.assert('send_code', { phone: phoneNumber, ...from(c) });
      await takeAnswer(c, await auth.api.sendPhoneNumberOTP({ body: { phoneNumber }, asResponse: true }));
      return c.json(done, 200);
    })
    .openapi(routes.checkCode, async (c) => {
      const { phoneNumber, code } = c.req.valid('json');
      await limits.assert('check_code', { phone: phoneNumber, ...from(c) });
      const answer = await auth.api.verifyPhoneNumber({
        body: { phoneNumber, code },
        headers: headersOf(c),
        asResponse: true,
      });
      const { user } = (await takeAnswer(c, answer)) as { user: { id: string } };
      await keepNewRider(db, user.id, clock());
      return c.json(done, 200);
    })
    .openapi(routes.byName, async (c) => {
      const body = c.req.valid('json');
      const tried = from(c);
      const name = body.username.toLowerCase();
      const isKnown = devices.isKnownFor(c, name, tried.device);
      await limits.assert('password', { name: isKnown ? `${name}\n${tried.device}` : name, ...tried });
      const answer = await takeAnswer(
        c,
        await auth.api.signInUsername({ body, headers: headersOf(c), asResponse: true }),
      );
      devices.makeKnownFor(c, name, tried.device);
      return c.json(answer.twoFactorRedirect === true ? { twoFactorRedirect: true as const } : done, 200);
    })
    .openapi(routes.verifyTotp, async (c) => {
      await limits.assert('second_factor', from(c));
      const before = await findActor(headersOf(c));
      await takeAnswer(
        c,
        await auth.api.verifyTOTP({ body: c.req.valid('json'), headers: headersOf(c), asResponse: true }),
      );
      if (before) await audit(before.personId, 'account.second_factor_confirmed');
      return c.json(done, 200);
    })
    .openapi(routes.verifyBackup, async (c) => {
      await limits.assert('second_factor', from(c));
      const response = await auth.api.verifyBackupCode({
        body: c.req.valid('json'),
        headers: headersOf(c),
        asResponse: true,
      });
      // Of two that bring the same code at once, the later meets the row of the earlier.
      if (response.status === 409) throw new Problem('second_factor_failed', 'Each backup code works once.');
      const answer = await takeAnswer(c, response);
      await audit((answer as { user: { id: string } }).user.id, 'account.backup_code_used');
      return c.json(done, 200);
    })
    .openapi(signedInRoute(routes.enable, changer), async (c) => {
      const { personId } = c.var.actor;
      const body = { password: c.req.valid('json').password, method: 'totp' as const };
      const answer = await takeAnswer(
        c,
        await auth.api.enableTwoFactor({ body, headers: headersOf(c), asResponse: true }),
      );
      await audit(personId, 'account.second_factor_begun');
      return c.json(contract.SecondFactorSecret.parse(answer), 200);
    })
    .openapi(signedInRoute(routes.disable, changer), async (c) => {
      const { personId } = c.var.actor;
      await takeAnswer(
        c,
        await auth.api.disableTwoFactor({ body: c.req.valid('json'), headers: headersOf(c), asResponse: true }),
      );
      await audit(personId, 'account.second_factor_removed');
      return c.json(done, 200);
    })
    .openapi(signedInRoute(routes.changePassword, changer), async (c) => {
      const { personId } = c.var.actor;
      const body = { ...c.req.valid('json'), revokeOtherSessions: true };
      await takeAnswer(c, await auth.api.changePassword({ body, headers: headersOf(c), asResponse: true }));
      await audit(personId, 'account.password_changed');
      return c.json(done, 200);
    })
    .openapi(signedInRoute(routes.backupCodes, changer), async (c) => {
      const answer = await takeAnswer(
        c,
        await auth.api.generateBackupCodes({ body: c.req.valid('json'), headers: headersOf(c), asResponse: true }),
      );
      await audit(c.var.actor.personId, 'account.backup_codes_made');
      return c.json(contract.BackupCodes.parse(answer), 200);
    })
    .openapi(routes.signOut, async (c) => {
      await takeAnswer(c, await auth.api.signOut({ headers: headersOf(c), asResponse: true }));
      return c.json(done, 200);
    });
}

const headersOf = (c: Context) => c.req.raw.headers;
