import { expect, test } from 'vitest';
import { totpSecret } from './totp-secret.ts';

test('the secret is given in groups that can be typed', () => {
  expect(totpSecret('otpauth://totp/Luyi:officer?secret=jbswy3dpehpk3pxp&issuer=Luyi')).toBe('JBSW Y3DP EHPK 3PXP');
  expect(totpSecret('otpauth://totp/Luyi?issuer=Luyi')).toBeNull();
});
