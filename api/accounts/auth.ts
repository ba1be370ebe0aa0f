import { randomUUID } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import { phoneNumber, twoFactor, username } from 'better-auth/plugins';
import { PHONE } from '#domain/accounts/personal-value.ts';
import type { Database } from '../../db/connect.ts';
import { credentials, rateLimits, sessions, twoFactors, users, verifications } from '../../db/tables/accounts.ts';
import { Problem } from '../http/problem.ts';
import type { SendMessage } from '../platform/notifications/message.ts';
import { CODE_TRIES, CODE_TTL_S, type SignInCodes } from './sign-in-codes.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './create-staff-account.ts';
import { isStaffPhone } from './is-staff-phone.ts';

export type AuthOptions = {
  db: Database;
  secret: Buffer;
  codes: SignInCodes;
  limits: SignInLimits;
  sendMessage: SendMessage;
  publicUrl?: string | undefined;
};

const SESSION_S = 14 * 86_400;
const DAY_S = 86_400;
const PHONE_CODE_ROW = 'phone-number-otp-';

/**
 * The account library over our tables. Only the endpoints that `auth-routes.ts` names can be reached; they take checked
 * bodies, count tries and refuse foreign pages, so the library's own limits and checks are off.
 */
export function createAuth({ db, secret, codes, limits, sendMessage, publicUrl }: AuthOptions) {
  return betterAuth({
    appName: '鹭驿 Luyi',
    baseURL: publicUrl ?? 'http://localhost',
    basePath: '/api/auth',
    secret: secret.toString('hex'),
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: {
        user: users,
        session: sessions,
        account: credentials,
        verification: verifications,
        twoFactor: twoFactors,
        rateLimit: rateLimits,
      },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    user: { additionalFields: { demo: { type: 'boolean', required: false, input: false, defaultValue: false } } },
    session: { expiresIn: SESSION_S, updateAge: DAY_S },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its log lines would hold whatever a query was given.
    logger: { disabled: true },
    onAPIError: { throw: true },
    advanced: {
      cookiePrefix: 'luyi',
      ipAddress: { disableIpTracking: true },
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    databaseHooks: {
      session: { create: { before: async (session) => ({ data: { ...session, ipAddress: null, userAgent: null } }) } },
      // The library would keep phone and code in the clear; `codes` keeps hashes instead.
      verification: {
        create: { before: async ({ identifier }) => !identifier.startsWith(PHONE_CODE_ROW) && undefined },
      },
    },
    hooks: { before: refuseReplay(limits) },
    plugins: [
      phoneNumber({
        otpLength: 6,
        expiresIn: CODE_TTL_S,
        allowedAttempts: CODE_TRIES,
        phoneNumberValidator: (phone) => PHONE.test(phone),
        sendOTP: async ({ phoneNumber: phone, code }) => {
          const isStaff = await isStaffPhone(db, phone);
          if (!isStaff) await codes.keep(phone, code);
          await sendMessage(isStaff ? staffMessage(phone) : codeMessage(phone, code)).catch(() => {
            throw new Problem('message_not_sent', 'The message service does not answer. Please try again in a minute.');
          });
        },
        // Asked again here: somebody may have become staff since the code was sent.
        verifyOTP: async ({ phoneNumber: phone, code }) =>
          (await codes.use(phone, code)) && !(await isStaffPhone(db, phone)),
        signUpOnVerification: {
          getTempEmail: () => `${randomUUID()}@rider.invalid`,
          getTempName: () => '骑手',
        },
      }),
      username({ minUsernameLength: 3, maxUsernameLength: 30 }),
      twoFactor({ issuer: '鹭驿 Luyi' }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;

function codeMessage(to: string, code: string) {
  const text = `【鹭驿】验证码 ${code}，5 分钟内有效，请勿告诉他人。Luyi: your code is ${code}, valid for 5 minutes. Tell it to nobody.`;
  return { to, code, text };
}

/** Only the holder of the phone learns that it belongs to staff. */
function staffMessage(to: string) {
  const text =
    '【鹭驿】这个号码属于工作账号，请用用户名和密码登录。Luyi: this number belongs to a staff account. Sign in with your user name and password.';
  return { to, text };
}

/** The library takes the same second code again while its step lasts; here the same code of a person counts once. */
function refuseReplay(limits: SignInLimits) {
  return createAuthMiddleware(async (ctx) => {
    if (ctx.path !== '/two-factor/verify-totp') return;
    const session = await getSessionFromCtx(ctx).catch(() => null);
    const personId = session?.user.id ?? (await personInChallenge(ctx));
    if (!personId) return;
    const { code } = ctx.body as { code: string };
    if ((await limits.take('same_totp', { person: `${personId}\n${code}` })) > 0) {
      throw new Problem('second_factor_failed', 'This code was used. Wait for the next code of your app and try that.');
    }
  });
}

type HookContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** Who has given the password and is asked for the second code. */
async function personInChallenge(ctx: HookContext): Promise<string | null> {
  const cookie = ctx.context.createAuthCookie('two_factor');
  const challenge = await ctx.getSignedCookie(cookie.name, ctx.context.secret);
  if (!challenge) return null;
  return (await ctx.context.internalAdapter.findVerificationValue(challenge))?.value ?? null;
}
