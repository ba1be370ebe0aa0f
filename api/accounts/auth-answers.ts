import type { Context } from 'hono';
import { Problem } from '../http/problem.ts';
import { tooMany } from './sign-in-limits.ts';

/** How long the library locks a second factor after ten wrong codes. */
const LOCKED_S = 900;
const AGAIN = 'Sign in with your user name and password again.';

/** What the library refuses, in our words; what is not here is a failure of our own. */
const REFUSALS: Record<string, () => Problem> = {
  INVALID_OTP: () =>
    new Problem(
      'code_wrong',
      'The code is wrong, used up or too old (5 minutes, 3 tries). Check it, or ask for a new one.',
    ),
  INVALID_USERNAME_OR_PASSWORD: signInFailed,
  INVALID_USERNAME: signInFailed,
  USERNAME_TOO_SHORT: signInFailed,
  USERNAME_TOO_LONG: signInFailed,
  INVALID_CODE: () => new Problem('second_factor_failed', 'Wait for the next code of your app and try that.'),
  INVALID_BACKUP_CODE: () => new Problem('second_factor_failed', 'Each backup code works once. Try another one.'),
  TWO_FACTOR_NOT_ENABLED: () => new Problem('second_factor_state', 'Set up a second factor first.'),
  BACKUP_CODES_NOT_ENABLED: () => new Problem('second_factor_failed', 'There are no backup codes for this account.'),
  INVALID_TWO_FACTOR_COOKIE: () =>
    new Problem('second_factor_failed', `That took too long, or nobody gave a password here. ${AGAIN}`),
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: () => new Problem('second_factor_failed', `Too many wrong codes. ${AGAIN}`),
  ACCOUNT_TEMPORARILY_LOCKED: () => tooMany(LOCKED_S),
  TOTP_NOT_ENABLED: () => new Problem('second_factor_state', 'No second factor is set up for this account.'),
  TOTP_ALREADY_ENABLED: () =>
    new Problem('second_factor_state', 'A second factor is set up already. Disable it first.'),
  INVALID_PASSWORD: () => new Problem('password_wrong', 'Give your present password. Nothing was changed.'),
  PASSWORD_TOO_SHORT: () => new Problem('password_wrong', 'Choose a longer password. Nothing was changed.'),
  PASSWORD_TOO_LONG: () => new Problem('password_wrong', 'Choose a shorter password. Nothing was changed.'),
  UNAUTHORIZED: () => new Problem('not_signed_in', 'Sign in first.'),
  SESSION_EXPIRED: () => new Problem('not_signed_in', 'Sign in again.'),
};

function signInFailed(): Problem {
  return new Problem('sign_in_failed', 'Check the user name and the password. Riders sign in with their phone.');
}

/**
 * Takes over the cookies of the library's answer and returns its body. Throws the problem that fits when it refused,
 * also then with the cookies that it takes away.
 */
export async function takeAnswer(c: Context, answer: Response): Promise<Record<string, unknown>> {
  for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
  const body = ((await answer.json().catch(() => null)) ?? {}) as Record<string, unknown>;
  if (answer.ok) return body;
  const code = typeof body.code === 'string' ? body.code : '';
  const refusal = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : answer.status === 401 ? REFUSALS.UNAUTHORIZED : null;
  if (!refusal) throw new Error(`The account library answered ${answer.status} ${code}.`);
  throw refusal();
}
