import { describe, expect, test } from 'vitest';
import { HOURS_PRESETS, readHoursText, writeExceptions, writeGrid } from './hours-text.ts';

describe('a text of hours in the form', () => {
  test.each([
    [null, 'empty'],
    ['  ', 'empty'],
    ['Mo-Fr 08:00-18:00', 'week'],
    ['24/7; 2026 Feb 16-20 off', 'week'],
    ['Jun-Sep 08:00-20:00', 'text'],
    ['Mo-Fr 08:15-18:00; 2026 Feb 16 off', 'text'],
    ['每天早八点', 'unreadable'],
  ])('%j is %s', (text, kind) => {
    expect(readHoursText(text).kind).toBe(kind);
  });

  test('painting keeps the special days', () => {
    const form = readHoursText('Mo-Fr 08:00-18:00; 2026 Feb 16-20 off');
    if (form.kind !== 'week') throw new Error('not a week');
    expect(writeGrid({ ...form.grid, holidays: 'closed' }, form.exceptions)).toBe(
      'Mo-Fr 08:00-18:00; PH off; 2026 Feb 16-20 off',
    );
  });

  test('a special day is added to hours that no week can show, which stay as they are', () => {
    const form = readHoursText('Mo-Fr 08:15-18:00');
    if (form.kind !== 'text') throw new Error('not a text');
    expect(writeExceptions(form, [{ from: '2026-10-01', to: '2026-10-07', times: null }])).toBe(
      'Mo-Fr 08:15-18:00; 2026 Oct 01-07 off',
    );
  });

  test('every usual one is a week', () => {
    for (const text of Object.values(HOURS_PRESETS)) expect(readHoursText(text).kind, text).toBe('week');
  });
});
