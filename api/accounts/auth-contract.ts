import { z } from '@hono/zod-openapi';
import { PHONE } from '#domain/accounts/personal-value.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './create-staff-account.ts';

const Phone = z.string().regex(PHONE, 'must be a mobile number of 11 digits that begins with 1');
const Code = z.string().regex(/^\d{6}$/, 'must be the 6 digits of the message');
const Password = z.string().min(1).max(MAX_PASSWORD_LENGTH);
/** Checked no further: what is no name fits no account, and gets the same answer. */
const Name = z.string().min(1).max(100);

export const SendCode = z.strictObject({ phoneNumber: Phone });
export const CheckCode = z.strictObject({ phoneNumber: Phone, code: Code });
export const SignInByName = z.strictObject({ username: Name, password: Password, rememberMe: z.boolean().optional() });
export const SecondFactor = z.strictObject({
  code: z.string().regex(/^\d{6}$/, 'must be the 6 digits that your app shows'),
});
export const BackupCode = z.strictObject({ code: z.string().min(1).max(40) });
export const EnableSecondFactor = z.strictObject({ password: Password, method: z.literal('totp').optional() });
export const DisableSecondFactor = z.strictObject({ password: Password });
const NewPassword = z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH);
export const ChangePassword = z.strictObject({ currentPassword: Password, newPassword: NewPassword });
export const NewBackupCodes = z.strictObject({ password: Password });
const ResetToken = z.string().regex(/^[\w-]{43}$/, 'must be the end of the link, whole');
export const LookAtReset = z.strictObject({ token: ResetToken });
export const UseReset = z.strictObject({ token: ResetToken, newPassword: NewPassword });

export const Done = z.object({ status: z.literal(true) });
export const SignedInByName = z.object({
  status: z.literal(true).optional(),
  /** The password was right; now `two-factor/verify-totp` or `two-factor/verify-backup-code` is asked for. */
  twoFactorRedirect: z.literal(true).optional(),
});
export const SecondFactorSecret = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });
export const BackupCodes = z.object({ backupCodes: z.array(z.string()) });
export const ResetView = z.object({
  name: z.string(),
  username: z.string(),
  removeSecondFactor: z.boolean(),
  expiresAt: z.string(),
});
