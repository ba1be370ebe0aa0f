import { type DatedException, splitExceptions, withExceptions } from '#domain/time/dated-exceptions.ts';
import type { OpeningHours } from '#domain/time/opening-rules.ts';
import { formatOpeningHours } from '#domain/time/format-opening-hours.ts';
import { parseOpeningHours } from '#domain/time/osm-opening-hours.ts';
import { EMPTY_GRID, gridOfHours, hoursOfGrid, type WeekGrid } from '#domain/time/week-grid.ts';

/**
 * What a stored text of hours is for the form. `week`: the grid shows all of it. `text`: readable, but more than the
 * grid can show. `unreadable`: riders are told "not known".
 */
export type HoursForm =
  | { kind: 'empty'; grid: WeekGrid; exceptions: readonly DatedException[] }
  | { kind: 'week'; grid: WeekGrid; exceptions: readonly DatedException[] }
  | { kind: 'text'; base: OpeningHours; exceptions: readonly DatedException[] }
  | { kind: 'unreadable'; at: number; message: string };

export function readHoursText(text: string | null): HoursForm {
  if (text === null || !text.trim()) return { kind: 'empty', grid: EMPTY_GRID, exceptions: [] };
  const read = parseOpeningHours(text);
  if (!read.ok) return { kind: 'unreadable', at: read.at, message: read.message };
  const { base, exceptions } = splitExceptions(read.hours);
  const grid = gridOfHours(base);
  return grid ? { kind: 'week', grid, exceptions } : { kind: 'text', base, exceptions };
}

/** The text that a grid and its exceptions are stored as. */
export function writeGrid(grid: WeekGrid, exceptions: readonly DatedException[]): string {
  return formatOpeningHours(withExceptions(hoursOfGrid(grid), exceptions));
}

/** The same text with other exceptions. The usual hours must be readable. */
export function writeExceptions(
  form: Extract<HoursForm, { kind: 'week' | 'text' }>,
  exceptions: readonly DatedException[],
): string {
  const base = form.kind === 'week' ? hoursOfGrid(form.grid) : form.base;
  return formatOpeningHours(withExceptions(base, exceptions));
}

/** Hours that are chosen with one click. */
export const HOURS_PRESETS = {
  'workdays-8-18': 'Mo-Fr 08:00-18:00',
  'workdays-lunch': 'Mo-Fr 08:30-12:00,14:30-18:00',
  'daily-8-20': 'Mo-Su 08:00-20:00',
  'daily-9-22': 'Mo-Su 09:00-22:00',
} as const;
