import { daysInMonth } from '../time/shanghai.ts';

/** GB 11643-1999: the check digit is the weighted sum of the first 17, modulo 11. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

export type CitizenIdFault = 'shape' | 'birth_day' | 'check_digit';

/**
 * Reads an 18-digit citizen ID number. `today` is `YYYY-MM-DD`: nobody is born later. The birth day is `YYYY-MM-DD`.
 * The first six digits are not judged: codes of counties that are gone are still on valid cards.
 */
export function readCitizenId(
  text: string,
  today: string,
): { ok: true; number: string; birthDay: string } | { ok: false; fault: CitizenIdFault } {
  const number = text.toUpperCase();
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return { ok: false, fault: 'shape' };
  const birthDay = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isRealDay(birthDay) || birthDay < '1880-01-01' || birthDay > today) return { ok: false, fault: 'birth_day' };
  if (checkDigitOf(number) !== number[17]) return { ok: false, fault: 'check_digit' };
  return { ok: true, number, birthDay };
}

/** The 18th character that belongs to the first 17 digits. */
export function checkDigitOf(number: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return CHECK_DIGITS[sum % 11]!;
}

function isRealDay(day: string): boolean {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= daysInMonth(year, month);
}
