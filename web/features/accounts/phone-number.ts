import { PHONE } from '#domain/accounts/personal-value.ts';

/** 11 digits as people type them: with spaces, hyphens, full-width digits or the country's code. Null: no such number. */
export function readPhoneNumber(text: string): string | null {
  const digits = text
    .normalize('NFKC')
    .replace(/[\s\-()]/g, '')
    .replace(/^(\+|00)?86(?=1\d{10}$)/, '');
  return PHONE.test(digits) ? digits : null;
}

/** `138 0013 8000` */
export function spacedPhone(digits: string): string {
  return digits.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3');
}

/** 6 digits, whatever else stood between them; null when there are fewer or more. */
export function readCode(text: string): string | null {
  const digits = text.normalize('NFKC').replace(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}
