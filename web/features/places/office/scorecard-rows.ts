import { VERIFIED_FACTS } from '#domain/places/catalogue.ts';
import type { ScorecardRow } from '#domain/places/office-contract.ts';

/** Columns by which the scorecard can be sorted; a fact's column by the share of places checked. */
export const SCORECARD_SORTS = ['name', 'places', ...VERIFIED_FACTS, 'reports', 'median', 'stock'] as const;
export type ScorecardSort = (typeof SCORECARD_SORTS)[number];

export function readScorecardSort(search: string): { sort: ScorecardSort; down: boolean } {
  const params = new URLSearchParams(search);
  const sort = SCORECARD_SORTS.find((known) => known === params.get('sort')) ?? 'name';
  return { sort, down: params.get('down') === '1' };
}

export function writeScorecardSort(sort: ScorecardSort, down: boolean): string {
  if (sort === 'name' && !down) return '';
  return `?sort=${sort}${down ? '&down=1' : ''}`;
}

/** What is not known (too few places, no answers yet) comes last in either direction; equal rows by official code. */
export function sortScorecard(rows: readonly ScorecardRow[], sort: ScorecardSort, down: boolean): ScorecardRow[] {
  return rows.toSorted((a, b) => {
    const [x, y] = [valueOf(a, sort), valueOf(b, sort)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byCode(a, b);
    return (down ? y - x : x - y) || byCode(a, b) * (sort === 'name' && down ? -1 : 1);
  });
}

function byCode(a: ScorecardRow, b: ScorecardRow): number {
  return a.code < b.code ? -1 : Number(a.code > b.code);
}

function valueOf(row: ScorecardRow, sort: ScorecardSort): number | null {
  switch (sort) {
    case 'name':
      return 0;
    case 'places':
      return row.places;
    case 'reports':
      return row.reports;
    case 'median':
      return row.medianAnswerHours;
    case 'stock':
      return row.stockOutDays;
    default:
      return row.verified.find(({ fact }) => fact === sort)?.share ?? null;
  }
}

/** `7.5`, `120`: hours as exact as they are interesting. */
export function hoursNumber(hours: number): string {
  return hours < 10 ? String(Math.round(hours * 10) / 10) : String(Math.round(hours));
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/**
 * A table as CSV that a spreadsheet opens right: UTF-8 with a mark, lines by CR LF, and no cell that would be taken for
 * a formula.
 */
export function csvOf(cells: readonly (readonly (string | number | null)[])[]): string {
  return `\uFEFF${cells.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
