import { readCitizenId } from '#domain/accounts/citizen-id.ts';
import { readPersonalValue } from '#domain/accounts/personal-value.ts';
import { ageOn } from '#domain/insurance/quote-enrolment.ts';

/** What is wrong with an ID number as far as it is typed; `short` while it still may become right. */
export type IdState = { state: 'empty' | 'wrong' | 'long' | 'good' } | { state: 'short'; missing: number };

/** Judges while somebody types: `today` is `YYYY-MM-DD`. Blanks are forgiven. */
export function judgeIdNumber(text: string, today: string): IdState {
  const number = plainId(text);
  if (!number) return { state: 'empty' };
  if (number.length > 18) return { state: 'long' };
  if (!/^[1-9]\d{0,16}$|^[1-9]\d{16}[\dX]$/.test(number)) return { state: 'wrong' };
  if (number.length < 18) return { state: 'short', missing: 18 - number.length };
  return { state: readCitizenId(number, today).ok ? 'good' : 'wrong' };
}

/** As it is sent: without blanks, narrow, X as a capital. */
export function plainId(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
}

/** The first of the days at which the person is too young or too old; null: none, or the number is not whole yet. */
export function ageFault(
  idNumber: string,
  days: readonly string[],
  today: string,
  { minAge, maxAge }: { minAge: number; maxAge: number },
): { fault: 'tooYoung' | 'tooOld'; age: number; day: string } | null {
  const read = readCitizenId(plainId(idNumber), today);
  if (!read.ok) return null;
  for (const day of [...days].sort()) {
    const age = ageOn(read.birthDay, day);
    if (age < minAge) return { fault: 'tooYoung', age: minAge, day };
    if (age > maxAge) return { fault: 'tooOld', age: maxAge, day };
  }
  return null;
}

export function isName(text: string, today: string): boolean {
  return text.trim() !== '' && readPersonalValue('name', text, today).ok;
}
