import { foldText } from '../places/import/fold-text.ts';
import { daysInMonth } from '../time/shanghai.ts';

const SPELLINGS = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];

/**
 * A day as people and spreadsheets write it, year first: `2026-12-01`, `2026/12/1`, `2026年12月1日`, `20261201`; a time of
 * midnight behind it is what a spreadsheet adds. Null: it is no such day. Which of 3/4/2026 is the month nobody can tell.
 */
export function readDayText(text: string): string | null {
  const plain = foldText(text)
    .replace(/\s+0{1,2}:00(?::00)?$/, '')
    .replaceAll(' ', '');
  const found = SPELLINGS.map((spelling) => spelling.exec(plain)).find((match) => match !== null);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  if (year < 2000 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
